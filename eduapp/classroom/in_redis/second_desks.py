"""Links that open a second desk, for several processes: each works once, for two minutes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from eduapp.classroom.in_redis.keys import text_of
from eduapp.classroom.lesson_keys import LessonKey
from eduapp.classroom.second_desks import NoSuchInvitation
from eduapp.classroom.views import PublicId
from eduapp.privacy.parameters import INVITATION_SECONDS

if TYPE_CHECKING:
    from eduapp.classroom.in_redis.keys import Store
    from eduapp.sources import Chance


class RedisSecondDesks:
    """The links of an installation, one for each class session at most."""

    def __init__(self, store: Store, chance: Chance) -> None:
        """Keep links in `store` for as long as they work."""
        self._client = store.client
        self._chance = chance

    def invite(self, public_id: PublicId, lesson_key: LessonKey) -> str:
        """Return the token of a new link; an earlier one of this class session ends."""
        token = self._chance.random_bytes(9).hex()
        earlier = self.pending(public_id)
        with self._client.pipeline() as together:
            if earlier:
                together.delete(_link(earlier))
            together.set(_link(token), json.dumps([public_id, lesson_key]), ex=INVITATION_SECONDS)
            together.set(_of(public_id), token, ex=INVITATION_SECONDS)
            together.execute()
        return token

    def pending(self, public_id: PublicId) -> str | None:
        """Return the token of a class session that has not been used and still works, or None."""
        token = text_of(self._client.get(_of(public_id)))
        return token if token and self._client.exists(_link(token)) else None

    def look(self, token: str) -> PublicId:
        """Return the class session a token invites to, and leave it. Raises `NoSuchInvitation`."""
        return _read(text_of(self._client.get(_link(token))))[0]

    def accept(self, token: str) -> tuple[PublicId, LessonKey]:
        """Use a token up: return class session and key. Raises `NoSuchInvitation`."""
        return _read(text_of(self._client.getdel(_link(token))))


def _link(token: str) -> str:
    return f"desk-link:{token}"


def _of(public_id: str) -> str:
    return f"desk-link-of:{public_id}"


def _read(kept: str | None) -> tuple[PublicId, LessonKey]:
    if kept is None:
        raise NoSuchInvitation
    public_id, lesson_key = json.loads(kept)
    return PublicId(public_id), LessonKey(lesson_key)
