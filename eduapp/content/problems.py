"""What is wrong in the lesson files, said so that an author can act: file, line, what, what to do.

Checks put their findings in one `Problems` and go on; nobody stops at the first. No checks here.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """An error keeps the lessons from starting; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to repair; `line` counts from 1, `file` begins with the lessons folder."""

    file: str
    line: int
    what: str
    do: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Return the one line that a terminal shows."""
        mark = "warning: " if self.severity is Severity.WARNING else ""
        return f"{self.file}:{self.line}: {mark}{self.what} → {self.do}"


@dataclass(slots=True)
class Problems:
    """A growing collection of problems; the same problem counts once."""

    _found: set[Problem] = field(default_factory=set)

    def error(self, file: str, line: int, what: str, do: str) -> None:
        """Add a problem that keeps the lessons from starting."""
        self._found.add(Problem(file, line, what, do))

    def warning(self, file: str, line: int, what: str, do: str) -> None:
        """Add a problem that an author should look at, but that stops nothing."""
        self._found.add(Problem(file, line, what, do, Severity.WARNING))

    def all(self) -> tuple[Problem, ...]:
        """Return every problem in order of file and line."""
        return tuple(sorted(self._found))

    def errors(self) -> tuple[Problem, ...]:
        """Return the problems that keep the lessons from starting, in order of file and line."""
        return tuple(problem for problem in self.all() if problem.severity is Severity.ERROR)


class ContentError(Exception):
    """The lesson files cannot be used; the message has one problem to a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Return the name that `name` was probably meant to be, or None."""
    close = difflib.get_close_matches(name, sorted(names), n=1, cutoff=0.5)
    return close[0] if close else None


def meant(name: str, names: Iterable[str]) -> str:
    """Return "did you mean `x`? Else " where a name comes near, or an empty text."""
    near = nearest(name, names)
    return f"did you mean `{near}`? Else " if near else ""
