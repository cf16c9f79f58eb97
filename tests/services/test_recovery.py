"""What was cut off between PostgreSQL and Redis is put right by whoever looks next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from redis.exceptions import RedisError

from eduapp.classroom.in_redis import memory as redis_memory
from eduapp.classroom.in_redis.memory import RedisMemory
from eduapp.classroom.phases import Act, Phase, Receipt, Standing
from tests import builders
from tests.builders import AClass, ATime, a_class, a_question, an_opinion
from tests.services.servers import redis_server
from tests.services.several import SeveralProcesses

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from eduapp.classroom.live import LiveClass


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
    real = RedisMemory._publish

    def die(_self: RedisMemory, _live: LiveClass) -> None:
        raise RedisError

    before = lesson.view
    monkeypatch.setattr(RedisMemory, "_publish", die)
    with pytest.raises(RedisError):
        lesson.classroom.steer(before.public_id, act, before.version)
    monkeypatch.setattr(RedisMemory, "_publish", real)


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
