"""Where the look works: a browser and a site of its own, and the folder that a person opens."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from config import ROOT
from tests.browser.conftest import ARGUMENTS, NAMES
from tests.browser.running_site import RunningSite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

LOOK = ROOT / "build" / "look"
PICTURES = LOOK / "pictures"


def chromium() -> str:
    """Return the path of the browser."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        raise SystemExit("Chromium is missing: `make browser`.")
    return path


@contextmanager
def opened_browser() -> Iterator[Browser]:
    """Open the browser that the journeys use too."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def running_site() -> Iterator[RunningSite]:
    """Start a site with an empty instance folder, and stop it in the end."""
    with tempfile.TemporaryDirectory() as folder:
        site = RunningSite(Path(folder) / "instance")
        site.start()
        try:
            yield site
        finally:
            site.stop()
