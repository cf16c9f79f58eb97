"""The disk while a class answers, and at the close: nothing is written but the release, at once.

The thief here holds the database file, its write-ahead log and its shared memory, as often as they
like, or reads them while the site writes.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Engine, event
from sqlalchemy.pool import Pool

from tests.attack.attack import Verdict, attack
from tests.attack.lesson import BASE, FORM, KNOWLEDGE, OPINION, Lesson, a_lesson
from tests.house.test_tables import ALLOWED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DEVICES = 14


@contextmanager
def watched_statements() -> Iterator[list[str]]:
    """Collect every statement that SQLAlchemy sends to any database, and every begin."""
    said: list[str] = []

    def says(*arguments: object) -> None:
        said.append(str(arguments[2]))

    def begins(_connection: object) -> None:
        said.append("begin")

    event.listen(Engine, "before_cursor_execute", says)
    event.listen(Engine, "begin", begins)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", says)
        event.remove(Engine, "begin", begins)


def hash_of(folder: Path) -> str:
    """Return one hash of every database file of a folder: names, lengths and bytes."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.sqlite3*")):
        digest.update(f"{path.name} {path.stat().st_size}\0".encode() + path.read_bytes())
    return digest.hexdigest()


@attack(
    "disk-stands-still",
    who="thief of the database file, its log and its shared memory, before and after any ballot",
    tries="to find a trace of a join, a look or a ballot in them",
)
def stands_still(folder: Path) -> Verdict:
    """Let devices join, look and answer, first and changed, and compare the files byte by byte."""
    lesson = a_lesson(folder)
    states = [_states_during(folder, lambda: lesson.join(DEVICES))]
    for question in (OPINION, KNOWLEDGE):
        lesson.go_to(question)
        lesson.act("open")
        states.append(_states_during(folder, lambda: _answer_and_look(lesson)))
        lesson.act("close")
    hashes = max(len(found) for found, _ in states)
    statements = sum(said for _, said in states)
    return Verdict(
        hashes == 1 and not statements,
        f"{hashes} state(s) of the files, {statements} statements in {len(states)} stretches",
        "1 state, 0 statements between two acts of the teacher (privacy R2, 7)",
    )


def _states_during(folder: Path, work: Callable[[], object]) -> tuple[set[str], int]:
    """Return the hashes of the files before and after, and the number of statements between."""
    before = hash_of(folder)
    with watched_statements() as said:
        work()
    return {before, hash_of(folder)}, len(said)


def _answer_and_look(lesson: Lesson) -> None:
    looks = ("/nl/class/{0}", "/fr/class/{0}", "/j/{0}", "/j/{0}.svg", "/nl/board/{0}")
    for index, device in enumerate(lesson.devices):
        lesson.answer(device, index % 3)
        lesson.answer(device, 2 - index % 3, FORM)
        lesson.answer(device, 9)
        for address in looks:
            device.get(address.format(lesson.code), base_url=BASE)
        device.get(f"/state/{lesson.public_id}", base_url=BASE)
        lesson.wait(3.0)


@attack(
    "close-is-one-commit",
    who="thief who copies the database in the very moment of a close",
    tries="to see half a release, or two of them to compare",
)
def one_commit(folder: Path) -> Verdict:
    """Read the database by a connection of one's own before every statement of the close."""
    lesson = a_lesson(folder, DEVICES)
    lesson.go_to(KNOWLEDGE)
    lesson.act("open")
    for index, device in enumerate(lesson.devices):
        lesson.answer(device, index % 5)
    reader = sqlite3.connect(folder / "site.sqlite3")
    seen: list[tuple[str, int]] = []
    commits: list[str] = []

    def look(*_arguments: object) -> None:
        state = reader.execute("SELECT state FROM round").fetchone()[0]
        rows = reader.execute("SELECT count(*) FROM release").fetchone()[0]
        seen.append((state, rows))

    def note(statement: str) -> None:
        look()
        if statement.upper().startswith("COMMIT"):
            commits.append(statement)

    def trace(connection: sqlite3.Connection, *_arguments: object) -> None:
        connection.set_trace_callback(note)

    event.listen(Pool, "checkout", trace)
    try:
        lesson.act("close")
    finally:
        event.remove(Pool, "checkout", trace)
    look()
    reader.close()
    options = len(lesson.live.module.questions[1].options)
    halves = set(seen) - {("open", 0), ("stored", options)}
    return Verdict(
        len(commits) == 1 and not halves and seen[-1] == ("stored", options),
        f"{len(commits)} commit(s), {len(halves)} half state(s) in {len(seen)} looks",
        "1 commit, 0 half states (privacy R3)",
    )


@attack(
    "only-known-columns",
    who="thief of the database file",
    tries="to find a table or column beyond those that the privacy rules list",
)
def known_columns(folder: Path) -> Verdict:
    """Read the schema that stands in the file after a round, not the one in the code."""
    lesson = a_lesson(folder, DEVICES)
    lesson.go_to(KNOWLEDGE)
    lesson.act("open")
    for index, device in enumerate(lesson.devices):
        lesson.answer(device, index % 5)
    lesson.act("close")
    reader = sqlite3.connect(folder / "site.sqlite3")
    names = reader.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
    found = {
        (name, row[1])
        for (name,) in names.fetchall()
        for row in reader.execute(f"PRAGMA table_info({name})")
    }
    reader.close()
    allowed = {(table, column) for table, columns in ALLOWED.items() for column in columns}
    more = found - allowed - {("alembic_version", "version_num")}
    return Verdict(
        not more and allowed <= found,
        f"{len(found)} columns, {len(more)} beyond the list",
        "0 beyond the list (privacy 5)",
    )
