"""Retention: what has expired is neither served nor kept, also when it comes back from a backup."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from typing import TYPE_CHECKING

from eduapp.app import make_app
from tests.attack.attack import Verdict, attack
from tests.attack.forensics import bytes_of
from tests.attack.lesson import BASE, HELPER, KNOWLEDGE, a_config, a_lesson
from tests.builders import ATime

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from tests.attack.lesson import Lesson

KEPT = dt.timedelta(days=2)


def _a_closed_lesson(folder: Path, time: ATime) -> Lesson:
    lesson = a_lesson(folder, 14, time=time)
    lesson.go_to(KNOWLEDGE)
    lesson.act("open")
    for index, device in enumerate(lesson.devices):
        lesson.answer(device, index % 5)
    lesson.act("close", "show")
    return lesson


def _served(app: Flask, lesson: Lesson) -> int:
    """Return how many addresses still know a lesson, for its device, its desk and anybody."""
    public, code = lesson.public_id, lesson.code
    addresses = [f"/nl/desk/{public}", f"/nl/desk/{public}/sheet", f"/state/{public}"]
    addresses += [f"/nl/class/{code}", f"/j/{code}", f"/j/{code}.svg", f"/fr/board/{code}"]
    cookies = {"desk": (lesson.desk, f"__Host-desk-{public}")}
    cookies["device"] = (lesson.devices[0], "__Host-seat")
    served = 0
    for holder, name in cookies.values():
        held = holder.get_cookie(name, "lesson.example.be")
        assert held is not None
        client = app.test_client()
        client.set_cookie(name, held.value, domain="lesson.example.be", secure=True)
        for address in addresses:
            served += client.get(address, base_url=BASE).status_code not in {403, 404, 429}
    joined = app.test_client().post("/nl/join", data={"code": code}, base_url=BASE)
    return served + (joined.status_code == 303)


@attack(
    "retention",
    who="anybody with an old code, an old cookie or an old desk, after the last day",
    tries="to be served a lesson that has expired, though nobody has removed it yet",
)
def retention(folder: Path) -> Verdict:
    """Ask at every address on the last day and on the day after, before any purge."""
    time = ATime()
    lesson = _a_closed_lesson(folder, time)
    time.day += KEPT - dt.timedelta(days=1)
    last_day = _served(lesson.app, lesson)
    time.day += dt.timedelta(days=1)
    after = _served(lesson.app, lesson)
    return Verdict(
        last_day > 0 and after == 0,
        f"{last_day} replies on the last day, {after} on the day after",
        "some, then 0 (decision 15)",
    )


@attack(
    "restored-backup",
    who="host who puts an old backup back, or a thief who makes the host do so",
    tries="to have expired lessons served again, or left in the file and its log after the start",
)
def restored_backup(folder: Path) -> Verdict:
    """Start a whole site on the copy of a database whose lesson has expired since."""
    time = ATime()
    lesson = _a_closed_lesson(folder / "old", time)
    restored = folder / "restored"
    restored.mkdir()
    for name in ("site.sqlite3", "site.sqlite3-wal"):
        shutil.copy(folder / "old" / name, restored / name)
    time.day += KEPT
    app = make_app(a_config(restored), time.clock)
    served = _served(app, lesson)
    reader = sqlite3.connect(restored / "site.sqlite3")
    rows = sum(
        reader.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our three tables
        for table in ("class_session", "round", "release")
    )
    reader.close()
    left = bytes_of(restored, "*.sqlite3*")
    told = sum(word.encode() in left for word in (HELPER[0], lesson.code))
    app.extensions["urn_lock"].close()
    return Verdict(
        not served and not rows and not told,
        f"{served} replies, {rows} rows, {told} of 2 words in the bytes",
        "0 replies, 0 rows, 0 words (decision 15)",
    )
