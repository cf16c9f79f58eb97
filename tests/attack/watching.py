"""What an attacker keeps who looks everywhere four times a second while a class answers.

A place is anything that somebody can look at: the state document, what board and devices are told,
what the desk is told, and the rows on the disk. Only the numbers in it are kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.attack.classes import Classes
    from tests.builders import AClass

EVERY = 0.25
NUMBER = re.compile(rb"\d+")
ROWS = 'SELECT * FROM round LEFT JOIN "release" USING (class_session_id) WHERE class_session_id = ?'

Change = tuple[tuple[int, int], ...]
"""Which numbers of a place moved, and by how much."""
Seen = dict[str, Change]
"""The first change at each place after a tap."""
Numbers = tuple[int, ...]


class Watch:
    """One class from the opening of the question on, and every look at it."""

    def __init__(self, site: Classes, lesson: AClass) -> None:
        """Look for the first time."""
        self._site = site
        self._lesson = lesson
        self._row = site.classroom._registry.by_id(lesson.started.public_id).row_id
        self._opened_at = site.time.seconds
        self._looks: list[dict[str, Numbers]] = [self._look()]
        self._taps: list[int] = []

    def until(self, seconds: float) -> None:
        """Let time pass until so long after the opening, looking every 250 ms."""
        while len(self._looks) * EVERY <= seconds:
            self._site.time.seconds = self._opened_at + len(self._looks) * EVERY
            self._looks.append(self._look())

    def tapped(self) -> None:
        """Note that a student tapped after the last look."""
        self._taps.append(len(self._looks) - 1)

    def changes(self) -> list[Seen]:
        """Return for each tap what changed first after it, place by place."""
        places = list(self._looks[0])
        nexts: list[Seen] = []
        coming: Seen = {}
        for before, after in zip(self._looks[-2::-1], self._looks[:0:-1], strict=True):
            for place in places:
                if before[place] != after[place]:
                    change = _change(before[place], after[place])
                    coming[place] = change
                    # How far a share moves is never twice the same, up or down is.
                    coming[f"{place}, up or down"] = tuple(
                        (number, 1 if moved > 0 else -1) for number, moved in change
                    )
            nexts.append(dict(coming))
        nexts.reverse()
        return [nexts[tap] for tap in self._taps]

    def _look(self) -> dict[str, Numbers]:
        classroom, public_id = self._site.classroom, self._lesson.started.public_id
        view = classroom.by_id(public_id)
        document, tag = classroom.state_document(public_id)
        told = (view.phase, view.devices, view.version, view.round_no, view.results, view.acts)
        kept = classroom.kept(public_id).rounds
        desk = (classroom.progress(public_id), classroom.zone(public_id), kept)
        rows = self._site.disk.execute(ROWS, (self._row,)).fetchall()
        return {
            "state": _numbers(document + tag.encode()),
            "board": _numbers(repr(told).encode()),
            "desk": _numbers(repr(desk).encode()),
            "disk": _numbers(repr(rows).encode()),
        }


def _numbers(text: bytes) -> Numbers:
    return tuple(map(int, NUMBER.findall(text)))


def _change(before: Numbers, after: Numbers) -> Change:
    if len(before) != len(after):
        # Something came or went: then everything that is there now counts.
        return tuple(enumerate(after))
    pairs = enumerate(zip(before, after, strict=True))
    return tuple((place, new - old) for place, (old, new) in pairs if old != new)
