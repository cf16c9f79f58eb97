"""Rules of the cards that a class sorts, lays in a line or writes anew, in the YAML of a module.

What stands on the cards is for `prose.py` and `texts.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eduapp.content.models import ActivityKind
from eduapp.content.problems import meant
from eduapp.content.shapes import WITH_CARDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eduapp.content.entries import Entry
    from eduapp.content.problems import Problems
    from eduapp.content.raw import RawActivity, RawModule
    from eduapp.content.sources import Sources

CARDS = range(2, 13)
"""So many fit on one board, readable from the back."""
BINS = range(2, 7)


def check_decks(sources: Sources, problems: Problems) -> None:
    """Add what is wrong with the cards of activities to `problems`."""
    for entry in sources.modules.values():
        for position, activity in enumerate(entry.raw.activities):
            for key, what, do in _wrong(activity, sources):
                line = entry.line("activities", position, key)
                problems.error(entry.file, line, what, do)
            _check_lines(entry, position, sources, problems)


def _wrong(activity: RawActivity, sources: Sources) -> Iterator[tuple[str, str, str]]:
    """Yield the key, what is wrong with it, and what to do."""
    is_sorted = activity.kind is ActivityKind.SORT
    for key, may_have in (
        ("cards", activity.kind in WITH_CARDS),
        ("bins", is_sorted),
        ("lines", is_sorted),
        ("fits", is_sorted),
    ):
        if getattr(activity, key) and not may_have:
            yield key, f"a {activity.kind} has no `{key}`", "take it out, or choose another kind"
    if activity.kind in WITH_CARDS:
        yield from _wrong_numbers(activity)
    if is_sorted:
        yield from _wrong_headings(activity, sources)
    bins = {*activity.bins, *activity.lines}
    for card, fitting in activity.fits.items():
        if card not in activity.cards:
            what = f"`fits` names the card `{card}`, which is not there"
            yield "fits", what, f"{meant(card, activity.cards)}add it to `cards`"
        for name in fitting:
            if name not in bins:
                what = f"`{card}` fits `{name}`, which is no heading here"
                yield "fits", what, f"{meant(name, bins)}add it to `bins` or `lines`"


def _wrong_numbers(activity: RawActivity) -> Iterator[tuple[str, str, str]]:
    for key in ("cards", "bins", "lines"):
        names: list[str] = getattr(activity, key)
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield key, f"`{name}` stands in `{key}` twice", "take one out"
    if len(activity.cards) not in CARDS:
        yield (
            "cards",
            f"`{activity.id}` has {len(activity.cards)} cards",
            f"write {CARDS[0]} to {CARDS[-1]}",
        )


def _wrong_headings(activity: RawActivity, sources: Sources) -> Iterator[tuple[str, str, str]]:
    for language in sources.languages:
        spoken = [name for name in activity.lines if sources.speaks(name, language)]
        number = len(activity.bins) + len(spoken)
        if number not in BINS:
            yield (
                "bins",
                f"`{activity.id}` has {number} headings in {language}",
                f"write {BINS[0]} to {BINS[-1]} in `bins` and `lines`",
            )


def _check_lines(
    entry: Entry[RawModule], position: int, sources: Sources, problems: Problems
) -> None:
    for i, name in enumerate(entry.raw.activities[position].lines):
        if name not in sources.help_lines and sources.is_whole("help.yaml"):
            problems.error(
                entry.file,
                entry.line("activities", position, "lines", i),
                f"there is no help line `{name}`",
                f"{meant(name, sources.help_lines)}add it to help.yaml",
            )
