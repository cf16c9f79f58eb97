"""Every module reads easily for a thirteen-year-old (content, 7.1; product, "Words on screen")."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from config import ROOT
from eduapp.content.problems import Problems
from eduapp.content.sources import read_sources
from tests.content.readability import ease, measure, measure_papers, sentences_of, words
from tests.content.reading_table import TABLE, table

SOURCES = read_sources(ROOT / "lessons", Problems())


@dataclass(frozen=True, slots=True)
class Target:
    """The limits of a language for an age band."""

    ease: float
    mean_sentence: float
    longest_sentence: int | None


TARGETS = {
    ("nl", "12-14"): Target(75, 11, 18),
    ("fr", "12-14"): Target(80, 12, 20),
    ("nl", "15-18"): Target(60, 15, None),
    ("fr", "15-18"): Target(65, 16, None),
}
READERS = [
    (module, language, band)
    for module, entry in SOURCES.modules.items()
    for band in entry.raw.bands
    for language in ("nl", "fr")
]


@pytest.mark.parametrize(("module", "language", "band"), READERS)
def test_a_module_reads_easily(module: str, language: str, band: str) -> None:
    found, target = measure(SOURCES, module, language, band), TARGETS[language, band]

    assert found.lowest_block_ease >= target.ease, f"{module} {language} {band}: {found}"
    assert found.mean_sentence <= target.mean_sentence, f"{module} {language} {band}: {found}"
    if target.longest_sentence is not None:
        assert found.longest <= target.longest_sentence, f"{module} {language} {band}: {found}"


def test_the_table_in_the_docs_says_what_is_measured_now() -> None:
    assert TABLE.read_text(encoding="utf-8") == table(SOURCES)


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_what_we_keep_reads_easily(language: str) -> None:
    found, target = measure_papers(SOURCES, language), TARGETS[language, "12-14"]

    assert found.lowest_block_ease >= target.ease, f"{language}: {found}"
    assert found.mean_sentence <= target.mean_sentence, f"{language}: {found}"
    assert target.longest_sentence is not None
    assert found.longest <= target.longest_sentence, f"{language}: {found}"


def test_a_hard_text_fails() -> None:
    hard = (
        "De verantwoordelijkheidsverdeling tussen dienstverleners en overheidsinstellingen "
        "bemoeilijkt de strafrechtelijke vervolging van grensoverschrijdende feiten aanzienlijk."
    )

    assert ease(hard, "nl") < TARGETS["nl", "12-14"].ease
    assert len(words(sentences_of(hard)[0])) == 14


def test_sentences_end_at_marks_and_lines() -> None:
    assert sentences_of("Een. “Twee!” Drie ?\nVier") == ["Een.", "“Twee!", "Drie ?", "Vier"]
    assert words("l’image n’est-elle pas là") == ["l’image", "n’est-elle", "pas", "là"]
