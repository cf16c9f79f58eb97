"""Rules of questions: one right answer or none, how an opinion is revealed, what is never asked.

Their words are for `prose.py` and `texts.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from eduapp.content.checks.structure import check_fact
from eduapp.content.checks.words import bare
from eduapp.content.models import QuestionKind, Reveal
from eduapp.content.problems import meant
from eduapp.content.shapes import bands_that_meet, walk

if TYPE_CHECKING:
    from eduapp.content.entries import Entry
    from eduapp.content.problems import Problems
    from eduapp.content.raw import RawQuestion
    from eduapp.content.sources import Sources

RESERVED = ("unsure", "skip")
FEWEST, MOST = 2, 6
"""Options that are written; the engine adds one, and a result has weaves for seven rows."""

EXPERIENCE = {
    "nl": (
        r"\b\w+ (je|jij|u|jullie) (zelf |al |wel )*(ooit|eens|weleens)\b",
        r"\b(heb|hebben) (je|jij|jullie) .*\b(meegemaakt|gekregen|gemaakt|gedeeld|doorgestuurd)\b",
        r"\bben jij\b",
        r"\b(is|werd) (het|dit|zoiets|er) (\w+ )?(van |over )?(je|jou)\b",
        r"\b(ken|kennen) (je|jij|jullie) (iemand|mensen)\b",
    ),
    "fr": (
        r"\b(as tu|avez vous|tu as|vous avez) deja\b",
        r"\b(t|vous) (a|ont|est) (t )?(on |il )?deja\b",
        r"\b(t|vous) est (il )?(deja )?arrive\b",
        r"\bas tu (ete|recu|fait|fabrique|partage|transfere)\b",
        r"\bes tu (deja|toi meme|victime)\b",
        r"\b(connais tu|tu connais|connaissez vous|vous connaissez) quelqu un\b",
    ),
    "de": (
        r"\b(hast du|habt ihr) (schon|jemals|selbst)\b",
        r"\bist (es )?dir (schon|jemals)\b",
        r"\b(kennst du|kennt ihr) jemand",
    ),
    "en": (
        r"\bhave you (ever|already)\b",
        r"\bhas (it|this|anyone|one) ever\b.*\byou\b",
        r"\bdo you know (someone|anyone)\b",
    ),
}
"""Shapes of a question about a student's own experience, in words without accents (content, 6C)."""


def check_questions(sources: Sources, problems: Problems) -> None:
    """Add what is wrong with the questions to `problems`."""
    for entry in sources.questions.values():
        _check_options(entry, problems)
        if entry.raw.kind is QuestionKind.KNOWLEDGE:
            _check_knowledge(entry, problems)
        else:
            _check_opinion(entry, sources, problems)
    _refuse_experience(sources, problems)


def _check_options(entry: Entry[RawQuestion], problems: Problems) -> None:
    options = entry.raw.options
    if not FEWEST <= len(options) <= MOST:
        problems.error(
            entry.file,
            entry.line("options"),
            f"`{entry.raw.id}` has {len(options)} options",
            f"write {FEWEST} to {MOST}; the engine adds the last one",
        )
    for position, option in enumerate(options):
        if option in options[:position]:
            problems.error(
                entry.file,
                entry.line("options", position),
                f"the option `{option}` stands here twice",
                "give each option its own id",
            )
        if option in RESERVED:
            problems.error(
                entry.file,
                entry.line("options", position),
                f"the engine adds `{option}` itself",
                "take it out of the options",
            )


def _check_knowledge(entry: Entry[RawQuestion], problems: Problems) -> None:
    raw, line = entry.raw, entry.line("right")
    if isinstance(raw.right, list):
        problems.error(
            entry.file,
            line,
            f"`{raw.id}` has {len(raw.right)} right answers",
            "write one option: `right: id`; make the others wrong, or ask another question",
        )
    elif raw.right is None:
        problems.error(
            entry.file, line, f"`{raw.id}` has no right answer", "write one option: `right: id`"
        )
    elif raw.right not in raw.options:
        problems.error(
            entry.file,
            line,
            f"the right answer `{raw.right}` is not one of the options",
            f"{meant(raw.right, raw.options)}write one of: {', '.join(raw.options)}",
        )
    for key in ("reveal", "benchmark"):
        if getattr(raw, key) is not None:
            problems.error(
                entry.file,
                entry.line(key),
                f"a knowledge question has no `{key}`",
                "take it out; its class result and right answer are shown",
            )


def _check_opinion(entry: Entry[RawQuestion], sources: Sources, problems: Problems) -> None:
    raw = entry.raw
    if raw.right is not None:
        problems.error(
            entry.file,
            entry.line("right"),
            f"`{raw.id}` is an opinion and has a right answer",
            "take `right` out, or make it `kind: knowledge`",
        )
    if raw.reveal is None:
        problems.error(
            entry.file,
            entry.line(),
            f"the opinion question `{raw.id}` does not say how it is revealed",
            "add `reveal: class`, or `reveal: benchmark` where the class must not see itself",
        )
    if raw.reveal is Reveal.BENCHMARK and raw.rounds > 1:
        problems.error(
            entry.file,
            entry.line("rounds"),
            "a benchmark question has one round",
            "write `rounds: 1`: there is no class result to vote on again",
        )
    if raw.benchmark is not None:
        _check_benchmark(entry, raw.benchmark, sources, problems)


def _check_benchmark(
    entry: Entry[RawQuestion], benchmark: str, sources: Sources, problems: Problems
) -> None:
    raw, line = entry.raw, entry.line("benchmark")
    if raw.reveal is not Reveal.BENCHMARK:
        problems.error(
            entry.file,
            line,
            "a benchmark is shown only with `reveal: benchmark`",
            "change `reveal`, or take the benchmark out",
        )
    bands = bands_that_meet(sources, lambda activity: activity.question == raw.id)
    check_fact(benchmark, bands, entry.file, line, sources, problems)
    fact = sources.facts.get(benchmark)
    if fact is not None and fact.raw.value is None:
        problems.error(
            entry.file,
            line,
            f"the fact `{benchmark}` has no number to show",
            "choose a fact with a value, or leave the benchmark out: the approval sentence stays",
        )


def _refuse_experience(sources: Sources, problems: Problems) -> None:
    for found in walk(sources):
        if found.part.name not in {"question", "discuss", "prompts"}:
            continue
        words = " ".join(bare(found.part.text))
        for pattern in EXPERIENCE.get(found.language, ()):
            if match := re.search(pattern, words):
                problems.error(
                    found.file,
                    found.part.first,
                    f"“{match[0]} …” asks for a student's own experience",
                    "never ask that in a class: "
                    "ask what someone in a story could do, or what is fair",
                )
                break
