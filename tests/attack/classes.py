"""Class after class that is asked through the real classroom, and what the disk then holds.

The classroom, its urn and the close of a round are those of the site. Rows are read from the
database file through a connection of its own, as a thief reads them.
"""

from __future__ import annotations

import sqlite3
import string
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from eduapp.classroom.phases import Act
from eduapp.content.models import QuestionKind
from tests.builders import AClass, ATime, a_classroom, a_module, a_question

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from eduapp.classroom.classroom import Classroom
    from eduapp.content.models import Module
    from eduapp.privacy.parameters import Kind
    from eduapp.privacy.results import ClassResult

STORED = """
SELECT noisy FROM "release" JOIN class_session ON class_session_id = class_session.id
WHERE public_id = ? AND round_no = ? ORDER BY option_id
"""


@dataclass(slots=True)
class Classes:
    """One installation, whose classes are all asked the same question."""

    folder: Path
    kind: Kind
    options: int = 3
    seed: int | None = None
    """Seeds the noise, so that a short run ends the same way every time; None for true chance."""
    time: ATime = field(default_factory=ATime)
    module: Module = field(init=False)
    classroom: Classroom = field(init=False)
    disk: sqlite3.Connection = field(init=False)

    def __post_init__(self) -> None:
        """Set the site up in the folder."""
        self.folder.mkdir(exist_ok=True)
        options = tuple(string.ascii_lowercase[: self.options])
        kind = QuestionKind(self.kind.value)
        self.module = a_module(a_question("Q1", kind, rounds=2, options=options))
        self.classroom = a_classroom(self.folder, self.module, self.time, self.seed)
        self.disk = sqlite3.connect(self.folder / "test.sqlite3")

    def open(self, students: int) -> AClass:
        """Start a class of so many students and open the question."""
        lesson = AClass(self.classroom, self.classroom.start(self.module, "nl", None))
        lesson.join(students)
        before = lesson.view
        self.classroom.steer(before.public_id, Act.GOTO, before.version, 2)
        lesson.act(Act.OPEN)
        return lesson

    def ask(self, *rounds: Sequence[int]) -> AClass:
        """Ask a class in one round or two, each given as the option of every student; close."""
        lesson = self.open(len(rounds[0]))
        for number, answers in enumerate(rounds):
            if number:
                lesson.act(Act.DISCUSS, Act.OPEN)
            lesson.answer(*answers)
            lesson.act(Act.CLOSE)
        return lesson

    def stored(self, lesson: AClass, round_no: int = 1) -> tuple[int, ...]:
        """Return the release of a round as it stands on the disk, in the order of the options."""
        rows = self.disk.execute(STORED, (lesson.started.public_id, round_no))
        return tuple(int(row[0]) for row in rows)

    @staticmethod
    def shown(lesson: AClass) -> ClassResult:
        """Show the result of a closed round and return it."""
        return lesson.act(Act.SHOW).results[-1].result
