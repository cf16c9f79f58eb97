"""Seats of students without a device: declared, handed out, and never more ballots than seats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import String

from eduapp.classroom.class_sessions import position_of, state_words
from eduapp.classroom.models import ClassSessionRow
from eduapp.classroom.phases import Act, Phase, Receipt, Standing
from eduapp.classroom.positions import Choices, Position
from eduapp.classroom.roster import ClassFull, goes_round
from eduapp.classroom.sharing import QuestionIsOpen, TooManyOnPaper, WrongPassCode
from eduapp.privacy.parameters import (
    DECLARED_MAX,
    PASS_CODE_SECONDS,
    PASS_CODE_TRIES,
    PLACES_DEFAULT,
)
from tests.builders import ATime, a_class, a_question, an_opinion, exact_counts

if TYPE_CHECKING:
    from pathlib import Path

    from eduapp.classroom.roster import Seat
    from tests.builders import AClass


def declare(lesson: AClass, shared: int, paper: int = 0) -> None:
    lesson.classroom.declare(lesson.started.public_id, shared, paper, lesson.view.version)


def device_that_goes_round(lesson: AClass, seat: Seat | None = None) -> Seat:
    lesson.classroom.new_pass_code(lesson.started.public_id)
    letters = lesson.classroom.pass_code(lesson.started.public_id)
    assert letters is not None
    return lesson.classroom.share(lesson.started.public_id, seat, letters)


def counted(lesson: AClass) -> list[int]:
    """Return the exact counts of the open urn, which no code of ours can do before the close."""
    open_round = lesson.classroom._registry.by_id(lesson.started.public_id).open_round
    assert open_round is not None
    return exact_counts(open_round.urn)


@pytest.fixture
def lesson(tmp_path: Path) -> AClass:
    time = ATime()
    lesson = a_class(tmp_path, an_opinion("N1"), a_question("K1"), devices=3, time=time)
    time.seconds += 2
    return lesson


def take_turn(lesson: AClass, device: Seat, position: int) -> Receipt | None:
    token = lesson.classroom.next_turn(lesson.started.public_id, device)
    if token is None:
        return None
    return lesson.classroom.put(lesson.started.public_id, token, device, position)


# Declaring


def test_declared_seats_are_part_of_the_number_that_every_screen_shows(lesson: AClass) -> None:
    declare(lesson, 12, 4)
    device_that_goes_round(lesson)

    view = lesson.view

    assert (view.devices, view.shared, view.paper, view.seats) == (3, 12, 4, 19)


def test_seats_are_not_changed_while_a_question_is_open(lesson: AClass) -> None:
    declare(lesson, 5)
    lesson.go_to("N1")
    lesson.act(Act.OPEN)

    declare(lesson, 9)

    assert lesson.view.shared == 5
    assert not lesson.classroom.may_declare(lesson.started.public_id)


@pytest.mark.parametrize("numbers", [(-1, 0), (0, -1), (DECLARED_MAX + 1, 0)])
def test_an_impossible_number_of_seats_changes_nothing(
    lesson: AClass, numbers: tuple[int, int]
) -> None:
    before = lesson.view.version

    declare(lesson, *numbers)

    assert (lesson.view.seats, lesson.view.version) == (3, before)


def test_a_stale_screen_declares_nothing(lesson: AClass) -> None:
    version = lesson.view.version
    declare(lesson, 5)

    lesson.classroom.declare(lesson.started.public_id, 9, 9, version)

    assert (lesson.view.shared, lesson.view.paper) == (5, 0)


def test_declared_seats_outlive_a_restart_and_the_longest_state_fits_its_column() -> None:
    position = Position(
        step=12,
        phase=Phase.EXPLAINED,
        version=9,
        places=1200,
        is_paused=True,
        is_small=True,
        is_almost_closed=True,
        met=frozenset(range(1, 25)),
        shown=frozenset(range(1, 25)),
        shared=DECLARED_MAX,
        paper=DECLARED_MAX,
    )

    state = state_words(position, Choices("nl", "12-14", 12))
    read = position_of(ClassSessionRow(step=12, version=9, state=state))

    assert read == position
    column = ClassSessionRow.__table__.c.state.type
    assert isinstance(column, String)
    assert len(state) <= (column.length or 0)


# A device that goes round


def test_only_the_code_of_the_desk_makes_a_device_go_round_and_only_once(lesson: AClass) -> None:
    declare(lesson, 5)
    public_id = lesson.started.public_id
    lesson.classroom.new_pass_code(public_id)
    letters = lesson.classroom.pass_code(public_id) or ""

    with pytest.raises(WrongPassCode):
        lesson.classroom.share(public_id, lesson.seats[0], "ZZZZ")
    typed = f" {letters.lower()[:2]}-{letters[2:]} "
    seat = lesson.classroom.share(public_id, lesson.seats[0], typed)
    with pytest.raises(WrongPassCode):
        lesson.classroom.share(public_id, lesson.seats[1], letters)

    assert lesson.classroom.standing(public_id, seat) is Standing.SHARED
    assert lesson.classroom.standing(public_id, lesson.seats[0]) is Standing.STRANGER
    assert (goes_round(seat), goes_round(lesson.seats[1])) == (True, False)


def test_the_code_of_the_desk_dies_of_time_and_of_wrong_tries(tmp_path: Path) -> None:
    time = ATime()
    lesson = a_class(tmp_path, an_opinion("N1"), time=time)
    public_id = lesson.started.public_id
    lesson.classroom.new_pass_code(public_id)
    for _ in range(PASS_CODE_TRIES):
        with pytest.raises(WrongPassCode):
            lesson.classroom.share(public_id, None, "ZZZZ")
    after_tries = lesson.classroom.pass_code(public_id)
    lesson.classroom.new_pass_code(public_id)
    time.seconds += PASS_CODE_SECONDS

    assert (after_tries, lesson.classroom.pass_code(public_id)) == (None, None)


def test_no_device_starts_to_go_round_while_a_question_is_open(lesson: AClass) -> None:
    declare(lesson, 5)
    lesson.classroom.new_pass_code(lesson.started.public_id)
    letters = lesson.classroom.pass_code(lesson.started.public_id) or ""
    lesson.go_to("K1")
    lesson.act(Act.OPEN)

    with pytest.raises(QuestionIsOpen):
        lesson.classroom.share(lesson.started.public_id, lesson.seats[0], letters)


def test_a_device_that_goes_round_takes_a_place_of_the_class(lesson: AClass) -> None:
    lesson.join(PLACES_DEFAULT - 3)
    lesson.classroom.new_pass_code(lesson.started.public_id)
    letters = lesson.classroom.pass_code(lesson.started.public_id) or ""

    with pytest.raises(ClassFull):
        lesson.classroom.share(lesson.started.public_id, None, letters)
    seat = lesson.classroom.share(lesson.started.public_id, lesson.seats[0], letters)

    assert lesson.classroom.standing(lesson.started.public_id, seat) is Standing.SHARED


def test_each_turn_is_one_ballot_and_no_more_than_the_declared_seats(lesson: AClass) -> None:
    declare(lesson, 4)
    device = device_that_goes_round(lesson)
    lesson.go_to("N1")
    lesson.act(Act.OPEN)

    receipts = [take_turn(lesson, device, position) for position in (0, 1, 1, 2, 2, 2)]

    assert receipts == [Receipt.SENT] * 4 + [None, None]
    assert counted(lesson) == [1, 2, 1]


def test_two_devices_that_go_round_share_the_declared_seats(lesson: AClass) -> None:
    declare(lesson, 3)
    one, other = device_that_goes_round(lesson), device_that_goes_round(lesson)
    public_id = lesson.started.public_id
    lesson.go_to("N1")
    lesson.act(Act.OPEN)

    tokens = [lesson.classroom.next_turn(public_id, device) for device in (one, other)]
    receipts = [
        lesson.classroom.put(public_id, tokens[0] or "", other, 0),
        take_turn(lesson, one, 0),
        take_turn(lesson, other, 0),
        take_turn(lesson, one, 0),
        take_turn(lesson, other, 0),
    ]

    assert tokens[0] != tokens[1]
    assert receipts == [Receipt.CLOSED, Receipt.SENT, Receipt.SENT, Receipt.SENT, None]


def test_a_second_press_takes_no_second_turn_and_the_same_ballot_twice_counts_once(
    lesson: AClass,
) -> None:
    declare(lesson, 4)
    device = device_that_goes_round(lesson)
    public_id = lesson.started.public_id
    lesson.go_to("N1")
    lesson.act(Act.OPEN)
    token = lesson.classroom.next_turn(public_id, device) or ""

    again = lesson.classroom.next_turn(public_id, device)
    receipts = [lesson.classroom.put(public_id, token, device, 1) for _ in range(3)]

    assert again == token
    assert receipts == [Receipt.SENT] * 3
    assert counted(lesson) == [0, 1, 0]


def test_without_a_turn_nothing_is_counted(lesson: AClass) -> None:
    declare(lesson, 4)
    device = device_that_goes_round(lesson)
    public_id = lesson.started.public_id
    lesson.go_to("N1")
    lesson.act(Act.OPEN)
    round_token = lesson.view.round_token or ""

    receipt = lesson.classroom.put(public_id, round_token, device, 1)

    assert receipt is Receipt.CLOSED
    assert counted(lesson) == [0, 0, 0]


def test_an_option_that_does_not_exist_leaves_the_turn(lesson: AClass) -> None:
    declare(lesson, 1)
    device = device_that_goes_round(lesson)
    lesson.go_to("N1")
    lesson.act(Act.OPEN)

    assert take_turn(lesson, device, 9) is Receipt.REFUSED
    assert take_turn(lesson, device, 0) is Receipt.SENT


def test_an_ordinary_device_takes_no_turns(lesson: AClass) -> None:
    declare(lesson, 5)
    lesson.go_to("N1")
    lesson.act(Act.OPEN)

    assert lesson.classroom.next_turn(lesson.started.public_id, lesson.seats[0]) is None


def test_every_round_has_all_declared_seats_again(lesson: AClass) -> None:
    declare(lesson, 2)
    device = device_that_goes_round(lesson)
    lesson.go_to("N1")
    lesson.act(Act.OPEN)
    first = [take_turn(lesson, device, 0) for _ in range(3)]
    lesson.act(Act.CLOSE)
    lesson.go_to("K1")
    lesson.act(Act.OPEN)

    second = [take_turn(lesson, device, 0) for _ in range(3)]

    assert first == second == [Receipt.SENT, Receipt.SENT, None]


def test_after_the_door_was_reopened_the_device_no_longer_goes_round(lesson: AClass) -> None:
    declare(lesson, 5)
    device = device_that_goes_round(lesson)

    lesson.act(Act.REOPEN)

    assert lesson.classroom.standing(lesson.started.public_id, device) is Standing.STRANGER
    assert lesson.classroom.shared_devices(lesson.started.public_id) == 0


# Paper


def test_slips_are_counted_with_the_ballots_and_the_last_count_stands(lesson: AClass) -> None:
    declare(lesson, 0, 6)
    public_id = lesson.started.public_id
    lesson.go_to("N1")
    lesson.act(Act.OPEN)
    lesson.answer(0, 0, 1)
    token = lesson.view.round_token or ""

    for counts in ((6, 0, 0), (1, 2, 3)):
        assert lesson.classroom.count_paper(public_id, token, counts) is Receipt.SENT

    assert counted(lesson) == [3, 3, 3]


def test_never_more_slips_than_declared_seats(lesson: AClass) -> None:
    declare(lesson, 9, 6)
    lesson.go_to("N1")
    lesson.act(Act.OPEN)
    token = lesson.view.round_token or ""

    with pytest.raises(TooManyOnPaper):
        lesson.classroom.count_paper(lesson.started.public_id, token, (3, 3, 1))

    assert counted(lesson) == [0, 0, 0]


@pytest.mark.parametrize("counts", [(1, 1), (1, 1, 1, 1), (-1, 2, 2)])
def test_counts_that_do_not_fit_the_question_are_refused(
    lesson: AClass, counts: tuple[int, ...]
) -> None:
    declare(lesson, 0, 6)
    lesson.go_to("N1")
    lesson.act(Act.OPEN)
    token = lesson.view.round_token or ""

    receipt = lesson.classroom.count_paper(lesson.started.public_id, token, counts)

    assert receipt is Receipt.REFUSED


def test_slips_of_a_round_that_is_over_are_not_counted(lesson: AClass) -> None:
    declare(lesson, 0, 6)
    lesson.go_to("N1")
    lesson.act(Act.OPEN)
    token = lesson.view.round_token or ""
    lesson.act(Act.VOID, Act.OPEN)

    receipt = lesson.classroom.count_paper(lesson.started.public_id, token, (6, 0, 0))

    assert receipt is Receipt.CLOSED
    assert counted(lesson) == [0, 0, 0]


def test_progress_counts_slips_and_turns_among_all_who_take_part(lesson: AClass) -> None:
    declare(lesson, 2, 3)
    device = device_that_goes_round(lesson)
    lesson.go_to("K1")
    lesson.act(Act.OPEN)
    lesson.answer(0, 0)
    take_turn(lesson, device, 0)
    token = lesson.view.round_token or ""
    lesson.classroom.count_paper(lesson.started.public_id, token, (1, 1, 1, 0))

    progress = lesson.classroom.progress(lesson.started.public_id)

    assert progress is not None
    assert (progress.answered, progress.seats) == (6, 8)
