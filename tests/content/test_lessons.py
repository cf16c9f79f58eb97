"""The lessons that are shipped: no errors, and the same in every language."""

from __future__ import annotations

import datetime as dt

import pytest

from config import ROOT
from eduapp.content import Severity, check_content, load_content
from eduapp.content.problems import Problems
from eduapp.content.shapes import Reader, walk
from eduapp.content.sources import read_sources

LESSONS = ROOT / "lessons"
TODAY = dt.datetime.now(tz=dt.UTC).date()
SOURCES = read_sources(LESSONS, Problems())


def test_the_shipped_lessons_have_no_error() -> None:
    errors = [p for p in check_content(LESSONS, TODAY) if p.severity is Severity.ERROR]

    assert not errors, "\n".join(str(problem) for problem in errors)


def test_dutch_and_french_are_there() -> None:
    assert {"nl", "fr"} <= set(load_content(LESSONS, TODAY).languages)


def test_every_language_says_the_same_things() -> None:
    said = {
        language: {
            (found.path, found.block, found.part.name)
            for found in walk(SOURCES)
            if found.language == language and found.path != "help.md"
        }
        for language in SOURCES.languages
    }

    first, *others = said.values()
    assert first
    for other in others:
        assert first == other


def test_every_language_cites_the_same_facts() -> None:
    cited = {
        language: {
            (found.path, found.block, found.part.name): sorted(
                piece.split("}}")[0] for piece in found.part.text.split("{{fact ")[1:]
            )
            for found in walk(SOURCES)
            if found.language == language and found.path != "help.md"
        }
        for language in SOURCES.languages
    }

    first, *others = cited.values()
    for other in others:
        assert first == other


@pytest.mark.parametrize("language", SOURCES.languages)
def test_a_figure_is_never_shown_to_students_without_its_source(language: str) -> None:
    content = load_content(LESSONS, TODAY)

    for fact in content.facts.values():
        assert fact.who
        assert fact.source.startswith("https://")
        assert fact.population[language]
        assert "{" not in fact.sentence[language]


def test_every_part_has_a_reader() -> None:
    assert {found.shape.reader for found in walk(SOURCES)} == set(Reader)
