"""The urn as a state machine: one ballot for each seat, the last one counts, emptied once."""

from __future__ import annotations

import secrets
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from eduapp.classroom.roster import Seat
from eduapp.classroom.urn import NoSuchOption, Urn, UrnClosed
from eduapp.privacy.parameters import PROGRESS_SECONDS
from tests.builders import NOTHING, exact_counts

if TYPE_CHECKING:
    from eduapp.classroom.memory import AnyUrn
    from eduapp.classroom.rounds import Release

OPTIONS = 4
SEATS = [Seat(bytes([number]) * 16) for number in range(6)]


def never_again(_counts: list[int]) -> Release:
    pytest.fail("a second draw")


class UrnMachine(RuleBasedStateMachine):
    """Any order of ballots and one emptying, against a plain dictionary."""

    def __init__(self) -> None:
        super().__init__()
        self.urn = self.make()
        self.last: dict[Seat, int] = {}
        self.is_open = True
        self.now = 0.0

    def make(self) -> AnyUrn:
        return Urn(b"n" * 16, OPTIONS)

    @precondition(lambda self: self.is_open)
    @rule(seat=st.sampled_from(SEATS), position=st.integers(0, OPTIONS - 1))
    def put(self, seat: Seat, position: int) -> None:
        self.urn.put(seat, position)
        self.last[seat] = position

    @rule(seat=st.sampled_from(SEATS), position=st.sampled_from([-1, OPTIONS, 9]))
    def put_what_is_no_option(self, seat: Seat, position: int) -> None:
        with pytest.raises(NoSuchOption):
            self.urn.put(seat, position)

    @precondition(lambda self: self.is_open)
    @rule()
    def empty(self) -> None:
        expected = [list(self.last.values()).count(option) for option in range(OPTIONS)]
        assert exact_counts(self.urn) == expected
        self.is_open = False

    @precondition(lambda self: not self.is_open)
    @rule(seat=st.sampled_from(SEATS))
    def too_late(self, seat: Seat) -> None:
        with pytest.raises(UrnClosed):
            self.urn.put(seat, 0)
        assert self.urn.is_sealed
        assert self.urn.seal(never_again) == NOTHING

    @precondition(lambda self: self.is_open)
    @invariant()
    def knows_how_many_have_answered(self) -> None:
        self.now += PROGRESS_SECONDS
        assert self.urn.counted(self.now, 6) == (len(self.last), 6)


TestUrn = UrnMachine.TestCase


def vote_at_once(urn: AnyUrn, seat: Seat) -> None:
    """Let eight threads put ballots of one seat at the same moment."""
    start = threading.Barrier(8)

    def vote(position: int) -> None:
        start.wait()
        for _ in range(50):
            urn.put(seat, position)

    threads = [threading.Thread(target=vote, args=(number % OPTIONS,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_parallel_ballots_of_one_seat_count_once() -> None:
    urn = Urn(secrets.token_bytes(16), OPTIONS)

    vote_at_once(urn, Seat(secrets.token_bytes(16)))

    assert sum(exact_counts(urn)) == 1


def test_a_snapshot_of_the_memory_links_no_seat_to_an_option() -> None:
    urn = Urn(secrets.token_bytes(16), OPTIONS)
    seats = [Seat(secrets.token_bytes(16)) for _ in range(8)]
    for number, seat in enumerate(seats):
        urn.put(seat, number % OPTIONS)

    kept = repr({name: getattr(urn, name) for name in vars(urn)}).encode()

    for seat in seats:
        assert seat.hex().encode() not in kept
        assert repr(bytes(seat)).encode() not in kept


def test_the_same_seat_leaves_another_mark_in_another_round() -> None:
    seat = Seat(secrets.token_bytes(16))
    first, second = Urn(secrets.token_bytes(16), 2), Urn(secrets.token_bytes(16), 2)
    first.put(seat, 0)
    second.put(seat, 0)

    assert not set(first._seals.items()) & set(second._seals.items())
