"""What the templates of this door receive: one frozen value for each page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eduapp.accounts.sign_ins import Staff
    from eduapp.school.forms import (
        AccountForm,
        ChangePasswordForm,
        CodeForm,
        InviteForm,
        PasswordForm,
        SignInForm,
    )
    from eduapp.school.report_words import ReportWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What every page of this door has."""

    title: str
    lang: str
    staff: Staff | None = None
    """Who is signed in; None where nobody has to be."""
    audience: str = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPage(Page):
    """A name and a password are asked."""

    form: SignInForm
    back: str | None
    """Where to go on afterwards."""
    is_wrong: bool = False
    is_plain: bool = False
    """This page crossed a network unencrypted: nobody signs in here."""
    wait_minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePage(Page):
    """The second step is asked; the first time with the secret for the app."""

    form: CodeForm
    back: str | None
    secret: str | None
    """In groups of four letters; None once an app was set up."""
    is_wrong: bool = False
    wait_minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationPage(Page):
    """A link to join a school or to set a new password."""

    token: str
    school: str
    role: str
    """In words."""
    last_day: str
    form: AccountForm | PasswordForm | None
    """None where somebody without a school is signed in and only joins."""
    is_reset: bool
    is_elsewhere: bool = False
    """Who is signed in belongs to a school already."""
    is_plain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage(Page):
    """Somebody's own account."""

    role: str | None
    form: ChangePasswordForm
    is_changed: bool
    is_wrong: bool = False
    is_last_head: bool = False
    asks: str | None = None
    """What needs one more press: `leave` or `delete`."""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of the school."""

    id: int
    name: str
    sign_in_name: str
    role: str
    is_self: bool


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """One invitation that nobody has used yet."""

    key: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage(Page):
    """Who works here, and who is invited."""

    people: tuple[PersonLine, ...]
    invitations: tuple[InvitationLine, ...]
    form: InviteForm
    removing: PersonLine | None = None
    """Who is about to be removed: that needs one more press."""
    is_last_head: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPage(Page):
    """A link that works once, shown once."""

    link: str
    words: str
    """For whom it is."""
    last_day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolPage(Page):
    """What the school may know of one school year."""

    report: ReportWords
    today: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkPage(SchoolPage):
    """The same of all schools of this site together."""

    schools: int
    missing: int
    """How many more schools it needs before anything shows; 0 is none."""


@dataclass(frozen=True, slots=True)
class LessonLine:
    """One lesson of somebody who gives lessons."""

    public_id: str
    title: str
    grade: str
    words: str
    """Where it stands: the day, the step."""
    go_on: str | None
    """Where the class can go on another hour."""
    is_open: bool
    """Its desk can be opened here."""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One module of a plan."""

    module_id: str
    title: str
    week: str
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonsPage(Page):
    """Planned, running and past lessons."""

    plan: tuple[PlanLine, ...]
    prepared: tuple[LessonLine, ...]
    running: tuple[LessonLine, ...]
    past: tuple[LessonLine, ...]
    is_gone: bool
    """The lesson that was asked for is over, or somebody else's."""


@dataclass(frozen=True, slots=True)
class WeekChoice:
    """One week that a module can be planned in."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class ModuleChoice:
    """One module, with the week that is chosen for it."""

    module_id: str
    title: str
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage(Page):
    """Which module in which week."""

    modules: tuple[ModuleChoice, ...]
    weeks: tuple[WeekChoice, ...]
    booster: str | None
    """When to ask again, in words; None without a plan."""
    is_saved: bool
