"""Builders of lesson content and class sessions; each takes only what a test is about."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, cast

from config import ROOT
from eduapp.classroom.classroom import Classroom
from eduapp.classroom.phases import Act
from eduapp.classroom.positions import Owner
from eduapp.classroom.rounds import Release
from eduapp.classroom.urn import Urn
from eduapp.content.models import (
    Activity,
    ActivityId,
    ActivityKind,
    Card,
    Deck,
    Module,
    ModuleId,
    Option,
    OptionId,
    Question,
    QuestionId,
    QuestionKind,
    Reveal,
)
from eduapp.db import Database
from eduapp.sources import Chance, Clock

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from flask import Flask

    from eduapp.classroom.memory import AnyUrn, Memory
    from eduapp.classroom.roster import Seat
    from eduapp.classroom.starting import Started
    from eduapp.classroom.views import ClassView


def both(text: str) -> dict[str, str]:
    return {"nl": text, "fr": text}


def a_deck(*texts: str) -> Deck:
    cards = (
        Card(id=f"card-{number}", text=both(text), feedback=both("<p>Because.</p>"))
        for number, text in enumerate(texts, 1)
    )
    return Deck(cards=tuple(cards))


def a_question(
    question_id: str = "K1",
    kind: QuestionKind = QuestionKind.KNOWLEDGE,
    *,
    rounds: int = 1,
    reveal: Reveal = Reveal.CLASS,
    options: tuple[str, ...] = ("a", "b", "c", "unsure"),
) -> Question:
    is_knowledge = kind is QuestionKind.KNOWLEDGE
    return Question(
        id=QuestionId(question_id),
        kind=kind,
        reveal=reveal,
        scale=not is_knowledge,
        rounds=rounds,
        right=OptionId("a") if is_knowledge else None,
        options=tuple(
            Option(id=OptionId(option), text=both(option), feedback=both(f"<p>{option}</p>"))
            for option in options
        ),
        text=both(f"Question {question_id}?"),
        why=both("<p>Why</p>"),
        closing=both("<p>Closing</p>"),
        approval=both("<p>Most approve</p>"),
        benchmark=None,
        discuss=both("Why?"),
    )


def an_opinion(question_id: str = "N1", *, reveal: Reveal = Reveal.CLASS) -> Question:
    return a_question(
        question_id, QuestionKind.OPINION, reveal=reveal, options=("yes", "no", "skip")
    )


def an_activity(activity_id: str = "intro", question: Question | None = None) -> Activity:
    kind = ActivityKind.TEXT
    if question is not None:
        is_knowledge = question.kind is QuestionKind.KNOWLEDGE
        kind = ActivityKind.QUIZ if is_knowledge else ActivityKind.POLL
    return Activity(
        id=ActivityId(activity_id),
        kind=kind,
        minutes=3,
        part="core",
        skip=None,
        title=both(activity_id),
        screen=both("<p>Screen</p>"),
        say=both("<p>Say</p>"),
        moments=None,
        prompts=None,
        question=question,
        facts=(),
        scenario=None,
    )


def a_module(*questions: Question, revision: str = "0" * 12) -> Module:
    """Return a module with a text first and then the given questions, one to a step."""
    steps = (an_activity(), *(an_activity(q.id.lower(), q) for q in questions))
    return Module(
        id=ModuleId("m1"),
        revision=revision,
        weave="dots",
        bands=("12-14",),
        joining_minutes=5,
        activities=steps,
        title=both("Module"),
        summary=both("Summary"),
        contains={"nl": (), "fr": ()},
        content_line=both("Line"),
        goals={"nl": (), "fr": ()},
        prepare=both("<p>Prepare</p>"),
        task=both("<p>Task</p>"),
        take_home={"nl": (), "fr": ()},
        class_sentences={"nl": (), "fr": ()},
        curriculum={"nl": (), "fr": ()},
        facts_for_teacher=(),
    )


@dataclass
class ATime:
    """A clock that a test moves by hand."""

    day: dt.date = dt.date(2026, 11, 23)
    seconds: float = 1000.0

    @property
    def clock(self) -> Clock:
        return Clock(today=lambda: self.day, monotonic=lambda: self.seconds)


@dataclass
class AClass:
    """A class session that a test steers, with the devices that have joined it."""

    classroom: Classroom
    started: Started
    seats: list[Seat] = field(default_factory=list)

    @property
    def view(self) -> ClassView:
        return self.classroom.by_id(self.started.public_id)

    def join(self, devices: int) -> None:
        for _ in range(devices):
            seat = self.classroom.new_seat()
            self.classroom.admit(self.started.public_id, seat)
            self.seats.append(seat)

    def act(self, *acts: Act) -> ClassView:
        for act in acts:
            before = self.view
            after = self.classroom.steer(before.public_id, act, before.version)
            assert after.version == before.version + 1, f"{act} was refused in {before.phase}"
        return self.view

    def go_to(self, question_id: str) -> ClassView:
        while (question := self.view.question) is None or question.id != question_id:
            self.act(Act.NEXT)
        return self.view

    def answer(self, *positions: int) -> None:
        """Let the first devices answer, each with the option at that position."""
        token = self.view.round_token or ""
        for seat, position in zip(self.seats, positions, strict=False):
            self.classroom.put(self.started.public_id, token, seat, position)


def a_database(folder: Path) -> Database:
    if services is not None:
        return services.database(folder)
    database = Database(f"sqlite:///{folder / 'test.sqlite3'}")
    database.migrate(ROOT / "migrations")
    return database


def seeded(seed: int) -> Chance:
    """Return chance that a test can repeat."""
    source = random.Random(seed)
    return Chance(source.getrandbits, source.randbytes, source.choice)


def a_classroom(
    folder: Path, module: Module, time: ATime | None = None, seed: int | None = None
) -> Classroom:
    """Return the classroom of an installation; made once more, it is one that started anew.

    With `services` it is two processes that take turns, and starting anew loses what is in memory.
    """

    def find_module(_id: str, revision: str) -> Module | None:
        return module if revision == module.revision else None

    database, clock = a_database(folder), (time or ATime()).clock
    chance = None if seed is None else seeded(seed)
    if services is None:
        return Classroom(database, b"k" * 32, find_module, clock, chance)
    memories = services.memories(clock, chance)
    return cast(
        "Classroom",
        TakingTurns(
            Classroom(services.database(folder), b"k" * 32, find_module, clock, chance, memory)
            for memory in memories
        ),
    )


class TakingTurns:
    """Several processes behind a proxy: each call lands on the next one."""

    def __init__(self, processes: Iterable[Classroom]) -> None:
        self._next = itertools.cycle(list(processes))

    def __getattr__(self, name: str) -> Any:
        return getattr(next(self._next), name)


class Services(Protocol):
    """Where several processes keep things."""

    def database(self, folder: Path) -> Database: ...
    def memories(self, clock: Clock, chance: Chance | None) -> list[Memory]: ...


def in_process(urn: AnyUrn) -> Urn:
    """Return an urn that is in the memory of this process, as what it is."""
    assert isinstance(urn, Urn)
    return urn


NOTHING = Release(None, None)
services: Services | None = None
"""Set while a test runs on PostgreSQL and Redis (tests/classroom/conftest.py)."""


def exact_counts(urn: AnyUrn) -> list[int]:
    """Return what no code of ours learns: only what a close draws from sees it."""
    counts: list[int] = []

    def draw(exact: list[int]) -> Release:
        counts.extend(exact)
        return NOTHING

    urn.seal(draw)
    return counts


def a_lesson(
    classroom: Classroom,
    module: Module,
    *answers: tuple[int, ...],
    owner: Owner | None = None,
    grade: str = "1",
    school: int = 1,
) -> AClass:
    """Return a lesson from the first step to the end; each tuple answers one round.

    Of each question every round that the answers reach is played, and shown after the last.
    """
    owner = owner or Owner(teacher_id=1, school_id=school, grade=grade)
    a = AClass(classroom, classroom.start(module, "nl", None, owner=owner))
    a.join(max(map(len, answers), default=0))
    rounds = list(answers)
    for question in module.questions:
        a.go_to(question.id)
        for number in range(question.rounds):
            if not rounds:
                break
            a.act(*([Act.DISCUSS] if number else []), Act.OPEN)
            a.answer(*rounds.pop(0))
            a.act(Act.CLOSE)
    a.act(Act.END)
    return a


def a_closed_question(app: Flask) -> AClass:
    """Return a class of the real module that has answered its first question."""
    classroom = app.extensions["classroom"]
    module = app.extensions["content"].modules["m4"]
    lesson = AClass(classroom, classroom.start(module, "nl", "Els, lokaal 12"))
    lesson.join(24)
    while lesson.view.question is None:
        lesson.act(Act.NEXT)
    lesson.act(Act.OPEN)
    lesson.answer(*[0, 1, 2] * 8)
    lesson.act(Act.CLOSE)
    return lesson


def a_class(
    folder: Path,
    *questions: Question,
    devices: int = 0,
    time: ATime | None = None,
    seed: int | None = None,
) -> AClass:
    """Return a class session in the lobby with that many devices in."""
    module = a_module(*questions)
    classroom = a_classroom(folder, module, time, seed)
    a = AClass(classroom, classroom.start(module, "nl", "Els, lokaal 12"))
    a.join(devices)
    return a
