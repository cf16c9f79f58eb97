"""What the YAML files of the lessons may say, key by key, before anything is looked up or joined.

Strict: a number is not a text, an unknown key is a problem. Rules that need a second file or a
second key are in `checks/`.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from eduapp.content.models import ActivityKind, QuestionKind, Reveal

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
"""Ids that end up in addresses: small letters, digits and single dashes."""
CapitalId = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$", max_length=12)]
"""Ids of questions and facts: K12, U03."""
FreeId = Annotated[str, Field(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$", max_length=40)]
"""Ids of curriculum entries: fl-1.8."""
Text = Annotated[str, Field(min_length=1)]
Url = Annotated[str, Field(pattern=r"^https://[^\s/?#]+\.[^\s/?#]+([/?#]\S*)?$")]
Band = Literal["12-14", "15-18"]


class Raw(BaseModel):
    """A frozen, strict mapping of one YAML file."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class RawActivity(Raw):
    """One entry of `activities:`."""

    id: Id
    kind: Annotated[ActivityKind, Field(strict=False)]
    minutes: Annotated[int, Field(ge=1)]
    part: Literal["shell", "core"]
    skip: Annotated[int, Field(ge=1)] | None = None
    band: Band | None = None
    question: str | None = None
    facts: list[str] = []
    scenario: str | None = None
    cards: list[Id] = []
    bins: list[Id] = []
    lines: list[str] = []
    """Help lines that serve as headings."""
    fits: dict[str, list[str]] = {}
    legal: bool = False


class RawModule(Raw):
    """One file of `modules/`."""

    id: Id
    weave: Literal["stripes", "dots", "checks", "grid"]
    bands: Annotated[list[Band], Field(min_length=1)]
    joining_minutes: Annotated[int, Field(ge=0)]
    legal: bool = False
    """Whether the whole lesson is about law; so with a question, a scenario or a step."""
    later: bool = False
    """Whether it asks again, weeks later, what the lessons asked."""
    curriculum: list[FreeId] = []
    facts_for_teacher: list[str] = []
    activities: Annotated[list[RawActivity], Field(min_length=1)]

    def bands_of(self, activity: RawActivity) -> tuple[str, ...]:
        """Return the ages that meet an activity: all of the module unless it names one."""
        return (activity.band,) if activity.band else tuple(self.bands)

    def activities_of(self, band: str) -> list[RawActivity]:
        """Return what one band meets, in order."""
        return [activity for activity in self.activities if activity.band in {None, band}]


class RawQuestion(Raw):
    """One entry of `questions.yaml`; `right` may be a list, to be refused with a clear message."""

    id: CapitalId
    kind: Annotated[QuestionKind, Field(strict=False)]
    reveal: Annotated[Reveal, Field(strict=False)] | None = None
    rounds: Annotated[int, Field(ge=1, le=2)] = 1
    scale: bool = False
    right: str | list[str] | None = None
    benchmark: str | None = None
    legal: bool = False
    options: list[Id]


class RawNode(Raw):
    """One entry of `nodes:` in a scenario."""

    id: Id
    choices: list[str] | None = None
    next: str | None = None
    end: bool = False

    @property
    def ways(self) -> tuple[str, ...]:
        """Return the nodes this one leads to, in file order."""
        return (*(self.choices or ()), *((self.next,) if self.next else ()))


class RawScenario(Raw):
    """One file of `scenarios/`."""

    id: Id
    start: str
    legal: bool = False
    nodes: Annotated[list[RawNode], Field(min_length=1)]


class RawFact(Raw):
    """One entry of `facts.yaml`."""

    id: CapitalId
    value: float | None = None
    unit: Literal["percent", "count", "year", "none"]
    year: Annotated[int, Field(ge=1900, le=2100)]
    who: Text
    population: Id
    source: Url
    read_on: dt.date
    review_by: dt.date
    checked_by: Text | None = None
    legal: bool = False
    applies_on: dt.date | None = None
    """The day from which the sentence is true; before it there is another one."""
    use: Annotated[list[Band | Literal["teacher"]], Field(min_length=1)]


class RawHelpLine(Raw):
    """One entry of `help.yaml`."""

    id: Id
    kind: Literal["danger", "line", "youth", "removal", "adult"]
    languages: Annotated[list[Annotated[str, Field(pattern=r"^[a-z]{2}$")]], Field(min_length=1)]
    phone: Annotated[str, Field(pattern=r"^[0-9][0-9 ]*$")] | None = None
    url: Url | None = None
    min_age: int | None = None
    max_age: int | None = None
    free: bool | None = None
    anonymous: bool | None = None
    hours: str | None = None
    checked_on: dt.date | None = None
    checked_by: Text | None = None
    source: Text
    strip: bool = False


class RawTheme(Raw):
    """One entry of `themes.yaml`: a theme of the source article and where it is taught."""

    id: Id
    modules: Annotated[list[Id], Field(min_length=1)]
    facts: list[str] = []
    questions: list[str] = []


class RawBlockedWord(Raw):
    """One entry of `words:` in `blocked.yaml`."""

    word: Text
    languages: Annotated[list[str], Field(min_length=1)]
    why: Text
    instead: Text


class RawBlocked(Raw):
    """The file `blocked.yaml`."""

    words: list[RawBlockedWord] = []
    hashed: list[Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]] = []
