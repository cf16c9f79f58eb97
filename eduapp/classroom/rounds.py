"""Rounds: opening, voiding and closing them, and the release that a close leaves behind.

The one place that adds noise, once, before the first write. Exact counts enter `seal` and go no
further.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from eduapp.classroom.models import ReleaseRow, RoundRow
from eduapp.privacy.noise import noisy_counts
from eduapp.privacy.parameters import STORE_MIN, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from eduapp.content.models import Question


class RoundState(StrEnum):
    """What became of a round."""

    OPEN = "open"
    STORED = "stored"
    FEW = "few"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class RoundKey:
    """Which round: the class session's row, the question and the number of the round, from 1."""

    class_session_id: int
    question_id: str
    round_no: int


@dataclass(frozen=True, slots=True)
class Release:
    """What exists of a closed round: noisy counts in option order; nothing if too few."""

    n: int | None
    noisy: tuple[int, ...] | None


def kind_of(question: Question) -> Kind:
    """Return the kind that decides noise, gates and bands."""
    return Kind(question.kind.value)


def seal(counts: Sequence[int], kind: Kind, random_bits: Callable[[int], int]) -> Release:
    """Return the release of a round with these exact counts.

    Draws the noise, so it is called once for a round. Below `STORE_MIN` ballots
    nothing is kept, not even their number. Source: privacy R3, decision 8.
    """
    n = sum(counts)
    if n < STORE_MIN:
        return Release(None, None)
    return Release(n, noisy_counts(counts, kind, random_bits))


def open_round(tx: Session, key: RoundKey, revision: str) -> None:
    """Record that a round is open; a void one of the same number is opened again."""
    row = tx.get(RoundRow, (key.class_session_id, key.question_id, key.round_no))
    if row is None:
        row = RoundRow(
            class_session_id=key.class_session_id,
            question_id=key.question_id,
            round_no=key.round_no,
            revision=revision,
        )
        tx.add(row)
    row.state = RoundState.OPEN
    row.n = None


def void_round(tx: Session, key: RoundKey) -> None:
    """Record that a round was dropped; it left nothing behind."""
    row = tx.get_one(RoundRow, (key.class_session_id, key.question_id, key.round_no))
    row.state = RoundState.VOID


def close_round(tx: Session, key: RoundKey, question: Question, release: Release) -> None:
    """Write the release of a round, once."""
    row = tx.get_one(RoundRow, (key.class_session_id, key.question_id, key.round_no))
    row.n = release.n
    row.state = RoundState.FEW if release.noisy is None else RoundState.STORED
    for option, noisy in zip(question.options, release.noisy or (), strict=False):
        tx.add(
            ReleaseRow(
                class_session_id=key.class_session_id,
                question_id=key.question_id,
                round_no=key.round_no,
                option_id=option.id,
                noisy=noisy,
            )
        )


def void_open_rounds(tx: Session, class_session_id: int | None = None) -> None:
    """Void every round that was open, of one class session or of all: its urn is gone (6)."""
    is_open = RoundRow.state == RoundState.OPEN
    if class_session_id is not None:
        is_open &= RoundRow.class_session_id == class_session_id
    tx.execute(update(RoundRow).where(is_open).values(state=RoundState.VOID))


def open_key(tx: Session, class_session_id: int) -> RoundKey | None:
    """Return the key of the round that is open, None where none is."""
    row = tx.scalar(
        select(RoundRow).where(
            RoundRow.class_session_id == class_session_id, RoundRow.state == RoundState.OPEN
        )
    )
    return None if row is None else RoundKey(class_session_id, row.question_id, row.round_no)


def releases_of(
    tx: Session, class_session_id: int, questions: Sequence[Question]
) -> dict[tuple[str, int], Release]:
    """Return the releases of a class session by question and round number."""
    noisy: dict[tuple[str, int], dict[str, int]] = {}
    for release in tx.scalars(
        select(ReleaseRow).where(ReleaseRow.class_session_id == class_session_id)
    ):
        key = (release.question_id, release.round_no)
        noisy.setdefault(key, {})[release.option_id] = release.noisy
    by_id: dict[str, Question] = {question.id: question for question in questions}
    found: dict[tuple[str, int], Release] = {}
    for row in tx.scalars(select(RoundRow).where(RoundRow.class_session_id == class_session_id)):
        key = (row.question_id, row.round_no)
        question = by_id.get(row.question_id)
        if question is None or row.state not in {RoundState.STORED, RoundState.FEW}:
            continue
        counts = noisy.get(key)
        found[key] = Release(
            row.n, None if counts is None else tuple(counts[o.id] for o in question.options)
        )
    return found
