"""What the desk may read of the rows that are kept: nothing that no screen has shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eduapp.classroom.keeping import WITHHELD, Fate
from eduapp.classroom.phases import Act
from eduapp.privacy.results import Shares, TooFew
from tests.builders import ATime, a_class, a_question, an_opinion

if TYPE_CHECKING:
    from pathlib import Path

    from eduapp.classroom.keeping import Kept
    from tests.builders import AClass


def kept(lesson: AClass) -> Kept:
    return lesson.classroom.kept(lesson.started.public_id)


def test_the_row_is_shown_without_the_fingerprint_of_the_key_and_the_number_of_lessons(
    tmp_path: Path,
) -> None:
    lesson = a_class(tmp_path, an_opinion("N1"))

    found = kept(lesson)

    assert found.values["helper"] == "Els, lokaal 12"
    assert found.values["join_code"] == lesson.view.join_code
    assert found.withheld == WITHHELD == {"id", "desk_key_hash"}
    assert not WITHHELD & found.values.keys()
    assert found.rounds == ()


@pytest.mark.parametrize("ballots", [3, 9, 24])
def test_until_a_result_is_shown_a_closed_round_looks_the_same_whatever_was_answered(
    tmp_path: Path, ballots: int
) -> None:
    lesson = a_class(tmp_path, an_opinion("N1"), devices=24)
    lesson.go_to("N1")
    lesson.act(Act.OPEN)
    lesson.answer(*[0] * ballots)
    open_round = kept(lesson).rounds[0]
    lesson.act(Act.CLOSE)

    closed = kept(lesson).rounds[0]

    assert (open_round.fate, open_round.result) == (Fate.OPEN, None)
    assert (closed.fate, closed.result) == (Fate.NOT_SHOWN, None)


def test_between_two_votes_nothing_of_the_first_can_be_read(tmp_path: Path) -> None:
    seen = []
    for name, choice in (("one", 0), ("other", 1)):
        folder = tmp_path / name
        folder.mkdir()
        lesson = a_class(folder, a_question("K1", rounds=2), devices=24, time=ATime(), seed=1)
        lesson.go_to("K1")
        lesson.act(Act.OPEN)
        lesson.answer(*[choice] * 24)
        stages = [kept(lesson)]
        for act in (Act.CLOSE, Act.DISCUSS, Act.OPEN):
            lesson.act(act)
            stages.append(kept(lesson))
        seen.append(stages)

    assert [[(r.fate, r.result) for r in k.rounds] for k in seen[0]] == [
        [(Fate.OPEN, None)],
        [(Fate.NOT_SHOWN, None)],
        [(Fate.NOT_SHOWN, None)],
        [(Fate.NOT_SHOWN, None), (Fate.OPEN, None)],
    ]
    assert [k.rounds for k in seen[0]] == [k.rounds for k in seen[1]]


def test_once_shown_it_shows_the_bands_of_the_screen_and_no_finer_ones(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, a_question("K1", rounds=2), devices=24)
    lesson.go_to("K1")
    lesson.act(Act.OPEN)
    lesson.answer(*[0] * 10)
    lesson.act(Act.CLOSE, Act.DISCUSS, Act.OPEN)
    lesson.answer(*[0] * 24)
    shown = lesson.act(Act.CLOSE, Act.SHOW).results

    found = kept(lesson).rounds

    assert [each.fate for each in found] == [Fate.SHOWN, Fate.SHOWN]
    assert [each.result for each in found] == [each.result for each in shown]


@pytest.mark.parametrize(
    ("ballots", "fate", "number"), [(4, Fate.NOTHING, None), (9, Fate.TOO_FEW, 9)]
)
def test_too_few_answers_say_what_the_screens_say(
    tmp_path: Path, ballots: int, fate: Fate, number: int | None
) -> None:
    lesson = a_class(tmp_path, an_opinion("N1"), devices=24)
    lesson.go_to("N1")
    lesson.act(Act.OPEN)
    lesson.answer(*[0] * ballots)
    lesson.act(Act.CLOSE, Act.SHOW)

    found = kept(lesson).rounds[0]

    assert found.fate is fate
    assert isinstance(found.result, TooFew)
    assert found.result.n == number


def test_a_dropped_round_left_nothing(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, an_opinion("N1"), devices=24)
    lesson.go_to("N1")
    lesson.act(Act.OPEN, Act.VOID)

    assert [(r.fate, r.result) for r in kept(lesson).rounds] == [(Fate.VOID, None)]


def test_a_question_that_was_shown_stays_readable_after_the_lesson(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, an_opinion("N1"), an_opinion("N2"), devices=24)
    lesson.go_to("N1")
    lesson.act(Act.OPEN)
    lesson.answer(*[0] * 24)
    lesson.act(Act.CLOSE, Act.SHOW)
    lesson.go_to("N2")
    lesson.act(Act.OPEN)
    lesson.answer(*[1] * 24)
    lesson.act(Act.CLOSE, Act.END)

    first, second = kept(lesson).rounds

    assert isinstance(first.result, Shares)
    assert (second.fate, second.result) == (Fate.NOT_SHOWN, None)
