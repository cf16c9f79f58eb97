"""Whole classes: a desk, a board and students each, and lessons that go on side by side.

What everybody sees is asked here in one breath, each screen in its own language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

from tests.browser.student import FOLLOWS_MILLISECONDS, Student

if TYPE_CHECKING:
    from eduapp.content.models import Question
    from tests.browser.desk import Desk

SHARE = re.compile(
    r"\d (?:op|sur) (?:5|10)\b|weinig of niemand|bijna iedereen|peu ou personne|presque tous",
    re.IGNORECASE,
)
"""What every row of a result says somewhere; no other text of the lesson does."""
BAND = re.compile(
    "weinig of niemand|een deel|ongeveer de helft|de meesten|bijna iedereen|"
    "peu ou personne|une partie|environ la moitié|la plupart|presque tous",
    re.IGNORECASE,
)
"""The words of a row of a result; some stand in the lesson too."""


@dataclass(slots=True)
class Room:
    """Everybody in one lesson, and what is on the wall."""

    desk: Desk
    board: Page
    students: tuple[Student, ...]


@dataclass(slots=True)
class School:
    """Lessons that go on at the same time, step by step together."""

    rooms: tuple[Room, ...]

    @property
    def students(self) -> list[Student]:
        return [student for room in self.rooms for student in room.students]

    @property
    def screens(self) -> list[Page]:
        """Every screen that a class can see."""
        return [room.board for room in self.rooms] + [student.page for student in self.students]

    def press(self, *acts: str) -> None:
        for act in acts:
            for room in self.rooms:
                room.desk.press(act)

    def boards_say(self, texts: dict[str, str]) -> None:
        for room in self.rooms:
            expect(room.board.get_by_role("main")).to_contain_text(
                texts[room.desk.language],
                timeout=FOLLOWS_MILLISECONDS,
                use_inner_text=True,
                ignore_case=True,
            )

    def all_say(self, texts: dict[str, str]) -> None:
        """Boards and devices say this, each in its own language."""
        self.boards_say(texts)
        for student in self.students:
            student.sees(texts[student.language])

    def everybody_is_asked(self, question: Question) -> None:
        for student in self.students:
            student.look_again()
            expect(student.options).to_have_count(
                len(question.options), timeout=FOLLOWS_MILLISECONDS
            )

    def shares(self) -> list[str]:
        """Return every word of a result that is on a screen of a class."""
        return [
            word for screen in self.screens for word in SHARE.findall(screen.inner_text("main"))
        ]
