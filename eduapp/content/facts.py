"""Numbers of facts in the form of each language, and the sentences that carry them.

Only shows; what a fact must have is checked in `checks/`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from babel.numbers import format_decimal, format_percent

from eduapp.content.markdown import CitedFact, CitedHelp, Renderer
from eduapp.content.prose_files import ProseFile
from eduapp.content.typography import typeset

if TYPE_CHECKING:
    import datetime as dt

    from eduapp.content.raw import RawFact, RawHelpLine
    from eduapp.content.sources import Sources

PLACE = "{value}"


def format_value(value: float, unit: str, language: str) -> str:
    """Return a number as its language writes it (CLDR): `84 %`, `143.868`, `2017`."""
    if unit == "year":
        return str(int(value))
    exact = Decimal(str(value))
    if unit == "percent":
        return str(format_percent(exact / 100, locale=language, decimal_quantization=False))
    return str(format_decimal(exact, locale=language, decimal_quantization=False))


def sentence_of(fact: RawFact, prose: ProseFile, language: str, today: dt.date) -> str:
    """Return the one sentence of a fact that is true on a day, with its number filled in."""
    is_before = fact.applies_on is not None and today < fact.applies_on
    part = prose.part(fact.id, "sentence-before" if is_before else "sentence")
    text = part.lead if part else ""
    if fact.value is not None:
        text = text.replace(PLACE, format_value(fact.value, fact.unit, language))
    return typeset(text, language)


def population_of(fact: RawFact, prose: ProseFile, language: str) -> str:
    """Return who was asked or counted, in words."""
    part = prose.part(fact.id, "population")
    return typeset(part.lead if part else "", language)


def cited_fact(fact: RawFact, prose: ProseFile, language: str, today: dt.date) -> CitedFact:
    """Return what an inline citation of a fact shows on a day."""
    return CitedFact(
        sentence=sentence_of(fact, prose, language, today),
        who_and_year=f"{fact.who}, {fact.year}",
        population=population_of(fact, prose, language),
        source=fact.source,
    )


def cited_help(line: RawHelpLine, prose: ProseFile, language: str) -> CitedHelp:
    """Return what an inline mention of a help line shows."""
    part = prose.part(line.id, "name")
    return CitedHelp(typeset(part.lead if part else "", language), line.phone, line.url)


def renderers_of(sources: Sources, today: dt.date) -> dict[str, Renderer]:
    """Return what makes the HTML of each language on a day, knowing every fact and help line."""
    made: dict[str, Renderer] = {}
    for language in sources.languages:
        files = sources.prose[language]
        facts = files.get("facts.md", ProseFile(""))
        lines = files.get("help.md", ProseFile(""))
        made[language] = Renderer(
            language,
            {
                name: cited_fact(entry.raw, facts, language, today)
                for name, entry in sources.facts.items()
            },
            {
                name: cited_help(entry.raw, lines, language)
                for name, entry in sources.help_lines.items()
                if name in lines.blocks
            },
        )
    return made
