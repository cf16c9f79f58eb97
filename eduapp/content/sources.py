"""Every lesson file of a folder, read but not yet joined: YAML by id, prose by language.

Doubled ids and files in the wrong place are found here, because only here the files are still
apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from babel import Locale, UnknownLocaleError

from eduapp.content.entries import Entry, read_entry, read_list
from eduapp.content.prose_files import ProseFile, read_prose
from eduapp.content.raw import (
    Raw,
    RawBlocked,
    RawFact,
    RawHelpLine,
    RawModule,
    RawQuestion,
    RawScenario,
)
from eduapp.content.yaml_files import read_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from eduapp.content.problems import Problems
    from eduapp.content.yaml_files import Tree

R = TypeVar("R", bound=Raw)
Entries = dict[str, Entry[R]]

_STRUCTURE_FOLDERS = {"modules", "scenarios"}
_STRUCTURE_FILES = {"questions.yaml", "facts.yaml", "help.yaml", "blocked.yaml"}


@dataclass(slots=True)
class Sources:
    """What the files say; a path in `prose[language]` is like `questions.md` or `modules/m4.md`."""

    name: str
    languages: tuple[str, ...]
    modules: Entries[RawModule] = field(default_factory=dict)
    questions: Entries[RawQuestion] = field(default_factory=dict)
    scenarios: Entries[RawScenario] = field(default_factory=dict)
    facts: Entries[RawFact] = field(default_factory=dict)
    help_lines: Entries[RawHelpLine] = field(default_factory=dict)
    blocked: Entry[RawBlocked] | None = None
    prose: dict[str, dict[str, ProseFile]] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    """Every file below the folder, as paths from the folder."""

    def file(self, language: str, path: str) -> str:
        """Return the name of a prose file as problems say it."""
        return f"{self.name}/{language}/{path}"


def read_sources(folder: Path, problems: Problems) -> Sources:
    """Return what the files of a folder say, as far as it can be read; the rest are problems."""
    name = folder.resolve().name
    if not folder.is_dir():
        problems.error(name, 1, f"{folder} is no folder", "name the folder with the lesson files")
        return Sources(name, ())
    sources = Sources(name, _languages(folder, name, problems))
    sources.files = tuple(
        sorted(
            path.relative_to(folder).as_posix()
            for path in folder.rglob("*")
            if path.is_file() and not path.name.startswith(".")
        )
    )
    sources.modules = _one_per_file(RawModule, folder, "modules", name, problems)
    sources.scenarios = _one_per_file(RawScenario, folder, "scenarios", name, problems)
    sources.questions = _many(RawQuestion, folder, "questions.yaml", name, problems)
    sources.facts = _many(RawFact, folder, "facts.yaml", name, problems)
    sources.help_lines = _many(RawHelpLine, folder, "help.yaml", name, problems)
    tree = _tree(folder, "blocked.yaml", name, problems)
    sources.blocked = read_entry(RawBlocked, tree, problems) if tree else None
    for language in sources.languages:
        sources.prose[language] = _prose(folder, language, name, problems)
    _refuse_strays(sources, problems)
    return sources


def _languages(folder: Path, name: str, problems: Problems) -> tuple[str, ...]:
    """Return the languages that have a folder; any other folder is a problem."""
    found: list[str] = []
    for path in sorted(folder.iterdir()):
        if not path.is_dir() or path.name in _STRUCTURE_FOLDERS or path.name.startswith("."):
            continue
        try:
            Locale.parse(path.name if re.fullmatch("[a-z]{2}", path.name) else "?")
        except (UnknownLocaleError, ValueError):
            problems.error(
                f"{name}/{path.name}",
                1,
                "this folder is no language",
                "name it like nl or fr, or move it",
            )
        else:
            found.append(path.name)
    if not found:
        problems.error(name, 1, "there is no language", "make a folder like nl with prose files")
    return tuple(found)


def _tree(folder: Path, path: str, name: str, problems: Problems) -> Tree | None:
    if not (folder / path).is_file():
        problems.error(
            f"{name}/{path}", 1, "the file is missing", "make it (`docs/authoring.md` shows how)"
        )
        return None
    return read_yaml(folder / path, f"{name}/{path}", problems)


def _one_per_file(
    model: type[R], folder: Path, where: str, name: str, problems: Problems
) -> Entries[R]:
    entries: Entries[R] = {}
    for path in sorted((folder / where).glob("*.yaml"), key=lambda path: _natural(path.name)):
        file = f"{where}/{path.name}"
        tree = _tree(folder, file, name, problems)
        entry = read_entry(model, tree, problems) if tree else None
        if entry is None:
            continue
        if _id(entry) != path.stem:
            problems.error(
                entry.file,
                entry.line("id"),
                f"the id `{_id(entry)}` is not the name of the file",
                f"write `id: {path.stem}`, or rename the file",
            )
        entries.setdefault(_id(entry), entry)
    return entries


def _many(model: type[R], folder: Path, file: str, name: str, problems: Problems) -> Entries[R]:
    tree = _tree(folder, file, name, problems)
    entries: Entries[R] = {}
    for entry in read_list(model, tree, problems) if tree else ():
        first = entries.setdefault(_id(entry), entry)
        if first is not entry:
            problems.error(
                entry.file,
                entry.line("id"),
                f"the id `{_id(entry)}` is there twice",
                f"give one of them another id; the first is on line {first.line('id')}",
            )
    return entries


def _prose(folder: Path, language: str, name: str, problems: Problems) -> dict[str, ProseFile]:
    files: dict[str, ProseFile] = {}
    for path in sorted((folder / language).rglob("*.md")):
        relative = path.relative_to(folder / language).as_posix()
        prose = read_prose(path, f"{name}/{language}/{relative}", problems)
        if prose is not None:
            files[relative] = prose
    return files


def _refuse_strays(sources: Sources, problems: Problems) -> None:
    """A file that nobody reads is a file that an author believes in."""
    known = _STRUCTURE_FOLDERS | set(sources.languages)
    for path in sources.files:
        folder, _, rest = path.partition("/")
        is_read = (
            path in _STRUCTURE_FILES
            or (folder in _STRUCTURE_FOLDERS and re.fullmatch(r"[^/]+\.yaml", rest))
            or (folder in sources.languages and rest.endswith(".md"))
        )
        is_readme = not rest and path.endswith(".md")
        if is_read or is_readme or not (rest == "" or folder in known):
            continue
        problems.error(
            f"{sources.name}/{path}", 1, "nothing reads this file", "rename it, or take it out"
        )


def _id(entry: Entry[R]) -> str:
    return str(getattr(entry.raw, "id"))  # noqa: B009 - every model that is listed has an id


def _natural(text: str) -> list[tuple[int, str]]:
    """Return a key by which m2 comes before m10."""
    return [(int(piece) if piece.isdigit() else 0, piece) for piece in re.split(r"(\d+)", text)]
