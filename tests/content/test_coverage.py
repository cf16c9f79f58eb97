"""Every theme of the source article has a home: lessons with facts and questions about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from config import ROOT
from eduapp.content import check_content
from eduapp.content.models import ActivityKind
from eduapp.content.problems import Problems
from eduapp.content.sources import read_sources
from tests.content.builder import TODAY, a_lessons_folder

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = read_sources(ROOT / "lessons", Problems())
THEMES = 22
"""The rows of the coverage matrix (content, 4.2)."""


def test_there_is_a_theme_for_every_row_of_the_matrix() -> None:
    assert len(SOURCES.themes) == THEMES


@pytest.mark.parametrize("name", SOURCES.themes)
def test_a_theme_is_taken_up_where_it_says(name: str) -> None:
    theme = SOURCES.themes[name].raw

    used = {fact for module in theme.modules for fact in facts_of(module)}
    asked = {question for module in theme.modules for question in questions_of(module)}

    assert not theme.facts or used & set(theme.facts), f"none of {theme.facts} in {theme.modules}"
    assert not theme.questions or asked & set(theme.questions)


def test_a_theme_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    folder = a_lessons_folder(tmp_path)
    folder.write("themes.yaml", "- {id: harm, modules: [m9], facts: [F09], questions: [K12]}\n")
    for language in ("nl", "fr"):
        parts = "".join(
            f"### {part}\nTekst.\n\n" for part in ("title", "said", "teach", "corrected")
        )
        folder.write(f"{language}/themes.md", f"## harm\n{parts}")

    said = [str(problem) for problem in check_content(folder.path, TODAY)]

    assert len(said) == 1
    assert "the theme `harm` names `m9`, which is not in modules" in said[0]


def facts_of(module: str) -> set[str]:
    raw = SOURCES.modules[module].raw
    facts = {*raw.facts_for_teacher, *(fact for step in raw.activities for fact in step.facts)}
    blocks = [*SOURCES.prose["nl"][f"modules/{module}.md"].blocks.values()]
    for question in questions_of(module):
        blocks.append(SOURCES.prose["nl"]["questions.md"].blocks[question])
        benchmark = SOURCES.questions[question].raw.benchmark
        facts |= {benchmark} if benchmark else set()
    texts = " ".join(part.text for block in blocks for part in block.parts.values())
    return facts | set(re.findall(r"\{\{fact (\S+)\}\}", texts))


def questions_of(module: str) -> set[str]:
    return {step.question for step in SOURCES.modules[module].raw.activities if step.question}


PATHS = {
    "A-core": ("12-14", ("m1", "m2", "m4", "m7", "m8", "m9")),
    "B-core and B-plus": ("15-18", ("m3", "m4", "m6", "m7", "m8", "m9", "m5", "m10")),
}
"""Which lessons belong together (content, 4); the booster asks again, and says so."""


@pytest.mark.parametrize("name", PATHS)
def test_a_path_never_asks_the_same_question_twice(name: str) -> None:
    band, modules = PATHS[name]

    asked = [
        step.question
        for module in modules
        for step in SOURCES.modules[module].raw.activities_of(band)
        if step.question
    ]

    assert len(asked) == len(set(asked))


def test_the_booster_asks_only_what_the_lessons_asked() -> None:
    taught = {
        question for _, modules in PATHS.values() for m in modules for question in questions_of(m)
    }

    assert questions_of("mb") <= taught


@pytest.mark.parametrize("module", SOURCES.modules)
def test_at_least_half_of_a_lesson_is_practice(module: str) -> None:
    raw = SOURCES.modules[module].raw
    told = {ActivityKind.TEXT, ActivityKind.FACT}

    for band in raw.bands:
        core = [step for step in raw.activities_of(band) if step.part == "core"]
        practice = sum(step.minutes for step in core if step.kind not in told)
        assert 2 * practice >= sum(step.minutes for step in core)
        run = longest = 0
        for step in core:
            run = run + step.minutes if step.kind in told else 0
            longest = max(longest, run)
        assert longest <= 8, "at most eight minutes of explanation in a row (content, R11)"
