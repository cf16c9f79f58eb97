"""Two browsers for all these tests, one with and one without JavaScript, and one site."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from config import ROOT
from eduapp.content import load_content
from tests.browser.running_site import LAW_CHECKED_BY, RunningSite
from tests.firefox.bidi import Firefox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eduapp.content.models import Module

HERE = Path(__file__).resolve().parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder `browser`: `pytest -m 'not browser'` leaves them out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


def _running(firefox: Firefox) -> Iterator[Firefox]:
    firefox.start()
    yield firefox
    firefox.stop()


@pytest.fixture(autouse=True)
def _windows_close(request: pytest.FixtureRequest) -> Iterator[None]:
    """Leave no window open after a test: each would go on following its class."""
    yield
    for name in ("firefox", "plain_firefox"):
        if name in request.fixturenames:
            browser: Firefox = request.getfixturevalue(name)
            browser.close_windows()


@pytest.fixture(scope="session")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    yield from _running(Firefox(tmp_path_factory.mktemp("firefox") / "profile"))


@pytest.fixture(scope="session")
def plain_firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Firefox with its JavaScript switched off."""
    profile = tmp_path_factory.mktemp("firefox") / "plain"
    yield from _running(Firefox(profile, {"javascript.enabled": False}))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    site = RunningSite(tmp_path_factory.mktemp("instance"))
    site.start()
    yield site
    site.stop()


@pytest.fixture(scope="session")
def module() -> Module:
    return load_content(
        ROOT / "lessons", dt.datetime.now(tz=dt.UTC).date(), LAW_CHECKED_BY
    ).modules["m4"]
