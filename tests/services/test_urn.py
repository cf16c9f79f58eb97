"""The urn in Redis keeps the promises of the urn in a process, and leaves nothing behind."""

from __future__ import annotations

import secrets
import threading
from typing import TYPE_CHECKING

from eduapp.classroom.in_redis.keys import URN_SECONDS, Store, urn_keys
from eduapp.classroom.in_redis.roster import RedisRoster
from eduapp.classroom.in_redis.urn import RedisUrn, make_urn
from eduapp.classroom.phases import Receipt
from eduapp.classroom.roster import Seat
from tests.builders import NOTHING, exact_counts
from tests.classroom.test_urn import OPTIONS, SEATS, UrnMachine, vote_at_once
from tests.services.servers import redis_server

if TYPE_CHECKING:
    from eduapp.classroom.memory import AnyUrn

STRANGER = Seat(b"s" * 16)


def an_urn(nonce: bytes | None = None) -> RedisUrn:
    """Return a new urn, of a class in which every seat of `SEATS` is."""
    store = Store(redis_server().client())
    public_id = secrets.token_hex(6)
    roster = RedisRoster(store, public_id, secrets.token_bytes(16), 40)
    store.client.hset(f"class:{public_id}", mapping={"places": 40, "frozen": 0})
    for seat in SEATS:
        roster.admit(seat)
    keys, nonce = urn_keys(public_id, "00000000"), nonce or secrets.token_bytes(16)
    make_urn(store, keys, nonce, turns=0)
    return RedisUrn(store, keys, nonce, OPTIONS, roster)


class RedisUrnMachine(UrnMachine):
    """The same machine, with every step in Redis."""

    def make(self) -> AnyUrn:
        return an_urn()


TestRedisUrn = RedisUrnMachine.TestCase


def test_parallel_ballots_of_one_seat_count_once() -> None:
    urn = an_urn()

    vote_at_once(urn, SEATS[0])

    assert sum(exact_counts(urn)) == 1


def test_who_is_not_in_the_roster_puts_nothing() -> None:
    urn = an_urn()

    assert urn.receive(STRANGER, 0) is Receipt.NOT_ADMITTED
    assert exact_counts(urn) == [0] * OPTIONS


def test_an_urn_that_is_gone_is_not_taken_for_one_that_is_closed() -> None:
    urn = an_urn()
    redis_server().client().flushall()

    assert urn.receive(SEATS[0], 0) is None


def test_after_the_seal_only_the_release_is_left() -> None:
    urn = an_urn()
    for number, seat in enumerate(SEATS):
        urn.put(seat, number % OPTIONS)
    client = redis_server().client()
    urn_key, turns = urn._keys

    urn.seal(lambda _counts: NOTHING)

    assert set(client.hgetall(urn_key)) <= {b"closed", b"release", *COUNTED}
    assert client.exists(turns) == 0


COUNTED = (b"counted", b"counted_at", b"counted_seats")


def test_the_release_that_was_drawn_first_stands() -> None:
    urn = an_urn()
    urn.put(SEATS[0], 0)
    other = RedisUrn(urn._store, urn._keys, b"", OPTIONS, urn._roster)
    both = threading.Barrier(2)
    sealed = []

    def close(of: RedisUrn) -> None:
        def draw(counts: list[int]) -> object:
            both.wait()
            return type(NOTHING)(sum(counts), tuple(secrets.randbelow(1000) for _ in counts))

        sealed.append(of.seal(draw))  # type: ignore[arg-type]

    threads = [threading.Thread(target=close, args=(each,)) for each in (urn, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sealed[0] == sealed[1]


def test_every_key_has_a_time_to_live() -> None:
    urn = an_urn()
    urn.put(SEATS[0], 0)
    client = redis_server().client()

    assert all(0 < client.ttl(key) <= URN_SECONDS for key in urn._keys)


def test_the_order_of_the_ballots_is_not_the_order_of_the_hash() -> None:
    """With more entries than Redis packs in a row it keeps the order of a hash table."""
    found = set()
    for _ in range(12):
        urn = an_urn()
        marks = []
        for seat in SEATS:
            urn.put(seat, 0)
            marks.append(urn._hash(seat, b"mark"))
        kept = urn._store.hash_of(urn._keys[0])
        found.add(tuple(marks.index(name) for name in kept if name in marks))
        assert redis_server().client().object("ENCODING", urn._keys[0]) == b"hashtable"

    assert len(found) > 1


def test_the_same_seat_leaves_another_mark_in_another_round() -> None:
    client = redis_server().client()
    first, second = an_urn(), an_urn()
    first.put(SEATS[0], 0)
    second.put(SEATS[0], 0)

    marks = [urn._hash(SEATS[0], b"mark") for urn in (first, second)]
    kept = [client.hgetall(urn._keys[0]) for urn in (first, second)]
    assert marks[0] in kept[0]
    assert marks[1] in kept[1]
    assert kept[0][marks[0]] != kept[1][marks[1]]
    assert marks[0] != marks[1]
