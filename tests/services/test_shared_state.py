"""What several processes share beside classes: paces, used codes, links to a desk, a clock."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pyotp
import pytest

from eduapp import create_app
from eduapp.accounts.second_step import RedisUsedCodes
from eduapp.classroom.in_redis.clock import shared_seconds
from eduapp.classroom.in_redis.keys import Store
from eduapp.classroom.in_redis.safety import unsafe_settings
from eduapp.classroom.in_redis.second_desks import RedisSecondDesks
from eduapp.classroom.lesson_keys import LessonKey
from eduapp.classroom.second_desks import NoSuchInvitation
from eduapp.classroom.views import PublicId
from eduapp.privacy.parameters import INVITATION_SECONDS
from eduapp.refusals import UnsafeStart
from eduapp.sources import Chance
from eduapp.web.pace import RedisPace
from tests.conftest import a_config
from tests.services.servers import postgresql, redis_server, start_redis
from tests.services.several import migrated

if TYPE_CHECKING:
    from pathlib import Path

SECRET = pyotp.random_base32()
CLASS, KEY = PublicId("0a1b2c3d4e5f"), LessonKey("KEYKEYKEYKEY")


@pytest.fixture
def store() -> Store:
    redis_server().client().flushall()
    return Store(redis_server().client())


def test_what_one_process_spends_the_other_has_not(store: Store) -> None:
    first, second = (RedisPace("code", 3, 600, b"k" * 32, store.client) for _ in range(2))

    for pace in (first, second, first):
        assert pace.wait_seconds("203.0.113.7") == 0.0
        pace.spend("203.0.113.7")

    assert 0 < second.wait_seconds("203.0.113.7") <= 6.0
    assert second.wait_seconds("203.0.113.8") == 0.0


def test_a_purse_is_forgotten_once_it_is_full_and_names_no_address(store: Store) -> None:
    pace = RedisPace("code", 3, 600, b"k" * 32, store.client)
    pace.spend("203.0.113.7")

    held = redis_server().held()

    assert 0 < store.client.ttl("pace:key") <= 24 * 60 * 60
    assert all(0 < store.client.ttl(key) <= 18 for key in held if key != b"pace:key")
    assert len(held) == 2
    assert b"203.0.113.7" not in b"".join(each for kept in held.items() for each in (kept[0],))


def test_the_key_of_the_purses_dies_with_redis(store: Store) -> None:
    pace = RedisPace("code", 3, 600, b"k" * 32, store.client)
    held = []
    for _ in range(2):
        store.client.flushall()
        pace.spend("203.0.113.7")
        held.append({key for key in redis_server().held() if key != b"pace:key"})

    assert not held[0] & held[1]


def test_a_code_of_the_app_works_once_in_all_processes_and_no_earlier_one_after_it(
    store: Store,
) -> None:
    first, second = RedisUsedCodes(store.client), RedisUsedCodes(store.client)
    now = 1_800_000_000.0
    present, before = (pyotp.TOTP(SECRET).at(int(now) - ago) for ago in (0, 30))

    assert not first.take(7, SECRET, "000000" if present != "000000" else "111111", now)
    assert first.take(7, SECRET, present, now)
    assert not second.take(7, SECRET, present, now)
    assert not second.take(7, SECRET, before, now)
    assert second.take(8, SECRET, present, now)
    assert SECRET.encode() not in b"".join(redis_server().held())


def test_a_link_for_a_second_desk_works_once_wherever_it_is_opened(store: Store) -> None:
    first, second = RedisSecondDesks(store, Chance()), RedisSecondDesks(store, Chance())

    earlier, token = first.invite(CLASS, KEY), second.invite(CLASS, KEY)

    assert first.pending(CLASS) == token
    with pytest.raises(NoSuchInvitation):
        second.look(earlier)
    assert second.look(token) == CLASS
    assert second.accept(token) == (CLASS, KEY)
    assert first.pending(CLASS) is None
    with pytest.raises(NoSuchInvitation):
        first.accept(token)


def test_a_link_that_nobody_opens_is_gone_after_two_minutes(store: Store) -> None:
    RedisSecondDesks(store, Chance()).invite(CLASS, KEY)

    ages = [store.client.ttl(key) for key in redis_server().held()]

    assert len(ages) == 2
    assert all(0 < age <= INVITATION_SECONDS for age in ages)


def test_every_process_has_the_same_seconds_however_its_own_clock_is_set(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = shared_seconds(store)
    monkeypatch.setattr(time, "time", lambda: 0.0)
    second = shared_seconds(store)

    assert abs(first() - second()) < 0.1
    assert first() <= first()


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        (("--save", "900 1"), "save"),
        (("--appendonly", "yes"), "appendonly"),
        (("--slowlog-log-slower-than", "10000"), "slowlog-log-slower-than"),
        (("--hash-max-listpack-entries", "128"), "hash-max-listpack-entries"),
        (("--maxmemory-policy", "allkeys-lru"), "maxmemory-policy"),
    ],
)
def test_a_redis_that_would_keep_or_lose_an_answer_is_refused(
    tmp_path: Path, setting: tuple[str, str], told: str
) -> None:
    server, unsafe = postgresql(), start_redis(*setting)
    name = server.new_database()
    config = a_config(tmp_path, database_url=server.url(name), urn_url=unsafe.url())

    with pytest.raises(UnsafeStart, match=f"Redis: set {told} to"):
        create_app(config)

    unsafe.stop()
    server.drop_database(name)


@pytest.mark.parametrize(("told", "problems"), [("128", 1), ("0", 0)])
def test_where_sets_may_have_an_order_too_they_must_have_none(
    store: Store, monkeypatch: pytest.MonkeyPatch, told: str, problems: int
) -> None:
    real = store.client.config_get

    def config_get(*names: str) -> dict[str | None, str | None]:
        return {**real(*names), "set-max-listpack-entries": told}

    assert unsafe_settings(store) == []
    monkeypatch.setattr(store.client, "config_get", config_get)
    assert len(unsafe_settings(store)) == problems


def test_the_redis_of_deploy_is_accepted_and_one_with_a_replica_is_not(tmp_path: Path) -> None:
    server = postgresql()
    name = server.new_database(migrated())
    main = start_redis("--port", "0")
    config = a_config(tmp_path, database_url=server.url(name), urn_url=main.url())
    app = create_app(config)
    app.extensions["urn_lock"].close()

    main.client().replicaof("127.0.0.1", "1")
    with pytest.raises(UnsafeStart, match="replicas"):
        create_app(config)

    main.stop()
    server.drop_database(name)
