"""What goes wrong under one process with SQLite: a full disk, a clock that is set, slow devices.

docs/reliability.md tells the same in words.
"""

from __future__ import annotations

import resource
import socket
import sqlite3
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from eduapp.participate.forms import BALLOT_BYTES
from tests.browser.running_site import HOST, RunningSite
from tests.services.clocks import DAY, HOUR, SetClock
from tests.services.lesson import Lesson
from tests.services.test_faults import CLOSED, SENT, until_offered

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CLASS = 12
THREADS = 16
"""As many requests as gunicorn has threads for (gunicorn.conf.py)."""


@pytest.fixture
def clock(tmp_path: Path) -> SetClock:
    return SetClock(tmp_path / "clock")


@pytest.fixture
def site(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[RunningSite]:
    """The site as a host runs it; where the test sets a clock, with that clock."""
    clock = request.getfixturevalue("clock") if "clock" in request.fixturenames else None
    site = RunningSite(tmp_path / "instance", settings=clock.prepare() if clock else {})
    site.start()
    yield site
    site.stop()


@pytest.fixture
def lesson(site: RunningSite) -> Lesson:
    """A class of which half has answered the open question."""
    lesson = Lesson(site, CLASS)
    lesson.open_first_question()
    token = lesson.token
    for seat in lesson.crowd.seats[: CLASS // 2]:
        assert lesson.answer(seat, token, 0) == SENT
    return lesson


def the_others_answer(lesson: Lesson) -> None:
    token = lesson.token
    for seat in lesson.crowd.seats[CLASS // 2 :]:
        assert lesson.answer(seat, token, 1) == SENT


@contextmanager
def full_disk(site: RunningSite) -> Iterator[None]:
    """Let the system refuse every byte that the site writes into a file."""
    for pid in site.workers():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        for pid in site.workers():
            everything = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, everything)


def rounds(lesson: Lesson) -> list[tuple[object, ...]]:
    """Return state and number of ballots of every round that the site has."""
    with closing(sqlite3.connect(lesson.site.instance / "mijnbeeld.sqlite3")) as connection:
        return connection.execute("SELECT state, n FROM round").fetchall()


def test_a_full_disk_keeps_no_answer_out_and_loses_none(lesson: Lesson) -> None:
    token = lesson.token
    action, fields = lesson._button(lesson.desk(), "close")

    with full_disk(lesson.site):
        the_others_answer(lesson)
        refused = [lesson.send(action, {**fields, "sure": "1"}) for _ in range(2)]
        # The release is drawn, if not written yet: nothing can be added to it.
        late = lesson.answer(lesson.crowd.seats[0], token, 1)

    assert [reply.status for reply in refused] == [503, 503]
    assert "Er is niets verloren" in refused[0].text
    assert late == CLOSED
    assert rounds(lesson) == [("open", None)]
    lesson.act("close")
    assert rounds(lesson) == [("stored", CLASS)]


@pytest.mark.parametrize("seconds", [3 * HOUR, -2 * DAY])
def test_a_clock_that_is_set_changes_nothing(lesson: Lesson, clock: SetClock, seconds: int) -> None:
    clock.move(seconds)
    until_offered(lesson, "close")
    the_others_answer(lesson)
    lesson.act("close")

    assert rounds(lesson) == [("stored", CLASS)]


def test_a_clock_that_is_set_days_ahead_ends_the_lesson(lesson: Lesson, clock: SetClock) -> None:
    clock.move(3 * DAY)

    assert lesson.site.look(lesson.path, lesson._cookie).status in {403, 404, 410}
    assert lesson.answer(lesson.crowd.seats[0], "00000000", 0) in {403, 404, CLOSED}


def test_devices_that_stop_in_the_middle_of_a_request_keep_the_others_waiting_seconds_only(
    lesson: Lesson,
) -> None:
    token, seats = lesson.token, lesson.crowd.seats
    head = (
        f"POST {lesson.crowd.path}/answer HTTP/1.1\r\nHost: {HOST}\r\nCookie: {seats[0]}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {BALLOT_BYTES}\r\n\r\nround="
    )
    slow = []
    for _ in range(THREADS):
        connection = socket.create_connection((HOST, lesson.site.port), timeout=20)
        connection.sendall(head.encode())
        slow.append(connection)

    before = time.monotonic()
    the_others_answer(lesson)
    assert lesson.answer(seats[-1], token, 1) == SENT
    took = time.monotonic() - before
    for connection in slow:
        connection.close()
    assert took < 10
    lesson.act("close")
    assert rounds(lesson) == [("stored", CLASS)]
