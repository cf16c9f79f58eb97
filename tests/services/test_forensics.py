"""What a thief finds in PostgreSQL, its log of writes and Redis, during a lesson and after it.

The thief has every byte on the disks, may ask Redis for everything it holds, and looks as often as
they like. `make attack` does the same to the files of SQLite.
"""

from __future__ import annotations

import base64
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING

import pytest

from tests.attack.forensics import bytes_of, spellings_of
from tests.services.lesson import Lesson

if TYPE_CHECKING:
    from tests.services.cluster import Cluster

DEVICES = 24
SENT = 204
OWN = {"log", "redis.conf", "redis.sock"}
TAPS = [int(digit) for digit in "010203121000120310201120"]


@pytest.fixture(scope="module")
def lesson(cluster: Cluster) -> Lesson:
    """A class that has answered a question that is still open; nothing was written meanwhile."""
    lesson = Lesson(cluster.front, DEVICES)
    lesson.open_first_question()
    token = lesson.token
    lesson.answer(lesson.crowd.seats[0], token, 1)
    before = written(cluster)
    for seat, position in zip(lesson.crowd.seats, TAPS, strict=True):
        assert lesson.answer(seat, token, position) == SENT
    assert written(cluster) == before
    return lesson


def seats_of(lesson: Lesson) -> list[bytes]:
    """Return the secrets in the cookies of the devices."""
    held = [SimpleCookie(seat) for seat in lesson.crowd.seats]
    texts = [next(iter(each.values())).value for each in held]
    return [base64.urlsafe_b64decode(text + "==")[:16] for text in texts]


def written(cluster: Cluster) -> tuple[object, ...] | None:
    """Return how far PostgreSQL's log of writes is, and how many rows were written."""
    with cluster.database.connect(cluster.name) as connection:
        return connection.execute(
            "SELECT pg_current_wal_insert_lsn(), (SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) "
            "FROM pg_stat_user_tables)"
        ).fetchone()


def test_redis_holds_counts_and_what_is_opaque_without_a_cookie(
    cluster: Cluster, lesson: Lesson
) -> None:
    held = cluster.redis.held()
    everything = b"\n".join(each for key, kept in held.items() for each in (key, *kept))
    secrets = {spelling for seat in seats_of(lesson) for spelling in spellings_of(seat)}

    assert not [secret for secret in secrets if secret in everything]
    assert all(cluster.redis.client().ttl(key) > 0 for key in held)


def test_redis_remembers_no_command_and_keeps_no_file(cluster: Cluster) -> None:
    client = cluster.redis.client()

    assert client.slowlog_len() == 0
    assert client.info("persistence")["aof_enabled"] == 0
    assert {path.name for path in cluster.redis.folder.iterdir()} <= OWN


def test_after_the_close_one_transaction_wrote_the_release_and_the_urn_is_gone(
    cluster: Cluster, lesson: Lesson
) -> None:
    lesson.act("close")

    with cluster.database.connect(cluster.name) as connection:
        versions = connection.execute("SELECT DISTINCT xmin::text FROM release").fetchall()
        changed = connection.execute(
            "SELECT coalesce(sum(n_tup_upd + n_tup_del), 0) FROM pg_stat_user_tables "
            "WHERE relname = 'release'"
        ).fetchone()
    left = cluster.redis.held()
    assert not [key for key in left if key.startswith(b"urn:")]
    assert len(versions) == 1
    assert changed == (0,)


def test_after_the_lesson_no_disk_has_a_trace_of_a_device(cluster: Cluster, lesson: Lesson) -> None:
    lesson.act("end")
    with cluster.database.connect(cluster.name) as connection:
        connection.execute("CHECKPOINT")
    secrets = {spelling for seat in seats_of(lesson) for spelling in spellings_of(seat)}
    left = bytes_of(cluster.database.folder) + bytes_of(cluster.folder)

    assert lesson.public_id.encode() in left
    assert not [secret for secret in secrets if secret in left]
    assert bytes(TAPS) not in left
    assert "".join(map(str, TAPS)).encode() not in left
    assert lesson.crowd.path.encode() not in left
