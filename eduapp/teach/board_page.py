"""Makes the board, the projector page, from a class session.

It holds what every student may see and nothing more: no script of the teacher, no progress, no
zone. Acts are added only for a browser that holds the desk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request

from eduapp.classroom.phases import Phase
from eduapp.content.models import ActivityKind, QuestionKind, Reveal
from eduapp.privacy.results import Shares
from eduapp.teach.act_words import ActButtons, board_buttons, key_act
from eduapp.teach.board_door import (
    Door,
    Invitation,
    OtherLanguage,
    door_of,
    invitations_from,
    other_languages,
)
from eduapp.teach.desk_words import GroupLine, group_lines, small_words
from eduapp.web.cookies import is_plain
from eduapp.web.current import current_content
from eduapp.web.letters import letter
from eduapp.web.results import ResultRow, result_rows

if TYPE_CHECKING:
    from eduapp.classroom.views import ClassView
    from eduapp.content.models import Activity, HelpLine, Module, Option, Question

_CARDS_WITH_ROOM = 4
"""So many cards leave room for the questions of the talk beside them."""
_LARGE_CARDS = 6
"""So many may be larger on a board that they fill."""


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
    declared: int
    """Seats declared for students without a device of their own."""
    letters: tuple[str, ...]
    """A letter for each option, where the class answers without devices; else empty."""
    groups: tuple[GroupLine, ...]
    """What a group of each size sees; empty in a small group, which sees no result."""
    is_small: bool
    small: str
    """What a class does that sends nothing."""
    is_alone: bool
    """Nobody takes part with a device or on paper: the board shows what devices would."""
    invitations: tuple[Invitation, ...]
    other_languages: tuple[OtherLanguage, ...]
    module: Module
    step: int
    steps: int
    activity: Activity | None
    question: Question | None
    class_sentences: tuple[str, ...]
    """What the class chooses from, at the last step."""
    is_full: bool
    is_roomy: bool
    """Whether the cards that fill the board are few enough to be larger."""
    """So many cards that the door has to make room."""
    is_poll: bool
    is_benchmark: bool
    is_pooled: bool
    """A benchmark question whose choices are sent: they count in a network, for no class."""
    is_for_oneself: bool
    """A small group: the choice stays on the device and there is no result."""
    is_almost_closed: bool
    right: Option | None
    rounds: tuple[RoundOnBoard, ...]
    help_lines: tuple[HelpLine, ...]
    helper: str | None
    steering: Steering | None
    """None where this browser does not hold the desk."""
    is_rehearsal: bool

    @property
    def refreshes(self) -> bool:
        """Return whether the page renews itself without JavaScript.

        Not while a story is read on it, nor while an act asks once more: both would fold up.
        """
        is_asking = self.steering is not None and self.steering.asking is not None
        return not is_asking and not (self.screen == "scenario" and self.is_alone)


def board_page(
    view: ClassView, language: str, *, holds_desk: bool, asking: str | None
) -> BoardPage:
    """Return the board of a class session; `holds_desk` adds the acts."""
    question = view.question
    is_benchmark = question is not None and question.reveal is Reveal.BENCHMARK
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
        door=door_of(view),
        devices=view.devices,
        declared=view.declared,
        letters=_letters(view),
        groups=() if view.is_small else group_lines(view),
        is_small=view.is_small,
        small=small_words(view)[1],
        is_alone=view.seats == 0,
        invitations=invitations_from(language),
        other_languages=other_languages(view, language),
        module=view.module,
        step=view.step,
        steps=view.steps,
        activity=view.activity,
        question=question,
        class_sentences=view.class_sentences(language),
        is_full=_card_count(view) > _CARDS_WITH_ROOM,
        is_roomy=_CARDS_WITH_ROOM < _card_count(view) <= _LARGE_CARDS,
        is_poll=question is not None and question.kind is QuestionKind.OPINION,
        is_benchmark=is_benchmark,
        is_pooled=is_benchmark and not view.opens_on_device_only,
        is_for_oneself=view.opens_on_device_only and not is_benchmark,
        is_almost_closed=view.is_almost_closed,
        right=question.options[right] if question is not None and right is not None else None,
        rounds=_rounds(view, language),
        help_lines=current_content().strip_for(language),
        helper=view.helper,
        steering=_steering(view, language, asking) if holds_desk else None,
        is_rehearsal=view.is_rehearsal,
    )


def screen_of(view: ClassView) -> str:
    """Return the name of the screen that a class session shows now."""
    if view.phase in {Phase.ENDED, Phase.WRAP_UP}:
        return view.phase.value
    if view.is_paused:
        return "paused"
    if view.activity is None:
        return "lobby"
    if view.activity.deck:
        return "cards"
    if view.question is None:
        return {
            ActivityKind.SCENARIO: "scenario",
            ActivityKind.DISCUSSION: "discussion",
            ActivityKind.FACT: "fact",
        }.get(view.activity.kind, "text")
    return view.phase.value


def _letters(view: ClassView) -> tuple[str, ...]:
    is_by_letter = view.paper > 0 or view.is_small
    options = view.question.options if view.question is not None and is_by_letter else ()
    return tuple(letter(position) for position, _option in enumerate(options))


def _card_count(view: ClassView) -> int:
    deck = view.activity.deck if view.activity and screen_of(view) == "cards" else None
    return len(deck.cards) if deck else 0


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
        buttons=board_buttons(view, language, asks_to_open=is_plain(request)),
        forward=forward.value if forward else None,
        asking=asking,
    )
