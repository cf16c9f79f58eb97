"""The site as a process of its own for an attack, in the build that is attacked."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unittest.mock import patch

from config import ROOT, SETTINGS
from tests.attack.builds import broken
from tests.browser.running_site import HOST, START_SECONDS, RunningSite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path


class Serving:
    """Which build of `serve.py` is started; a broken one patches the name."""

    build = "sound"


class ServedSite(RunningSite):
    """The site under gunicorn, started by `serve.py`, with a folder for temporary files."""

    def start(self) -> None:
        """Start the server and wait until it answers."""
        temporary = self.instance / "temporary"
        temporary.mkdir(parents=True, exist_ok=True)
        environment = {name: text for name, text in os.environ.items() if name not in SETTINGS}
        environment |= {"INSTANCE_DIR": str(self.instance), "PORT": str(self.port), "HOST": HOST}
        environment |= {"TMPDIR": str(temporary)}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.attack.serve", Serving.build],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        give_up = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > give_up:
                self.stop()
                raise RuntimeError(f"The site did not start:\n{self.log.read_text()}")
            time.sleep(0.05)


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
