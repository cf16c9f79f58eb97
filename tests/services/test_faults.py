"""What goes wrong on several machines, one fault at a time: what is lost, and who is told.

docs/reliability.md tells the same in words. No acknowledged ballot is lost while Redis is up; else
the round is void and both screens say so.
"""

from __future__ import annotations

import http.client
import json
import signal
import socket
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

import psycopg
import pytest

from eduapp.classroom.in_redis.keys import urn_keys
from tests.browser.running_site import HOST, RunningSite
from tests.services.clocks import HOUR, SetClock
from tests.services.lesson import Lesson

if TYPE_CHECKING:
    from pathlib import Path

    from tests.services.cluster import Cluster

CLASS = 12
OWN = {"log", "redis.conf", "redis.sock"}
"""What stands in the folder of Redis without its doing."""
SENT, CLOSED = 204, 409
AWAY = {502, 503, 504}


@pytest.fixture
def lesson(cluster: Cluster) -> Lesson:
    """A class that answers its first question."""
    lesson = Lesson(cluster.front, CLASS)
    lesson.open_first_question()
    return lesson


def ballots(cluster: Cluster, lesson: Lesson) -> list[tuple[object, ...]]:
    """Return state and number of ballots of every round of a lesson."""
    with cluster.database.connect(cluster.name) as connection:
        return connection.execute(
            "SELECT r.state, r.n FROM round r JOIN class_session c ON c.id = r.class_session_id "
            "WHERE c.public_id = %s",
            [lesson.public_id],
        ).fetchall()


def answer_all(lesson: Lesson, token: str, patience: float = 20.0) -> None:
    """Let every student answer, again until the site says that the answer is in."""
    give_up = time.monotonic() + patience
    for number, seat in enumerate(lesson.crowd.seats):
        while (status := once(lesson, seat, token, number % 3)) != SENT:
            assert status in AWAY, status
            assert time.monotonic() < give_up
            time.sleep(0.05)


def once(lesson: Lesson, seat: str, token: str, position: int) -> int:
    """Send one ballot; a connection that breaks counts as 502."""
    try:
        return lesson.answer(seat, token, position)
    except (OSError, http.client.HTTPException):
        return 502


def until_offered(lesson: Lesson, act: str, patience: float = 20.0) -> None:
    """Wait until the desk is there again and offers an act."""
    give_up = time.monotonic() + patience
    while True:
        try:
            if act in lesson.offered:
                return
        except (AssertionError, OSError, http.client.HTTPException):
            pass
        assert time.monotonic() < give_up, act
        time.sleep(0.05)


def renew_nginx(cluster: Cluster) -> None:
    """Let nginx die and start anew."""
    assert cluster.nginx is not None
    cluster.nginx.stop(signal.SIGKILL)
    cluster.start_nginx()


def test_a_machine_dies_under_load_and_no_acknowledged_ballot_is_lost(
    cluster: Cluster, lesson: Lesson
) -> None:
    token = lesson.token
    is_dead, has_acknowledged = threading.Event(), threading.Semaphore(0)

    def answer_again_and_again(number: int, seat: str) -> list[bool]:
        """Answer under load; every other student stops before the death, at the first receipt."""
        receipts: list[bool] = []
        while not receipts or not (number % 2 or receipts[-1]):
            was_dead = is_dead.is_set()
            # nginx hands a ballot that died with its machine to the other one.
            assert lesson.answer(seat, token, len(receipts) % 3) == SENT
            receipts.append(was_dead)
            has_acknowledged.release()
        return receipts

    with ThreadPoolExecutor(CLASS) as together:
        students = [
            together.submit(answer_again_and_again, *each) for each in enumerate(lesson.crowd.seats)
        ]
        for done in students[1::2]:
            done.result()
        for _ in range(3 * CLASS):
            assert has_acknowledged.acquire(timeout=20)
        cluster.sites[0].kill()
        is_dead.set()
        receipts = [student.result() for student in students]
    lesson.act("close")

    assert [each[-1] for each in receipts] == [number % 2 == 0 for number in range(CLASS)]
    assert ballots(cluster, lesson) == [("stored", CLASS)]
    cluster.sites[0].start()


def test_a_machine_that_hangs_is_given_up_and_nobody_waits_long(
    cluster: Cluster, lesson: Lesson
) -> None:
    token = lesson.token
    # One that nginx knows nothing bad of.
    renew_nginx(cluster)
    before = time.monotonic()
    with cluster.sites[0].hanging():
        answer_all(lesson, token)
        lesson.act("close")
        took = time.monotonic() - before

    # It was asked once, for as long as a ballot may take.
    assert 4 < took < 15
    assert ballots(cluster, lesson) == [("stored", CLASS)]


def test_where_no_machine_answers_a_page_says_so_and_comes_back_by_itself(
    cluster: Cluster, lesson: Lesson
) -> None:
    for site in cluster.sites:
        site.kill()
    page = lesson.site.look(lesson.crowd.path, lesson.crowd.seats[0])
    pressed = lesson.site.send(lesson.path, {"act": "next"}, lesson._cookie)
    with ThreadPoolExecutor() as together:
        list(together.map(RunningSite.start, cluster.sites))
    until_offered(lesson, "close")

    for reply in (page, pressed):
        assert reply.status == 502
        assert "De site is even weg" in reply.text
        assert "Le site est absent" in reply.text
        assert reply.headers["Cache-Control"] == "no-store"
    assert page.headers["Refresh"] == "5"
    assert "Refresh" not in pressed.headers


def test_a_machine_is_renewed_in_the_middle_of_a_round(cluster: Cluster, lesson: Lesson) -> None:
    token = lesson.token
    half = CLASS // 2
    for seat in lesson.crowd.seats[:half]:
        assert lesson.answer(seat, token, 0) == SENT

    cluster.sites[0].restart()
    for seat in lesson.crowd.seats[half:]:
        assert lesson.answer(seat, token, 1) == SENT
    lesson.act("close")

    assert ballots(cluster, lesson) == [("stored", CLASS)]


def test_redis_starts_anew_and_the_round_is_void_for_everybody(
    cluster: Cluster, lesson: Lesson
) -> None:
    token = lesson.token
    answer_all(lesson, token)

    cluster.redis.stop(signal.SIGKILL)
    while_away = {lesson.answer(seat, token, 1) for seat in lesson.crowd.seats}
    others = {lesson.site.look("/nl/").status for _machine in cluster.sites}
    cluster.redis.start()
    cluster.redis.wait()
    until_offered(lesson, "open")

    assert while_away == {503}
    assert others == {200}
    assert ballots(cluster, lesson) == [("void", None)]
    desk = lesson.site.look(lesson.path, lesson._cookie).text
    assert "opnieuw" in desk
    assert lesson.answer(lesson.crowd.seats[0], token, 1) in {403, CLOSED}
    rejoin = lesson.site.look(lesson.crowd.path, lesson.crowd.seats[0]).text
    assert 'data-module="rejoin"' in rejoin
    # Nothing of it is on a disk.
    kept = [path for path in cluster.redis.folder.iterdir() if path.name not in OWN]
    assert kept == []


def test_postgresql_starts_anew_before_a_close_and_answers_go_on_meanwhile(
    cluster: Cluster, lesson: Lesson
) -> None:
    token = lesson.token
    answer_all(lesson, token)
    desk = lesson.desk()

    cluster.database.stop(signal.SIGQUIT)
    action, fields = lesson._button(desk, "close")
    while_away = lesson.send(action, {**fields, "sure": "1"}).status
    # Nothing was closed yet: who thinks again may, and is told that it counts.
    late = lesson.answer(lesson.crowd.seats[0], token, 1)
    cluster.database.start()
    cluster.database.wait()
    until_offered(lesson, "close")
    lesson.act("close")

    assert while_away in AWAY
    assert late == SENT
    assert ballots(cluster, lesson) == [("stored", CLASS)]


def test_postgresql_goes_between_draw_and_write_and_what_is_written_was_drawn_once(
    cluster: Cluster, lesson: Lesson
) -> None:
    token = lesson.token
    answer_all(lesson, token)
    action, fields = lesson._button(lesson.desk(), "close")
    urn, _turns = urn_keys(lesson.public_id, token)
    redis = cluster.redis.client()

    # Whoever looks aside is cut off too.
    with suppress(psycopg.OperationalError), cluster.database.connect(cluster.name) as aside:
        # The close draws, and then waits to write.
        aside.execute("BEGIN")
        aside.execute("SELECT 1 FROM round WHERE state = 'open' FOR UPDATE")
        press = threading.Thread(target=lesson.send, args=(action, {**fields, "sure": "1"}))
        press.start()
        give_up = time.monotonic() + 10
        while not (drawn := redis.hget(urn, "release")):
            assert time.monotonic() < give_up
            time.sleep(0.01)
        cluster.database.stop(signal.SIGQUIT)
    press.join(20)
    assert lesson.answer(lesson.crowd.seats[0], token, 1) == CLOSED
    cluster.database.start()
    cluster.database.wait()
    until_offered(lesson, "close")
    lesson.act("close")

    assert ballots(cluster, lesson) == [("stored", CLASS)]
    n, noisy = json.loads(drawn or b"")
    with cluster.database.connect(cluster.name) as connection:
        written = connection.execute(
            "SELECT x.noisy FROM release x JOIN class_session c ON c.id = x.class_session_id "
            "WHERE c.public_id = %s",
            [lesson.public_id],
        ).fetchall()
    assert n == CLASS
    assert Counter(each for (each,) in written) == Counter(noisy)


def test_the_clock_of_a_machine_is_set_and_nothing_changes(
    cluster: Cluster, lesson: Lesson, tmp_path: Path
) -> None:
    clock, site = SetClock(tmp_path / "clock"), cluster.sites[0]
    usual = site.settings
    site.settings = {**usual, **clock.prepare()}
    site.restart()
    token = lesson.token
    for seat in lesson.crowd.seats[: CLASS // 2]:
        assert lesson.answer(seat, token, 0) == SENT

    clock.move(3 * HOUR)
    answer_all(lesson, token)
    lesson.act("close")

    assert ballots(cluster, lesson) == [("stored", CLASS)]
    site.settings = usual
    site.restart()


def test_nginx_starts_anew_and_nobody_loses_anything(cluster: Cluster, lesson: Lesson) -> None:
    token = lesson.token
    answer_all(lesson, token)

    renew_nginx(cluster)
    lesson.act("close")

    assert ballots(cluster, lesson) == [("stored", CLASS)]


def test_five_hundred_half_open_connections_keep_nobody_out(
    cluster: Cluster, lesson: Lesson
) -> None:
    token = lesson.token
    half_open = []
    for _ in range(500):
        connection = socket.create_connection((HOST, cluster.port), timeout=5)
        connection.sendall(b"POST /nl/class/X/answer HTTP/1.1\r\nHost: x\r\nContent-Le")
        half_open.append(connection)

    before = time.monotonic()
    answer_all(lesson, token)
    took = time.monotonic() - before
    for connection in half_open:
        connection.close()

    assert took < 10
    lesson.act("close")
    assert ballots(cluster, lesson) == [("stored", CLASS)]
