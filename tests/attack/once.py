"""Noise once: whoever looks again, elsewhere, later or from a copy sees the same numbers.

Noise that is drawn anew for every look is averaged away by looking often.
"""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING

from tests.attack.attack import Verdict, attack
from tests.attack.lesson import BASE, KNOWLEDGE, OPINION, Lesson, a_classroom, a_lesson
from tests.builders import seeded

if TYPE_CHECKING:
    from pathlib import Path

STUDENTS = 14
STRIP = re.compile(r'<rect x="(\d+)%" width="(\d+)%"')
"""The frayed end of a strip of cloth: where it begins and how wide it is."""
ROWS = 'SELECT * FROM "release" ORDER BY 1, 2, 3, 4'
FILE = "site.sqlite3"
SHORT, LONG = 48, 1000


class _Looks:
    """Everything that was seen of one lesson, by where it was seen."""

    def __init__(self, lesson: Lesson) -> None:
        self._lesson = lesson
        self.seen: dict[str, set[object]] = {"desk": set(), "pages": set(), "disk": set()}
        self.number = 0

    def at_desk(self) -> None:
        """Look at the desk before the result is shown: it says in which third the class is."""
        for _ in range(3):
            self._keep("desk", self._lesson.classroom.zone(self._lesson.public_id))
            self._lesson.join(1)

    def at_pages(self, looks: int) -> None:
        """Look at board and devices in both languages; now and then a device comes in between."""
        lesson = self._lesson
        device = lesson.join(1)[0]
        for look in range(looks):
            language = ("nl", "fr")[look % 2]
            where = ("board", "class")[look // 2 % 2]
            address = f"/{language}/{where}/{lesson.code}"
            page = device.get(address, base_url=BASE).get_data(as_text=True)
            strips = tuple(STRIP.findall(page))
            assert strips, f"{address} shows no result"
            self._keep("pages", strips)
            if look % (looks // 3) == 0:
                lesson.join(1)

    def at_disk(self, path: Path) -> None:
        """Read the stored numbers."""
        reader = sqlite3.connect(path)
        self._keep("disk", tuple(reader.execute(ROWS)))
        reader.close()

    def _keep(self, where: str, what: object) -> None:
        self.seen[where].add(what)
        self.number += 1


def _look_at(folder: Path, question: str, looks: int) -> _Looks:
    """Hold a lesson, and look at one result before and after restarts and in a backup."""
    lesson = a_lesson(folder, STUDENTS)
    seen = _Looks(lesson)
    lesson.go_to(question)
    lesson.act("open")
    for number, device in enumerate(lesson.devices):
        lesson.answer(device, number % 4)
    lesson.act("close")
    seen.at_disk(folder / FILE)
    seen.at_desk()
    lesson.classroom = a_classroom(folder, lesson.time, seeded(5))
    seen.at_desk()
    lesson.act("show")
    seen.at_pages(looks // 2)
    lesson.classroom = a_classroom(folder, lesson.time, seeded(6))
    seen.at_pages(looks // 4)
    backup = folder / "backup"
    backup.mkdir()
    writer = sqlite3.connect(folder / FILE)
    writer.execute("VACUUM INTO ?", (str(backup / FILE),))
    writer.close()
    lesson.classroom = a_classroom(backup, lesson.time, seeded(7))
    seen.at_pages(looks // 4)
    seen.at_disk(folder / FILE)
    seen.at_disk(backup / FILE)
    return seen


def _look(folder: Path, looks: int) -> Verdict:
    differing: list[str] = []
    number = 0
    for question in (OPINION, KNOWLEDGE):
        looked = _look_at(folder / question, question, looks)
        differing += [f"{question} {where}" for where, what in looked.seen.items() if len(what) > 1]
        number += looked.number
    first = f", first {differing[0]}" if differing else ""
    return Verdict(
        not differing, f"{len(differing)} of 6 differ{first}, {number} looks", "0 (privacy R3, R7)"
    )


@attack(
    "noise-drawn-once",
    who="anybody who looks again: at desk, board, device or disk, after a restart, from a backup",
    tries="to see other numbers, whose average would tell the truth",
)
def noise_drawn_once(folder: Path) -> Verdict:
    """Look at each of two questions 48 times."""
    return _look(folder, SHORT)


@attack(
    "noise-drawn-once-in-full",
    who="anybody who looks again: at desk, board, device or disk, after a restart, from a backup",
    tries="to see other numbers in 1,000 looks at each question",
    is_long=True,
)
def noise_drawn_once_in_full(folder: Path) -> Verdict:
    """Look at each of two questions 1,000 times."""
    return _look(folder, LONG)
