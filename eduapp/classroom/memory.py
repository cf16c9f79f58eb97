"""Where the volatile half of class sessions is, and what the classroom asks of it.

One process keeps it in its own memory, the default (`OwnMemory`). Several processes keep it in a
Redis without persistence (`in_redis/`). What has to outlive both is in the rows. Source: privacy 5
and R2, docs/adr/0012.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from eduapp.classroom.roster import Roster
from eduapp.classroom.turns import TOKEN_BYTES, Turns
from eduapp.classroom.urn import Urn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from eduapp.classroom.live import LiveClass
    from eduapp.classroom.phases import Receipt, Standing
    from eduapp.classroom.rehearsal import Rehearsal
    from eduapp.classroom.roster import Seat
    from eduapp.classroom.rounds import Release
    from eduapp.db import Database
    from eduapp.sources import Chance


UNSEEN = -1
"""The stamp of a copy that was never compared with a shared memory."""


class AnyRoster(Protocol):
    """The admitted seats of a class session; `roster.Roster` says what each method does."""

    places: int

    def __len__(self) -> int: ...
    def number(self, now: float) -> int: ...
    @property
    def shared(self) -> int: ...
    def admit(self, seat: Seat) -> Standing: ...
    def share(self, seat: Seat, earlier: Seat | None) -> None: ...
    def standing(self, seat: Seat) -> Standing: ...
    def freeze(self) -> None: ...
    def thaw(self) -> None: ...
    def clear(self) -> None: ...


class AnyUrn(Protocol):
    """The sealed urn of an open round; `urn.Urn` says what each method does."""

    @property
    def is_paper_counted(self) -> bool: ...
    @property
    def is_sealed(self) -> bool: ...
    def counted(self, now: float, seats: int) -> tuple[int, int]: ...
    def put(self, seat: Seat, position: int) -> None: ...
    def count_paper(self, counts: Sequence[int]) -> None: ...
    def seal(self, draw: Callable[[list[int]], Release]) -> Release: ...
    def discard(self) -> None: ...


class AnyTurns(Protocol):
    """Turns on devices that go round; `turns.Turns` says what each method does."""

    def held(self, seat: Seat) -> str | None: ...
    def may_take(self, seat: Seat) -> bool: ...
    def take(self, seat: Seat) -> str | None: ...
    def spend(self, seat: Seat, token: str, position: int) -> None: ...


class Memory(Protocol):
    """What holds rosters, urns and what else ends with a class session."""

    is_shared: bool
    """Whether other processes have the same memory: a row may then be newer than what is here."""

    def welcome(self, public_id: str, places: int) -> tuple[str, AnyRoster]:
        """Return a nonce that tells this memory from a later one, and an empty roster."""

    def enter(self, live: LiveClass) -> None:
        """Hold a class session that was just made."""

    def look(self, live: LiveClass, now: float, *, follows: bool = False) -> None:
        """Bring a class session to what the others made of it; `follows`: a device looks on.

        Raises `UnknownClassSession` where its row is gone.
        """

    def holding(self, live: LiveClass) -> AbstractContextManager[object]:
        """Let nobody else act on a class session meanwhile, here or in another process."""

    def open_urn(self, live: LiveClass, options: int) -> tuple[str, AnyUrn, AnyTurns]:
        """Return the token of a new round, its urn and the turns of its declared seats."""

    def put(self, live: LiveClass, token: str, seat: Seat, position: int) -> Receipt | None:
        """Put a ballot without a look first, where that can be; None: look, then put."""

    def answers(self) -> bool:
        """Return whether it is there."""

    def forget(self, live: LiveClass) -> None:
        """Hold a class session no more."""

    def takes_turn(self, duty: str, seconds: int) -> bool:
        """Return whether this process does a duty now that one does in so many seconds."""

    def rehearsal(self, column: str, value: str) -> Imagined | None:
        """Return the rehearsal whose row has a value in a column, None where there is none."""


class Imagined(Protocol):
    """A rehearsal as another process left it."""

    @property
    def people(self) -> Rehearsal: ...

    def put(self, database: Database) -> None:
        """Let a database in memory hold its rows."""


class OwnMemory:
    """The memory of this process, the only one there is."""

    is_shared = False

    def __init__(self, chance: Chance) -> None:
        """Draw nonces and tokens from `chance`."""
        self._chance = chance
        self._boot = chance.random_bytes(4).hex()

    def welcome(self, public_id: str, places: int) -> tuple[str, Roster]:  # noqa: ARG002 - as the protocol
        """Return the nonce of this process and an empty roster."""
        return self._boot, Roster(self._chance.random_bytes(16), places)

    def enter(self, live: LiveClass) -> None:
        """Do nothing: it is held by being there."""

    def look(self, live: LiveClass, now: float, *, follows: bool = False) -> None:
        """Note that a device follows; nobody else can have changed anything."""
        if follows:
            live.followed_at = now

    def holding(self, live: LiveClass) -> AbstractContextManager[object]:
        """Take the lock of the class session."""
        return live.lock

    def open_urn(self, live: LiveClass, options: int) -> tuple[str, Urn, Turns]:
        """Return the token of a new round, its urn and the turns of its declared seats."""
        chance = self._chance
        token = chance.random_bytes(TOKEN_BYTES).hex()
        urn = Urn(chance.random_bytes(16), options)
        return token, urn, Turns(live.position.shared, urn, chance.random_bytes)

    def put(self, live: LiveClass, token: str, seat: Seat, position: int) -> None:
        """Return None: looking costs nothing here."""

    def answers(self) -> bool:
        """Return true: it is there as long as this process."""
        return True

    def forget(self, live: LiveClass) -> None:
        """Do nothing: it goes when nobody refers to it."""

    def takes_turn(self, duty: str, seconds: int) -> bool:  # noqa: ARG002 - as the protocol
        """Return true: there is nobody else."""
        return True

    def rehearsal(self, column: str, value: str) -> None:
        """Return None: every rehearsal of this process is found already."""
