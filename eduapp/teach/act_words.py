"""What each act is called on the desk and the board, and which acts ask once more.

Words and order only; which acts are possible is the classroom's to say.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from eduapp.classroom.phases import Act, Phase
from eduapp.content.models import QuestionKind, Reveal
from eduapp.teach.desk_words import small_words

if TYPE_CHECKING:
    from eduapp.classroom.views import ClassView

_ALWAYS = (Act.PAUSE, Act.WRAP_UP)
"""What a teacher in a hurry looks for: never in a fold, on the desk never out of view."""
_BESIDE = {Act.SHOW, Act.DISCUSS, Act.ALMOST}
"""What stands beside the main act where it is not the main one itself."""
_WITH_WORDS = {Act.VOID, Act.GOTO, Act.REOPEN}
"""Acts that stand where the desk explains them, and not among the others."""
_GROUP = {Act.SMALL, Act.WHOLE}
_BY_KEY = {Act.NEXT, Act.OPEN, Act.SHOW, Act.EXPLAIN, Act.DISCUSS}


@dataclass(frozen=True, slots=True)
class ActButton:
    """One act with its words; `ask` is the question that comes first, None where none does."""

    act: str
    text: str
    ask: str | None = None
    confirm: str | None = None


@dataclass(frozen=True, slots=True)
class ActButtons:
    """The acts of a screen: at most one main one, and few beside it."""

    main: ActButton | None
    beside: tuple[ActButton, ...]
    always: tuple[ActButton, ...]
    """Pause and wrap up."""
    more: tuple[ActButton, ...]
    """The others: in a fold on the desk, and only some of them on the board."""


def act_buttons(
    view: ClassView, language: str, *, asks_to_open: bool = False, is_show_better: bool = False
) -> ActButtons:
    """Return the acts of a class session in words, each in its place.

    `asks_to_open` is for an unencrypted network: opening a poll question then asks once more.
    Source: privacy, decision 10. `is_show_better` puts showing before discussing.
    """
    # In the lobby the desk says what a small group is, beside the number of devices.
    elsewhere = _WITH_WORDS if view.step else _WITH_WORDS | _GROUP
    acts = [act for act in view.acts if act not in elsewhere]
    if is_show_better and acts[:1] == [Act.DISCUSS]:
        acts.sort(key=lambda act: act is not Act.SHOW)
    first, others = acts[:1], acts[1:]
    beside = [act for act in others if act in _BESIDE or _is_beside_here(view, act)]
    always = [act for act in others if act in _ALWAYS]
    more = [act for act in others if act not in {*beside, *always}]

    def in_words(acts: list[Act]) -> tuple[ActButton, ...]:
        return tuple(act_button(view, act, language, asks_to_open=asks_to_open) for act in acts)

    return ActButtons(
        main=in_words(first)[0] if first else None,
        beside=in_words(beside),
        always=in_words(always),
        more=in_words(more),
    )


def board_buttons(view: ClassView, language: str, *, asks_to_open: bool) -> ActButtons:
    """Return the acts of a board whose browser holds the desk.

    They are fewer: what takes thought is done at the desk, and the lesson ends by wrapping up.
    """
    buttons = act_buttons(view, language, asks_to_open=asks_to_open)
    short = {Act.BACK.value: _("Back"), Act.NEXT.value: _("Skip")}

    def shortened(buttons: tuple[ActButton, ...]) -> tuple[ActButton, ...]:
        return tuple(replace(b, text=short.get(b.act, b.text)) for b in buttons)

    more = tuple(b for b in buttons.more if b.act in short)
    return replace(buttons, beside=shortened(buttons.beside), more=shortened(more))


def key_act(view: ClassView) -> Act | None:
    """Return the act of the forward key; None when no key may act, as while a round is open."""
    if view.phase is Phase.OPEN:
        return None
    first = view.acts[0] if view.acts else None
    return first if first in _BY_KEY else None


def needs_sure(view: ClassView, act: Act, *, asks_to_open: bool) -> bool:
    """Return whether an act asks once before it happens."""
    is_poll = view.question is not None and view.question.kind is QuestionKind.OPINION
    if act is Act.OPEN:
        return asks_to_open and is_poll and not view.opens_on_device_only
    if act is Act.WRAP_UP:
        return view.round_token is not None
    return act in {Act.END, Act.REOPEN} or (act is Act.CLOSE and is_poll)


def act_button(view: ClassView, act: Act, language: str, *, asks_to_open: bool) -> ActButton:
    """Return one act in the words of this moment."""
    text = _text(view, act, language)
    if not needs_sure(view, act, asks_to_open=asks_to_open):
        return ActButton(act.value, text)
    ask, confirm = _question(view, act)
    return ActButton(act.value, text, ask, confirm)


def _is_beside_here(view: ClassView, act: Act) -> bool:
    """Say whether an act that is small elsewhere is one of two here."""
    if act is Act.BACK:
        return view.phase is Phase.WRAP_UP
    return act is Act.END and view.is_paused


def _question(view: ClassView, act: Act) -> tuple[str, str]:
    if act is Act.CLOSE:
        return _("After closing nobody can answer any more. Close it now?"), _("Yes, close")
    if act is Act.OPEN:
        return (
            _(
                "This lesson runs without encryption: someone on this wifi with the right tools "
                "could read answers. Ask this poll question on the devices all the same?"
            ),
            _("Yes, open the poll"),
        )
    if act is Act.WRAP_UP:
        return (
            _("The open question is dropped: there is no result of it. Wrap up now?"),
            _("Yes, wrap up"),
        )
    if act is Act.REOPEN:
        return (
            _(
                "Everybody types the code again and the number starts from zero; the lesson stays "
                "where it is. Nobody is accused: sometimes one device joins twice."
            ),
            _("Yes, reopen the door"),
        )
    if view.round_token is not None:
        return _("The open question is dropped and the lesson ends on every device."), _("Yes, end")
    return _("The lesson ends on every device."), _("Yes, end")


def _text(view: ClassView, act: Act, language: str) -> str:
    match act:
        case Act.NEXT:
            return _next_text(view, language)
        case Act.OPEN:
            return _open_text(view)
        case Act.SHOW:
            return _show_text(view)
        case Act.EXPLAIN:
            return _explain_text(view)
        case Act.BACK if view.phase is Phase.WRAP_UP:
            return _("Back to the lesson")
        case _:
            return _plain_text(view, act)


def _plain_text(view: ClassView, act: Act) -> str:
    return {
        Act.SMALL: small_words(view)[0],
        Act.BACK: _("One step back"),
        Act.GOTO: _("Go here"),
        Act.ALMOST: _("Say that it closes soon"),
        Act.CLOSE: _("Close the question"),
        Act.DISCUSS: _("Discuss and vote again"),
        Act.VOID: _("Void and ask again"),
        Act.PAUSE: _("Pause"),
        Act.RESUME: _("Go on"),
        Act.REOPEN: _("Reopen the door"),
        Act.WHOLE: _("Whole class again"),
        Act.WRAP_UP: _("Wrap up"),
        Act.END: _("End the lesson"),
    }[act]


def _next_text(view: ClassView, language: str) -> str:
    if not view.step and view.first_step > 1:
        title = view.module.activities[view.first_step - 1].title[language]
        return _("Begin at step %(number)s: %(title)s", number=view.first_step, title=title)
    if not view.step:
        return _("Begin the lesson")
    return _("Next: %(title)s", title=view.module.activities[view.step].title[language])


def _open_text(view: ClassView) -> str:
    if view.was_interrupted:
        return _("Ask again")
    if view.phase is Phase.DISCUSS:
        return _("Open the second vote")
    return _("Open the question")


def _show_text(view: ClassView) -> str:
    is_benchmark = view.question is not None and view.question.reveal is Reveal.BENCHMARK
    if view.opens_on_device_only or is_benchmark:
        return _("Show what young people said")
    if view.phase is Phase.CLOSED and Act.DISCUSS in view.acts:
        return _("Show the result and why")
    return _("Show the result")


def _explain_text(view: ClassView) -> str:
    if view.question is not None and view.question.kind is QuestionKind.OPINION:
        return _("Talk about it")
    return _("Explain why")
