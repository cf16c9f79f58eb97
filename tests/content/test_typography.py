"""Signs as each language prints them, and the same facts in each language, block by block."""

from __future__ import annotations

import re

import pytest

from config import ROOT
from eduapp.content.problems import Problems
from eduapp.content.sources import read_sources

SOURCES = read_sources(ROOT / "lessons", Problems())
WRONG = {
    "a straight quotation mark": re.compile(r"[\"']"),
    "dots for an ellipsis": re.compile(r"\.\.\."),
    "two spaces": re.compile(r"\S  +\S"),
}
WRONG_IN = {
    "nl": {
        "French quotation marks": re.compile("[«»]"),
        "a space before a sign": re.compile(r"\w [?!;:](?:\s|$)"),
        "a low quotation mark": re.compile("[„‟]"),
    },
    "fr": {
        "no space before a sign": re.compile(r"\w[?!](?:\s|$)|\w;(?:\s|$)"),
        "no space inside quotation marks": re.compile(r"«\S|\S»"),
    },
}
"""Spaces are typed as ordinary ones; the engine makes those of French unbreakable."""
ADDRESS = re.compile(r"\]\([^)]*\)|https?://\S+|\{\{[^}]*\}\}|`[^`]*`")


def slips(text: str, language: str) -> list[str]:
    """Return what is wrong in a text, with the place."""
    plain = ADDRESS.sub("x", text)
    rules = WRONG | WRONG_IN[language]
    return [
        f"{name}: {plain[max(0, hit.start() - 20) : hit.end() + 10]!r}"
        for name, rule in rules.items()
        for hit in rule.finditer(plain)
    ]


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_lessons_are_set_as_their_language_is(language: str) -> None:
    wrong = [
        f"{file.file}: {slip}"
        for file in SOURCES.prose[language].values()
        for block in file.blocks.values()
        for part in block.parts.values()
        for slip in slips(part.text, language)
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", 'Zeg "nee".'),
        ("nl", "Echt waar ?"),
        ("fr", "Vraiment?"),
        ("fr", "«Non»"),
        ("fr", "Et..."),
    ],
)
def test_a_slip_is_found(language: str, text: str) -> None:
    assert slips(text, language)


def test_every_language_cites_the_same_facts_in_the_same_place() -> None:
    unequal = []
    for path, file in SOURCES.prose["nl"].items():
        for name, block in file.blocks.items():
            for part in block.parts.values():
                others = SOURCES.prose["fr"][path].blocks.get(name)
                other = others.parts.get(part.name) if others else None
                if other and cited(part.text) != cited(other.text):
                    unequal.append(f"{path} {name} {part.name}")

    assert unequal == []


def cited(text: str) -> list[str]:
    return sorted(re.findall(r"\{\{fact (\S+)\}\}", text))
