"""The shell keeps nothing between requests, so the tests of a module share one app."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eduapp import create_app
from tests.conftest import a_config

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = create_app(a_config(tmp_path_factory.mktemp("instance")))
    yield app
    app.extensions["urn_lock"].close()
