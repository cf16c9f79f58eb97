"""A report in words and strips, in the language of the page: what page, print and export show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import ngettext

from eduapp.classroom.school_sums import Moment, last_day_of, school_year
from eduapp.content.models import QuestionKind
from eduapp.privacy.parameters import REACH_MIN
from eduapp.privacy.school import Direction
from eduapp.school.report import GRADES
from eduapp.web.dates import date_words
from eduapp.web.results import weave_of

if TYPE_CHECKING:
    from eduapp.privacy.school import Change, Estimate
    from eduapp.school.report import Asked, Misconception, Outcome, Report, Waiting

_ANSWERS_STEP = 10
"""How many answers there were is said in tens: who took part is not to be counted back."""
REMINDER_DAYS = 61
"""From June on the page reminds of what the end of the school year removes."""


@dataclass(frozen=True, slots=True)
class StripLine:
    """One strip of cloth: solid to `low` percent, frayed to `high`."""

    text: str
    """The option, or the moment."""
    weave: str
    value: int
    off: int
    low: int
    high: int
    words: str
    """`about 55 %, 10 more or less`."""
    is_right: bool = False


@dataclass(frozen=True, slots=True)
class TableLine:
    """One option with its share at each moment, in words."""

    option: str
    is_right: bool
    shares: tuple[StripLine, ...]


@dataclass(frozen=True, slots=True)
class OutcomeBlock:
    """One question: strips to see, and a table behind them."""

    id: str
    question: str
    module_id: str
    module: str
    right: str | None
    """The right answer; None for an opinion."""
    strips: tuple[StripLine, ...]
    """Of knowledge the right answer at each moment; of an opinion each option."""
    moments: tuple[str, ...]
    table: tuple[TableLine, ...]
    basis: str
    """How many classes and answers it rests on."""
    change: str | None


@dataclass(frozen=True, slots=True)
class MisconceptionBlock:
    """A wrong idea that remains, and where a lesson answers it."""

    option: str
    question: str
    words: str
    module_id: str
    module: str
    step: str


@dataclass(frozen=True, slots=True)
class ReachLine:
    """One module: lessons in words, by grade."""

    module: str
    lessons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportWords:
    """Everything that a page of a school says."""

    year: int
    year_words: str
    years: tuple[tuple[int, str], ...]
    grades: tuple[str, ...]
    reach: tuple[ReachLine, ...]
    knowledge: tuple[OutcomeBlock, ...]
    opinions: tuple[OutcomeBlock, ...]
    misconceptions: tuple[MisconceptionBlock, ...]
    waiting: tuple[str, ...]
    reminder: str | None
    older: int

    @property
    def has_results(self) -> bool:
        """Return whether anything of what classes answered can be shown."""
        return bool(self.knowledge or self.opinions)


def year_words(year: int) -> str:
    """Return a school year: `2026–2027`."""
    return f"{year}–{year + 1}"


def grade_words() -> tuple[str, ...]:
    """Return the three grades in words."""
    return (str(_("First grade")), str(_("Second grade")), str(_("Third grade")))


def in_words(report: Report, language: str, today: dt.date) -> ReportWords:
    """Return a report in the language of the page."""
    return ReportWords(
        year=report.year,
        year_words=year_words(report.year),
        years=tuple((year, year_words(year)) for year in report.years),
        grades=grade_words(),
        reach=tuple(
            ReachLine(
                module.title[language],
                tuple(_lessons(report.reach.get((grade, module.id), 0)) for grade in GRADES),
            )
            for module in report.modules
        ),
        knowledge=tuple(_block(outcome, language) for outcome in report.knowledge),
        opinions=tuple(_block(outcome, language) for outcome in report.opinions),
        misconceptions=tuple(_misconception(each, language) for each in report.misconceptions),
        waiting=tuple(_waiting(each, language) for each in report.waiting),
        reminder=_reminder(report, today),
        older=report.older,
    )


def _lessons(number: int) -> str:
    if number == 0:
        return "–"
    if number < REACH_MIN:
        return str(_("fewer than %(number)s", number=REACH_MIN))
    return str(number)


def _block(outcome: Outcome, language: str) -> OutcomeBlock:
    question, right = outcome.place.question, outcome.place.question.right_position
    moments = tuple(_moment(asked.moment) for asked in outcome.asked)
    table = tuple(
        TableLine(
            option.text[language],
            position == right,
            tuple(
                _strip(words, "", asked.shares[position])
                for asked, words in zip(outcome.asked, moments, strict=True)
            ),
        )
        for position, option in enumerate(question.options)
    )
    if right is not None:
        strips = tuple(
            _strip(words, weave_of(right), asked.shares[right])
            for asked, words in zip(outcome.asked, moments, strict=True)
        )
    else:
        strips = tuple(
            _strip(option.text[language], weave_of(position), share)
            for position, (option, share) in enumerate(
                zip(question.options, outcome.last.shares, strict=True)
            )
        )
    return OutcomeBlock(
        id=question.id,
        question=question.text[language],
        module_id=outcome.place.module.id,
        module=outcome.place.module.title[language],
        right=question.options[right].text[language] if right is not None else None,
        strips=strips,
        moments=moments if question.kind is QuestionKind.KNOWLEDGE else ("",),
        table=table,
        basis=_basis(outcome.last),
        change=_change(outcome.change) if outcome.change else None,
    )


def _strip(text: str, weave: str, share: Estimate) -> StripLine:
    words = _("%(value)s %% ± %(off)s", value=share.value, off=share.off)
    return StripLine(text, weave, share.value, share.off, share.low, share.high, words)


def _basis(asked: Asked) -> str:
    classes = ngettext("%(num)s class", "%(num)s classes", asked.batch.classes)
    answers = asked.batch.n // _ANSWERS_STEP * _ANSWERS_STEP
    return str(_("From %(classes)s, at least %(number)s answers.", classes=classes, number=answers))


def _change(found: Change) -> str:
    if found.direction is Direction.UNCLEAR:
        return str(
            _("No clear change: the difference may be chance (± %(off)s points).", off=found.off)
        )
    points = abs(found.points)
    if found.direction is Direction.UP:
        return str(
            _(
                "More know it after talking: %(points)s points up (± %(off)s).",
                points=points,
                off=found.off,
            )
        )
    return str(
        _(
            "Fewer had it right after talking: %(points)s points down (± %(off)s).",
            points=points,
            off=found.off,
        )
    )


def _moment(moment: Moment) -> str:
    return str(
        {
            Moment.ONCE: _("Asked once"),
            Moment.BEFORE: _("Before talking"),
            Moment.AFTER: _("After talking"),
            Moment.LATER: _("Weeks later"),
            Moment.POOL: _("Asked once"),
        }[moment]
    )


def _misconception(each: Misconception, language: str) -> MisconceptionBlock:
    place = each.place
    number = place.module.activities.index(place.activity) + 1
    return MisconceptionBlock(
        option=each.option.text[language],
        question=place.question.text[language],
        words=_strip("", "", each.share).words,
        module_id=place.module.id,
        module=place.module.title[language],
        step=f"{number}. {place.activity.title[language]}",
    )


def _waiting(each: Waiting, language: str) -> str:
    title = each.module.title[language]
    if not each.classes_missing:
        return str(_("%(title)s: enough classes. The result shows from Monday on.", title=title))
    classes = ngettext("one more class", "%(num)s more classes", each.classes_missing)
    return str(_("%(title)s: at least %(classes)s.", title=title, classes=classes))


def _reminder(report: Report, today: dt.date) -> str | None:
    last_day = last_day_of(report.year)
    is_near = today >= last_day - dt.timedelta(days=REMINDER_DAYS)
    if school_year(today) != report.year or not is_near or not report.waiting:
        return None
    return str(
        _(
            "What is still too little on %(day)s is never shown: it is removed then.",
            day=date_words(last_day),
        )
    )
