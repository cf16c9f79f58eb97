"""What the lessons become: complete frozen values."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from eduapp.content import load_content
from eduapp.content.models import ActivityKind, QuestionKind, Reveal
from tests.content.builder import TODAY, a_lessons_folder

if TYPE_CHECKING:
    from pathlib import Path


def test_a_module_is_complete_in_every_language(tmp_path: Path) -> None:
    content = load_content(a_lessons_folder(tmp_path).path, TODAY)

    module = content.modules["m1"]
    assert content.languages == ("fr", "nl")
    assert module.title == {"nl": "Onze titel", "fr": "Notre titel"}
    assert module.minutes == 39
    assert module.take_home["nl"] == ("Eerste zin.", "Tweede zin.", "Derde zin.")
    assert module.curriculum["fr"] == ("Eindterm 1.8.",)
    assert [activity.kind for activity in module.activities] == [
        ActivityKind.TEXT,
        ActivityKind.FACT,
        ActivityKind.QUIZ,
        ActivityKind.SCENARIO,
        ActivityKind.DISCUSSION,
        ActivityKind.POLL,
        ActivityKind.POLL,
    ]
    assert module.activities[4].prompts == {
        "nl": ("Wat helpt?", "Wie helpt?"),
        "fr": ("Wat helpt?", "Wie helpt?"),
    }
    assert module.facts_for_teacher[0].sentence["nl"] == "Er waren 143.868 films."


def test_a_knowledge_question_ends_with_not_knowing(tmp_path: Path) -> None:
    question = load_content(a_lessons_folder(tmp_path).path, TODAY).modules["m1"].questions[0]

    assert question.kind is QuestionKind.KNOWLEDGE
    assert [option.id for option in question.options] == ["believed", "control", "unsure"]
    assert question.right_position == 1
    assert question.options[1].text["nl"] == "Je hebt het niet in de hand."
    assert question.options[1].feedback == {
        "nl": "<p>Dat klopt.</p>",
        "fr": "<p>Dat klopt.</p>",
    }
    assert question.options[2].feedback is not None
    assert question.closing is None


def test_an_opinion_question_ends_with_skipping(tmp_path: Path) -> None:
    question = load_content(a_lessons_folder(tmp_path).path, TODAY).modules["m1"].questions[1]

    assert question.kind is QuestionKind.OPINION
    assert question.reveal is Reveal.BENCHMARK
    assert question.scale
    assert [option.id for option in question.options] == ["agree", "disagree", "skip"]
    assert [option.feedback for option in question.options] == [None, None, None]
    assert question.right_position is None
    assert question.benchmark is not None
    assert question.benchmark.sentence["fr"] == "84\u00a0% zegt: het doet pijn."
    assert question.approval is not None
    assert 'class="cite"' in question.approval["nl"]


def test_a_scenario_has_its_choices_and_its_good_next_step(tmp_path: Path) -> None:
    scenario = (
        load_content(a_lessons_folder(tmp_path).path, TODAY).modules["m1"].activities[3].scenario
    )

    assert scenario is not None
    nodes = scenario.nodes
    assert [choice.node for choice in nodes[scenario.start].choices] == ["joke", "greet"]
    assert nodes["joke"].choices[0].label["nl"] == "Sorry zeggen"
    assert nodes["greet"].choices == ()


def test_values_are_frozen(tmp_path: Path) -> None:
    module = load_content(a_lessons_folder(tmp_path).path, TODAY).modules["m1"]

    with pytest.raises(ValidationError):
        setattr(module, "weave", "grid")  # noqa: B010 - mypy knows that it is frozen


def test_opening_hours_are_shown_for_ninety_days_after_a_check(tmp_path: Path) -> None:
    folder = a_lessons_folder(tmp_path)
    checked = dt.date(2026, 11, 1)

    def hours(today: dt.date) -> object:
        lines = load_content(folder.path, today).help_lines
        return next(line.hours for line in lines if line.id == "child-focus")

    assert hours(checked + dt.timedelta(days=90)) == {"nl": "24/7", "fr": "24/7"}
    assert hours(checked + dt.timedelta(days=91)) is None


def test_opening_hours_that_nobody_checked_are_not_shown(tmp_path: Path) -> None:
    folder = a_lessons_folder(tmp_path)
    folder.replace("help.yaml", "  checked_on: 2026-11-01\n  checked_by: An Editor\n", "")

    lines = load_content(folder.path, TODAY).help_lines

    assert next(line.hours for line in lines if line.id == "child-focus") is None


def test_the_strip_of_a_language_has_its_own_youth_line(tmp_path: Path) -> None:
    content = load_content(a_lessons_folder(tmp_path).path, TODAY)

    assert [line.id for line in content.strip_for("nl")] == ["danger", "child-focus", "awel"]
    assert [line.id for line in content.strip_for("fr")] == ["danger", "child-focus", "ecoute"]


def test_modules_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    folder = a_lessons_folder(tmp_path)
    for name in ("m10", "m2"):
        folder.write(
            f"modules/{name}.yaml", folder.read("modules/m1.yaml").replace("id: m1", f"id: {name}")
        )
        for language in ("nl", "fr"):
            folder.write(f"{language}/modules/{name}.md", folder.read(f"{language}/modules/m1.md"))

    assert list(load_content(folder.path, TODAY).modules) == ["m1", "m2", "m10"]


def test_the_papers_are_there_in_every_language(tmp_path: Path) -> None:
    papers = load_content(a_lessons_folder(tmp_path).path, TODAY).papers

    keep = ["keep-safe", "keep-unsafe", "keep-what", "keep-device"]
    assert list(papers) == ["letter", "ict", "never", *keep, "accessibility", "paths"]
    assert papers["ict"].title["fr"] == "Voor wie het netwerk beheert"
    assert papers["ict"].text["nl"] == "<p>Alleen poort 443.</p>"
    assert "tel:116000" in papers["letter"].text["nl"]
