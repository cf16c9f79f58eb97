"""What the templates of gate, key, desk and sheet receive: one frozen value for each page.

Everything is worked out before the template sees it. The board has its own in `board_page.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eduapp.content.models import Activity, Module, Question
    from eduapp.teach.act_words import ActButton, ActButtons
    from eduapp.teach.forms import GateForm, KeyForm


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffPage:
    """What every page for a teacher has."""

    lang: str
    audience: str = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePage(StaffPage):
    """The gate before a lesson."""

    module: Module
    form: GateForm
    wait_minutes: int = 0
    """Minutes to wait when too many lessons were started from here; 0 is no wait."""
    is_unencrypted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvicePage(StaffPage):
    """Advice not to give the lesson today, with the calm task."""

    module: Module
    form: GateForm
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPage(StaffPage):
    """The calm task that replaces the lesson for a student or a class."""

    module: Module


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPage(StaffPage):
    """The lesson key is asked."""

    form: KeyForm
    is_wrong: bool = False
    is_refused: bool = False
    """This browser came to a desk that it does not hold."""
    wait_minutes: int = 0


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of the plan."""

    number: int
    title: str
    minutes: int
    skip: int | None
    is_current: bool
    is_done: bool


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """Progress of an open round, as coarse as the privacy rules make it."""

    text: str
    fraction: float
    is_enough: bool


@dataclass(frozen=True, slots=True)
class ZoneLine:
    """How much of the class had it right, and what usually helps then."""

    text: str
    advice: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A card for a hard moment: when it is, and what to do (sanitised HTML)."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPage(StaffPage):
    """The desk of a running class session."""

    public_id: str
    code: str
    spoken_code: str
    students_link: str
    lesson_key: str
    """Three groups of four letters; only used in the lobby."""
    module: Module
    version: int
    boot: str
    devices: int
    places: int
    places_most: int
    group: str
    step: int
    steps: tuple[StepLine, ...]
    activity: Activity | None
    question: Question | None
    heading: str
    state: str
    """Where the class is, in words."""
    moments: tuple[Moment, ...]
    is_shown: bool
    is_paused: bool
    says_first: bool
    """The script stands above the acts while nothing has been asked yet."""
    buttons: ActButtons
    void: ActButton | None
    """Offered beside closing while the round is under its minimum."""
    progress: ProgressLine | None
    zone: ZoneLine | None
    is_late: bool
    """The act came from an older screen, or twice, and changed nothing."""
    asking: str | None
    """The act that still needs to be confirmed."""
    is_own_screen: bool
    """The teacher said that this screen is not on the board: script, cards and zone may show."""

    @property
    def own(self) -> str | None:
        """Return what links and forms carry, so that the next page knows whose screen it is."""
        return "1" if self.is_own_screen else None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPage(StaffPage):
    """The desk after the end of the lesson."""

    public_id: str
    code: str
    module: Module
    vanishes: str
    """When everything of this class session is gone, as a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage(StaffPage):
    """What this class did: no results, no numbers of students."""

    public_id: str
    module: Module
    day: str
    done: tuple[Activity, ...]
