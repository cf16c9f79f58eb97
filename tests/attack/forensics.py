"""Forensics: what a thief finds who searches every byte on the disk after the lesson.

Not only rows: the whole database file with its free pages, the write-ahead log, the shared memory,
the instance folder and the folder for temporary files.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
import sqlite3
import tempfile
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from eduapp.app import make_app
from eduapp.classroom.roster import Roster
from eduapp.classroom.urn import Urn
from eduapp.sources import Chance
from tests.attack.attack import Verdict, attack
from tests.attack.lesson import BASE, HELPER, KNOWLEDGE, OPINION, a_config, a_lesson, start
from tests.builders import ATime, seeded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.attack.lesson import Lesson

DEVICES = 24
TAPS = "010203121000120310201120"
"""What the devices answer, in their order: too long a row of digits to be there by chance."""
LESSONS = 80


def bytes_of(folder: Path, pattern: str = "*") -> bytes:
    """Return every byte of every file below a folder."""
    files = sorted(path for path in folder.rglob(pattern) if path.is_file())
    return b"\n".join(path.read_bytes() for path in files)


def spellings_of(secret: bytes) -> Iterator[bytes]:
    """Return a secret as it may be written: raw, hexadecimal, base64; and its plain hashes."""
    for each in (secret, hashlib.sha256(secret).digest(), hashlib.sha1(secret).digest()):  # noqa: S324 - a hash to search for
        for raw in (each, each[:16]):
            yield raw
            yield raw.hex().encode()
            yield raw.hex().upper().encode()
            yield base64.b64encode(raw).rstrip(b"=")
            yield base64.urlsafe_b64encode(raw).rstrip(b"=")


@attack(
    "disk-forensics",
    who="thief of the whole instance folder and the temporary files after the lesson",
    tries="to find a seat, a mark or seal of one, a round token or the answers in their order",
    is_long=True,
)
def after_the_lesson(folder: Path) -> Verdict:
    """Hold a lesson on an installation of its own, end it, and search every byte it left."""
    temporary = folder / "temporary"
    temporary.mkdir()
    marks: list[bytes] = []
    with (
        _kept(Roster, "_mark", marks),
        _kept(Urn, "_hash", marks),
        patch.object(tempfile, "tempdir", str(temporary)),
    ):
        time = ATime()
        app = make_app(a_config(folder), time.clock)
        lesson = start(app, app.extensions["classroom"], time)
        tokens = _take_part(lesson)
        app.extensions["urn_lock"].close()
    seats = [base64.urlsafe_b64decode(seat + "==") for seat in lesson.seats]
    left = bytes_of(folder)
    secrets = {spelling for secret in (*seats, *marks) for spelling in spellings_of(secret)}
    secrets |= {token.encode() for token in tokens}
    found = sum(secret in left for secret in secrets)
    in_order = re.search(rb"[^0-9]{0,3}".join(digit.encode() for digit in TAPS), left)
    raw = bytes(int(digit) for digit in TAPS)
    found += bool(in_order) + (raw in left)
    return Verdict(
        len(seats) == DEVICES and not found,
        f"{found} of {len(secrets) + 2} traces in {len(left) // 1000} kB",
        "0 traces (privacy G4, 7)",
    )


def _kept(owner: type, name: str, marks: list[bytes]) -> Any:
    """Keep what a function of the site returns, to know what to search for."""
    real = getattr(owner, name)

    def keep(*arguments: object) -> bytes:
        mark: bytes = real(*arguments)
        marks.append(mark)
        return mark

    return patch.object(owner, name, keep)


def _take_part(lesson: Lesson) -> list[str]:
    """Hold a lesson of two questions, with a change of mind, and end it; return the tokens."""
    lesson.join(DEVICES)
    tokens = []
    for question in (OPINION, KNOWLEDGE):
        lesson.go_to(question)
        lesson.act("open")
        tokens.append(lesson.view.round_token or "")
        for device, choice in zip(lesson.devices, TAPS, strict=True):
            lesson.answer(device, choice)
        lesson.answer(lesson.devices[3], 3)
        lesson.act("close", "show")
        for device in lesson.devices[:3]:
            device.get(f"/nl/class/{lesson.code}", base_url=BASE)
    lesson.act("end")
    return tokens


@attack(
    "stored-numbers",
    who="thief of the database file after a close",
    tries="to find the exact counts: as the stored numbers, or anywhere else in a row",
)
def stored_numbers(folder: Path) -> Verdict:
    """Close a round with a noise of one on each count, and look for the counts without it."""
    real = seeded(4)
    # A run of one head, then of none: every draw of noise is one, so no count is stored by chance.
    coins = iter((1, 0) * 1000)
    lesson = a_lesson(folder, DEVICES, chance=_with_bits(real, coins))
    lesson.go_to(OPINION)
    lesson.act("open")
    for device, choice in zip(lesson.devices, TAPS, strict=True):
        lesson.answer(device, choice)
    counts = lesson.counts
    lesson.act("close")
    reader = sqlite3.connect(folder / "site.sqlite3")
    rows = reader.execute("SELECT noisy FROM release").fetchall()
    rest = [
        str(value)
        for table in ("class_session", "round")
        for row in reader.execute(f"SELECT * FROM {table}")  # noqa: S608 - our two tables
        for value in row
    ]
    reader.close()
    exact = sorted(noisy for (noisy,) in rows) == sorted(counts)
    told = sum(bool(re.search(r"\D+".join(map(str, counts)), text)) for text in rest)
    return Verdict(
        len(rows) == len(counts) and not exact and not told,
        f"stored numbers are {'' if exact else 'not '}the counts, {told} other place(s) tell them",
        "not the counts, 0 other places (privacy R3)",
    )


def _with_bits(real: Chance, coins: Iterator[int]) -> Chance:
    return Chance(lambda _bits: next(coins), real.random_bytes, real.choose)


@attack(
    "after-the-purge",
    who="thief of the database file and its log, after the lessons have expired",
    tries="to read join codes and the names of helpers from free pages, free cells or the log",
)
def after_the_purge(folder: Path) -> Verdict:
    """Hold many lessons, enough to split and merge pages, and search the bytes after the purge."""
    time = ATime()
    lesson = a_lesson(folder, time=time)
    module = lesson.view.module
    words = [lesson.code, HELPER[0]]
    for number in range(LESSONS):
        helper = f"Juf Vandersnickt-{number:03} " + "x" * (number * 7 % 90)
        words += [lesson.classroom.start(module, "nl", helper).join_code, helper[:20]]
    before = _told(folder, words)
    time.day += dt.timedelta(days=1)
    kept = lesson.classroom.start(module, "nl", None).join_code
    time.day += dt.timedelta(days=1)
    lesson.classroom.purge()
    after = _told(folder, words)
    return Verdict(
        before == len(words) and not after and _told(folder, [kept]) == 1,
        f"{after} of {before} words",
        "0 words; the lesson that has a day left is still there (decision 15)",
    )


@attack(
    "purge-during-backup",
    who="thief of the database file and its log, after a purge that came while a backup was read",
    tries="to read what the purge could not clean away at once, and did not try again",
    is_long=True,
)
def purge_during_backup(folder: Path) -> Verdict:
    """Purge while another connection reads, let it end, let the house be kept, and search."""
    time = ATime()
    lesson = a_lesson(folder, time=time)
    words = [lesson.code, HELPER[0]]
    lesson.classroom._database.forget_log()
    backup = sqlite3.connect(folder / "site.sqlite3", isolation_level=None)
    backup.execute("BEGIN")
    backup.execute("SELECT * FROM class_session").fetchall()
    time.day += dt.timedelta(days=2)
    lesson.classroom.tend()
    backup.execute("COMMIT")
    backup.close()
    lesson.classroom.tend()
    left = _told(folder, words)
    return Verdict(
        not left, f"{left} of {len(words)} words", "0 words at the next housekeeping (decision 15)"
    )


def _told(folder: Path, words: list[str]) -> int:
    left = bytes_of(folder, "*.sqlite3*")
    return sum(word.encode() in left for word in words)
