"""The sealed urn and the turns of one open round in Redis: the same promises as in a process."""

from __future__ import annotations

import hmac
import json
from typing import TYPE_CHECKING

from eduapp.classroom.in_redis.keys import URN_SECONDS, text_of
from eduapp.classroom.phases import Receipt
from eduapp.classroom.rounds import Release
from eduapp.classroom.turns import TOKEN_BYTES, NotYourTurn
from eduapp.classroom.urn import BYTES, NoSuchOption, UrnClosed
from eduapp.privacy.parameters import PROGRESS_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from eduapp.classroom.in_redis.keys import Store
    from eduapp.classroom.in_redis.roster import RedisRoster
    from eduapp.classroom.roster import Seat

_RECEIPTS = {
    b"sent": Receipt.SENT,
    b"closed": Receipt.CLOSED,
    b"not_admitted": Receipt.NOT_ADMITTED,
}
_SENT = b"sent"


def make_urn(store: Store, keys: Sequence[str], nonce: bytes, turns: int) -> None:
    """Make an empty urn and so many turns for declared seats; they are gone after half an hour."""
    urn_key, turns_key = keys
    with store.client.pipeline() as together:
        together.hset(urn_key, mapping={"closed": 0, "nonce": nonce})
        together.expire(urn_key, URN_SECONDS)
        together.hset(turns_key, "left", turns)
        together.expire(turns_key, URN_SECONDS)
        together.execute()


class RedisUrn:
    """One ballot for each seat, changeable until the urn is closed."""

    def __init__(
        self, store: Store, keys: Sequence[str], nonce: bytes, options: int, roster: RedisRoster
    ) -> None:
        """Reach the urn and the turns of `keys`; `roster` says who may put a ballot."""
        self._store = store
        self._keys = keys
        self._nonce = nonce
        self._options = options
        self._roster = roster

    @property
    def is_paper_counted(self) -> bool:
        """Whether slips were counted; never what they say."""
        return bool(self._store.client.hexists(self._keys[0], "paper:0"))

    @property
    def is_sealed(self) -> bool:
        """Whether the release is drawn, written or not yet."""
        return bool(self._store.client.hexists(self._keys[0], "release"))

    def counted(self, now: float, seats: int) -> tuple[int, int]:
        """Return how many ballots and seats there were when they were counted last."""
        ballots, seats = self._store.run(
            "counted", self._keys[:1], now, seats, PROGRESS_SECONDS, self._options
        )
        return ballots, seats

    def put(self, seat: Seat, position: int) -> None:
        """Put the ballot of a seat; it takes the place of that seat's earlier one.

        Raises `NoSuchOption` and `UrnClosed`.
        """
        if self.receive(seat, position) is not Receipt.SENT:
            raise UrnClosed

    def receive(self, seat: Seat, position: int) -> Receipt | None:
        """Put the ballot of a seat if it is in the roster; None where the urn is gone.

        One script looks at roster and urn and puts the ballot, all or nothing. Raises
        `NoSuchOption`.
        """
        if not 0 <= position < self._options:
            raise NoSuchOption
        seals = [self._hash(seat, bytes([option])) for option in range(self._options)]
        marks = self._roster.mark(seat), self._hash(seat, b"mark")
        keys = (self._keys[0], self._roster.members)
        said = self._store.run("put", keys, *marks, position, *seals)
        return _RECEIPTS.get(said)

    def count_paper(self, counts: Sequence[int]) -> None:
        """Put the counts of the slips of paper, in option order, in the place of earlier ones.

        Raises `NoSuchOption` where they are not one for each option, and `UrnClosed`.
        """
        if len(counts) != self._options or min(counts) < 0:
            raise NoSuchOption
        if self._store.run("paper", self._keys[:1], *counts) != _SENT:
            raise UrnClosed

    def seal(self, draw: Callable[[list[int]], Release]) -> Release:
        """Close the urn and return what `draw` makes of the counts in option order.

        The release that was drawn first stands, whichever process asks again and for whatever
        reason. Raises `UrnClosed` where the urn is gone.
        """
        said = self._store.run("close", self._keys[:1], self._options)
        if isinstance(said, list):
            drawn = draw([int(count) for count in said])
            text = json.dumps([drawn.n, drawn.noisy])
            said = self._store.run("seal", self._keys, text)
        if said is None:
            raise UrnClosed
        n, noisy = json.loads(said)
        return Release(n, None if noisy is None else tuple(noisy))

    def discard(self) -> None:
        """Empty the urn and keep nothing of it; what was drawn from it is elsewhere by now."""
        self._store.client.delete(*self._keys)

    def _hash(self, seat: Seat, message: bytes) -> bytes:
        return hmac.new(seat, self._nonce + message, "sha256").digest()[:BYTES]


class RedisTurns:
    """The declared seats of a round that are left, and the turn that each device holds."""

    def __init__(
        self,
        store: Store,
        keys: Sequence[str],
        nonce: bytes,
        options: int,
        random_bytes: Callable[[int], bytes],
    ) -> None:
        """Hand out turns under the last of `keys`, for ballots that go into the first."""
        self._store = store
        self._keys = keys
        self._nonce = nonce
        self._options = options
        self._random_bytes = random_bytes

    def held(self, seat: Seat) -> str | None:
        """Return the token of the turn that a device holds, or None."""
        held = self._store.client.hget(self._keys[1], b"held:" + self._mark(seat))
        return text_of(held)

    def may_take(self, seat: Seat) -> bool:
        """Return whether a device holds a turn or one is left."""
        left = self._store.client.hget(self._keys[1], "left")
        return int(left or 0) > 0 or self.held(seat) is not None

    def take(self, seat: Seat) -> str | None:
        """Return the token of this device's turn, a new one if it holds none; None if none is left.

        A second press takes no second seat.
        """
        fresh = self._random_bytes(TOKEN_BYTES).hex()
        taken = self._store.run("take", self._keys[1:], self._mark(seat), fresh)
        return text_of(taken)

    def spend(self, seat: Seat, token: str, position: int) -> None:
        """Drop a ballot into the urn and end the turn; one that is over changes nothing.

        Raises `NotYourTurn` and `NoSuchOption`.
        """
        if not 0 <= position < self._options:
            raise NoSuchOption
        if self._store.run("spend", self._keys, self._mark(seat), token, position) != _SENT:
            raise NotYourTurn

    def _mark(self, seat: Seat) -> bytes:
        return hmac.new(seat, self._nonce + b"turn", "sha256").digest()[:BYTES]
