"""A language is added by adding files only: a folder of lessons, and nothing in code or YAML."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from config import ROOT
from eduapp import create_app
from tests.browse import Browse
from tests.conftest import a_config

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEW = "eo"
PAGES = ("", "modules", "modules/m4", "modules/m4/teacher", "modules/m2/read", "modules/m8/cards")
MORE = ("help", "kept", "article", "accessibility", "start/m4", "modules/m7/paper")


@pytest.fixture(scope="module")
def abroad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browse]:
    """A site whose lessons have one language more, which nobody has told it about."""
    folder = tmp_path_factory.mktemp("abroad")
    shutil.copytree(ROOT / "lessons", folder / "lessons")
    translate(folder / "lessons")
    app = create_app(a_config(folder / "instance", lessons_dir=folder / "lessons"))
    yield Browse(app)
    app.extensions["urn_lock"].close()


def translate(lessons: Path) -> None:
    """Write the files of a translator who keeps all words as they are."""
    for path in (lessons / "nl").rglob("*.md"):
        target = lessons / NEW / path.relative_to(lessons / "nl")
        target.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8").replace("(/nl/", f"(/{NEW}/")
        target.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("path", [*PAGES, *MORE])
def test_every_page_is_there_in_a_language_that_was_only_added(abroad: Browse, path: str) -> None:
    seen = abroad.get(f"/{NEW}/{path}")

    assert seen.status == 200
    assert seen.one("html")["lang"] == NEW


def test_the_other_languages_lead_to_it(abroad: Browse) -> None:
    links = [str(link["href"]) for link in abroad.get("/nl/modules").all(".bar__link")]

    assert "/eo/modules" in links
    assert "/fr/modules" in links
