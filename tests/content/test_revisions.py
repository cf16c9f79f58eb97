"""A class keeps the revision it began with."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from eduapp.content import load_content, revisions
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


def test_a_kept_module_comes_back_as_it_was_after_the_files_changed(tmp_path: Path) -> None:
    folder, kept = a_lessons_folder(tmp_path), tmp_path / "revisions"
    old = load_content(folder.path, TODAY).modules["m1"]
    revisions.keep(old, kept)

    folder.replace("nl/modules/m1.md", "Onze titel", "Een nieuwe titel")
    new = load_content(folder.path, TODAY).modules["m1"]
    revisions.keep(new, kept)

    assert revisions.recall(kept, "m1", old.revision) == old
    assert revisions.recall(kept, "m1", new.revision) == new
    assert {path.name for path in kept.iterdir()} == {
        f"m1-{old.revision}.json",
        f"m1-{new.revision}.json",
    }


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
    kept = tmp_path / "revisions"
    kept.mkdir()
    (kept / f"m1-{name}.json").write_text(json.dumps({**said, "revision": name}))

    assert revisions.recall(kept, "m1", name) == module


def test_a_kept_module_is_written_once(tmp_path: Path) -> None:
    module = load_content(a_lessons_folder(tmp_path).path, TODAY).modules["m1"]
    revisions.keep(module, tmp_path / "revisions")
    path = next((tmp_path / "revisions").iterdir())
    written = path.stat().st_mtime_ns

    revisions.keep(module, tmp_path / "revisions")

    assert path.stat().st_mtime_ns == written


@pytest.mark.parametrize("damage", ["", "{}", "not JSON"])
def test_a_damaged_file_is_no_module_and_is_written_again(damage: str, tmp_path: Path) -> None:
    module = load_content(a_lessons_folder(tmp_path).path, TODAY).modules["m1"]
    kept = tmp_path / "revisions"
    revisions.keep(module, kept)
    (kept / f"m1-{module.revision}.json").write_text(damage)

    assert revisions.recall(kept, "m1", module.revision) is None

    revisions.keep(module, kept)
    assert revisions.recall(kept, "m1", module.revision) == module


def test_a_file_that_says_something_else_than_its_name_is_no_module(tmp_path: Path) -> None:
    module = load_content(a_lessons_folder(tmp_path).path, TODAY).modules["m1"]
    kept = tmp_path / "revisions"
    revisions.keep(module, kept)
    path = kept / f"m1-{module.revision}.json"
    path.write_text(path.read_text().replace("Eerste zin.", "Een andere zin."))

    assert revisions.recall(kept, "m1", module.revision) is None


@pytest.mark.parametrize(
    ("module_id", "revision"),
    [("m1", "000000000000"), ("../m1", "000000000000"), ("m1", "../../etc/x"), ("", "")],
)
def test_what_was_never_kept_is_not_there(module_id: str, revision: str, tmp_path: Path) -> None:
    assert revisions.recall(tmp_path, module_id, revision) is None
