"""What the lesson files say, as frozen values.

Every value here is complete: a text exists in each shipped language, an id that is named exists.
The reader (`reader.py`) makes them only after the check has passed. No reading of files, no
Markdown and no rules of display here.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import NewType

from pydantic import BaseModel, ConfigDict

Language = NewType("Language", str)
OptionId = NewType("OptionId", str)
QuestionId = NewType("QuestionId", str)
ModuleId = NewType("ModuleId", str)
FactId = NewType("FactId", str)
ActivityId = NewType("ActivityId", str)

Texts = dict[str, str]
"""Plain text by language code."""
Prose = dict[str, str]
"""Sanitised HTML by language code."""
TextLists = dict[str, tuple[str, ...]]
"""Lists of plain texts by language code."""


class Value(BaseModel):
    """A frozen value that knows no extra fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ActivityKind(StrEnum):
    """What a class does in one step."""

    TEXT = "text"
    FACT = "fact"
    QUIZ = "quiz"
    POLL = "poll"
    DISCUSSION = "discussion"
    SCENARIO = "scenario"
    SORT = "sort"
    """Cards that go under headings."""
    LINE = "line"
    """Cards in a row between two ends."""
    REWRITE = "rewrite"
    """Sentences to write anew, on paper or on a device that sends nothing."""


class QuestionKind(StrEnum):
    """The kind decides noise, gates and bands (privacy, decision 1)."""

    KNOWLEDGE = "knowledge"
    OPINION = "opinion"


class Reveal(StrEnum):
    """What an opinion question shows: the class, or a published figure instead of the class."""

    CLASS = "class"
    BENCHMARK = "benchmark"


class Option(Value):
    """A choice offered; `feedback` is there for every option of a knowledge question."""

    id: OptionId
    text: Texts
    feedback: Prose | None = None


class Fact(Value):
    """A claim with its source; `value` is None where the claim is not a number."""

    id: FactId
    value: float | None
    unit: str
    year: int
    who: str
    source: str
    read_on: dt.date
    review_by: dt.date
    checked_by: str | None
    use: tuple[str, ...]
    sentence: Texts
    """One sentence with the number already formatted for the language."""
    population: Texts


class Question(Value):
    """A question with its options in content order.

    The last option is always the way out (`unsure` or `skip`).
    """

    id: QuestionId
    kind: QuestionKind
    reveal: Reveal
    scale: bool
    """True where the options are ordered and are never shuffled."""
    rounds: int
    """How many rounds the question is made for: 2 is discuss and vote again (privacy, R10)."""
    right: OptionId | None
    options: tuple[Option, ...]
    text: Texts
    why: Prose | None
    closing: Prose | None
    approval: Prose | None
    benchmark: Fact | None
    discuss: Texts

    @property
    def right_position(self) -> int | None:
        """Return the position of the right option, or None for an opinion question."""
        return next((i for i, option in enumerate(self.options) if option.id == self.right), None)


class ScenarioChoice(Value):
    """One way on from a node, named by the node it leads to."""

    label: Texts
    node: str


class ScenarioNode(Value):
    """A moment in a scenario; without choices it is an end."""

    id: str
    text: Prose
    choices: tuple[ScenarioChoice, ...]


class Scenario(Value):
    """A branching story without score and without a dead end."""

    id: str
    title: Texts
    start: str
    nodes: dict[str, ScenarioNode]


class Bin(Value):
    """A heading that cards are put under; a help line is one in the languages that it speaks."""

    id: str
    label: Texts


class Card(Value):
    """What one card says, and what there is to say about it."""

    id: str
    text: Texts
    feedback: Prose
    fits: tuple[str, ...] = ()
    """The headings that fit; none where it is for the class to say."""


class Deck(Value):
    """The cards of one activity, in the order of its file: of a line that is one possible order."""

    cards: tuple[Card, ...]
    bins: tuple[Bin, ...] = ()
    ends: tuple[Texts, Texts] | None = None
    """What stands at the two ends of a line."""

    @property
    def laid_out(self) -> tuple[Card, ...]:
        """Return the cards as a class gets them; the order of a line gives nothing away."""
        return tuple(sorted(self.cards, key=lambda card: card.id)) if self.ends else self.cards

    def texts(self, language: str) -> tuple[str, ...]:
        """Return what stands on the cards, as a class gets them."""
        return tuple(card.text[language] for card in self.laid_out)

    def bins_in(self, language: str) -> tuple[Bin, ...]:
        """Return the headings that a language has."""
        return tuple(each for each in self.bins if language in each.label)

    def fitting(self, card: Card, language: str) -> tuple[str, ...]:
        """Return the headings that fit a card, in words; none where the class says it."""
        return tuple(
            each.label[language] for each in self.bins_in(language) if each.id in card.fits
        )


class Activity(Value):
    """One step of a module."""

    id: ActivityId
    kind: ActivityKind
    minutes: int
    part: str
    """`shell` (around every lesson) or `core`."""
    skip: int | None
    """1 is what to leave out first when time is short; None is never."""
    band: str | None = None
    """The only band that meets this step; None is every band of the module."""
    is_unchecked: bool = False
    """Whether it speaks of law and nobody is named who checked that: then no class gets it."""
    title: Texts
    screen: Prose | None
    say: Prose
    moments: Prose | None
    prompts: TextLists | None
    deck: Deck | None = None
    question: Question | None
    facts: tuple[Fact, ...]
    scenario: Scenario | None


class Module(Value):
    """A theme for one lesson hour: an ordered list of activities with a teacher page."""

    id: ModuleId
    revision: str
    """Twelve hexadecimal characters that change when anything of the module changes."""
    weave: str
    bands: tuple[str, ...]
    joining_minutes: int
    is_unchecked: bool = False
    """Whether the whole lesson is about law, not checked: then it cannot be started."""
    is_later: bool = False
    """Whether it asks again, weeks later, what the lessons asked."""
    activities: tuple[Activity, ...]
    title: Texts
    summary: Texts
    contains: TextLists
    content_line: Texts
    goals: TextLists
    prepare: Prose
    task: Prose
    take_home: TextLists
    class_sentences: TextLists
    curriculum: TextLists
    facts_for_teacher: tuple[Fact, ...]

    @property
    def minutes(self) -> int:
        """Return the minutes of shell and core, joining included, of the longest band."""
        return max(self.minutes_in(band) for band in self.bands)

    def minutes_in(self, band: str | None) -> int:
        """Return the minutes of shell and core for a band, joining included."""
        if band is None:
            return self.minutes
        return self.joining_minutes + sum(step.minutes for step in self.for_band(band).activities)

    @property
    def bands_differ(self) -> bool:
        """Say whether one band does something that another does not."""
        return any(activity.band is not None for activity in self.activities)

    def for_band(self, band: str | None) -> Module:
        """Return the module with what a class of a band gets; without a band, of all of them.

        Steps about law that nobody checked are left out. A goal of one band only begins with its
        name. The revision stays: it names the whole module, which is the one to keep.
        """
        has_all = not any(activity.is_unchecked for activity in self.activities)
        if has_all and (band is None or not self.bands_differ):
            return self
        others = tuple(other for other in self.bands if band not in {None, other})
        met = {None, band} if band else {None, *self.bands}
        activities = tuple(a for a in self.activities if a.band in met and not a.is_unchecked)
        goals = {
            language: tuple(goal for goal in texts if not goal.startswith(others))
            for language, texts in self.goals.items()
        }
        return self.model_copy(update={"activities": activities, "goals": goals})

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return the questions in the order in which a class meets them."""
        return tuple(a.question for a in self.activities if a.question is not None)


class HelpLine(Value):
    """A help line or service as a screen may show it."""

    id: str
    kind: str
    """danger | line | youth | removal | adult."""
    languages: tuple[str, ...]
    phone: str | None
    url: str | None
    free: bool | None
    anonymous: bool | None
    hours: Texts | None
    """None unless the entry was checked in the last 90 days."""
    in_strip: bool
    name: Texts
    for_whom: Texts
    first_minute: Texts = {}
    """What the first minute of a call or chat is like, where that is known."""

    @property
    def name_and_phone(self) -> Texts:
        """Return the name with the number to call, by language."""
        phone = f" ({self.phone})" if self.phone else ""
        return {language: f"{name}{phone}" for language, name in self.name.items()}


class Theme(Value):
    """A theme of the article that the lessons grew from, and where they take it up."""

    id: str
    modules: tuple[str, ...]
    facts: tuple[str, ...]
    questions: tuple[str, ...]
    title: Texts
    said: Prose
    teach: Prose
    corrected: Prose


class Paper(Value):
    """A text that goes with every module, or with the site.

    `letter` (parents), `ict`, `never` (never shown), and `keep-…`, the parts of *what we keep*.
    """

    id: str
    title: Texts
    text: Prose


class Content(Value):
    """Everything the lesson files say, checked and complete."""

    languages: tuple[str, ...]
    modules: dict[str, Module]
    help_lines: tuple[HelpLine, ...]
    facts: dict[str, Fact]
    papers: dict[str, Paper]
    themes: tuple[Theme, ...] = ()
    law_checked_by: str | None = None
    """Who checked what the lessons say about law, as the host names them; None is nobody."""
    good_until: dt.date | None = None
    """The first day on which a dated fact says something else; then the files are read again."""

    def help_for(self, language: str) -> tuple[HelpLine, ...]:
        """Return the help lines for readers of a language, in file order."""
        return tuple(line for line in self.help_lines if language in line.languages)

    def strip_for(self, language: str) -> tuple[HelpLine, ...]:
        """Return the strip of a language: danger now, Child Focus, the youth line (content, 2)."""
        return tuple(line for line in self.help_for(language) if line.in_strip)
