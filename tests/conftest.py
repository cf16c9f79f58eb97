"""What tests of pages need: settings in a fresh folder, the app made from them, a browser."""

from __future__ import annotations

import functools
import os
import shutil
import threading
from typing import TYPE_CHECKING

import pytest

from config import ROOT, Config
from eduapp import app as wiring
from eduapp import create_app
from eduapp.content import load_content
from eduapp.web import static_files
from tests.browse import Browse

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from eduapp.content.models import Content


def a_config(folder: Path, **changes: object) -> Config:
    """Return the settings of an installation in a folder."""
    settings: dict[str, object] = {
        "secret_key": b"only for tests, 32 characters or more",
        "instance_dir": folder,
        "database_url": f"sqlite:///{folder / 'test.sqlite3'}",
        "testing": True,
    }
    return Config(**(settings | changes))  # type: ignore[arg-type]


@pytest.fixture(scope="session", autouse=True)
def _lessons_read_once() -> Iterator[None]:
    """Read the lessons of the project once for all apps of a process: frozen values, checked."""
    own, read = ROOT / "lessons", functools.cache(load_content)

    def load(lessons_dir: Path, today: dt.date, law_checked_by: str | None = None) -> Content:
        reader = read if lessons_dir == own else load_content
        return reader(lessons_dir, today, law_checked_by)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wiring, "load_content", load)
        yield


@pytest.fixture(scope="session", autouse=True)
def _static_files_packed_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Pack the static files of the project once for all apps of a process; each has its links."""
    own, really = ROOT / "static", static_files.publish
    store, one_at_a_time = tmp_path_factory.mktemp("static"), threading.Lock()

    def publish(source: Path, target: Path) -> Path:
        if source != own:
            return really(source, target)
        with one_at_a_time:
            packed = really(own, store)
        folder = target / packed.name
        if not folder.is_dir():
            shutil.copytree(packed, folder, copy_function=os.link)
        return folder

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(static_files, "publish", publish)
        yield


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return a_config(tmp_path)


@pytest.fixture
def app(config: Config) -> Iterator[Flask]:
    app = create_app(config)
    yield app
    app.extensions["urn_lock"].close()


@pytest.fixture
def browse(app: Flask) -> Browse:
    return Browse(app)
