"""The desk as a tool of attack: late devices, doors opened again, acts that come late or twice."""

from __future__ import annotations

import json
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from eduapp.classroom.phases import Act
from eduapp.sources import Chance
from tests.attack.attack import Verdict, attack
from tests.attack.lesson import BASE, KNOWLEDGE, OPINION, Lesson, a_lesson
from tests.builders import seeded

if TYPE_CHECKING:
    from pathlib import Path

DEVICES = 13
DESKS = 16
_DEVICES_SHOWN = re.compile(r"data-follow-devices[^>]*>(\d+)")


@attack(
    "late-device",
    who="teacher who lets one known student, or devices of their own, in after the others answered",
    tries="to add ballots to an opinion question that is open, behind the back of the class",
)
def late_device(folder: Path) -> Verdict:
    """Join while the question is open, vote, and look whether the number on every device moves."""
    lesson = a_lesson(folder, DEVICES)
    lesson.go_to(OPINION)
    lesson.act("open")
    for device in lesson.devices:
        lesson.answer(device, 1)
    late = lesson.join(3)
    receipts = [lesson.answer(device, 0).status_code for device in late]
    shown = _numbers_shown(lesson)
    counted = sum(lesson.counts) - DEVICES
    lesson.act("close")
    lesson.go_to(KNOWLEDGE)
    lesson.act("open")
    after = [lesson.answer(device, 0).status_code for device in late]
    return Verdict(
        counted == 0 and set(receipts) == {403} and shown == {DEVICES} and set(after) == {204},
        f"{counted} late ballot(s) counted, devices see {sorted(shown)} of {DEVICES}",
        "0 counted, every device sees the number that may answer (R9)",
    )


def _numbers_shown(lesson: Lesson) -> set[int]:
    """Return every number of devices that stands on a page or in the state document now."""
    lesson.wait()
    state = lesson.app.test_client().get(f"/state/{lesson.public_id}", base_url=BASE)
    shown = {int(json.loads(state.data)["devices"])}
    for device in lesson.devices[:DEVICES]:
        for language in ("nl", "fr"):
            page = device.get(f"/{language}/class/{lesson.code}", base_url=BASE)
            found = _DEVICES_SHOWN.search(page.get_data(as_text=True))
            shown.add(int(found[1]) if found else -1)
    return shown


@attack(
    "reopened-door",
    who="teacher who opens the door again while a question is open",
    tries="to let the same devices in once more under new seats, and count them twice",
)
def reopened_door(folder: Path) -> Verdict:
    """Press the button that the page does not offer; join and vote again with fresh cookies."""
    lesson = a_lesson(folder, DEVICES)
    extra = 0
    for question in (OPINION, KNOWLEDGE):
        lesson.go_to(question)
        lesson.act("open")
        for device in lesson.devices:
            lesson.answer(device, 1)
        ballots, version = sum(lesson.counts), lesson.view.version
        lesson.order("reopen", version)
        members = len(lesson.live.roster)
        moved = lesson.view.version - version
        if moved or members != DEVICES:
            for device in lesson.join(DEVICES):
                lesson.answer(device, 1)
        extra += moved + sum(lesson.counts) - ballots
        lesson.act("close")
    return Verdict(
        not extra, f"{extra} acts taken or ballots too many", "0: refused while open (decision 7)"
    )


@attack(
    "stale-acts",
    who="two desks, a double tap, a page from before the last act",
    tries="to move the lesson twice, to close a round twice, to draw its noise again",
)
def stale_acts(folder: Path) -> Verdict:
    """Send every act there is from an older page, and close from sixteen desks at once."""
    draws: list[int] = []
    real = seeded(4)

    def bits(number: int) -> int:
        draws.append(number)
        return real.random_bits(number)

    chance = Chance(bits, real.random_bytes, real.choose)
    lesson = a_lesson(folder, DEVICES, chance=chance)
    bound = "0 taken, drawn once, the same (decision 3, R3)"
    changes = _stale(lesson)
    if changes:
        return Verdict(holds=False, measured=f"{changes} act(s) taken in the lobby", bound=bound)
    lesson.go_to(OPINION)
    changes += _stale(lesson)
    lesson.act("open")
    for index, device in enumerate(lesson.devices):
        lesson.answer(device, index % 4)
    changes += _stale(lesson)
    before = lesson.view.version
    with ThreadPoolExecutor(DESKS) as pool:
        list(pool.map(lambda _: _second_desk(lesson, before), range(DESKS)))
    changes += lesson.view.version - before - 1
    rows = _rows(folder)
    changes += _stale(lesson)
    lesson.order("close", lesson.view.version)
    lesson.act("show", "explain")
    changes += _stale(lesson)
    again = len(draws) // 8 - 1  # four options, two draws of one coin each
    changed = rows != _rows(folder)
    return Verdict(
        changes == 0 and again == 0 and not changed and len(rows) == 4,
        f"{changes} act(s) taken, noise drawn {again} more time(s), release "
        f"{'changed' if changed else 'the same'}",
        bound,
    )


def _stale(lesson: Lesson) -> int:
    """Send every act as a page from before the last one would; return how many were taken."""
    before = lesson.view.version
    for act in Act:
        lesson.order(act.value, before - 1, **({"step": "2"} if act is Act.GOTO else {}))
    return lesson.view.version - before


def _second_desk(lesson: Lesson, version: int) -> None:
    """Close from another browser that holds the same desk."""
    name = f"__Host-desk-{lesson.public_id}"
    held = lesson.desk.get_cookie(name, "lesson.example.be")
    assert held is not None
    desk = lesson.app.test_client()
    desk.set_cookie(name, held.value, domain="lesson.example.be", secure=True)
    form = {"act": "close", "version": str(version), "sure": "1"}
    desk.post(f"/nl/desk/{lesson.public_id}/act", data=form, base_url=BASE)


def _rows(folder: Path) -> list[tuple[str, int]]:
    reader = sqlite3.connect(folder / "site.sqlite3")
    rows = reader.execute("SELECT option_id, noisy FROM release").fetchall()
    reader.close()
    return rows
