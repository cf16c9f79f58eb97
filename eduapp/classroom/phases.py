"""The words for where a class session stands and what its teacher may do next.

Pure values and one table of moves; what a move changes is in `classroom.py`.
"""

from __future__ import annotations

from enum import StrEnum


class Phase(StrEnum):
    """Where the class stands within a step."""

    PREPARED = "prepared"
    """Made the evening before: a desk, and no code yet."""
    READY = "ready"
    OPEN = "open"
    CLOSED = "closed"
    DISCUSS = "discuss"
    SHOWN = "shown"
    EXPLAINED = "explained"
    WRAP_UP = "wrap_up"
    """The bell came early: three sentences and where help is, on board and devices."""
    ENDED = "ended"


class Act(StrEnum):
    """Something a teacher does at the desk."""

    NEXT = "next"
    BACK = "back"
    GOTO = "goto"
    OPEN = "open"
    ALMOST = "almost"
    CLOSE = "close"
    DISCUSS = "discuss"
    SHOW = "show"
    EXPLAIN = "explain"
    VOID = "void"
    PAUSE = "pause"
    RESUME = "resume"
    REOPEN = "reopen"
    SMALL = "small"
    WHOLE = "whole"
    WRAP_UP = "wrap_up"
    END = "end"


class Standing(StrEnum):
    """How a device stands to a class session."""

    MEMBER = "member"
    SHARED = "shared"
    """A device that goes round: it hands out declared seats and has none of its own."""
    WAITING = "waiting"
    STRANGER = "stranger"


class Receipt(StrEnum):
    """What became of a ballot; never says what was in it."""

    SENT = "sent"
    CLOSED = "closed"
    NOT_ADMITTED = "not_admitted"
    REFUSED = "refused"


def question_acts(
    phase: Phase, *, may_open: bool, may_vote_again: bool, after_device: Act | None
) -> tuple[Act, ...]:
    """Return the acts that a question allows in a phase, the main one first.

    `may_open` says that another round is allowed, `may_vote_again` that this question is made for
    a second one, `after_device` what follows where the choice stays on the device: to show a
    published figure, or to explain; None where there is a round.
    """
    again = (Act.DISCUSS,) if may_vote_again else ()
    opening = (Act.OPEN,) if may_open else ()
    acts: dict[Phase, tuple[Act, ...]] = {
        Phase.READY: (*opening, Act.NEXT),
        Phase.OPEN: (after_device,) if after_device else (Act.CLOSE, Act.VOID),
        Phase.CLOSED: (*again, Act.SHOW, Act.NEXT),
        Phase.DISCUSS: (*opening, Act.SHOW),
        Phase.SHOWN: (Act.EXPLAIN, Act.NEXT),
        Phase.EXPLAINED: (Act.NEXT,),
    }
    return acts.get(phase, ())
