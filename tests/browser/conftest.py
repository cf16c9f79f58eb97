"""How the journeys open a browser and a site.

The browser is the Chromium of the system, which reaches this machine only; each file of journeys
has a server of its own, stopped when its last test is done.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from config import ROOT
from eduapp.content import load_content
from tests.browser.desk import Desk
from tests.browser.running_site import LAW_CHECKED_BY, RunningSite
from tests.browser.school import Room
from tests.browser.student import Student
from tests.services.cluster import Cluster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext

    from eduapp.content.models import Module

HERE = Path(__file__).resolve().parent
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",  # containers run as root, where Chromium refuses its sandbox
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever a page asks for elsewhere does not exist.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
PHONE = {"width": 360, "height": 740}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder `browser`: `pytest -m 'not browser'` leaves them out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.fail("Chromium is missing: install the Debian package `chromium` (`make browser`).")
    return {"executable_path": path, "args": ARGUMENTS}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """The site as `make run` starts it; with SEVERAL=1 two machines behind nginx."""
    if os.environ.get("SEVERAL") == "1":
        with Cluster(tmp_path_factory.mktemp("cluster")) as cluster:
            yield cluster.front
        for each in cluster.sites:
            assert len(each.said()) == 1, each.said()
        return
    site = RunningSite(tmp_path_factory.mktemp("instance"))
    site.start()
    yield site
    site.stop()
    # Nothing broke on the way that no screen showed, and nobody was written down.
    assert len(site.said()) == 1, site.said()


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[RunningSite]:
    """A site that a test may stop or tire out."""
    site = RunningSite(tmp_path / "instance")
    site.start()
    yield site
    site.stop()


@pytest.fixture(scope="session")
def modules() -> dict[str, Module]:
    """Every lesson as its files say it."""
    return load_content(ROOT / "lessons", dt.datetime.now(tz=dt.UTC).date(), LAW_CHECKED_BY).modules


@pytest.fixture(scope="session")
def module(modules: dict[str, Module]) -> Module:
    """The lesson that most journeys take."""
    return modules["m4"]


@pytest.fixture(scope="session")
def walk_module(modules: dict[str, Module]) -> Module:
    """The lesson with cards and bands, for the younger band."""
    return modules["m2"].for_band("12-14")


@pytest.fixture
def open_desk(site: RunningSite, new_context: Callable[..., BrowserContext]) -> Callable[..., Desk]:
    """Make a teacher who has started the lesson and not looked at the desk yet.

    Keywords go to the browser context.
    """

    def make(language: str = "nl", **settings: object) -> Desk:
        return Desk(new_context(**settings).new_page(), site, language).start()

    return make


@pytest.fixture
def seat_student(
    site: RunningSite, new_context: Callable[..., BrowserContext]
) -> Callable[..., Student]:
    """Make a student who has joined; keywords go to the browser context."""

    def make(
        code: str, language: str = "nl", *, scripts: bool = True, **settings: object
    ) -> Student:
        context = new_context(java_script_enabled=scripts, **settings)
        return Student(context.new_page(), site, language, scripts).sit_down(code)

    return make


@pytest.fixture(scope="session")
def remembering_browser(
    launch_browser: Callable[..., Browser],
) -> Iterator[Browser]:
    """A browser that keeps pages alive for its back button, as the ones at school do."""
    browser = launch_browser(ignore_default_args=["--disable-back-forward-cache"])
    yield browser
    browser.close()


@pytest.fixture
def open_room(
    site: RunningSite, new_context: Callable[..., BrowserContext]
) -> Callable[[str], Room]:
    """Start a lesson in a language, put the board on the wall and let three students in."""

    def enter(code: str, language: str, **settings: Any) -> Student:
        page = new_context(**settings).new_page()
        return Student(page, site, language, settings.get("java_script_enabled", True)).join(code)

    def make(language: str) -> Room:
        page = new_context().new_page()
        page.goto(f"{site.url}/{language}/modules/m4")
        page.locator('main a[href$="/start/m4"]').first.click()
        desk = Desk(page, site, language).pass_gate()
        with page.context.expect_page() as opened:
            page.locator('a[href*="/board/"]').click()
        students = (
            enter(desk.code, "nl"),
            enter(desk.code, "fr", viewport=PHONE),
            enter(desk.code, language, viewport=PHONE, java_script_enabled=False),
        )
        return Room(desk, opened.value, students)

    return make
