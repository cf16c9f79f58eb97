"""A module may have steps for one age band only; the rest of it is the same for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eduapp.content import load_content
from tests.content.builder import TODAY, LessonsFolder, a_lessons_folder

if TYPE_CHECKING:
    from pathlib import Path

    from eduapp.content.models import Module

YOUNG, OLD = "12-14", "15-18"


def with_bands(folder: LessonsFolder) -> Module:
    """Give the scenario (8 minutes) to the young, the second poll (4 minutes) to the old."""
    folder.replace("modules/m1.yaml", "scenario: s2", f'scenario: s2, band: "{YOUNG}"')
    folder.replace("modules/m1.yaml", "question: N06", f'question: N06, band: "{OLD}"')
    return load_content(folder.path, TODAY).modules["m1"]


def test_a_band_has_its_own_steps_and_those_of_everybody(tmp_path: Path) -> None:
    module = with_bands(a_lessons_folder(tmp_path))

    shared = ["rules", "label", "quiz-1", "support", "poll-1"]
    assert module.bands_differ
    assert [step.id for step in module.for_band(YOUNG).activities] == [
        *shared[:3],
        "story",
        *shared[3:],
    ]
    assert [step.id for step in module.for_band(OLD).activities] == [*shared, "poll-2"]


def test_only_the_steps_of_a_band_are_its_own(tmp_path: Path) -> None:
    module = with_bands(a_lessons_folder(tmp_path))

    young = module.for_band(YOUNG)

    assert young.model_copy(update={"activities": module.activities}) == module
    assert young.revision == module.revision
    assert young.for_band(YOUNG) == young


def test_a_goal_that_names_a_band_is_a_goal_of_that_band_only(tmp_path: Path) -> None:
    module = with_bands(a_lessons_folder(tmp_path))
    goals = {"nl": ("Je weet wat een deepnude is.", f"{YOUNG}: je leest.", f"{OLD}: je zoekt.")}
    module = module.model_copy(update={"goals": goals})

    assert module.for_band(YOUNG).goals == {"nl": goals["nl"][:2]}
    assert module.for_band(OLD).goals == {"nl": (goals["nl"][0], goals["nl"][2])}
    assert module.for_band(None).goals == goals


def test_a_module_without_bands_is_the_same_for_everybody(tmp_path: Path) -> None:
    module = load_content(a_lessons_folder(tmp_path).path, TODAY).modules["m1"]

    assert not module.bands_differ
    assert module.for_band(YOUNG) is module
    assert module.minutes_in(YOUNG) == module.minutes_in(None) == module.minutes == 39


def test_no_band_is_the_whole_module(tmp_path: Path) -> None:
    module = with_bands(a_lessons_folder(tmp_path))

    assert module.for_band(None) is module


def test_minutes_are_those_of_a_band_and_else_of_the_longest(tmp_path: Path) -> None:
    module = with_bands(a_lessons_folder(tmp_path))

    assert module.minutes_in(YOUNG) == 35
    assert module.minutes_in(OLD) == 31
    assert module.minutes == module.minutes_in(None) == 35
    assert module.for_band(OLD).minutes_in(OLD) == 31


def test_the_same_place_in_the_skipping_order_may_be_given_once_in_each_band(
    tmp_path: Path,
) -> None:
    folder = a_lessons_folder(tmp_path)
    folder.replace("modules/m1.yaml", "scenario: s2", f'scenario: s2, skip: 2, band: "{YOUNG}"')
    folder.replace("modules/m1.yaml", "question: N06", f'question: N06, skip: 2, band: "{OLD}"')

    module = load_content(folder.path, TODAY).modules["m1"]

    for band in (YOUNG, OLD):
        steps = module.for_band(band).activities
        assert sorted(step.skip for step in steps if step.skip) == [1, 2]


def test_a_step_of_one_band_may_show_the_facts_of_that_band(tmp_path: Path) -> None:
    folder = a_lessons_folder(tmp_path)
    folder.replace("facts.yaml", 'use: ["12-14", "15-18"]', 'use: ["15-18"]')
    folder.replace("modules/m1.yaml", "facts: [U03]", f'facts: [U03], band: "{OLD}"')
    folder.replace("modules/m1.yaml", "question: N05", f'question: N05, band: "{OLD}"')

    assert load_content(folder.path, TODAY).modules["m1"].bands_differ
