"""Following a class session as a device does: the state document, asked for again and again.

Mirrors `static/js/follow.mjs`: no cookie, an ETag, the interval the server asks for, a little
jitter, slower after trouble. Draws nothing and joins nothing.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eduapp.simulate.browser import NETWORK_TROUBLE

if TYPE_CHECKING:
    import random

    from eduapp.simulate.browser import Browser, Reply

FIRST_INTERVAL_SECONDS = 0.8
JITTER = 0.1
_SLOWEST_SECONDS = 10.0
_NOT_MODIFIED = 304
_OK = 200
_GONE = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class State:
    """What the state document says."""

    version: int
    phase: str
    is_paused: bool
    step: int
    devices: int
    boot: str


def read_state(value: dict[str, object]) -> State:
    """Return the state that a JSON object describes. Raises `ValueError` when it does not."""
    version, phase, paused = value.get("version"), value.get("phase"), value.get("paused")
    step, devices, boot = value.get("step"), value.get("devices"), value.get("boot")
    if (
        isinstance(version, int)
        and isinstance(phase, str)
        and isinstance(paused, bool)
        and isinstance(step, int)
        and isinstance(devices, int)
        and isinstance(boot, str)
    ):
        return State(version, phase, paused, step, devices, boot)
    raise ValueError(f"not a state document: {sorted(value)}")


class UnexpectedReply(Exception):  # noqa: N818 - named for the fact
    """The site answered with something that a device cannot use."""


class Follower:
    """One device's view of the state document; knows the last state it told of."""

    def __init__(self, browser: Browser, public_id: str, dice: random.Random) -> None:
        """Follow one class session, with a rhythm of its own."""
        self._browser = browser
        self._path = f"/state/{public_id}"
        self._dice = dice
        self._etag: str | None = None
        self._interval = FIRST_INTERVAL_SECONDS
        self.state: State | None = None

    async def news(self) -> State | None:
        """Return a newer version or another boot, once there is one; None when all is gone.

        Raises `UnexpectedReply` for an answer that is neither a state nor its absence.
        """
        trouble = 0
        while True:
            try:
                reply = await self._browser.look(self._path, self._etag)
            except NETWORK_TROUBLE:
                trouble += 1
            else:
                trouble = 0
                if reply.status in _GONE:
                    return None
                if self._take(reply) and self.state is not None:
                    return self.state
            pause = min(self._interval * 2**trouble, _SLOWEST_SECONDS)
            await asyncio.sleep(pause * self._dice.uniform(1 - JITTER, 1 + JITTER))

    def _take(self, reply: Reply) -> bool:
        """Keep what a reply says; say whether it is news."""
        self._interval = _seconds(reply.headers.get("Follow-After"), self._interval)
        if reply.status == _NOT_MODIFIED:
            return False
        try:
            if reply.status != _OK:
                raise ValueError(reply.status)  # noqa: TRY301 - one way out for everything unusable
            state = read_state(reply.json())
        except ValueError as error:
            raise UnexpectedReply(f"the state document answered {reply.status}: {error}") from error
        self._etag = reply.headers.get("ETag")
        known = self.state
        if known is not None and known.boot == state.boot and state.version <= known.version:
            return False
        self.state = state
        return True


def _seconds(text: str | None, otherwise: float) -> float:
    try:
        seconds = float(text or "")
    except ValueError:
        return otherwise
    return min(max(seconds, 0.1), _SLOWEST_SECONDS)
