"""The words for where a class session stands and what its teacher may do next.

Pure values and one table of moves; what a move changes is in `classroom.py`.
"""

from __future__ import annotations

from enum import StrEnum


class Phase(StrEnum):
    """Where the class stands within a step."""

    READY = "ready"
    OPEN = "open"
    CLOSED = "closed"
    DISCUSS = "discuss"
    SHOWN = "shown"
    EXPLAINED = "explained"
    ENDED = "ended"


class Act(StrEnum):
    """Something a teacher does at the desk."""

    NEXT = "next"
    BACK = "back"
    OPEN = "open"
    CLOSE = "close"
    DISCUSS = "discuss"
    SHOW = "show"
    EXPLAIN = "explain"
    VOID = "void"
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"


class Standing(StrEnum):
    """How a device stands to a class session."""

    MEMBER = "member"
    WAITING = "waiting"
    STRANGER = "stranger"


class Receipt(StrEnum):
    """What became of a ballot; never says what was in it."""

    SENT = "sent"
    CLOSED = "closed"
    NOT_ADMITTED = "not_admitted"
    REFUSED = "refused"


def question_acts(
    phase: Phase, *, may_open: bool, may_vote_again: bool, is_on_device_only: bool
) -> tuple[Act, ...]:
    """Return the acts that a question allows in a phase, the main one first.

    `may_open` says that another round is allowed, `may_vote_again` that this question is made for
    a second one.
    """
    again = (Act.DISCUSS,) if may_vote_again else ()
    opening = (Act.OPEN,) if may_open else ()
    acts: dict[Phase, tuple[Act, ...]] = {
        Phase.READY: (*opening, Act.NEXT),
        Phase.OPEN: (Act.SHOW,) if is_on_device_only else (Act.CLOSE, Act.VOID),
        Phase.CLOSED: (*again, Act.SHOW, Act.NEXT),
        Phase.DISCUSS: (*opening, Act.SHOW),
        Phase.SHOWN: (Act.EXPLAIN, Act.NEXT),
        Phase.EXPLAINED: (Act.NEXT,),
        Phase.ENDED: (),
    }
    return acts[phase]
