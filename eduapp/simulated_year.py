"""A made-up school year: schools, staff and classes that go through lessons day by day.

For whoever wants to see the school page before there is anything to see, and for the tests. Writes
into an instance folder of its own, with a clock that it moves itself. Nobody in it exists.
"""

from __future__ import annotations

import datetime as dt
import random
import secrets
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from config import ROOT
from eduapp.accounts import passwords, schools
from eduapp.accounts.roles import Role
from eduapp.accounts.schools import NewAccount
from eduapp.accounts.tokens import Keyed
from eduapp.classroom import revisions
from eduapp.classroom.classroom import Classroom
from eduapp.classroom.phases import Act, Phase
from eduapp.classroom.positions import Owner
from eduapp.classroom.proof_of_sums import Outcome, prove_sums
from eduapp.content import load_content
from eduapp.content.models import QuestionKind
from eduapp.db import Database
from eduapp.sources import Clock, school_today

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from config import Config
    from eduapp.classroom.roster import Seat
    from eduapp.classroom.views import ClassView
    from eduapp.content.models import Module, Question

SCHOOLS = ("Atheneum Noord", "Sint-Lutgardis", "Athénée du Parc")
CLASSES = 40
MODULES = 6
_FIRST_DAY = (9, 14)
_LAST_DAY = (6, 25)
_CLASS_SIZES = (14, 26)
_WEEKS_BETWEEN = 5
_PREFERRED = (Act.CLOSE, Act.DISCUSS, Act.OPEN, Act.SHOW, Act.EXPLAIN, Act.NEXT, Act.END)


@dataclass(slots=True)
class Outcomes:
    """What came of a year."""

    lessons: int = 0
    ballots: int = 0
    weeks: int = 0
    compared: Counter[Outcome] = field(default_factory=Counter)
    """Sums compared, every Monday anew."""
    heads: list[str] = field(default_factory=list)
    """Names to sign in with, one for each school; all have one password."""
    password: str = ""


@dataclass(frozen=True, slots=True)
class _Group:
    """One class: whose it is, how many it has, and how its school thinks."""

    owner: Owner
    size: int
    lean: float
    offset_days: int


class SimulatedYear:
    """Plays a school year on an instance folder."""

    def __init__(self, config: Config, year: int, seed: int = 7, *, classes: int = CLASSES) -> None:
        """Make the tables and read the lessons; `year` is that in which the school year begins."""
        self._config = config
        self._classes = classes
        self._year = year
        self.day = dt.date(year, *_FIRST_DAY)
        self._dice = random.Random(seed)  # noqa: S311 - made-up students
        content = load_content(config.lessons_dir, school_today(), config.law_checked_by)
        modules = [m for m in content.modules.values() if m.questions and not m.is_unchecked]
        self._modules = [m for m in modules if not m.is_later][:MODULES]
        self._modules += [m for m in modules if m.is_later]
        config.instance_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.database = Database(config.database_url)
        self.database.migrate(ROOT / "migrations")
        self.find_module: Callable[[str, str], Module | None] = revisions.finder(
            self.database, content.modules
        )
        self.classroom = Classroom(
            self.database, config.secret_key, self.find_module, Clock(today=lambda: self.day)
        )
        self.outcomes = Outcomes()
        self._groups = self._found_schools()

    def play(self, each_monday: Callable[[dt.date], None] = lambda _day: None) -> Outcomes:
        """Go through the year day by day; every Monday publishes, and proves the sums."""
        last = dt.date(self._year + 1, *_LAST_DAY)
        while self.day <= last:
            self.classroom.tend()
            if self.day.weekday() == 0:
                self._prove()
                each_monday(self.day)
            for group in self._groups:
                module = self._module_of(group)
                if module is not None:
                    self._give(group, module)
            self.day += dt.timedelta(days=1)
        return self.outcomes

    def _found_schools(self) -> list[_Group]:
        """Make the schools with a head and their teachers, and deal the classes out."""
        keyed = Keyed(self._config.secret_key)
        self.outcomes.password = "-".join(secrets.token_hex(3) for _ in range(3))
        hashed = passwords.hash_of(self.outcomes.password)
        groups: list[_Group] = []
        for number, name in enumerate(SCHOOLS, 1):
            lean = self._dice.uniform(-0.1, 0.1)
            with self.database.transaction() as tx:
                token = schools.add_school(tx, keyed, name, self.day)
                link = schools.find_link(tx, keyed, token, self.day)
                head = f"head-{number}"
                schools.accept(tx, keyed, link, NewAccount(f"Head {number}", head, hashed))
                self.outcomes.heads.append(head)
                for place in range(number - 1, self._classes, len(SCHOOLS)):
                    invited = schools.invite(tx, keyed, link.school_id, Role.TEACHER, self.day)
                    found = schools.find_link(tx, keyed, invited, self.day)
                    who = NewAccount(f"Teacher {place}", f"teacher-{place}", hashed)
                    staff = schools.accept(tx, keyed, found, who)
                    owner = Owner(staff.id, link.school_id, str(1 + place // len(SCHOOLS) % 3))
                    size = self._dice.randint(*_CLASS_SIZES)
                    groups.append(
                        _Group(owner, size, lean, self._dice.randrange(4) * 7 + place % 5)
                    )
        return groups

    def _module_of(self, group: _Group) -> Module | None:
        """Return the lesson that a class has today, None on most days."""
        days = (self.day - dt.date(self._year, *_FIRST_DAY)).days - group.offset_days
        number, rest = divmod(days, 7 * _WEEKS_BETWEEN)
        return self._modules[number] if rest == 0 and 0 <= number < len(self._modules) else None

    def _give(self, group: _Group, module: Module) -> None:
        started = self.classroom.start(module, "nl", None, band=module.bands[-1], owner=group.owner)
        seats = [self.classroom.new_seat() for _ in range(group.size)]
        for seat in seats:
            self.classroom.admit(started.public_id, seat)
        view = self.classroom.by_id(started.public_id)
        while view.phase is not Phase.ENDED:
            if view.phase is Phase.OPEN:
                self._answer(view, seats, group.lean)
            act = next(act for act in _PREFERRED if act in view.acts)
            view = self.classroom.steer(view.public_id, act, view.version)
        self.outcomes.lessons += 1

    def _answer(self, view: ClassView, seats: Sequence[Seat], lean: float) -> None:
        question = view.question
        if question is None or view.round_token is None:
            return
        weights = self._weights(question, view.round_no, lean)
        for seat in seats:
            position = self._dice.choices(range(len(question.options)), weights)[0]
            self.classroom.put(view.public_id, view.round_token, seat, position)
            self.outcomes.ballots += 1

    def _weights(self, question: Question, round_no: int, lean: float) -> list[float]:
        """Return how often each option is chosen: more have it right after talking."""
        if question.kind is QuestionKind.KNOWLEDGE:
            right = question.right_position or 0
            share = (0.45 if round_no == 1 else 0.68) + lean
            others = (1 - share) / (len(question.options) - 1)
            return [share if i == right else others for i in range(len(question.options))]
        middle = len(question.options) / 2
        return [1.2 + lean * (i - middle) for i in range(len(question.options))]

    def _prove(self) -> None:
        with self.database.reading() as tx:
            for each in prove_sums(tx, self.find_module):
                self.outcomes.compared[each.outcome] += 1
        self.outcomes.weeks += 1
