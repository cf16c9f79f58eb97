"""What was cut off between PostgreSQL and Redis is put right by whoever acts or looks next."""

from __future__ import annotations

import datetime as dt
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, cast

import pytest
from redis.exceptions import LockError, RedisError
from sqlalchemy.orm.exc import StaleDataError

from eduapp.classroom import class_sessions, steering
from eduapp.classroom.in_redis import memory as redis_memory
from eduapp.classroom.in_redis.memory import RedisMemory
from eduapp.classroom.in_redis.urn import RedisUrn
from eduapp.classroom.phases import Act, Phase, Receipt, Standing
from eduapp.classroom.registry import UnknownClassSession
from tests import builders
from tests.builders import AClass, ATime, a_class, a_question, an_opinion
from tests.services.servers import redis_server
from tests.services.several import SeveralProcesses

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from eduapp.classroom.live import LiveClass
    from tests.builders import TakingTurns


@pytest.fixture(autouse=True)
def _several(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with SeveralProcesses() as several:
        monkeypatch.setattr(builders, "services", several)
        yield


@pytest.fixture
def lesson(tmp_path: Path) -> AClass:
    """A class whose question is open and answered."""
    lesson = a_class(tmp_path, an_opinion("N1"), a_question("K1"), devices=12, time=ATime())
    lesson.go_to("N1")
    lesson.act(Act.OPEN)
    lesson.answer(*[0] * 12)
    return lesson


def forget(beginning: str) -> None:
    """Let Redis lose the keys with a name that begins so."""
    client = redis_server().client()
    gone = [key for key in redis_server().held() if key.startswith(beginning.encode())]
    assert gone
    client.delete(*gone)


def cut_off(monkeypatch: pytest.MonkeyPatch, lesson: AClass, act: Act) -> None:
    """Let a process die after it wrote the row and before it told the others."""
    before = lesson.view
    with monkeypatch.context() as patch:
        patch.setattr(RedisMemory, "_publish", die_in_publish)
        with pytest.raises(RedisError):
            lesson.classroom.steer(before.public_id, act, before.version)


def die_in_publish(_self: RedisMemory, _live: LiveClass, _token: bytes) -> None:
    raise RedisError


def test_a_round_whose_urn_is_gone_is_void_and_asked_again(lesson: AClass) -> None:
    token = lesson.view.round_token or ""
    forget("urn:")

    put = lesson.classroom.put
    receipts = {put(lesson.started.public_id, token, lesson.seats[0], 1) for _ in range(2)}
    version = lesson.view.version
    lesson.classroom.steer(lesson.started.public_id, Act.CLOSE, version)
    after = lesson.view

    assert receipts == {Receipt.CLOSED}
    assert (after.phase, after.was_interrupted, after.devices > 0) == (Phase.READY, True, True)
    lesson.act(Act.OPEN)
    lesson.answer(*[1] * 12)
    assert lesson.act(Act.CLOSE).phase is Phase.CLOSED


def test_a_class_that_redis_forgot_goes_on_with_nobody_in_it(lesson: AClass) -> None:
    before = lesson.view
    forget("class:")

    after = lesson.view

    assert (after.phase, after.was_recalled, after.devices) == (Phase.READY, True, 0)
    assert after.boot != before.boot
    standing = lesson.classroom.standing(before.public_id, lesson.seats[0])
    assert standing is Standing.STRANGER
    assert lesson.classroom.admit(before.public_id, lesson.seats[0]) is Standing.MEMBER


@pytest.mark.parametrize(("act", "phase"), [(Act.CLOSE, Phase.CLOSED), (Act.PAUSE, Phase.OPEN)])
def test_an_act_that_nobody_was_told_of_is_seen_all_the_same(
    lesson: AClass, monkeypatch: pytest.MonkeyPatch, act: Act, phase: Phase
) -> None:
    cut_off(monkeypatch, lesson, act)

    seen = {lesson.classroom.steer(lesson.started.public_id, Act.END, -1).phase for _ in range(2)}

    assert seen == {phase}
    if act is Act.CLOSE:
        lesson.act(Act.SHOW)
        assert [each.round_no for each in lesson.view.results] == [1]


def test_an_opening_that_nobody_was_told_of_is_void(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = a_class(tmp_path, a_question("K1"), devices=9)
    lesson.go_to("K1")
    cut_off(monkeypatch, lesson, Act.OPEN)

    seen = lesson.classroom.steer(lesson.started.public_id, Act.END, -1)

    assert (seen.phase, seen.was_interrupted) == (Phase.READY, True)
    assert lesson.act(Act.OPEN).round_token


def test_a_process_that_died_in_an_act_keeps_the_others_waiting_for_a_while_only(
    lesson: AClass, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = redis_server().client()
    client.set(f"lock:{lesson.started.public_id}", "dead", px=300)

    assert lesson.act(Act.PAUSE).is_paused

    client.set(f"lock:{lesson.started.public_id}", "dead", ex=60)
    monkeypatch.setattr(redis_memory, "PATIENCE_SECONDS", 0.2)
    version = lesson.view.version
    with pytest.raises(RedisError):
        lesson.classroom.steer(lesson.started.public_id, Act.RESUME, version)
    assert lesson.view.is_paused


@pytest.mark.parametrize("lost", ["", "class:"])
@pytest.mark.parametrize("act", [Act.CLOSE, Act.PAUSE, Act.WRAP_UP])
def test_redis_starts_anew_in_the_middle_of_an_act(
    lesson: AClass, monkeypatch: pytest.MonkeyPatch, act: Act, lost: str
) -> None:
    real = class_sessions.move

    def move(*which: Any) -> None:
        real(*which)
        forget(lost)

    before = lesson.view
    with monkeypatch.context() as patch:
        patch.setattr(class_sessions, "move", move)
        # Where the lock is gone with the rest, whoever held it is told so.
        with nullcontext() if lost else pytest.raises(LockError):
            lesson.classroom.steer(before.public_id, act, before.version)
    after = [lesson.view for _ in range(2)]

    assert {each.devices for each in after} == {0}
    assert {each.was_recalled for each in after} == {True}
    assert after[0].boot == after[1].boot != before.boot
    phase = {Act.CLOSE: Phase.CLOSED, Act.PAUSE: Phase.READY, Act.WRAP_UP: Phase.WRAP_UP}[act]
    assert {each.phase for each in after} == {phase}
    assert all(redis_server().client().ttl(key) > 0 for key in redis_server().held())


@pytest.mark.parametrize("act", [Act.CLOSE, Act.WRAP_UP])
def test_who_waited_for_a_close_that_was_cut_off_is_in(
    lesson: AClass, monkeypatch: pytest.MonkeyPatch, act: Act
) -> None:
    late = lesson.classroom.new_seat()
    public_id = lesson.started.public_id
    assert lesson.classroom.admit(public_id, late) is Standing.WAITING
    before = lesson.view

    def die(_self: RedisUrn) -> None:
        raise RedisError

    with monkeypatch.context() as patch:
        patch.setattr(RedisUrn, "discard", die)
        patch.setattr(RedisMemory, "_publish", die_in_publish)
        with pytest.raises(RedisError):
            lesson.classroom.steer(public_id, act, before.version)

    seen = lesson.classroom.steer(public_id, Act.END, -1)
    assert seen.version == before.version + 1
    assert lesson.classroom.standing(public_id, late) is Standing.MEMBER


def test_who_is_held_up_longer_than_its_turn_changes_nothing(
    lesson: AClass, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, fast = (next(cast("TakingTurns", lesson.classroom)._next) for _ in range(2))
    before = lesson.view
    real = steering._target

    def after_the_other(*which: Any) -> Any:
        monkeypatch.setattr(steering, "_target", real)
        target = real(*which)
        forget("lock:")
        fast.steer(before.public_id, Act.ALMOST, before.version)
        return target

    monkeypatch.setattr(steering, "_target", after_the_other)
    with pytest.raises(LockError) as told:
        slow.steer(before.public_id, Act.PAUSE, before.version)
    assert isinstance(told.value.__context__, StaleDataError)
    seen = [each.by_id(before.public_id) for each in (slow, fast)]

    assert {each.version for each in seen} == {before.version + 1}
    assert {(each.is_paused, each.is_almost_closed) for each in seen} == {(False, True)}
    assert {each.round_token for each in seen} == {before.round_token}


def test_a_class_that_fails_keeps_no_other_from_its_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = ATime()
    lesson = a_class(tmp_path, an_opinion("N1"), devices=12, time=time)
    bad = lesson.started.public_id
    other = lesson.classroom.start(lesson.view.module, "nl", None).public_id
    real = RedisMemory.look
    looked = []

    def look(self: RedisMemory, live: LiveClass, now: float, **more: Any) -> None:
        looked.append(live.public_id)
        if live.public_id == bad:
            raise RedisError
        real(self, live, now, **more)

    monkeypatch.setattr(RedisMemory, "look", look)
    time.day += dt.timedelta(days=5)
    with pytest.raises(RedisError):
        lesson.classroom.tend()
    monkeypatch.setattr(RedisMemory, "look", real)

    assert {bad, other} <= set(looked)
    for gone in (bad, other):
        with pytest.raises(UnknownClassSession):
            lesson.classroom.by_id(gone)
