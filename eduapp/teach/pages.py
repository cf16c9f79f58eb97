"""What the templates of desk and sheet receive: one frozen value for each page.

Everything is worked out before the template sees it. The pages before the desk have theirs in
`entry_pages.py`, the board in `board_page.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eduapp.content.models import Activity, HelpLine, Module, Question
    from eduapp.teach.act_words import ActButton, ActButtons
    from eduapp.teach.desk_words import GroupLine
    from eduapp.teach.seats_parts import SeatsPart, SlipsPart


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffPage:
    """What every page for a teacher has."""

    lang: str
    audience: str = "staff"


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of the plan."""

    number: int
    title: str
    minutes: int
    skip: int | None
    is_current: bool
    is_done: bool
    can_go: bool
    """Whether the desk may go there now."""


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
class WrapUp:
    """What a teacher reads aloud in the last minute, and where the class can go for help."""

    sentences: tuple[str, ...]
    helper: str | None
    help_lines: tuple[HelpLine, ...]


@dataclass(frozen=True, slots=True)
class GroupSwitch:
    """To a small group or back, and the number of devices below which a small group helps."""

    button: ActButton
    below: int


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
    band: str | None
    version: int
    boot: str
    devices: int
    declared: int
    """Seats declared for students without a device of their own."""
    seats: SeatsPart
    slips: SlipsPart | None
    """Where slips are counted; only on the teacher's own screen, while a question is open."""
    places: int
    places_most: int
    groups: tuple[GroupLine, ...]
    """What a group of each size sees; empty in a small group, which sees no result."""
    is_small: bool
    small: tuple[str, str]
    """What a class is called that sends nothing, and what it does."""
    group_switch: GroupSwitch | None
    """Only in the lobby; later it is among the small acts."""
    reopen: ActButton | None
    was_reopened: bool
    step: int
    steps: tuple[StepLine, ...]
    activity: Activity | None
    """None in the lobby and while the lesson is wrapped up."""
    question: Question | None
    heading: str
    state: str
    """Where the class is, in words."""
    wrap_up: WrapUp | None
    moments: tuple[Moment, ...]
    is_shown: bool
    is_paused: bool
    is_almost_closed: bool
    says_first: bool
    """Nothing has been asked yet in this step."""
    is_text_first: bool
    """What to say, or to do in a pause, stands above the acts: on a phone the order counts."""
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
    second_link: str | None
    """A link that opens a second desk, while it works."""
    vanishes: str
    """When everything of this class session is gone, as a sentence."""
    class_sentences: tuple[str, ...]
    """What the class chooses from, at the last step."""
    is_here_only: bool
    """No other device can reach this site at the address of the students' link."""
    is_rehearsal: bool

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
    grade: str | None
    """The grade, where the lesson counted for a school."""
    next_step: int | None
    """The step at which the class can go on another hour; None after the last."""
    band: str | None
    address: str
    """This site, for a sentence to the head."""
    is_rehearsal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage(StaffPage):
    """What this class did: no results, no numbers of students."""

    public_id: str
    module: Module
    day: str
    band: str | None
    done: tuple[Activity, ...]
    is_rehearsal: bool
