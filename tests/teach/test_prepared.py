"""A prepared lesson: ready for seven days, for nobody to join before the door is open."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from eduapp.app import make_app
from eduapp.classroom.phases import Phase
from tests.browse import Browse
from tests.builders import ATime
from tests.conftest import a_config
from tests.teach.conftest import Teacher, notes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask

    NewPrepared = Callable[..., Teacher]

LATER = {"helper_name": "Els Peeters", "helper_place": "lokaal 12", "go": "later"}
GROUPS = (0, 4, 8)


def prepare(browse: Browse, language: str = "nl", **fields: str) -> Teacher:
    """Prepare a lesson in a browser and return who holds its desk."""
    answer = browse.post(f"/{language}/start/m4", LATER | fields)
    assert answer.status == 303
    public_id = answer.location.rsplit("/", 1)[-1]
    return Teacher(browse, browse.app.extensions["classroom"], public_id, language)


def plain(text: str) -> str:
    """Return a text as a page's words are compared: each space one space."""
    return " ".join(text.split())


def written(lesson_key: str) -> str:
    return " ".join(lesson_key[start : start + 4] for start in GROUPS)


@pytest.fixture
def teacher(app: Flask) -> Teacher:
    return prepare(Browse(app))


@pytest.fixture
def time() -> ATime:
    return ATime(day=dt.date(2026, 11, 23))


@pytest.fixture
def timed(tmp_path: Path, time: ATime) -> Iterator[Browse]:
    app = make_app(a_config(tmp_path), time.clock)
    yield Browse(app)
    app.extensions["urn_lock"].close()


# The page


@pytest.mark.parametrize(
    ("language", "until", "closed"),
    [
        ("nl", "tot en met maandag 30 november", "Er kan nog niemand meedoen."),
        ("fr", "jusqu’au lundi 30 novembre inclus", "Personne ne peut encore entrer."),
    ],
)
def test_it_says_what_for_whom_and_until_when(
    timed: Browse, language: str, until: str, closed: str
) -> None:
    page = prepare(timed, language, first_step="3").desk()

    assert page.status == 200
    assert until in page.text
    assert closed in page.text
    assert "Els Peeters, lokaal 12" in page.text
    assert page.one("option[selected]")["value"] == "3"


def test_the_lesson_key_is_behind_a_fold(teacher: Teacher) -> None:
    page = teacher.desk()

    fold = page.one("details:has(.prepared__letters)")
    assert fold.get("open") is None
    assert written(teacher.lesson_key) in fold.get_text()
    assert page.response.text.count(written(teacher.lesson_key)) == 1


def test_a_screen_that_may_be_on_the_board_shows_no_key_and_no_way_to_the_desk(
    teacher: Teacher,
) -> None:
    page = teacher.browse.get(teacher.address)

    assert written(teacher.lesson_key) not in page.text
    assert not page.all("form[action$='/second'], a[href$='/emergency']")
    assert page.one(f"a[href='{teacher.address}?own=1']")


def test_it_asks_one_thing_and_nothing_is_chosen_before(teacher: Teacher) -> None:
    page = teacher.desk()

    assert len(page.all("form[action$='/open'] input[name=going_on]")) == 3
    assert not page.all("input[checked]")


def test_it_offers_a_rehearsal_and_the_emergency_copy(teacher: Teacher) -> None:
    page = teacher.desk()

    assert page.one("form[action$='/rehearse/m4']")["method"] == "post"
    assert page.one(f"a[href='{teacher.address}/emergency']")


def test_nobody_can_join_it_and_nothing_of_it_is_public(teacher: Teacher) -> None:
    stranger = teacher.browse.another()
    page = teacher.desk()

    assert teacher.view.join_code == ""
    assert not page.all("a[href*='/board/'], a[href*='/j/'], a[href*='/class/']")
    assert "/j/" not in page.response.text
    assert stranger.get(f"/state/{teacher.public_id}").status == 404
    assert stranger.get("/nl/board/").status == 404
    assert stranger.post("/nl/join", {"code": ""}).status == 400


def test_without_the_key_nothing_of_it_answers(teacher: Teacher) -> None:
    stranger = teacher.browse.another()
    address = teacher.address

    assert stranger.get(address).status == 403
    assert stranger.get(f"{address}/emergency").status == 403
    assert stranger.post(f"{address}/open", {"going_on": "no"}).status == 403
    assert stranger.post(f"{address}/amend", LATER | {"first_step": "2"}).status == 403
    assert teacher.view.phase is Phase.PREPARED


def test_no_act_of_a_running_lesson_changes_it(teacher: Teacher) -> None:
    before = teacher.view

    for act in ("next", "end", "pause"):
        sent = {"act": act, "version": str(before.version), "sure": "1", "back": "board"}
        answer = teacher.browse.post(f"{teacher.address}/act", sent)
        assert teacher.browse.get(answer.location).status == 200

    assert teacher.view.version == before.version


# Changing it


def test_helper_and_first_step_can_be_changed(teacher: Teacher) -> None:
    changed = {"helper_name": "Nour", "helper_place": "het zorglokaal", "first_step": "5"}

    page = teacher.browse.post(f"{teacher.address}/amend", changed, follow=True)

    assert (teacher.view.helper, teacher.view.first_step) == ("Nour, het zorglokaal", 5)
    assert "bewaard" in notes_of(page)
    assert page.one("[name=helper_name]")["value"] == "Nour"
    assert page.one("[name=helper_place]")["value"] == "het zorglokaal"


def test_a_change_that_is_not_complete_changes_nothing_and_stays_in_view(teacher: Teacher) -> None:
    changed = {"helper_name": "", "helper_place": "zolder", "first_step": "5"}

    page = teacher.browse.post(f"{teacher.address}/amend", changed)

    assert page.status == 422
    assert page.one(".error-summary a")["href"] == "#helper_name"
    assert page.one("details:has([name=helper_name])").has_attr("open")
    assert page.one("[name=helper_place]")["value"] == "zolder"
    assert (teacher.view.helper, teacher.view.first_step) == ("Els Peeters, lokaal 12", 1)


def test_a_change_from_a_tab_left_open_does_not_reach_a_lesson_that_began(
    teacher: Teacher,
) -> None:
    teacher.browse.post(f"{teacher.address}/open", {"going_on": "no"})
    changed = {"helper_name": "Nour", "helper_place": "het zorglokaal", "first_step": "5"}

    page = teacher.browse.post(f"{teacher.address}/amend", changed, follow=True)

    assert page.status == 200
    assert teacher.view.helper == "Els Peeters, lokaal 12"


# Opening the door


def test_when_nothing_is_going_on_the_door_opens_and_students_join(teacher: Teacher) -> None:
    answer = teacher.browse.post(f"{teacher.address}/open", {"going_on": "no"})

    assert answer.status == 303
    assert answer.location == teacher.address
    assert teacher.view.phase is Phase.READY
    assert teacher.browse.get(answer.location).one("a[href*='/board/']")
    student = teacher.browse.another()
    assert student.post("/fr/join", {"code": teacher.view.join_code}).status == 303
    assert student.get(f"/state/{teacher.public_id}").status == 200


def test_it_starts_at_the_step_that_was_chosen(app: Flask) -> None:
    teacher = prepare(Browse(app), first_step="4")
    teacher.browse.post(f"{teacher.address}/open", {"going_on": "no"})

    teacher.act("next")

    assert teacher.view.step == 4


@pytest.mark.parametrize("going_on", ["unsure", "yes"])
@pytest.mark.parametrize(
    ("language", "says", "kept"),
    [
        ("nl", "Praat eerst met Els Peeters, lokaal 12.", "Niemand is binnengelaten."),
        ("fr", "Parlez d’abord avec Els Peeters, lokaal 12.", "Personne n’est entré."),
    ],
)
def test_when_something_may_be_going_on_it_advises_and_opens_nothing(
    app: Flask, language: str, says: str, kept: str, going_on: str
) -> None:
    teacher = prepare(Browse(app), language)

    advice = teacher.browse.post(f"{teacher.address}/open", {"going_on": going_on})

    assert advice.status == 200
    assert says in advice.text
    assert kept in advice.text
    assert advice.one(f"main a[href='{teacher.address}']")
    assert teacher.view.phase is Phase.PREPARED


@pytest.mark.parametrize("going_on", ["", "perhaps"])
def test_without_an_answer_it_asks_again(teacher: Teacher, going_on: str) -> None:
    page = teacher.browse.post(f"{teacher.address}/open", {"going_on": going_on})

    assert page.status == 422
    assert page.one(".error-summary a")["href"] == "#going_on"
    assert teacher.view.phase is Phase.PREPARED


def test_opening_twice_is_opening_once(teacher: Teacher) -> None:
    first = teacher.browse.post(f"{teacher.address}/open", {"going_on": "no"})
    before = teacher.view

    second = teacher.browse.post(f"{teacher.address}/open", {"going_on": "no"})

    assert first.location == second.location
    assert (teacher.view.version, teacher.view.join_code) == (before.version, before.join_code)


def test_a_second_tab_does_not_bring_a_running_lesson_back_to_the_lobby(teacher: Teacher) -> None:
    teacher.browse.post(f"{teacher.address}/open", {"going_on": "no"})
    teacher.act("next")

    again = teacher.browse.post(f"{teacher.address}/open", {"going_on": "no"}, follow=True)

    assert again.status == 200
    assert teacher.view.step == 1


@pytest.mark.parametrize("address", ["open", "amend"])
def test_a_browser_that_goes_back_to_a_form_lands_on_the_lesson(
    teacher: Teacher, address: str
) -> None:
    page = teacher.browse.get(f"{teacher.address}/{address}", follow=True)

    assert page.status == 200
    assert page.one("form[action$='/open']")


# How long it keeps


def test_it_opens_on_the_seventh_day_and_is_gone_on_the_eighth(timed: Browse, time: ATime) -> None:
    teacher = prepare(timed)
    key = teacher.lesson_key

    time.day += dt.timedelta(days=7)
    assert timed.get(teacher.address).status == 200
    time.day += dt.timedelta(days=1)

    assert timed.get(teacher.address).status == 404
    assert timed.post(f"{teacher.address}/open", {"going_on": "no"}).status == 404
    wrong = timed.another().post("/nl/desk", {"lesson_key": key})
    assert wrong.status == 403
    assert "een klaargezette les na zeven dagen" in notes_of(wrong)


def test_once_open_it_lasts_until_the_end_of_the_next_day(timed: Browse, time: ATime) -> None:
    teacher = prepare(timed)
    time.day += dt.timedelta(days=3)

    opened = timed.post(f"{teacher.address}/open", {"going_on": "no"})

    assert f"__Host-desk-{teacher.public_id}" in opened.response.headers["Set-Cookie"]
    time.day += dt.timedelta(days=1)
    assert timed.get(teacher.address).status == 200
    time.day += dt.timedelta(days=1)
    assert timed.get(teacher.address).status == 404


# The emergency copy


def test_the_copy_has_the_key_the_address_and_the_helper(teacher: Teacher) -> None:
    copy = teacher.browse.get(f"{teacher.address}/emergency")

    assert copy.status == 200
    assert written(teacher.lesson_key) in copy.text
    assert "lesson.example.be/nl/desk" in copy.text
    assert "Els Peeters, lokaal 12" in copy.text
    assert "116 000" in copy.text.replace("\u00a0", " ")


def test_on_one_computer_only_the_copy_names_no_address(app: Flask) -> None:
    teacher = prepare(Browse(app, "http://127.0.0.1:8000"))

    copy = teacher.browse.get(f"{teacher.address}/emergency")

    assert copy.one(".paper-copy__letters")
    assert "127.0.0.1" not in copy.text
    assert "Ik heb een lessleutel" in copy.text


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_copy_is_the_whole_lesson_from_the_first_step_on(app: Flask, language: str) -> None:
    teacher = prepare(Browse(app), language, first_step="3")
    module = teacher.view.module

    copy = teacher.browse.get(f"{teacher.address}/emergency")

    steps = [tag.get_text() for tag in copy.all(".paper-step h2")]
    titles = [f"{number}. {a.title[language]}" for number, a in enumerate(module.activities, 1)]
    assert steps == titles[2:]
    for question in module.questions:
        assert plain(question.text[language]) in copy.text
        assert plain(question.discuss[language]) in copy.text
        for option in question.options:
            assert plain(option.text[language]) in copy.text
    rights = [question for question in module.questions if question.right]
    assert len(copy.all(".paper-step__right")) == len(rights)
    story = next(a.scenario for a in module.activities if a.scenario)
    assert len(copy.all(".story-paths li")) == len(story.nodes) - 1
    for sentence in module.class_sentences[language]:
        assert plain(sentence) in copy.text


def test_the_copy_never_asks_for_hands(teacher: Teacher) -> None:
    copy = teacher.browse.get(f"{teacher.address}/emergency")

    assert "vraag nooit om handen op te steken" in copy.text


def test_the_copy_stays_when_the_lesson_has_begun(teacher: Teacher) -> None:
    teacher.browse.post(f"{teacher.address}/open", {"going_on": "no"})

    copy = teacher.browse.get(f"{teacher.address}/emergency")

    assert copy.status == 200
    assert teacher.view.join_code not in copy.response.text
