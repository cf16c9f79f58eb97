"""A class keeps the revision it began with."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from eduapp.content import load_content
from eduapp.content.revisions import recalled, written
from tests.content.builder import TODAY, a_lessons_folder

if TYPE_CHECKING:
    from pathlib import Path

CHANGES = [
    ("modules/m1.yaml", "weave: dots", "weave: grid"),
    ("questions.yaml", "right: control", "right: believed"),
    ("scenarios/s2.yaml", "choices: [joke, greet]", "choices: [greet, joke]"),
    ("facts.yaml", "value: 84", "value: 85"),
    ("fr/scenarios.md", "Ze lachen.", "Ze lachen luid."),
    ("nl/questions.md", "Dat klopt.", "Dat klopt!"),
    ("modules/m1.yaml", "question: N06", 'question: N06, band: "12-14"'),
    ("fr/facts.md", "films op sites", "films"),
]


@pytest.mark.parametrize(("file", "old", "new"), CHANGES)
def test_any_change_of_the_module_makes_another_revision(
    file: str, old: str, new: str, tmp_path: Path
) -> None:
    folder = a_lessons_folder(tmp_path)
    before = load_content(folder.path, TODAY).modules["m1"].revision

    folder.replace(file, old, new)

    after = load_content(folder.path, TODAY).modules["m1"].revision
    assert len(after) == 12
    assert after != before


def test_what_does_not_change_the_module_keeps_its_revision(tmp_path: Path) -> None:
    folder = a_lessons_folder(tmp_path)
    before = load_content(folder.path, TODAY).modules["m1"].revision

    folder.replace("modules/m1.yaml", "weave: dots", "# a comment\nweave: dots")
    folder.replace("help.yaml", 'phone: "102"', 'phone: "102 00"')

    assert load_content(folder.path, TODAY).modules["m1"].revision == before


def test_a_module_comes_back_as_it_was_after_the_files_changed(tmp_path: Path) -> None:
    folder = a_lessons_folder(tmp_path)
    old = load_content(folder.path, TODAY).modules["m1"]
    text = written(old)

    folder.replace("nl/modules/m1.md", "Onze titel", "Een nieuwe titel")
    new = load_content(folder.path, TODAY).modules["m1"]

    assert recalled(text, "m1", old.revision) == old
    assert recalled(written(new), "m1", new.revision) == new
    assert old.title != new.title


def test_a_module_kept_before_steps_had_bands_and_decks_comes_back(tmp_path: Path) -> None:
    module = load_content(a_lessons_folder(tmp_path).path, TODAY).modules["m1"]
    said = module.model_dump(
        mode="json",
        exclude={
            "revision": True,
            "is_unchecked": True,
            "is_later": True,
            "activities": {"__all__": {"band", "deck", "is_unchecked"}},
        },
    )
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    name = hashlib.sha256(canonical.encode()).hexdigest()[:12]

    assert recalled(json.dumps({**said, "revision": name}), "m1", name) == module


@pytest.mark.parametrize("damaged", ["", "{}", "not JSON"])
def test_a_damaged_text_is_no_module(damaged: str) -> None:
    assert recalled(damaged, "m1", "000000000000") is None


@pytest.mark.parametrize(
    ("old", "new"), [("Eerste zin.", "Een andere zin."), ('"id":"m1"', '"id":"m2"')]
)
def test_a_text_that_says_something_else_than_its_name_is_no_module(
    old: str, new: str, tmp_path: Path
) -> None:
    module = load_content(a_lessons_folder(tmp_path).path, TODAY).modules["m1"]
    text = written(module)
    assert old in text

    assert recalled(text.replace(old, new), "m1", module.revision) is None
