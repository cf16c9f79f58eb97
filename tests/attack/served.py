"""The site as a process of its own for an attack, in the build that is attacked."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unittest.mock import patch

from tests.attack.builds import broken
from tests.browser.running_site import RunningSite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path


class Serving:
    """Which build of `serve.py` is started; a broken one patches the name."""

    build = "sound"


class ServedSite(RunningSite):
    """The site under gunicorn, started by `serve.py`, with a folder for temporary files."""

    def _pack(self) -> None:
        """Leave the files to the build: a broken one serves others."""

    def _command(self) -> list[str]:
        return [sys.executable, "-m", "tests.attack.serve", Serving.build]

    def _environment(self) -> dict[str, str]:
        temporary = self.instance / "temporary"
        temporary.mkdir(exist_ok=True)
        return super()._environment() | {"TMPDIR": str(temporary)}


@contextmanager
def a_served_site(folder: Path) -> Iterator[ServedSite]:
    """Give a running site with an empty instance folder, stopped at the end."""
    site = ServedSite(folder / "instance")
    site.start()
    try:
        yield site
    finally:
        site.stop()


@dataclass(slots=True)
class PlainDesk:
    """A teacher without a browser, who has just started a lesson."""

    site: ServedSite
    code: str = ""
    _path: str = ""
    _cookies: str = ""
    _version: int = 1

    def __post_init__(self) -> None:
        """Start the lesson, and read its code off the desk."""
        form = {"helper_name": "Els", "helper_place": "12", "going_on": "no", "band": "12-14"}
        started = self.site.send("/nl/start/m2", form)
        self._cookies = "; ".join(f"{name}={text}" for name, text in started.cookies.items())
        self._path = started.headers["Location"]
        found = re.search(r"/j/([A-Z]{9})\b", self.site.look(self._path, self._cookies).text)
        assert found is not None
        self.code = found[1]

    def go_to(self, step: int) -> None:
        """Go to a step of the lesson."""
        self.act("goto", step=str(step))

    def act(self, act: str, **fields: str) -> None:
        """Carry out an act, sure of it."""
        sent = {"act": act, "version": str(self._version), "sure": "1"} | fields
        reply = self.site.send(f"{self._path}/act", sent, self._cookies)
        assert "late" not in reply.headers["Location"], f"{act} was refused"
        self._version += 1


def _serving(name: str) -> AbstractContextManager[object]:
    return patch.object(Serving, "build", name)


@broken("access-log", "the server keeps an access log", "server-log")
def access_log() -> AbstractContextManager[object]:
    """Keep what nearly every server keeps."""
    return _serving("access-log")


@broken("told-failures", "a failure is logged with its message and its path", "server-log")
def told_failures() -> AbstractContextManager[object]:
    """Log what helps whoever repairs it."""
    return _serving("told-failures")


@broken("choice-in-storage", "the page keeps the choice in sessionStorage", "browser-traces")
def choice_in_storage() -> AbstractContextManager[object]:
    """Survive a reload."""
    return _serving("choice-in-storage")


@broken("choice-in-address", "the page after a plain form says the choice", "browser-traces")
def choice_in_address() -> AbstractContextManager[object]:
    """Thank for the answer by its address."""
    return _serving("choice-in-address")


@broken("pages-kept", "browsers may keep the pages of a lesson", "browser-traces")
def pages_kept() -> AbstractContextManager[object]:
    """Say no-cache where no-store is meant: a browser then keeps the page and asks again."""
    return _serving("pages-kept")


@broken("seat-kept", "the end page leaves the seat with the device", "browser-traces")
def seat_kept() -> AbstractContextManager[object]:
    """Forget to take the cookie back."""
    return _serving("seat-kept")


@broken(
    "markers-in-served-database",
    "a table of the running server remembers which seats have answered",
    "disk-stands-still-served",
)
def markers_in_served_database() -> AbstractContextManager[object]:
    """Guard against double votes with a table, in the server itself."""
    return _serving("markers-in-database")


@broken("noted-requests", "a debugging line was left in a student's view", "server-log")
def noted_requests() -> AbstractContextManager[object]:
    """Write down which code was asked for."""
    return _serving("noted-requests")
