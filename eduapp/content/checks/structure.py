"""Rules of a module in its YAML: activities, minutes, what they point at, who may see which fact.

Its words are for `prose.py` and `texts.py`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from eduapp.content.models import ActivityKind, QuestionKind
from eduapp.content.problems import meant
from eduapp.content.shapes import RESERVED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from eduapp.content.entries import Entry
    from eduapp.content.problems import Problems
    from eduapp.content.raw import RawActivity, RawModule
    from eduapp.content.sources import Sources

MINUTES = 45
"""Joining, shell and core together (product, "Minutes fit the hour")."""
OPINIONS = 6
"""Opinion questions in one lesson (privacy: each one adds up)."""

_NEEDS = {
    ActivityKind.QUIZ: "question",
    ActivityKind.POLL: "question",
    ActivityKind.FACT: "facts",
    ActivityKind.SCENARIO: "scenario",
}
_ASKS = {ActivityKind.QUIZ: QuestionKind.KNOWLEDGE, ActivityKind.POLL: QuestionKind.OPINION}


def check_structure(sources: Sources, problems: Problems) -> None:
    """Add what is wrong with the modules to `problems`."""
    if not sources.modules and sources.is_whole("modules/"):
        problems.error(f"{sources.name}/modules", 1, "there is no module", "make modules/m1.yaml")
    for entry in sources.modules.values():
        _check_totals(entry, sources, problems)
        _check_lists(entry, sources, problems)
        for position in range(len(entry.raw.activities)):
            _check_activity(entry, position, sources, problems)


def _check_totals(entry: Entry[RawModule], sources: Sources, problems: Problems) -> None:
    module = entry.raw
    differ = any(activity.band for activity in module.activities)
    for band in dict.fromkeys(module.bands) if differ else module.bands[:1]:
        _check_hour(entry, band, f" for {band}" if differ else "", problems)
    opinions = [i for i, activity in enumerate(module.activities) if _is_opinion(activity, sources)]
    for position in opinions[OPINIONS:]:
        problems.error(
            entry.file,
            entry.line("activities", position),
            f"this is opinion question {opinions.index(position) + 1} of the module",
            f"keep {OPINIONS} or fewer: every one tells a little about the class",
        )


def _check_hour(entry: Entry[RawModule], band: str, whose: str, problems: Problems) -> None:
    """One band's lesson fits the hour, and says in one order what to leave out."""
    met = entry.raw.activities_of(band)
    minutes = entry.raw.joining_minutes + sum(activity.minutes for activity in met)
    if minutes > MINUTES:
        problems.error(
            entry.file,
            entry.line("activities"),
            f"joining, shell and core take {minutes} minutes{whose}, more than {MINUTES}",
            f"shorten by {minutes - MINUTES}, or move an activity to another module",
        )
    if all(activity.skip is None for activity in met):
        problems.error(
            entry.file,
            entry.line("activities"),
            f"no activity{whose} says what to leave out when time is short",
            "give the first one to leave out `skip: 1`",
        )
    for position in _later_ones([activity.skip for activity in met]):
        skipped = met[position]
        problems.error(
            entry.file,
            entry.line("activities", entry.raw.activities.index(skipped), "skip"),
            f"`skip: {skipped.skip}` stands here twice{whose}",
            "count on: 1 is left out first",
        )


def _is_opinion(activity: RawActivity, sources: Sources) -> bool:
    question = sources.questions.get(activity.question or "")
    return question is not None and question.raw.kind is QuestionKind.OPINION


def _check_lists(entry: Entry[RawModule], sources: Sources, problems: Problems) -> None:
    module = entry.raw
    doubled = (
        ("id", [a.id for a in module.activities], "give each activity its own id"),
        ("question", [a.question for a in module.activities], "ask a question once in a module"),
    )
    for key, values, do in doubled:
        for position in _later_ones(values):
            value = values[position]
            problems.error(
                entry.file,
                entry.line("activities", position, key),
                f"`{key}: {value}` stands here twice",
                do,
            )
    for key, names in (
        ("curriculum", list[str](module.curriculum)),
        ("facts_for_teacher", module.facts_for_teacher),
        ("bands", list[str](module.bands)),
    ):
        for position in _later_ones(names):
            problems.error(
                entry.file,
                entry.line(key, position),
                f"`{names[position]}` stands in `{key}` twice",
                "take one out",
            )
    for position, fact in enumerate(module.facts_for_teacher):
        check_fact(
            fact, (), entry.file, entry.line("facts_for_teacher", position), sources, problems
        )


def _later_ones(values: Iterable[object]) -> list[int]:
    """Return the positions of values that stood in the list before."""
    seen: Counter[object] = Counter()
    later = []
    for position, value in enumerate(values):
        seen[value] += 1
        if value is not None and seen[value] > 1:
            later.append(position)
    return later


def _check_activity(
    entry: Entry[RawModule], position: int, sources: Sources, problems: Problems
) -> None:
    activity = entry.raw.activities[position]
    line = entry.line("activities", position)
    if activity.id in RESERVED:
        problems.error(
            entry.file, line, f"no activity may be called `{activity.id}`", "choose another id"
        )
    needed = _NEEDS.get(activity.kind)
    for key in ("question", "facts", "scenario"):
        has = bool(getattr(activity, key))
        if key == needed and not has:
            problems.error(
                entry.file,
                line,
                f"`{activity.id}` is a {activity.kind} without `{key}`",
                f"add `{key}: …`, or choose another kind",
            )
        elif has and key != needed:
            problems.error(
                entry.file,
                entry.line("activities", position, key),
                f"a {activity.kind} has no `{key}`",
                "take it out, or choose another kind",
            )
    if activity.band and activity.band not in entry.raw.bands:
        problems.error(
            entry.file,
            entry.line("activities", position, "band"),
            f"the module is not for {activity.band}",
            f"write one of: {', '.join(entry.raw.bands)}; or add {activity.band} to `bands`",
        )
    _check_targets(entry, position, sources, problems)


def _check_targets(
    entry: Entry[RawModule], position: int, sources: Sources, problems: Problems
) -> None:
    activity = entry.raw.activities[position]
    is_told = activity.scenario in sources.scenarios or not sources.is_whole("scenarios/")
    if activity.scenario and not is_told:
        problems.error(
            entry.file,
            entry.line("activities", position, "scenario"),
            f"there is no scenario `{activity.scenario}`",
            f"{meant(activity.scenario, sources.scenarios)}"
            f"write scenarios/{activity.scenario}.yaml",
        )
    for i, fact in enumerate(activity.facts):
        line = entry.line("activities", position, "facts", i)
        bands = entry.raw.bands_of(activity)
        check_fact(fact, bands, entry.file, line, sources, problems)
    if activity.question is None:
        return
    line = entry.line("activities", position, "question")
    question = sources.questions.get(activity.question)
    if question is None and sources.is_whole("questions.yaml"):
        problems.error(
            entry.file,
            line,
            f"there is no question `{activity.question}`",
            f"{meant(activity.question, sources.questions)}add it to questions.yaml",
        )
    elif question and activity.kind in _ASKS and question.raw.kind is not _ASKS[activity.kind]:
        problems.error(
            entry.file,
            line,
            f"`{activity.question}` asks {question.raw.kind}, not for a {activity.kind}",
            "knowledge goes in a quiz, opinion in a poll",
        )


def check_fact(  # noqa: PLR0913 - what is cited, for whom, and where to complain
    fact: str,
    bands: Iterable[str],
    file: str,
    line: int,
    sources: Sources,
    problems: Problems,
) -> None:
    """Add a problem where a cited fact does not exist or may not serve one of the bands."""
    found = sources.facts.get(fact)
    if found is None and not sources.is_whole("facts.yaml"):
        return
    if found is None:
        problems.error(
            file,
            line,
            f"there is no fact `{fact}`",
            f"{meant(fact, sources.facts)}add it to facts.yaml with its source",
        )
        return
    refused = [band for band in bands if band not in found.raw.use]
    if refused:
        problems.error(
            file,
            line,
            f"the fact `{fact}` may not be shown to {' and '.join(refused)}",
            f"it is for {', '.join(found.raw.use)}: cite another one, "
            "or move it to what only the teacher reads",
        )
