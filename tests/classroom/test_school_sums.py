"""What enters the sums of a school, when it is published, and how long it stays."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from eduapp.classroom import publishing, school_sums
from eduapp.classroom.models import ClassSessionRow, ReleaseRow, RoundRow, SchoolCountRow
from eduapp.classroom.phases import Act, Phase
from eduapp.classroom.positions import Owner
from eduapp.classroom.proof_of_sums import Outcome, prove_sums
from eduapp.classroom.registry import UnknownClassSession, WrongLessonKey
from eduapp.classroom.school_sums import Moment, SumKey, form_of, school_year
from eduapp.content.models import Reveal
from tests.builders import (
    AClass,
    ATime,
    a_classroom,
    a_lesson,
    a_module,
    a_question,
    an_opinion,
    both,
    seeded,
)

if TYPE_CHECKING:
    from pathlib import Path

    from eduapp.classroom.classroom import Classroom
    from eduapp.content.models import Module

KNOWLEDGE = a_question("K1")
OPINION = an_opinion("N1")
MODULE = a_module(KNOWLEDGE, OPINION)
FOURTEEN = (0,) * 8 + (1,) * 6
MONDAY = dt.date(2026, 11, 23)
WEEK = dt.timedelta(days=7)


def a_school_of(folder: Path, classes: int, module: Module = MODULE) -> tuple[Classroom, ATime]:
    time = ATime(MONDAY)
    classroom = a_classroom(folder, module, time, seed=5)
    for _ in range(classes):
        a_lesson(classroom, module, *[FOURTEEN] * len(module.questions))
    return classroom, time


def sums(
    classroom: Classroom, which: school_sums.Which = "published", school: int | None = 1
) -> dict[tuple[str, Moment], tuple[int, int, dict[str, int]]]:
    with classroom._database.reading() as tx:
        found = school_sums.batches(tx, school, which)
    return {(key.question_id, key.moment): batch for key, batch in found.items()}


def test_a_lesson_enters_once_with_every_question_when_it_ends(tmp_path: Path) -> None:
    classroom, _time = a_school_of(tmp_path, 0)
    a = AClass(classroom, classroom.start(MODULE, "nl", None, owner=Owner(1, 1, "2")))
    a.join(14)
    for question in ("K1", "N1"):
        a.go_to(question)
        a.act(Act.OPEN)
        a.answer(*FOURTEEN)
        a.act(Act.CLOSE)
        assert sums(classroom, "pending") == {}

    a.act(Act.END)
    classroom.steer(a.view.public_id, Act.END, a.view.version)

    pending = sums(classroom, "pending")
    assert {key: (n, classes) for key, (n, classes, _counts) in pending.items()} == {
        ("K1", Moment.ONCE): (14, 1),
        ("N1", Moment.ONCE): (14, 1),
    }
    with classroom._database.reading() as tx:
        released = dict(
            tx.execute(
                select(ReleaseRow.option_id, ReleaseRow.noisy).where(ReleaseRow.question_id == "K1")
            ).all()
        )
        assert school_sums.reach(tx, 1) == {(2026, "2", "m1"): 1}
    assert pending["K1", Moment.ONCE][2] == released


def test_a_guest_lesson_enters_nothing(tmp_path: Path) -> None:
    classroom, _time = a_school_of(tmp_path, 0)
    a = AClass(classroom, classroom.start(MODULE, "nl", None))
    a.join(14)
    a.go_to("K1")
    a.act(Act.OPEN)
    a.answer(*FOURTEEN)
    a.act(Act.CLOSE, Act.END)

    assert sums(classroom, "pending", None) == {}
    with classroom._database.reading() as tx:
        assert school_sums.reach(tx, None) == {}


def test_a_lesson_that_stopped_in_the_lobby_is_no_lesson(tmp_path: Path) -> None:
    classroom, _time = a_school_of(tmp_path, 0)
    a = AClass(classroom, classroom.start(MODULE, "nl", None, owner=Owner(1, 1, "2")))
    a.join(3)

    a.act(Act.END)

    with classroom._database.reading() as tx:
        assert school_sums.reach(tx, 1) == {}


def test_a_tiny_group_enters_no_numbers(tmp_path: Path) -> None:
    classroom, _time = a_school_of(tmp_path, 0)

    a_lesson(classroom, MODULE, (0, 1, 0, 1))

    assert sums(classroom, "pending") == {}
    with classroom._database.reading() as tx:
        assert school_sums.reach(tx, 1) == {(2026, "1", "m1"): 1}


def test_both_rounds_enter_as_before_and_after_and_a_single_one_as_once(tmp_path: Path) -> None:
    module = a_module(a_question("K1", rounds=2), a_question("K2", rounds=2))
    classroom, _time = a_school_of(tmp_path, 0, module)

    a_lesson(classroom, module, FOURTEEN, FOURTEEN, FOURTEEN)

    assert set(sums(classroom, "pending")) == {
        ("K1", Moment.BEFORE),
        ("K1", Moment.AFTER),
        ("K2", Moment.ONCE),
    }


def test_what_is_asked_weeks_later_stands_apart(tmp_path: Path) -> None:
    module = MODULE.model_copy(update={"is_later": True})
    classroom, _time = a_school_of(tmp_path, 0, module)

    a_lesson(classroom, module, FOURTEEN, FOURTEEN)

    assert set(sums(classroom, "pending")) == {("K1", Moment.LATER), ("N1", Moment.LATER)}


@pytest.mark.parametrize(("classes", "is_published"), [(2, False), (3, True)])
def test_a_batch_needs_three_classes_and_forty_answers(
    tmp_path: Path, classes: int, *, is_published: bool
) -> None:
    classroom, time = a_school_of(tmp_path, classes)
    time.day += WEEK

    classroom.tend()

    assert (("K1", Moment.ONCE) in sums(classroom)) is is_published


def test_three_small_classes_wait_for_forty_answers(tmp_path: Path) -> None:
    classroom, time = a_school_of(tmp_path, 0)
    for _ in range(3):
        a_lesson(classroom, MODULE, FOURTEEN[:13])
    time.day += WEEK
    classroom.tend()
    assert sums(classroom) == {}

    a_lesson(classroom, MODULE, FOURTEEN[:13])
    time.day += WEEK
    classroom.tend()

    assert sums(classroom)["K1", Moment.ONCE][:2] == (52, 4)


def test_a_batch_appears_on_the_monday_after_and_not_sooner(tmp_path: Path) -> None:
    classroom, time = a_school_of(tmp_path, 3)
    time.day = MONDAY + dt.timedelta(days=6)
    classroom.tend()
    assert sums(classroom) == {}

    time.day = MONDAY + WEEK
    classroom.tend()

    assert sums(classroom)["K1", Moment.ONCE][:2] == (42, 3)
    assert sums(classroom, "pending") == {}


def test_a_class_of_this_week_joins_no_batch_of_last_week(tmp_path: Path) -> None:
    classroom, time = a_school_of(tmp_path, 3)
    time.day += WEEK

    a_lesson(classroom, MODULE, FOURTEEN, FOURTEEN)

    assert sums(classroom)["K1", Moment.ONCE][:2] == (42, 3)
    assert sums(classroom, "pending")["K1", Moment.ONCE][:2] == (14, 1)


def test_a_class_that_comes_late_holds_the_batch_until_the_week_after(tmp_path: Path) -> None:
    classroom, time = a_school_of(tmp_path, 2)
    time.day += WEEK
    a_lesson(classroom, MODULE, FOURTEEN, FOURTEEN)
    classroom.tend()
    assert sums(classroom) == {}

    time.day += WEEK
    classroom.tend()

    assert sums(classroom)["K1", Moment.ONCE][:2] == (42, 3)


def test_before_and_after_are_published_together_or_not(tmp_path: Path) -> None:
    module = a_module(a_question("K1", rounds=2))
    classroom, time = a_school_of(tmp_path, 0, module)
    for _ in range(3):
        a_lesson(classroom, module, FOURTEEN, FOURTEEN[:13])
    time.day += WEEK
    classroom.tend()
    assert sums(classroom) == {}

    a_lesson(classroom, module, FOURTEEN, FOURTEEN)
    time.day += WEEK
    classroom.tend()

    published = sums(classroom)
    assert published["K1", Moment.BEFORE][:2] == (56, 4)
    assert published["K1", Moment.AFTER][:2] == (53, 4)


def test_what_is_too_little_at_the_end_of_the_school_year_is_never_shown(tmp_path: Path) -> None:
    classroom, time = a_school_of(tmp_path, 2)
    time.day = dt.date(2027, 7, 31)
    classroom.tend()
    assert sums(classroom, "pending") != {}

    time.day = dt.date(2027, 8, 1)
    classroom.tend()
    for _ in range(3):
        a_lesson(classroom, MODULE, FOURTEEN, FOURTEEN)
    time.day += WEEK
    classroom.tend()

    with classroom._database.reading() as tx:
        published = school_sums.batches(tx, 1)
        rows = tx.scalar(select(func.count()).select_from(SchoolCountRow))
    assert {key.year for key in published} == {2027}
    assert rows == 2


def test_the_school_year_begins_in_august() -> None:
    assert school_year(dt.date(2027, 7, 31)) == 2026
    assert school_year(dt.date(2027, 8, 1)) == 2027


def test_another_option_is_another_form_and_a_mended_word_is_not() -> None:
    reworded = KNOWLEDGE.model_copy(update={"text": both("Once more?")})
    reshaped = a_question("K1", options=("a", "b", "unsure"))

    assert form_of(reworded) == form_of(KNOWLEDGE)
    assert form_of(reshaped) != form_of(KNOWLEDGE)


def test_a_network_takes_in_what_three_schools_have_published_anew(tmp_path: Path) -> None:
    classroom, time = a_school_of(tmp_path, 0)

    def week(*schools: int) -> None:
        for school in schools:
            for _ in range(3):
                a_lesson(classroom, MODULE, FOURTEEN, FOURTEEN, school=school)
        time.day += WEEK
        classroom.tend()

    week(1, 2)
    assert sums(classroom, "network", None) == {}
    week(3)
    assert sums(classroom, "network", None)["K1", Moment.ONCE][:2] == (126, 9)
    week(1)
    week(2)

    assert sums(classroom, "network", None)["K1", Moment.ONCE][:2] == (126, 9)
    assert sums(classroom, "published", None)["K1", Moment.ONCE][:2] == (210, 15)


def test_a_benchmark_question_waits_for_three_hundred_answers_in_three_schools(
    tmp_path: Path,
) -> None:
    module = a_module(an_opinion("N9", reveal=Reveal.BENCHMARK))
    classroom, time = a_school_of(tmp_path, 0, module)
    crowd = (0,) * 30

    def week(*schools: int) -> None:
        for school in schools:
            for _ in range(3):
                a_lesson(classroom, module, crowd, school=school)
        time.day += WEEK
        classroom.tend()

    week(1, 2, 3)
    assert sums(classroom)["N9", Moment.POOL][:2] == (90, 3)
    assert sums(classroom, "network", None) == {}
    week(1)

    assert sums(classroom, "network", None)["N9", Moment.POOL][:2] == (360, 12)


def test_a_class_never_sees_a_benchmark_question_that_it_sent(tmp_path: Path) -> None:
    module = a_module(an_opinion("N9", reveal=Reveal.BENCHMARK))
    classroom, _time = a_school_of(tmp_path, 0, module)
    a = AClass(classroom, classroom.start(module, "nl", None, owner=Owner(1, 1, "1")))
    a.join(20)
    a.go_to("N9")

    a.act(Act.OPEN)
    a.answer(*FOURTEEN)
    view = a.act(Act.CLOSE, Act.SHOW)

    assert view.phase is Phase.SHOWN
    assert view.results == ()
    assert not view.opens_on_device_only
    assert Act.OPEN not in view.acts


def test_no_screen_finds_a_lesson_of_a_school_after_the_guest_days(tmp_path: Path) -> None:
    classroom, time = a_school_of(tmp_path, 0)
    a = a_lesson(classroom, MODULE, FOURTEEN, FOURTEEN)
    time.day += dt.timedelta(days=2)

    with pytest.raises(UnknownClassSession):
        classroom.by_id(a.started.public_id)
    with pytest.raises(WrongLessonKey):
        classroom.by_lesson_key(a.started.lesson_key)
    classroom.tend()

    with classroom._database.reading() as tx:
        row = tx.scalars(select(ClassSessionRow)).one()
        assert row.join_code is None
        assert tx.scalar(select(func.count()).select_from(ReleaseRow)) == 7
    again = a_classroom(tmp_path, MODULE, time)
    with pytest.raises(UnknownClassSession):
        again.by_id(a.started.public_id)


def test_a_forgotten_lesson_is_ended_and_counts_before_it_leaves_the_screens(
    tmp_path: Path,
) -> None:
    classroom, time = a_school_of(tmp_path, 0)
    a = AClass(classroom, classroom.start(MODULE, "nl", None, owner=Owner(1, 1, "1")))
    a.join(14)
    a.go_to("K1")
    a.act(Act.OPEN)
    a.answer(*FOURTEEN)
    a.act(Act.CLOSE)
    time.day += dt.timedelta(days=2)

    classroom.tend()

    assert sums(classroom, "pending")["K1", Moment.ONCE][:2] == (14, 1)


def test_opinions_stay_thirty_days_and_knowledge_until_the_end_of_july(tmp_path: Path) -> None:
    classroom, time = a_school_of(tmp_path, 1)

    def kept() -> set[str]:
        classroom.tend()
        with classroom._database.reading() as tx:
            return set(tx.scalars(select(RoundRow.question_id)))

    time.day = MONDAY + dt.timedelta(days=30)
    assert kept() == {"K1", "N1"}
    time.day = MONDAY + dt.timedelta(days=31)
    assert kept() == {"K1"}
    time.day = dt.date(2027, 7, 31)
    assert kept() == {"K1"}
    time.day = dt.date(2027, 8, 1)
    assert kept() == set()


def test_the_proof_adds_the_releases_up_once_more(tmp_path: Path) -> None:
    classroom, time = a_school_of(tmp_path, 3)
    time.day += WEEK
    classroom.tend()
    a_lesson(classroom, MODULE, FOURTEEN, FOURTEEN)

    def outcomes() -> set[Outcome]:
        with classroom._database.reading() as tx:
            return {each.outcome for each in prove_sums(tx, lambda _id, _revision: MODULE)}

    assert outcomes() == {Outcome.EQUAL}
    with classroom._database.transaction() as tx:
        release = tx.scalars(select(ReleaseRow).where(ReleaseRow.question_id == "K1")).first()
        assert release is not None
        release.noisy += 1
    assert outcomes() == {Outcome.EQUAL, Outcome.NOT_EQUAL}
    with classroom._database.transaction() as tx:
        tx.delete(tx.scalars(select(ClassSessionRow)).first())
    assert outcomes() == {Outcome.GONE}


def test_a_crash_while_a_lesson_ends_counts_it_once_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    classroom, _time = a_school_of(tmp_path, 0)
    a = AClass(classroom, classroom.start(MODULE, "nl", None, owner=Owner(1, 1, "1")))
    a.join(14)
    a.go_to("K1")
    a.act(Act.OPEN)
    a.answer(*FOURTEEN)
    a.act(Act.CLOSE)
    enter = school_sums.enter

    def enter_and_break(*arguments: object) -> None:
        enter(*arguments)  # type: ignore[arg-type]
        raise OSError("the disk is full")

    monkeypatch.setattr(school_sums, "enter", enter_and_break)
    with pytest.raises(OSError, match="full"):
        a.act(Act.END)
    monkeypatch.undo()
    assert sums(classroom, "pending") == {}
    assert a.view.phase is not Phase.ENDED

    a.act(Act.END)

    assert sums(classroom, "pending")["K1", Moment.ONCE][:2] == (14, 1)


def test_publishing_twice_changes_nothing(tmp_path: Path) -> None:
    classroom, time = a_school_of(tmp_path, 3)
    time.day += WEEK
    classroom.tend()
    before = sums(classroom)

    with classroom._database.transaction() as tx:
        publishing.publish(tx, time.day)

    assert sums(classroom) == before
    assert before[("K1", Moment.ONCE)][1] == 3


def test_the_key_of_a_sum_names_the_year_of_the_lesson(tmp_path: Path) -> None:
    classroom, time = a_school_of(tmp_path, 0)
    time.day = dt.date(2027, 7, 30)
    a_lesson(classroom, MODULE, FOURTEEN, FOURTEEN)

    with classroom._database.reading() as tx:
        found = school_sums.batches(tx, 1, "pending")

    assert SumKey(2026, "K1", form_of(KNOWLEDGE), Moment.ONCE) in found


def test_chance_is_not_drawn_again_for_a_school(tmp_path: Path) -> None:
    """Adding up draws nothing: the same seed gives the same releases with an owner and without."""

    def released(folder: Path, owner: Owner | None) -> list[int]:
        folder.mkdir()
        classroom = a_classroom(folder, MODULE, ATime(MONDAY), seed=3)
        classroom._chance = seeded(9)
        classroom._steering._chance = seeded(9)
        a = AClass(classroom, classroom.start(MODULE, "nl", None, owner=owner))
        a.join(14)
        a.go_to("K1")
        a.act(Act.OPEN)
        a.answer(*FOURTEEN)
        a.act(Act.CLOSE, Act.END)
        with classroom._database.reading() as tx:
            return list(tx.scalars(select(ReleaseRow.noisy).order_by(ReleaseRow.option_id)))

    assert released(tmp_path / "a", Owner(1, 1, "1")) == released(tmp_path / "b", None)
