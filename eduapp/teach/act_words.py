"""What each act is called on the desk and the board, and which acts ask once more.

Words and order only; which acts are possible is the classroom's to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from eduapp.classroom.phases import Act, Phase
from eduapp.content.models import QuestionKind

if TYPE_CHECKING:
    from eduapp.classroom.views import ClassView

_ON_REQUEST = {Act.BACK, Act.PAUSE, Act.VOID, Act.END}
_NEVER_BY_KEY = {Act.CLOSE, Act.VOID, Act.PAUSE, Act.RESUME, Act.END, Act.BACK}


@dataclass(frozen=True, slots=True)
class ActButton:
    """One act with its words; `ask` is the question that comes first, None where none does."""

    act: str
    text: str
    ask: str | None = None
    confirm: str | None = None


@dataclass(frozen=True, slots=True)
class ActButtons:
    """The acts of a screen: at most one main one, others beside it, and the small ones below."""

    main: ActButton | None
    beside: tuple[ActButton, ...]
    small: tuple[ActButton, ...]


def act_buttons(
    view: ClassView, language: str, *, asks_to_open: bool = False, is_show_better: bool = False
) -> ActButtons:
    """Return the acts of a class session in words, the main one first.

    `asks_to_open` is for an unencrypted network: opening a poll question then asks once more.
    Source: privacy, decision 10. `is_show_better` puts showing before discussing.
    """
    buttons = {act: act_button(view, act, language, asks_to_open=asks_to_open) for act in view.acts}
    forward = [act for act in view.acts if act not in _ON_REQUEST or _is_way_on(view, act)]
    if Act.NEXT in forward[1:]:
        # Skipping the rest of a question is possible, but nobody's main road.
        forward.remove(Act.NEXT)
    if is_show_better and Act.DISCUSS in forward:
        forward.sort(key=lambda act: act is Act.DISCUSS)
    return ActButtons(
        main=buttons[forward[0]] if forward else None,
        beside=tuple(buttons[act] for act in forward[1:]),
        small=tuple(
            buttons[act] for act in view.acts if act not in forward and act is not Act.VOID
        ),
    )


def key_act(view: ClassView) -> Act | None:
    """Return the act of the forward key; None when no key may act, as while a round is open."""
    if view.phase is Phase.OPEN:
        return None
    first = view.acts[0] if view.acts else None
    return first if first not in _NEVER_BY_KEY else None


def needs_sure(view: ClassView, act: Act, *, asks_to_open: bool) -> bool:
    """Return whether an act asks once before it happens."""
    is_poll = view.question is not None and view.question.kind is QuestionKind.OPINION
    if act is Act.OPEN:
        return asks_to_open and is_poll and not view.opens_on_device_only
    return act is Act.END or (act is Act.CLOSE and is_poll)


def act_button(view: ClassView, act: Act, language: str, *, asks_to_open: bool) -> ActButton:
    """Return one act in the words of this moment."""
    text = _text(view, act, language)
    if not needs_sure(view, act, asks_to_open=asks_to_open):
        return ActButton(act.value, text)
    ask, confirm = _question(view, act)
    return ActButton(act.value, text, ask, confirm)


def _is_way_on(view: ClassView, act: Act) -> bool:
    return act is Act.END and view.step == view.steps


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
    if view.phase is Phase.OPEN:
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
        case _:
            return {
                Act.BACK: _("One step back"),
                Act.CLOSE: _("Close the question"),
                Act.DISCUSS: _("Discuss and vote again"),
                Act.VOID: _("Void and ask again"),
                Act.PAUSE: _("Pause"),
                Act.RESUME: _("Go on"),
                Act.END: _("End the lesson"),
            }[act]


def _next_text(view: ClassView, language: str) -> str:
    if not view.step:
        return _("Begin the lesson")
    return _("Next: %(title)s", title=view.module.activities[view.step].title[language])


def _open_text(view: ClassView) -> str:
    if view.phase is Phase.DISCUSS:
        return _("Open the second vote")
    return _("Open the question")


def _show_text(view: ClassView) -> str:
    if view.opens_on_device_only:
        return _("Show what young people said")
    if view.phase is Phase.CLOSED and Act.DISCUSS in view.acts:
        return _("Show the result and why")
    return _("Show the result")


def _explain_text(view: ClassView) -> str:
    if view.question is not None and view.question.kind is QuestionKind.OPINION:
        return _("Talk about it")
    return _("Explain why")
