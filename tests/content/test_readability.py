"""Every module reads easily for a thirteen-year-old (content, 7.1; product, "Words on screen")."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from config import ROOT
from eduapp.content.problems import Problems
from eduapp.content.sources import read_sources
from tests.content.readability import ease, measure, measure_papers, sentences_of, words

SOURCES = read_sources(ROOT / "lessons", Problems())


@dataclass(frozen=True, slots=True)
class Target:
    """The limits of a language for ages 12-14, which hold for every module that those may meet."""

    ease: float
    mean_sentence: float
    longest_sentence: int


TARGETS = {"nl": Target(75, 11, 18), "fr": Target(80, 12, 20)}


@pytest.mark.parametrize("language", TARGETS)
@pytest.mark.parametrize("module", SOURCES.modules)
def test_a_module_reads_easily(module: str, language: str) -> None:
    found, target = measure(SOURCES, module, language), TARGETS[language]

    assert found.ease >= target.ease, f"{module} {language}: {found}"
    assert found.mean_sentence <= target.mean_sentence, f"{module} {language}: {found}"
    assert found.longest <= target.longest_sentence, f"{module} {language}: {found}"


@pytest.mark.parametrize("language", TARGETS)
@pytest.mark.parametrize("module", SOURCES.modules)
def test_no_block_of_a_module_is_hard(module: str, language: str) -> None:
    found, target = measure(SOURCES, module, language), TARGETS[language]

    assert found.lowest_block_ease >= target.ease, f"{module} {language}: {found}"


@pytest.mark.parametrize("language", TARGETS)
def test_what_we_keep_reads_easily(language: str) -> None:
    found, target = measure_papers(SOURCES, language), TARGETS[language]

    assert found.lowest_block_ease >= target.ease, f"{language}: {found}"
    assert found.mean_sentence <= target.mean_sentence, f"{language}: {found}"
    assert found.longest <= target.longest_sentence, f"{language}: {found}"


def test_a_hard_text_fails() -> None:
    hard = (
        "De verantwoordelijkheidsverdeling tussen dienstverleners en overheidsinstellingen "
        "bemoeilijkt de strafrechtelijke vervolging van grensoverschrijdende feiten aanzienlijk."
    )

    assert ease(hard, "nl") < TARGETS["nl"].ease
    assert len(words(sentences_of(hard)[0])) == 14


def test_sentences_end_at_marks_and_lines() -> None:
    assert sentences_of("Een. “Twee!” Drie ?\nVier") == ["Een.", "“Twee!", "Drie ?", "Vier"]
    assert words("l’image n’est-elle pas là") == ["l’image", "n’est-elle", "pas", "là"]
