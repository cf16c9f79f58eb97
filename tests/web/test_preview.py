"""While somebody writes lessons, a saved file shows at once, with what the check says of it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from config import ROOT, Config, ConfigError
from eduapp import create_app
from tests.browse import Browse
from tests.conftest import a_config

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TITLE = "Vals beeld, echte gevolgen"


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "lessons", tmp_path / "lessons")
    return tmp_path / "lessons"


@pytest.fixture
def writing(lessons: Path, tmp_path: Path) -> Iterator[Browse]:
    app = create_app(a_config(tmp_path / "instance", lessons_dir=lessons, preview=True))
    yield Browse(app)
    app.extensions["urn_lock"].close()


def test_a_saved_file_shows_at_once(writing: Browse, lessons: Path) -> None:
    assert writing.get("/nl/modules/m4").h1 == TITLE
    before = writing.client.get("/preview").text

    change(lessons, TITLE, "Een nieuwe titel")

    assert writing.get("/nl/modules/m4").h1 == "Een nieuwe titel"
    assert writing.client.get("/preview").text != before


def test_a_mistake_is_on_the_page_until_it_is_repaired(writing: Browse, lessons: Path) -> None:
    change(lessons, "### summary", "### summry")
    seen = writing.client.get("/nl/modules")
    assert seen.status_code == 500
    assert "lessons/nl/modules/m4.md:7" in seen.text
    assert writing.client.get("/fr/help").status_code == 500

    change(lessons, "### summry", "### summary")

    assert writing.get("/nl/modules").status == 200


def test_who_writes_sees_what_speaks_of_law(writing: Browse) -> None:
    assert writing.get("/nl/start/m9").status == 200


def test_a_site_for_classes_does_not_look_at_its_files(browse: Browse) -> None:
    assert browse.client.get("/preview").status_code != 200
    assert not browse.get("/nl/modules").all("[data-preview]")


def test_lessons_in_the_making_are_for_this_machine_alone(tmp_path: Path) -> None:
    env = {"PREVIEW": "1", "HOST": "10.0.0.1", "INSTANCE_DIR": str(tmp_path)}

    with pytest.raises(ConfigError, match="PREVIEW"):
        Config.from_env(env)


def change(lessons: Path, old: str, new: str) -> None:
    path = lessons / "nl/modules/m4.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
