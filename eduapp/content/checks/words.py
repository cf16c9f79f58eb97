"""The block list, in every text, id and file name; and the words that may not stand in an address.

Words are compared without capitals and accents. A hashed entry is never named in a message: the
list exists so that some names stand nowhere.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from eduapp.content.shapes import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eduapp.content.problems import Problems
    from eduapp.content.raw import RawBlockedWord
    from eduapp.content.sources import Sources

QUIET = {"deepnude", "deepnudes", "naakt", "nu"}
"""Words that school filters and shared screens should not meet (product, "Quiet addresses")."""

# A soft hyphen or an invisible sign does not break a word.
_WORD = re.compile("[^\\W_](?:[\u00ad\u200b-\u200d\u2060\ufeff]*[^\\W_])*")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def fold(text: str) -> str:
    """Return a text without capitals and accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text).casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def bare(text: str) -> list[str]:
    """Return the words of a text without capitals and accents."""
    return [fold(match[0]) for match in _WORD.finditer(text)]


@dataclass(slots=True)
class BlockList:
    """The hashes, and the listed words by language; all of them under an empty name."""

    hashed: frozenset[str]
    phrases: dict[str, dict[str, list[tuple[list[str], RawBlockedWord]]]] = field(
        default_factory=dict
    )
    _is_hashed: dict[tuple[str, str], bool] = field(default_factory=dict)
    """What was looked up before: most words come a hundred times, and a hash takes its time."""

    def add(self, word: RawBlockedWord) -> None:
        """Put a word on the list."""
        words = bare(word.word)
        for language in (*word.languages, ""):
            first = self.phrases.setdefault(language, {}).setdefault(words[0], [])
            first.append((words, word))

    def hits(self, text: str, language: str) -> Iterator[tuple[int, str, str]]:
        """Yield position, what and what to do for every listed word of a language ("" is all)."""
        listed = self.phrases.get(language, {})
        spots = list(_WORD.finditer(text))
        words = [fold(spot[0]) for spot in spots]
        for i, spot in enumerate(spots):
            for phrase, entry in listed.get(words[i], ()):
                if words[i : i + len(phrase)] == phrase:
                    yield (
                        spot.start(),
                        f"“{entry.word}” is on the block list ({entry.why})",
                        f"write: {entry.instead}",
                    )
        yield from self.hashed_hits(text)

    def hashed_hits(self, text: str) -> Iterator[tuple[int, str, str]]:
        """Yield position, what and what to do for every hashed word or pair, unnamed."""
        spots = list(_WORD.finditer(text)) if self.hashed else []
        for i, spot in enumerate(spots):
            if self._is_listed(text, spot) or self._is_listed(text, *spots[i : i + 2]):
                line_start = text.rfind("\n", 0, spot.start()) + 1
                number = len(_WORD.findall(text, line_start, spot.end()))
                yield (
                    spot.start(),
                    f"word {number} of this line is on the block list",
                    "leave the name out: say what a person did, not who",
                )

    def _is_listed(self, text: str, *spots: re.Match[str]) -> bool:
        """Return whether words side by side are hashed: as typed, apart, or without accents."""
        words = text[spots[0].start() : spots[-1].end()], " ".join(spot[0] for spot in spots)
        found = self._is_hashed.get(words)
        if found is None:
            typed, apart = words
            forms = {typed.casefold(), apart.casefold(), fold(apart)}
            found = self._is_hashed[words] = not self.hashed.isdisjoint(map(_digest, forms))
        return found


def _digest(form: str) -> str:
    return hashlib.sha256(form.encode()).hexdigest()


def check_words(sources: Sources, problems: Problems) -> None:
    """Add every listed word to `problems`."""
    block_list = _block_list(sources)
    for found in walk(sources):
        for position, what, do in block_list.hits(found.part.text, found.language):
            problems.error(found.file, found.part.line_at(position), what, do)
        names_page = found.block == "module" or found.path == "papers.md"
        if names_page and found.part.name == "title":
            _refuse_loud(found.part.text, found.file, found.part.first, "title", problems)
    for file, line, text in _names(sources):
        for _, what, do in block_list.hits(text, ""):
            problems.error(file, line, what, do)
        _refuse_loud(text, file, line, "name", problems)
    for file, line, text in _values(sources):
        for _, what, do in block_list.hits(text, ""):
            problems.error(file, line, what, do)
    for file, line, text in _addresses(sources):
        for _, what, do in block_list.hashed_hits(text):
            problems.error(file, line, what, do)


def _block_list(sources: Sources) -> BlockList:
    if sources.blocked is None:
        return BlockList(frozenset())
    made = BlockList(frozenset(sources.blocked.raw.hashed))
    for word in sources.blocked.raw.words:
        if bare(word.word):
            made.add(word)
    return made


def _refuse_loud(text: str, file: str, line: int, what: str, problems: Problems) -> None:
    for word in sorted(QUIET & set(bare(text))):
        problems.error(
            file,
            line,
            f"the {what} has the word “{word}”, and stands in an address or on a tab",
            "choose a quieter word",
        )


def _names(sources: Sources) -> Iterator[tuple[str, int, str]]:
    """Yield every id and file name, with the place to repair it."""
    for path in sources.files:
        yield f"{sources.name}/{path}", 1, path
    for named in (sources.questions, sources.facts, sources.help_lines):
        for name, entry in named.items():
            yield entry.file, entry.line("id"), name
    for module in sources.modules.values():
        for i, activity in enumerate(module.raw.activities):
            yield module.file, module.line("activities", i, "id"), activity.id
        yield from (
            (module.file, module.line("curriculum", i), key)
            for i, key in enumerate(module.raw.curriculum)
        )
    for scenario in sources.scenarios.values():
        for i, node in enumerate(scenario.raw.nodes):
            yield scenario.file, scenario.line("nodes", i, "id"), node.id
    for question in sources.questions.values():
        yield from (
            (question.file, question.line("options", i), option)
            for i, option in enumerate(question.raw.options)
        )


def _values(sources: Sources) -> Iterator[tuple[str, int, str]]:
    """Yield the texts that YAML holds itself."""
    for fact in sources.facts.values():
        for key in ("who", "population"):
            yield fact.file, fact.line(key), getattr(fact.raw, key)
    for entry in sources.help_lines.values():
        yield entry.file, entry.line("hours"), entry.raw.hours or ""


def _addresses(sources: Sources) -> Iterator[tuple[str, int, str]]:
    """Yield the addresses of others, whose words are not ours to choose."""
    for fact in sources.facts.values():
        yield fact.file, fact.line("source"), fact.raw.source
    for entry in sources.help_lines.values():
        for key in ("url", "source"):
            yield entry.file, entry.line(key), getattr(entry.raw, key) or ""
