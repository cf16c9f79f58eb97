"""Links that open a second desk: each works once, for two minutes, and lives in memory only.

A link stands for a lesson key that a desk already holds; the key itself is in no address and on no
screen.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from secrets import compare_digest
from typing import TYPE_CHECKING

from eduapp.privacy.parameters import INVITATION_SECONDS

if TYPE_CHECKING:
    from eduapp.classroom.lesson_keys import LessonKey
    from eduapp.classroom.views import PublicId
    from eduapp.sources import Chance, Clock


class NoSuchInvitation(Exception):  # noqa: N818 - named for the fact
    """No link with this token opens a desk: it was used, it is too old, or it is no link."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a link opens, until when."""

    token: str
    public_id: PublicId
    lesson_key: LessonKey
    until: float


class SecondDesks:
    """The links of this process, one for each class session at most."""

    def __init__(self, clock: Clock, chance: Chance) -> None:
        """Start empty."""
        self._clock = clock
        self._chance = chance
        self._invitations: dict[PublicId, Invitation] = {}
        self._lock = threading.Lock()

    def invite(self, public_id: PublicId, lesson_key: LessonKey) -> str:
        """Return the token of a new link; an earlier one of this class session ends."""
        token = self._chance.random_bytes(9).hex()
        until = self._clock.monotonic() + INVITATION_SECONDS
        with self._lock:
            self._drop_old()
            self._invitations[public_id] = Invitation(token, public_id, lesson_key, until)
        return token

    def pending(self, public_id: PublicId) -> str | None:
        """Return the token of a class session that has not been used and still works, or None."""
        with self._lock:
            self._drop_old()
            invitation = self._invitations.get(public_id)
            return invitation.token if invitation else None

    def look(self, token: str) -> PublicId:
        """Return the class session a token invites to, and leave it. Raises `NoSuchInvitation`."""
        with self._lock:
            return self._find(token).public_id

    def accept(self, token: str) -> tuple[PublicId, LessonKey]:
        """Use a token up: return class session and key. Raises `NoSuchInvitation`."""
        with self._lock:
            invitation = self._find(token)
            del self._invitations[invitation.public_id]
            return invitation.public_id, invitation.lesson_key

    def _find(self, token: str) -> Invitation:
        self._drop_old()
        for invitation in self._invitations.values():
            if compare_digest(invitation.token.encode(), token.encode()):
                return invitation
        raise NoSuchInvitation

    def _drop_old(self) -> None:
        now = self._clock.monotonic()
        for invitation in list(self._invitations.values()):
            if now >= invitation.until:
                del self._invitations[invitation.public_id]
