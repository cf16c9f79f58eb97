"""Makes the board, the projector page, from a class session.

It holds what every student may see and nothing more: no script of the teacher, no progress, no
zone. Acts are added only for a browser that holds the desk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from config import LOOPBACK
from eduapp.classroom.join_codes import spoken
from eduapp.classroom.phases import Act, Phase
from eduapp.content.models import ActivityKind, QuestionKind, Reveal
from eduapp.privacy.results import Shares
from eduapp.teach.act_words import ActButtons, act_buttons, key_act
from eduapp.web.addresses import is_loopback, lan_address, public_base
from eduapp.web.cookies import is_plain
from eduapp.web.current import current_config, current_content
from eduapp.web.locale import language_name
from eduapp.web.results import ResultRow, result_rows

if TYPE_CHECKING:
    from eduapp.classroom.views import ClassView
    from eduapp.content.models import Activity, HelpLine, Module, Option, Question


@dataclass(frozen=True, slots=True)
class Door:
    """How to come in: an address and a code, as large as each other, and the same as a QR code."""

    address: str
    code: str
    qr_url: str
    reachable_at: str | None
    """Where other devices can reach this site, when this address is for this computer only."""
    is_loopback: bool


@dataclass(frozen=True, slots=True)
class Invitation:
    """How to join, in one language."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """The same board in another language."""

    language: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class RoundOnBoard:
    """One round of a result: its rows, or how many answers there were when they were too few."""

    round_no: int
    rows: tuple[ResultRow, ...]
    n: int | None
    minimum: int


@dataclass(frozen=True, slots=True)
class Steering:
    """The acts of a board whose browser holds the desk."""

    buttons: ActButtons
    forward: str | None
    """The act of the forward key; None where a key may do nothing."""
    may_go_back: bool
    asking: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage:
    """The projector page at one moment."""

    lang: str
    audience: str
    public_id: str
    code: str
    version: int
    boot: str
    screen: str
    """Which of the screens in `teach/board/` shows."""
    door: Door
    devices: int
    invitations: tuple[Invitation, ...]
    other_languages: tuple[OtherLanguage, ...]
    module: Module
    step: int
    steps: int
    activity: Activity | None
    question: Question | None
    is_poll: bool
    is_benchmark: bool
    right: Option | None
    rounds: tuple[RoundOnBoard, ...]
    help_lines: tuple[HelpLine, ...]
    helper: str | None
    steering: Steering | None
    """None where this browser does not hold the desk."""


def board_page(
    view: ClassView, language: str, *, holds_desk: bool, asking: str | None
) -> BoardPage:
    """Return the board of a class session; `holds_desk` adds the acts."""
    question = view.question
    is_explained = view.phase is Phase.EXPLAINED and question is not None
    right = question.right_position if is_explained and question is not None else None
    return BoardPage(
        lang=language,
        audience="board",
        public_id=view.public_id,
        code=view.join_code,
        version=view.version,
        boot=view.boot,
        screen=screen_of(view),
        door=_door(view),
        devices=view.devices,
        invitations=_invitations(language),
        other_languages=_other_languages(view, language),
        module=view.module,
        step=view.step,
        steps=view.steps,
        activity=view.activity,
        question=question,
        is_poll=question is not None and question.kind is QuestionKind.OPINION,
        is_benchmark=question is not None and question.reveal is Reveal.BENCHMARK,
        right=question.options[right] if question is not None and right is not None else None,
        rounds=_rounds(view, language),
        help_lines=current_content().strip_for(language),
        helper=view.helper,
        steering=_steering(view, language, asking) if holds_desk else None,
    )


def screen_of(view: ClassView) -> str:
    """Return the name of the screen that a class session shows now."""
    if view.phase is Phase.ENDED:
        return "ended"
    if view.is_paused:
        return "paused"
    if view.activity is None:
        return "lobby"
    if view.question is None:
        return {
            ActivityKind.SCENARIO: "scenario",
            ActivityKind.DISCUSSION: "discussion",
            ActivityKind.FACT: "fact",
        }.get(view.activity.kind, "text")
    return view.phase.value


def _door(view: ClassView) -> Door:
    base = public_base(request)
    is_here_only = current_config().public_url is None and is_loopback(request)
    is_listening_elsewhere = current_config().host not in LOOPBACK
    lan = lan_address() if is_here_only and is_listening_elsewhere else None
    parts = urlsplit(base)
    port = f":{parts.port}" if parts.port else ""
    return Door(
        address=parts.netloc,
        code=spoken(view.join_code),
        qr_url=url_for("participate.qr", code=view.join_code),
        reachable_at=f"{parts.scheme}://{lan}{port}" if lan else None,
        is_loopback=is_here_only,
    )


def _invitations(language: str) -> tuple[Invitation, ...]:
    """Return how to join in every language of the site, that of the board first."""
    invitations = []
    for each in sorted(current_content().languages, key=lambda other: other != language):
        with force_locale(each):
            text = _("Go to the address, type the code. No name, no account.")
            invitations.append(Invitation(each, text))
    return tuple(invitations)


def _other_languages(view: ClassView, language: str) -> tuple[OtherLanguage, ...]:
    return tuple(
        OtherLanguage(
            each, language_name(each), url_for("teach.board", code=view.join_code, lang=each)
        )
        for each in current_content().languages
        if each != language
    )


def _rounds(view: ClassView, language: str) -> tuple[RoundOnBoard, ...]:
    if view.question is None:
        return ()
    rounds = []
    for each in view.results:
        result = each.result
        if isinstance(result, Shares):
            rows = result_rows(
                view.question,
                result,
                language,
                show_right=view.phase is Phase.EXPLAINED,
            )
            rounds.append(RoundOnBoard(each.round_no, rows, result.n, 0))
        else:
            rounds.append(RoundOnBoard(each.round_no, (), result.n, result.minimum))
    return tuple(rounds)


def _steering(view: ClassView, language: str, asking: str | None) -> Steering:
    forward = key_act(view)
    return Steering(
        buttons=act_buttons(view, language, asks_to_open=is_plain(request)),
        forward=forward.value if forward else None,
        may_go_back=Act.BACK in view.acts,
        asking=asking,
    )
