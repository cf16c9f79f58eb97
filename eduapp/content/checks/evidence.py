"""Rules of facts and help lines: dates, numbers, and the three lines that every screen shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eduapp.content.facts import PLACE
from eduapp.content.shapes import walk

if TYPE_CHECKING:
    import datetime as dt

    from eduapp.content.problems import Problems
    from eduapp.content.sources import Sources

STRIP = ("danger", "line", "youth")
"""The kinds that the fixed strip of a language holds (content, section 2)."""
WHOLE = 100


def check_evidence(sources: Sources, today: dt.date, problems: Problems) -> None:
    """Add what is wrong with facts and help lines; a passed review date is a warning."""
    _check_facts(sources, today, problems)
    _check_places(sources, problems)
    _check_help(sources, today, problems)
    _check_strip(sources, problems)


def _check_facts(sources: Sources, today: dt.date, problems: Problems) -> None:
    for entry in sources.facts.values():
        raw = entry.raw
        if raw.review_by < raw.read_on:
            problems.error(
                entry.file,
                entry.line("review_by"),
                f"`{raw.id}` is to be reviewed before it was read",
                "set `review_by` after `read_on`",
            )
        elif raw.review_by < today:
            problems.warning(
                entry.file,
                entry.line("review_by"),
                f"the review date of `{raw.id}` has passed ({raw.review_by})",
                "read the source again, correct the fact, set `read_on` and `review_by`",
            )
        if raw.read_on > today:
            problems.error(
                entry.file,
                entry.line("read_on"),
                f"`{raw.id}` was read in the future ({raw.read_on})",
                "write the day on which you read the source",
            )
        if (raw.value is None) is not (raw.unit == "none"):
            problems.error(
                entry.file,
                entry.line("unit"),
                f"`{raw.id}` has the value {_shown(raw.value)} and the unit {raw.unit}",
                "a number has a unit; without a number write `value: null` and `unit: none`",
            )
        elif raw.unit == "percent" and raw.value is not None and not 0 <= raw.value <= WHOLE:
            problems.error(
                entry.file,
                entry.line("value"),
                f"`{raw.id}` is {raw.value:g} percent",
                "write a number from 0 to 100",
            )


def _check_places(sources: Sources, problems: Problems) -> None:
    for found in walk(sources):
        if found.path != "facts.md" or found.part.name != "sentence":
            continue
        has_number = sources.facts[found.block].raw.value is not None
        if has_number and found.part.text.count(PLACE) != 1:
            problems.error(
                found.file,
                found.part.first,
                f"the sentence of `{found.block}` does not show its number once",
                "write {value} where the number belongs; its sign comes by itself",
            )
        elif not has_number and PLACE in found.part.text:
            problems.error(
                found.file,
                found.part.first,
                f"`{found.block}` has no number for {PLACE}",
                "give the fact a value in facts.yaml, or take {value} out",
            )


def _check_help(sources: Sources, today: dt.date, problems: Problems) -> None:
    for entry in sources.help_lines.values():
        raw = entry.raw
        if raw.strip and raw.phone is None:
            problems.error(
                entry.file,
                entry.line("strip"),
                f"`{raw.id}` is in the strip of every page without a number to call",
                "add its `phone`, or write `strip: false`",
            )
        if (raw.checked_by is None) is not (raw.checked_on is None):
            problems.error(
                entry.file,
                entry.line("checked_by"),
                f"the check of `{raw.id}` is half written",
                "write who checked (`checked_by`) and on which day (`checked_on`), or neither",
            )
        elif raw.checked_on and raw.checked_on > today:
            problems.error(
                entry.file,
                entry.line("checked_on"),
                f"`{raw.id}` was checked in the future ({raw.checked_on})",
                "write the day on which somebody called or looked",
            )


def _check_strip(sources: Sources, problems: Problems) -> None:
    file = f"{sources.name}/help.yaml"
    for language in sources.languages if sources.is_whole("help.yaml") else ():
        kinds = {
            entry.raw.kind
            for entry in sources.help_lines.values()
            if entry.raw.strip and sources.speaks(entry.raw.id, language)
        }
        for kind in STRIP:
            if kind not in kinds:
                problems.error(
                    file,
                    1,
                    f"the help strip in {language} has no line of the kind {kind}",
                    f"give one such line `strip: true` and {language} in `languages`",
                )


def _shown(value: float | None) -> str:
    return "null" if value is None else f"{value:g}"
