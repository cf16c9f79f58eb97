"""What speaks of law waits until somebody is named who checked it; some of it goes by date."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from eduapp.content import check_content, load_content
from tests.content.builder import TODAY, a_lessons_folder

if TYPE_CHECKING:
    from pathlib import Path

    from tests.content.builder import LessonsFolder

SAID = (
    "`L05` is about law, and `K12` does not say so",
    "`L05` is about law, and `label` does not say so",
)
"""Messages that the guide for authors explains."""
CHECKED = "A. Peeters, lawyer"
BAN = """\
- id: L05
  value: null
  unit: none
  year: 2026
  who: EU
  population: eu
  source: https://example.org/law
  read_on: 2026-11-22
  review_by: 2027-01-31
  legal: true
  applies_on: 2026-12-02
  use: ["15-18", "12-14"]
"""
BAN_PROSE = """
## L05
### sentence
De regel geldt.

### sentence-before
De regel komt eraan.

### population
de EU
"""


def a_folder_with_law(where: Path) -> LessonsFolder:
    folder = a_lessons_folder(where)
    folder.append("facts.yaml", BAN)
    for language in ("nl", "fr"):
        folder.append(f"{language}/facts.md", BAN_PROSE)
        folder.replace(f"{language}/questions.md", "Steun maakt", "{{fact L05}} Steun maakt")
    folder.replace("questions.yaml", "- id: K12\n", "- id: K12\n  legal: true\n")
    return folder


def test_no_class_gets_a_step_about_law_that_nobody_checked(tmp_path: Path) -> None:
    module = load_content(a_folder_with_law(tmp_path).path, TODAY).modules["m1"]

    assert [step.id for step in module.activities if step.is_unchecked] == ["quiz-1"]
    for band in (None, "12-14", "15-18"):
        assert "quiz-1" not in [step.id for step in module.for_band(band).activities]
    assert module.minutes == 35


def test_a_class_gets_it_once_somebody_is_named(tmp_path: Path) -> None:
    content = load_content(a_folder_with_law(tmp_path).path, TODAY, CHECKED)
    module = content.modules["m1"]

    assert content.law_checked_by == CHECKED
    assert "quiz-1" in [step.id for step in module.for_band("12-14").activities]
    assert module.for_band(None) is module


def test_naming_somebody_makes_another_revision(tmp_path: Path) -> None:
    folder = a_folder_with_law(tmp_path).path

    before, after = load_content(folder, TODAY), load_content(folder, TODAY, CHECKED)

    assert before.modules["m1"].revision != after.modules["m1"].revision


def test_a_lesson_may_be_about_law_as_a_whole(tmp_path: Path) -> None:
    folder = a_lessons_folder(tmp_path)
    folder.replace("modules/m1.yaml", "weave: dots\n", "weave: dots\nlegal: true\n")

    assert load_content(folder.path, TODAY).modules["m1"].is_unchecked
    assert not load_content(folder.path, TODAY, CHECKED).modules["m1"].is_unchecked


@pytest.mark.parametrize(
    ("day", "said"),
    [(dt.date(2026, 12, 1), "De regel komt eraan."), (dt.date(2026, 12, 2), "De regel geldt.")],
)
def test_a_dated_fact_says_what_is_true_that_day(tmp_path: Path, day: dt.date, said: str) -> None:
    content = load_content(a_folder_with_law(tmp_path).path, day)

    assert content.facts["L05"].sentence["nl"] == said
    why = content.modules["m1"].questions[0].why
    assert why is not None
    assert said in why["fr"]


def test_content_says_until_when_it_is_good(tmp_path: Path) -> None:
    folder = a_folder_with_law(tmp_path).path

    assert load_content(folder, TODAY).good_until == dt.date(2026, 12, 2)
    assert load_content(folder, dt.date(2026, 12, 2)).good_until is None


def test_what_cites_the_law_to_students_is_marked(tmp_path: Path) -> None:
    folder = a_folder_with_law(tmp_path)
    assert check_content(folder.path, TODAY) == ()
    folder.replace("questions.yaml", "  legal: true\n", "")
    folder.replace("modules/m1.yaml", "facts: [U03]", "facts: [U03, L05]")

    said = "\n".join(map(str, check_content(folder.path, TODAY)))

    assert all(each in said for each in SAID)
