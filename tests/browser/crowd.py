"""Students without a browser: they join and answer by plain forms, and fill a class in a blink.

For tests that need enough answers for a result; the simulated class of `eduapp simulate` is slower
and more lifelike.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.browser.running_site import RunningSite

_ROUND = re.compile(r'name="round" value="(\w{8})"')


class Crowd:
    """Some devices in one class session."""

    def __init__(self, site: RunningSite, code: str, size: int, language: str = "nl") -> None:
        """Let `size` devices join."""
        self._site = site
        self.path = f"/{language}/class/{code}"
        self.seats = tuple(self._join(f"/{language}/join", code) for _ in range(size))

    def answer(self, positions: Sequence[int]) -> None:
        """Let each device answer the open question: by position, the last position repeated."""
        for index, seat in enumerate(self.seats):
            position = positions[min(index, len(positions) - 1)]
            fields = {"round": self._round(seat), "choice": str(position)}
            reply = self._site.send(f"{self.path}/answer", fields, seat, {"Accept": "*/*"})
            assert reply.status == HTTPStatus.NO_CONTENT, reply.text

    def round_token(self) -> str:
        """Return what a ballot of the open question carries."""
        return self._round(self.seats[0])

    def _join(self, path: str, code: str) -> str:
        reply = self._site.send(path, {"code": code})
        assert reply.status == HTTPStatus.SEE_OTHER, reply.text
        return "; ".join(f"{name}={text}" for name, text in reply.cookies.items())

    def _round(self, seat: str) -> str:
        found = _ROUND.search(self._site.look(self.path, seat).text)
        assert found is not None, "no open question"
        return found.group(1)
