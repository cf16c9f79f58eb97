"""The volatile half of class sessions in Redis, and how each process keeps up with the others.

Each process has its own copy of a class session. A stamp in Redis grows with every act, so one look
tells whether the copy is old; then row and notes are read again. Who acts holds a lock meanwhile.
What was cut off between the row and the notes is put right by whoever acts next: a round whose urn
is gone is void, as after a restart of a single process (privacy, decision 6).
"""

from __future__ import annotations

import json
from contextlib import contextmanager, suppress
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from redis.exceptions import RedisError

from eduapp.classroom import class_sessions, rounds
from eduapp.classroom.in_redis import imagined
from eduapp.classroom.in_redis.keys import (
    CLASS_SECONDS,
    class_keys,
    lock_key,
    text_of,
    urn_keys,
)
from eduapp.classroom.in_redis.roster import RedisRoster
from eduapp.classroom.in_redis.urn import RedisTurns, RedisUrn, make_urn
from eduapp.classroom.join_codes import JoinCode
from eduapp.classroom.live import OpenRound
from eduapp.classroom.memory import OwnMemory
from eduapp.classroom.models import ClassSessionRow
from eduapp.classroom.phases import Phase
from eduapp.classroom.positions import PassCode
from eduapp.classroom.registry import UnknownClassSession
from eduapp.classroom.roster import goes_round
from eduapp.classroom.turns import TOKEN_BYTES
from eduapp.privacy.parameters import DEVICE_NUMBER_SECONDS, OPEN_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from eduapp.classroom.in_redis.keys import Store
    from eduapp.classroom.live import LiveClass
    from eduapp.classroom.memory import AnyRoster, AnyTurns, AnyUrn
    from eduapp.classroom.phases import Receipt
    from eduapp.classroom.roster import Seat
    from eduapp.classroom.rounds import RoundKey
    from eduapp.sources import Chance, Clock

FOLLOWED_SECONDS = 60
"""How often it is noted that devices follow: only half an hour without any matters."""
LOCK_SECONDS = 30
"""How long a process that was cut off in the middle of an act keeps the others from acting."""
PATIENCE_SECONDS = 10


class RedisMemory:
    """The memory that all processes of an installation share."""

    is_shared = True

    def __init__(self, store: Store, clock: Clock, chance: Chance) -> None:
        """Keep everything in `store`; the seconds of `clock` are the same in every process."""
        self._store = store
        self._clock = clock
        self._chance = chance
        self._own = OwnMemory(chance)
        """For rehearsals: imaginary ballots are worked out in each process, never sent."""

    def welcome(self, public_id: str, places: int) -> tuple[str, AnyRoster]:
        """Return a nonce for a class session that Redis does not know yet, and its roster."""
        salt = self._chance.random_bytes(16)
        boot = self._chance.random_bytes(4).hex()
        return boot, RedisRoster(self._store, public_id, salt, places)

    def enter(self, live: LiveClass) -> None:
        """Hold a class session that was just made."""
        self._publish(live)
        if live.rehearsal is not None:
            for value in (live.join_code, live.desk_key_hash):
                self._store.client.set(f"imagined:{value}", live.public_id, ex=CLASS_SECONDS)

    def rehearsal(self, column: str, value: str) -> imagined.Imagined | None:
        """Return the rehearsal whose row has a value in a column, None where there is none."""
        public_id = value
        if column != "public_id":
            public_id = text_of(self._store.client.get(f"imagined:{value}")) or ""
        text = self._store.fields_of(class_keys(public_id)[0], "imagined")[0]
        return imagined.read(text) if text else None

    def look(self, live: LiveClass, now: float, *, follows: bool = False) -> None:
        """Bring a class session to what the others made of it. Raises `UnknownClassSession`."""
        keys = class_keys(live.public_id)[:2]
        found = self._store.run(
            "look", keys, now, int(follows), DEVICE_NUMBER_SECONDS, FOLLOWED_SECONDS
        )
        if found is None or int(found[0]) != live.stamp:
            self._reload(live)
            if found is None:
                return
        _stamp, devices, joined, followed_at = found
        live.followed_at = float(followed_at)
        if isinstance(live.roster, RedisRoster):
            live.roster.shown = devices
            live.has_been_joined = joined == b"1"

    @contextmanager
    def holding(self, live: LiveClass) -> Iterator[None]:
        """Let nobody else act on a class session meanwhile, in any process."""
        with live.lock:
            if live.is_held:
                yield
                return
            lock = self._store.client.lock(
                lock_key(live.public_id), timeout=LOCK_SECONDS, blocking_timeout=PATIENCE_SECONDS
            )
            with lock:
                live.is_held = True
                try:
                    self._reload(live)
                    try:
                        yield
                    finally:
                        # Also what a refusal left: one try less for the code of the desk.
                        self._publish(live, lock.local.token)
                finally:
                    live.is_held = False

    def open_urn(self, live: LiveClass, options: int) -> tuple[str, AnyUrn, AnyTurns]:
        """Return the token of a new round, its urn and the turns of its declared seats."""
        if live.rehearsal is not None:
            return self._own.open_urn(live, options)
        token = self._chance.random_bytes(TOKEN_BYTES).hex()
        nonce = self._chance.random_bytes(16)
        make_urn(self._store, urn_keys(live.public_id, token), nonce, live.position.shared)
        return token, *self._urn(live, token, nonce, options)

    def put(self, live: LiveClass, token: str, seat: Seat, position: int) -> Receipt | None:
        """Put a ballot into a round that this process knows: one script and nothing else."""
        open_round = live.open_round
        if open_round is None or open_round.token != token or goes_round(seat):
            return None
        is_forgotten = self._clock.monotonic() - open_round.opened_at > OPEN_SECONDS
        if is_forgotten or not isinstance(open_round.urn, RedisUrn):
            return None
        return open_round.urn.receive(seat, position)

    def answers(self) -> bool:
        """Return whether Redis is there."""
        with suppress(RedisError):
            return bool(self._store.client.ping())
        return False

    def forget(self, live: LiveClass) -> None:
        """Hold a class session no more; its open round goes by its own time to live."""
        self._store.client.delete(*class_keys(live.public_id))

    def takes_turn(self, duty: str, seconds: int) -> bool:
        """Return whether this process does a duty now that one does in so many seconds."""
        return bool(self._store.client.set(f"duty:{duty}", 1, nx=True, ex=seconds))

    # Within

    def _urn(
        self, live: LiveClass, token: str, nonce: bytes, options: int
    ) -> tuple[AnyUrn, AnyTurns]:
        if not isinstance(live.roster, RedisRoster):
            raise TypeError
        keys = urn_keys(live.public_id, token)
        urn = RedisUrn(self._store, keys, nonce, options, live.roster)
        return urn, RedisTurns(self._store, keys, nonce, options, self._chance.random_bytes)

    def _reload(self, live: LiveClass) -> None:
        """Read row and notes again; what does not fit together is put right under the lock."""
        with live.lock:
            kept = self._store.hash_of(class_keys(live.public_id)[0])
            if live.rehearsal is not None:
                imagined.restore(live, kept)
            with live.database.reading() as tx:
                row = _row_of(tx, live)
                live.releases = rounds.releases_of(tx, row.id, live.module.questions)
                open_key = rounds.open_key(tx, row.id)
            notes = json.loads(kept[b"notes"]) if kept else {}
            open_round = self._round_of(live, open_key, notes.get("round"))
            is_lost = open_key is not None and open_round is None
            if is_lost or not kept or notes["version"] != row.version:
                if not live.is_held:
                    # Again, with nobody in the middle of an act: that may be all there is to it.
                    with self.holding(live):
                        return
                if is_lost:
                    row = self._void(live)
                    notes["interrupted"] = open_key.question_id if open_key else None
                if kept and open_round is None:
                    self._settle_seats(live, row)
            self._apply(live, row, notes, open_round)
            self._recall(live, kept)

    def _apply(
        self,
        live: LiveClass,
        row: ClassSessionRow,
        notes: dict[str, Any],
        open_round: OpenRound | None,
    ) -> None:
        """Make the copy of this process what row and notes say."""
        live.position = class_sessions.position_of(row)
        live.choices = class_sessions.choices_of(row)
        live.owner = class_sessions.owner_of(row)
        live.helper, live.opened_on, live.delete_on = row.helper, row.opened_on, row.delete_on
        live.join_code, live.desk_key_hash = JoinCode(row.join_code or ""), row.desk_key_hash
        if live.rehearsal is not None:
            self._let_in(live, open_round)
        live.open_round = open_round
        live.before_second_round()
        live.roster.places = live.position.places
        live.acted_at = notes.get("acted_at", self._clock.monotonic())
        live.was_left = notes.get("was_left", False)
        live.was_reopened = notes.get("was_reopened", False)
        live.was_recalled = notes.get("was_recalled", True)
        live.interrupted = notes.get("interrupted")
        code = notes.get("pass_code")
        live.pass_code = PassCode(*code) if code else None
        live.view = None

    def _recall(self, live: LiveClass, kept: dict[bytes, bytes]) -> None:
        """Take nonce and salt from Redis; where it forgot them, nobody is in the class any more."""
        if kept:
            live.boot, live.stamp = kept[b"boot"].decode(), int(kept[b"stamp"])
            live.has_been_joined = kept[b"joined"] == b"1"
            if isinstance(live.roster, RedisRoster):
                live.roster.salt = kept[b"salt"]
        else:
            live.boot, live.roster = self.welcome(live.public_id, live.position.places)
            live.stamp = 0

    def _let_in(self, live: LiveClass, open_round: OpenRound | None) -> None:
        """Let the imaginary students in who came before a round was opened; later ones wait."""
        if live.rehearsal is None:
            return
        if open_round is None:
            live.roster.thaw()
        elif open_round is not live.open_round:
            live.rehearsal.play(live, open_round.opened_at)
            if open_round.is_frozen:
                live.roster.freeze()

    def _settle_seats(self, live: LiveClass, row: ClassSessionRow) -> None:
        """Do for the seats what an act that was cut off had still to do."""
        if class_sessions.position_of(row).phase is Phase.ENDED:
            live.roster.clear()
        else:
            live.roster.thaw()

    def _void(self, live: LiveClass) -> ClassSessionRow:
        """Void a round whose urn is gone, and go back to before it was opened."""
        with live.database.transaction() as tx:
            row = _row_of(tx, live)
            class_sessions.go_back(tx, row)
        return row

    def _round_of(
        self, live: LiveClass, key: RoundKey | None, note: dict[str, Any] | None
    ) -> OpenRound | None:
        """Return the round that row and notes speak of; None where its urn is gone."""
        if key is None or note is None or note["key"] != [key.question_id, key.round_no]:
            return None
        here = live.open_round
        question = next((q for q in live.module.questions if q.id == key.question_id), None)
        if question is None:
            return None
        options, token = len(question.options), note["token"]
        is_known = here is not None and here.token == token
        urn: AnyUrn
        turns: AnyTurns
        if live.rehearsal is not None:
            _token, urn, turns = self._own.open_urn(live, options)
        else:
            urn_key, _turns = urn_keys(live.public_id, token)
            closed, nonce = self._store.fields_of(urn_key, "closed", "nonce")
            if closed is None:
                return None
            urn, turns = self._urn(live, token, nonce or b"", options)
        return here if is_known else OpenRound(key, question, token, urn, turns, note["opened_at"])

    def _publish(self, live: LiveClass, token: bytes = b"") -> None:
        """Let every process see what this one changed, if its turn, the lock's token, still holds.

        Where it does not, or Redis forgot the class session meanwhile, nothing is told: the next
        look reads row and notes anew.
        """
        open_round = live.open_round
        notes = {
            "version": live.position.version,
            "acted_at": live.acted_at,
            "was_left": live.was_left,
            "was_reopened": live.was_reopened,
            "was_recalled": live.was_recalled,
            "interrupted": live.interrupted,
            "pass_code": astuple(live.pass_code) if live.pass_code else None,
            "round": None
            if open_round is None
            else {
                "key": [open_round.key.question_id, open_round.key.round_no],
                "token": open_round.token,
                "opened_at": open_round.opened_at,
            },
        }
        fields: dict[str, bytes | str | float] = {
            "notes": json.dumps(notes),
            "places": live.position.places,
            "frozen": int(open_round is not None and open_round.is_frozen),
        }
        if not live.stamp:
            # It is new here, and no stamp of an earlier life may look like this one.
            fields |= {
                "stamp": int.from_bytes(self._chance.random_bytes(5)),
                "boot": live.boot,
                "joined": int(live.has_been_joined),
                "devices": 0,
                "devices_at": 0,
                "followed_at": self._clock.monotonic(),
            }
            if isinstance(live.roster, RedisRoster):
                fields["salt"] = live.roster.salt
        if live.rehearsal is not None:
            fields["imagined"] = imagined.dump(live)
        flat = [each for pair in fields.items() for each in pair]
        keys = (*class_keys(live.public_id), lock_key(live.public_id))
        is_new = int(not live.stamp)
        live.stamp = self._store.run("publish", keys, token, is_new, CLASS_SECONDS, *flat) or 0


def _row_of(tx: Session, live: LiveClass) -> ClassSessionRow:
    row = tx.get(ClassSessionRow, live.row_id)
    if row is None:
        raise UnknownClassSession
    return row
