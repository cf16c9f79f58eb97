"""Measures of reading ease for what students read, by module and language (content, 7.1).

Short screens are joined to blocks of a hundred words and more. Names and the words that the lessons
explain are left out of the first score; the second score has everything.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textstat.textstat import textstat

from eduapp.content.facts import renderers_of, sentence_of
from eduapp.content.shapes import Reader, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from eduapp.content.shapes import Found
    from eduapp.content.sources import Sources

BLOCK_WORDS = 100
TODAY = dt.datetime.now(tz=dt.UTC).date()
"""Dated sentences are measured as they are today."""

NAMES = ["Aya", "Lina", "Milo", "Noor", "Robin", "Sam", "Tom", "Yara", "Child Focus"]
EXPLAINED = {
    "nl": (
        "artificiële intelligentie|afpersing|deepnudes?|grens|hulplijn|naaktbeeld(?:en)?"
        "|seksuele integriteit|toestemming|verantwoordelijk|verantwoordelijkheid|vertrouwenspersoon"
    ),
    "fr": (
        "intelligence artificielle|chantage|consentement|deepnudes?|images? de nu"
        "|intégrité sexuelle|ligne d’écoute|personne de confiance|responsable|responsabilité"
    ),
}
"""Words of the vocabulary (content, 5) that every lesson explains when it uses them first."""


@dataclass(frozen=True, slots=True)
class Ease:
    """How easily a text reads: Flesch-Douma (nl) or Kandel-Moles (fr); higher is easier."""

    ease: float
    ease_of_everything: float
    mean_sentence: float
    longest_sentence: str
    lowest_block: str
    lowest_block_ease: float

    @property
    def longest(self) -> int:
        """Return the words of the longest sentence."""
        return len(words(self.longest_sentence))

    def __str__(self) -> str:
        """Return all scores, for the message of a failing test."""
        return (
            f"ease {self.ease:.1f} (with names and explained words {self.ease_of_everything:.1f}), "
            f"mean sentence {self.mean_sentence:.1f} words, longest {self.longest}: "
            f"“{self.longest_sentence}”. Hardest block {self.lowest_block_ease:.1f}: "
            f"“{self.lowest_block[:300]} …”"
        )


def measure(sources: Sources, module: str, language: str, band: str) -> Ease:
    """Return how easily the texts of a module read that its students of a band meet."""
    return _measured(list(_pieces(sources, module, language, band)), language)


def measure_papers(sources: Sources, language: str) -> Ease:
    """Return how easily the papers read that students meet."""
    render = renderers_of(sources, TODAY)[language].html
    pieces = [
        text
        for found in walk(sources)
        if (found.path, found.language) == ("papers.md", language)
        and found.shape.reader is Reader.STUDENT
        for text in _texts(found, render)
    ]
    return _measured(pieces, language)


def _measured(pieces: list[str], language: str) -> Ease:
    everything = "\n".join(pieces)
    sentences = [sentence for piece in pieces for sentence in sentences_of(piece)]
    blocks = sorted((ease(_plain(block, language), language), block) for block in _blocks(pieces))
    return Ease(
        ease=ease(_plain(everything, language), language),
        ease_of_everything=ease(everything, language),
        mean_sentence=sum(len(words(s)) for s in sentences) / len(sentences),
        longest_sentence=max(sentences, key=lambda sentence: len(words(sentence))),
        lowest_block=blocks[0][1],
        lowest_block_ease=blocks[0][0],
    )


def ease(text: str, language: str) -> float:
    """Return the reading ease by the formula of the language."""
    textstat.set_lang(language)
    return float(textstat.flesch_reading_ease(text))


def words(text: str) -> list[str]:
    """Return the words of a text; an elided article belongs to its word."""
    return re.findall(r"\w+(?:[’'-]\w+)*", text)


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text; a line is never less than one."""
    pieces = re.split(
        r"(?<=[.!?…])[”»’\"')]*\s+|\n+", text.replace("\u202f", " ").replace("\u00a0", " ")
    )
    return [piece.strip() for piece in pieces if words(piece)]


def _pieces(sources: Sources, module: str, language: str, band: str) -> Iterator[str]:
    """Yield every text that students of a band meet in a module, each closed by a mark."""
    steps = sources.modules[module].raw.activities_of(band)
    questions = {activity.question for activity in steps if activity.question}
    scenarios = {activity.scenario for activity in steps if activity.scenario}
    facts = {fact for activity in steps for fact in activity.facts}
    render = renderers_of(sources, TODAY)[language].html
    for found in walk(sources):
        if found.language != language or found.shape.reader is not Reader.STUDENT:
            continue
        is_met = (
            (found.path == f"modules/{module}.md" and band in found.within.bands)
            or (found.path == "questions.md" and found.block in {*questions, "unsure", "skip"})
            or (found.path == "scenarios.md" and found.block in scenarios)
        )
        if is_met:
            facts |= set(re.findall(r"\{\{fact (\S+)\}\}", found.part.text))
            yield from _texts(found, render)
    for name in sorted(facts):
        prose = sources.prose[language]["facts.md"]
        yield _closed(sentence_of(sources.facts[name].raw, prose, language, TODAY))


def _texts(found: Found, render: Callable[[str], str]) -> Iterator[str]:
    for text in found.plain_texts:
        yield _closed(text)
    without = re.sub(r"\{\{[^}]*\}\}", "", found.markdown)
    for line in re.split(r"</(?:p|li|h\d)>|\n", render(without)):
        text = html.unescape(re.sub(r"<[^>]+>", "", line)).strip()
        if words(text):
            yield _closed(text)


def _closed(text: str) -> str:
    return text if re.search(r"[.!?…][”»’\"')]*$", text.rstrip()) else f"{text.rstrip()}."


def _plain(text: str, language: str) -> str:
    """Return a text without names and explained words."""
    left_out = "|".join([*NAMES, EXPLAINED[language]])
    return re.sub(rf"\b(?:{left_out})\b", "", text, flags=re.IGNORECASE)


def _blocks(pieces: list[str]) -> list[str]:
    """Return the pieces joined in order to blocks of a hundred words and more."""
    blocks = [""]
    for piece in pieces:
        if len(words(blocks[-1])) >= BLOCK_WORDS:
            blocks.append("")
        blocks[-1] = f"{blocks[-1]}\n{piece}".strip()
    if len(blocks) > 1 and len(words(blocks[-1])) < BLOCK_WORDS:
        last = blocks.pop()
        blocks[-1] = f"{blocks[-1]}\n{last}"
    return blocks
