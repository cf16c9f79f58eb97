"""What the open pages show, one frozen value for each page.

Made from content by `views.py`; templates read these and nothing else. No request and no class
session here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from eduapp.content.models import ActivityKind, QuestionKind, Reveal

if TYPE_CHECKING:
    from eduapp.content.models import (
        Activity,
        ActivityId,
        Fact,
        HelpLine,
        Module,
        Paper,
        Question,
        Scenario,
    )


@dataclass(frozen=True, slots=True)
class HomePage:
    """The first page; `first_module` is where a teacher sees a lesson with an imaginary class."""

    audience: str
    title: str
    first_module: str | None


@dataclass(frozen=True, slots=True)
class ModuleCard:
    """A module in the list: a piece of cloth with its care label."""

    id: str
    weave: str
    title: str
    summary: str
    care: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModulesPage:
    """The list of modules."""

    audience: str
    title: str
    cards: tuple[ModuleCard, ...]
    paths: Paper
    """Which lessons belong together, and in which order."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a module as a teacher meets it."""

    number: int | None
    """None where no class gets it."""
    title: str
    kind: str
    minutes: str
    skip: str | None
    band: str | None
    law: str | None
    activity: Activity


@dataclass(frozen=True, slots=True)
class Start:
    """One way to start a module: for all its students, or for those of one age band."""

    band: str | None
    words: str | None


@dataclass(frozen=True, slots=True)
class Length:
    """How long a module takes; `words` names the band where the bands take longer or shorter."""

    words: str | None
    minutes: str


@dataclass(frozen=True, slots=True)
class ModulePage:
    """Everything of one module; the pages that show more or less of it share this."""

    audience: str
    title: str
    module: Module
    care: tuple[str, ...]
    starts: tuple[Start, ...]
    lengths: tuple[Length, ...]
    posters: tuple[int, ...]
    has_cards: bool
    joining: str
    steps: tuple[Step, ...]
    quiz: tuple[Question, ...]
    polls: tuple[Question, ...]
    facts: tuple[Fact, ...]
    scenarios: tuple[Scenario, ...]


@dataclass(frozen=True, slots=True)
class HelpPage:
    """All help lines of the reader's language, by what they are for."""

    audience: str
    title: str
    steps: tuple[str, ...]
    groups: tuple[tuple[str, tuple[HelpLine, ...]], ...]


def care_items(module: Module, language: str) -> tuple[str, ...]:
    """Return the words of a module's care label: minutes, ages, what is in it."""
    return (*time_items(module), *module.contains[language])


def time_items(module: Module) -> tuple[str, ...]:
    """Return how long a module takes and for whom, for a list in which one reads quickly."""
    first, *others = lengths(module)
    if others:
        return tuple(f"{each.words} · {each.minutes}" for each in (first, *others))
    return (first.minutes, *map(_years, module.bands))


def starts(module: Module) -> tuple[Start, ...]:
    """Return the ways to start a module: one, or one for each band where the bands differ.

    None for a lesson about law that nobody checked yet.
    """
    if module.is_unchecked:
        return ()
    if not module.bands_differ:
        return (Start(None, None),)
    return tuple(Start(band, _years(band)) for band in module.bands)


def lengths(module: Module) -> tuple[Length, ...]:
    """Return how long a module takes: once, or for each band where that is not the same."""
    each = {band: module.minutes_in(band) for band in module.bands}
    if len(set(each.values())) == 1:
        return (Length(None, minutes(module.minutes)),)
    return tuple(Length(_years(band), minutes(number)) for band, number in each.items())


def band_words(band: str | None) -> str | None:
    """Return for whom an activity is when it is not for everybody."""
    return None if band is None else str(_("only for %(band)s", band=_years(band)))


def minutes(number: int) -> str:
    """Return a number of minutes in words."""
    return str(_("%(num)s min", num=number))


def kind_words(activity: Activity) -> str:
    """Return what sort of step an activity is."""
    if activity.question is not None and activity.question.reveal is Reveal.BENCHMARK:
        return str(_("statement, with what a large study found"))
    return str(
        {
            ActivityKind.TEXT: _("text"),
            ActivityKind.FACT: _("fact"),
            ActivityKind.QUIZ: _("quiz question"),
            ActivityKind.POLL: _("statement"),
            ActivityKind.DISCUSSION: _("talk"),
            ActivityKind.SCENARIO: _("story"),
            ActivityKind.SORT: _("cards to sort"),
            ActivityKind.LINE: _("cards in a line"),
            ActivityKind.REWRITE: _("sentences to rewrite"),
        }[activity.kind]
    )


def card(module: Module, language: str) -> ModuleCard:
    """Return the card of a module."""
    return ModuleCard(
        id=module.id,
        weave=module.weave,
        title=module.title[language],
        summary=module.summary[language],
        care=time_items(module),
    )


def module_page(module: Module, language: str, title: str) -> ModulePage:
    """Return everything of a module in a language, under the title of the page at hand."""
    questions = module.questions
    return ModulePage(
        audience="staff",
        title=title,
        module=module,
        care=care_items(module, language),
        starts=starts(module),
        lengths=lengths(module),
        posters=tuple(range(1, len(module.class_sentences[language]) + 1)),
        has_cards=any(activity.deck for activity in module.activities),
        joining=minutes(module.joining_minutes),
        steps=_steps(module, language),
        quiz=tuple(q for q in questions if q.kind is QuestionKind.KNOWLEDGE),
        polls=tuple(q for q in questions if q.kind is QuestionKind.OPINION),
        facts=_facts(module),
        scenarios=tuple(a.scenario for a in module.activities if a.scenario is not None),
    )


def help_page(lines: tuple[HelpLine, ...]) -> HelpPage:
    """Return the help page of a language: five steps, then the lines by what they are for."""
    names = {
        "danger": _("In danger now"),
        "line": _("Call or chat"),
        "youth": _("For young people"),
        "removal": _("Have an image removed"),
        "adult": _("For those of 18 and over"),
    }
    groups = tuple(
        (name, tuple(line for line in lines if line.kind == kind)) for kind, name in names.items()
    )
    steps = (
        _("It is not your fault."),
        _(
            "You do not have to do this alone. Choose one person: a friend, a parent, "
            "a teacher you trust, or Child Focus."
        ),
        _("Do not pay, do not send anything else and do not bargain. Stop answering."),
        _(
            "Keep what helps: the link, the account name, the date and the messages. "
            "Do not take, save or forward the image itself if someone under 18 is on it."
        ),
        _("Ask for removal together, and decide together about the police."),
    )
    return HelpPage("public", str(_("Help")), steps, tuple(g for g in groups if g[1]))


def _steps(module: Module, language: str) -> tuple[Step, ...]:
    """Return every step with its number in the lesson of its band, as the desk counts them."""
    numbers: dict[ActivityId, int] = {}
    for band in module.bands:
        for number, activity in enumerate(module.for_band(band).activities, 1):
            numbers.setdefault(activity.id, number)
    return tuple(_step(numbers.get(a.id), a, language) for a in module.activities)


def _step(number: int | None, activity: Activity, language: str) -> Step:
    skip = _("leave out first when short of time") if activity.skip == 1 else None
    return Step(
        number=number,
        title=activity.title[language],
        kind=kind_words(activity),
        minutes=minutes(activity.minutes),
        skip=skip or (_("may be left out") if activity.skip else None),
        band=band_words(activity.band),
        law=_("law, not checked yet: no class gets this step") if activity.is_unchecked else None,
        activity=activity,
    )


def _facts(module: Module) -> tuple[Fact, ...]:
    """Return the facts for class and teacher, each once, in the order of the lesson."""
    found: dict[str, Fact] = {}
    for activity in module.activities:
        found.update({fact.id: fact for fact in activity.facts})
        if activity.question is not None and activity.question.benchmark is not None:
            found[activity.question.benchmark.id] = activity.question.benchmark
    found.update({fact.id: fact for fact in module.facts_for_teacher})
    return tuple(found.values())


def _years(band: str) -> str:
    return band.replace("-", "–")
