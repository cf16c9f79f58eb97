"""What the templates of gate, key and prepared lesson receive: one frozen value for each page.

Everything that comes before the desk of a running class; the desk itself has `pages.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from eduapp.teach.pages import StaffPage

if TYPE_CHECKING:
    from wtforms import Field

    from eduapp.accounts.sign_ins import Staff
    from eduapp.content.models import Activity, Module
    from eduapp.teach.bands import BandChoice
    from eduapp.teach.forms import FirstStepForm, GateForm, GoingOnForm, HelperForm, KeyForm


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePage(StaffPage):
    """The gate before a lesson: `form` asks what is going on only where it starts now."""

    module: Module
    bands: tuple[BandChoice, ...]
    """The bands to choose from; empty where the module is the same for every age."""
    band: str | None
    form: GateForm | FirstStepForm
    staff: Staff | None
    """Who gives the lesson, where it counts for a school."""
    grade: Field | None
    """The grade is asked only then."""
    is_later: bool
    """The lesson is prepared for another day."""
    wait_minutes: int = 0
    """Minutes to wait when too many lessons were started from here; 0 is no wait."""
    is_unencrypted: bool = False
    reachable_at: str | None = None
    """Where other devices reach this site, when they do not at this address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvicePage(StaffPage):
    """Advice not to give the lesson today, with the calm task."""

    module: Module
    advice: str
    keeps: str | None = None
    """Until when a prepared lesson keeps, as a sentence."""
    public_id: str | None = None
    """The prepared lesson to go back to; None where the way back is the gate."""
    form: HelperForm | None = None
    """What the gate gets back."""
    grade: str | None = None
    band: str | None = None
    go: str = ""


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
    is_used: bool = False
    """The link for a second desk was used before, or is too old."""
    wait_minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationPage(StaffPage):
    """One button that opens a desk on this device."""

    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedPage(StaffPage):
    """A lesson that is ready for another day."""

    public_id: str
    module: Module
    band: str | None
    band_words: str | None
    starts_at: str | None
    """Number and title of the step it starts at; None where that is the first."""
    helper: str | None
    keeps: str
    """Until when it keeps, as a sentence."""
    lesson_key: str
    """Three groups of four letters."""
    going_on: GoingOnForm
    changes: FirstStepForm
    is_saved: bool
    second_link: str | None
    is_own_screen: bool
    """The teacher said that this screen is not on the board: key and second desk may show."""


@dataclass(frozen=True, slots=True)
class PaperStep:
    """One step of the emergency copy."""

    number: int
    activity: Activity
    skip: str | None
    """When to leave it out, in words; None is never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyPage(StaffPage):
    """The whole lesson on paper, for a lesson without any device."""

    public_id: str
    module: Module
    band_words: str | None
    lesson_key: str
    address: str | None
    """Where the lesson key opens the desk, without `https://`; None where only this machine can."""
    keeps: str
    helper: str | None
    steps: tuple[PaperStep, ...]
