"""Every word of lessons and screens is in a dictionary of its language, or in the list of our own.

The dictionaries are Debian's, read by hunspell.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from config import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

DICTIONARIES = {"nl": "nl_BE", "fr": "fr_BE"}
OWN = frozenset(
    word
    for line in (ROOT / "tests/content/own_words.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)
NO_WORDS = re.compile(
    r"\{\{[^}]*\}\}|%\(\w+\)s|\]\([^)]*\)|`[^`]*`|https?://\S+|/\S*/|\b[\w-]+\.(?:be|md|org|com)\b"
)
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
ELISION = re.compile(r"^(?:[dcjlmnst]|qu|jusqu|lorsqu|puisqu)[’']", re.IGNORECASE)


def lines_of(language: str) -> Iterator[tuple[str, str]]:
    """Yield where something stands that a reader reads, and what."""
    for path in sorted((ROOT / "lessons" / language).rglob("*.md")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not re.match(r"#{2,3} ", line):
                yield f"{path.relative_to(ROOT)}:{number}", line
    catalogue = ROOT / f"translations/{language}/LC_MESSAGES/messages.po"
    with catalogue.open("rb") as file:
        for message in read_po(file, locale=language):
            texts = (message.string,) if isinstance(message.string, str) else message.string
            for text in (texts or ()) if message.id else ():
                yield f"{catalogue.relative_to(ROOT)}: {message.id!r:.40}", text


def unknown(words: set[str], language: str) -> set[str]:
    """Return the words that neither the dictionary of a language nor our list has."""
    hunspell = shutil.which("hunspell")
    assert hunspell, "install the Debian packages hunspell, hunspell-nl and hunspell-fr"
    plain = {word: ELISION.sub("", word).replace("’", "'") for word in words}
    found = subprocess.run(
        [hunspell, "-i", "utf-8", "-d", DICTIONARIES[language], "-l"],
        input="\n".join(sorted(set(plain.values()))),
        capture_output=True,
        text=True,
        check=False,
    )
    assert not found.stderr, f"install hunspell-{language}: {found.stderr}"
    missing = set(found.stdout.split())
    return {word for word, bare in plain.items() if bare in missing and not OWN & {word, bare}}


@pytest.mark.parametrize("language", DICTIONARIES)
def test_every_word_is_in_a_dictionary(language: str) -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for where, line in lines_of(language):
        for word in WORD.findall(NO_WORDS.sub(" ", line)):
            places[word].append(where)

    wrong = {word: places[word][0] for word in unknown(set(places), language)}

    assert not wrong


def test_no_word_of_our_own_is_there_for_nothing() -> None:
    used = {
        bare
        for language in DICTIONARIES
        for _, line in lines_of(language)
        for word in WORD.findall(NO_WORDS.sub(" ", line))
        for bare in (word, ELISION.sub("", word))
    }

    assert sorted(OWN - used) == []


@pytest.mark.parametrize(("language", "word"), [("nl", "geweldd"), ("fr", "consentemment")])
def test_a_slip_of_the_pen_is_found(language: str, word: str) -> None:
    assert unknown({word}, language) == {word}
