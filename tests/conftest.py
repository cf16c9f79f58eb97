"""What tests of pages need: settings in a fresh folder, the app made from them, a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from config import Config
from eduapp import create_app
from tests.browse import Browse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask


def a_config(folder: Path, **changes: object) -> Config:
    """Return the settings of an installation in a folder."""
    settings: dict[str, object] = {
        "secret_key": b"only for tests, 32 characters or more",
        "instance_dir": folder,
        "database_url": f"sqlite:///{folder / 'test.sqlite3'}",
        "testing": True,
    }
    return Config(**(settings | changes))  # type: ignore[arg-type]


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
