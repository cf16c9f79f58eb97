"""My lessons: what somebody planned, prepared, gives and gave, and the key that opens a desk."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

from eduapp.accounts.roles import Role
from eduapp.classroom.phases import Act
from eduapp.content.models import Reveal
from tests.browse import Browse
from tests.school.staff import a_person

if TYPE_CHECKING:
    from flask import Flask

    from tests.browse import Seen
    from tests.school.conftest import Hands
    from tests.school.staff import Person

GATE = {"helper_name": "Zorgteam", "helper_place": "Lokaal 12", "going_on": "no", "go": "now"}
OWN = GATE | {"band": "12-14", "grade": "2"}


def start(browse: Browse, form: dict[str, str] = OWN) -> str:
    seen = browse.post("/nl/start/m2", form)
    assert seen.status == 303, seen.text
    return seen.location


def act(app: Flask, browse: Browse, desk: str, name: str, *, sure: bool = True) -> None:
    view = app.extensions["classroom"].by_id(desk.rsplit("/", 1)[1])
    form = {"act": name, "version": str(view.version), "sure": "1" if sure else ""}
    assert browse.post(f"{desk}/act", form).status == 303


def opened(teacher: Person, desk: str) -> Seen:
    return teacher.browse.post(f"/nl/lessons/{desk.rsplit('/', 1)[1]}/open", {})


def test_the_gate_asks_the_grade_of_somebody_with_an_account_and_of_nobody_else(
    app: Flask,
) -> None:
    teacher = a_person(app, Role.TEACHER)

    asked = teacher.browse.get("/nl/start/m2?band=12-14")
    without = teacher.browse.post("/nl/start/m2", GATE | {"band": "12-14"})
    guest = Browse(app).get("/nl/start/m2?band=12-14")

    assert "Atheneum" in asked.text
    assert len(asked.all('input[name="grade"]')) == 3
    assert without.status == 422
    assert "Kies de graad" in without.text
    assert guest.all('input[name="grade"]') == []


def test_a_typed_grade_is_refused(app: Flask) -> None:
    teacher = a_person(app, Role.TEACHER)

    assert teacher.browse.post("/nl/start/m2", OWN | {"grade": "5B"}).status == 422


@pytest.mark.parametrize("role", [Role.TEACHER, Role.HEAD])
def test_a_lesson_begun_with_an_account_counts_for_the_school(app: Flask, role: Role) -> None:
    desk = start(a_person(app, role).browse)

    assert app.extensions["classroom"].by_id(desk.rsplit("/", 1)[1]).grade == "2"


def test_the_care_team_gives_guest_lessons(app: Flask) -> None:
    desk = start(a_person(app, Role.CARE).browse, GATE | {"band": "12-14"})

    assert app.extensions["classroom"].by_id(desk.rsplit("/", 1)[1]).grade is None


def test_students_are_told_when_a_lesson_counts_for_the_school(app: Flask) -> None:
    own, guest = a_person(app, Role.TEACHER).browse, Browse(app)
    told = []
    for browse, form in ((own, OWN), (guest, GATE | {"band": "12-14"})):
        desk = start(browse, form)
        view = app.extensions["classroom"].by_id(desk.rsplit("/", 1)[1])
        student = Browse(app)
        student.post("/nl/join", {"code": view.join_code})
        told.append(
            "telt ook mee voor je school" in student.get(f"/nl/class/{view.join_code}").text
        )

    assert told == [True, False]


def test_before_a_benchmark_question_students_read_where_their_choice_goes(app: Flask) -> None:
    module_id, band, step = next(
        (module.id, band, number)
        for module in app.extensions["content"].modules.values()
        for band in module.bands
        for number, activity in enumerate(module.for_band(band).activities, 1)
        if activity.question and activity.question.reveal is Reveal.BENCHMARK
        and not module.is_unchecked
    )  # fmt: skip
    said = []
    for browse, more in ((a_person(app, Role.TEACHER).browse, {"grade": "2"}), (Browse(app), {})):
        form = GATE | {"band": band} | more
        desk = browse.post(f"/nl/start/{module_id}", form).location
        classroom = app.extensions["classroom"]
        view = classroom.by_id(desk.rsplit("/", 1)[1])
        student = Browse(app)
        student.post("/nl/join", {"code": view.join_code})
        view = classroom.steer(view.public_id, Act.NEXT, view.version)
        view = classroom.steer(view.public_id, Act.GOTO, view.version, step)
        before = student.get(f"/nl/class/{view.join_code}").text
        view = classroom.steer(view.public_id, Act.OPEN, view.version)
        during = student.get(f"/nl/class/{view.join_code}")
        said.append(
            (
                "Je keuze wordt verstuurd, zonder jou" in before,
                "minstens 300 antwoorden van 3 scholen" in during.text,
                bool(during.all('form[action$="/answer"]')),
            )
        )

    assert said == [(True, True, True), (False, False, False)]


def test_a_lesson_moves_from_ready_to_running_to_past(app: Flask) -> None:
    teacher = a_person(app, Role.TEACHER)
    desk = start(teacher.browse, OWN | {"go": "later", "first_step": "1"})
    assert "Staat klaar tot en met" in teacher.browse.get("/nl/lessons").text

    teacher.browse.post(f"{desk}/open", {"going_on": "no"})
    act(app, teacher.browse, desk, "next")
    running = teacher.browse.get("/nl/lessons")
    act(app, teacher.browse, desk, "end")
    past = teacher.browse.get("/nl/lessons")

    assert "stap 1" in running.one("section[aria-labelledby=now]").get_text()
    assert past.all("section[aria-labelledby=now]") == []
    line = past.one("section[aria-labelledby=past]")
    assert "Tweede graad" in line.get_text()
    assert "go=later&step=2&band=12-14&grade=2" in str(line.select("a")[0]["href"])


def test_a_class_goes_on_another_hour_at_the_next_step_with_another_code(app: Flask) -> None:
    teacher = a_person(app, Role.TEACHER)
    desk = start(teacher.browse)
    for _ in range(2):
        act(app, teacher.browse, desk, "next")
    act(app, teacher.browse, desk, "end")
    ended = teacher.browse.get(desk)
    link = str(ended.one('a[href*="go=later"]')["href"])

    gate = teacher.browse.get(link)
    again = start(teacher.browse, OWN | {"go": "later", "first_step": "3"})
    teacher.browse.post(f"{again}/open", {"going_on": "no"})
    act(app, teacher.browse, again, "next")

    assert str(gate.one("#first_step option[selected]")["value"]) == "3"
    assert gate.one('input[name="grade"][checked]')["value"] == "2"
    classroom = app.extensions["classroom"]
    new, old = (classroom.by_id(path.rsplit("/", 1)[1]) for path in (again, desk))
    assert new.step == 3
    assert new.join_code != old.join_code


def test_the_end_of_a_guest_lesson_has_a_sentence_for_the_head(app: Flask) -> None:
    guest, teacher = Browse(app), a_person(app, Role.TEACHER)
    ends = []
    for browse, form in ((guest, GATE | {"band": "12-14"}), (teacher.browse, OWN)):
        desk = start(browse, form)
        act(app, browse, desk, "end")
        ends.append(browse.get(desk))

    assert "uitnodiging" in ends[0].one("blockquote").get_text()
    assert ends[1].all("blockquote") == []
    assert "Na" in ends[1].text
    assert "sommen van je school" in ends[1].text


def test_the_desk_opens_in_another_browser_and_closes_in_the_first(app: Flask) -> None:
    teacher = a_person(app, Role.TEACHER)
    desk = start(teacher.browse)
    first = teacher.browse
    other = Browse(app)
    teacher.sign_in(browse=other)
    teacher.browse = other

    seen = opened(teacher, desk)

    assert (seen.status, seen.location) == (303, desk)
    assert other.get(desk).status == 200
    assert first.get(desk).status == 403


def test_a_lesson_key_that_was_stolen_opens_nothing_once_the_teacher_has_another(
    app: Flask,
) -> None:
    teacher = a_person(app, Role.TEACHER)
    desk = start(teacher.browse)
    name = f"__Host-desk-{desk.rsplit('/', 1)[1]}"
    stolen = teacher.browse.client.get_cookie(name, "lesson.example.be")
    assert stolen is not None
    assert Browse(app).post("/nl/desk", {"lesson_key": stolen.value}).status == 303
    opened(teacher, desk)

    assert Browse(app).post("/nl/desk", {"lesson_key": stolen.value}).status == 403


def test_a_colleague_or_head_opens_no_desk_of_somebody_else(app: Flask) -> None:
    desk = start(a_person(app, Role.TEACHER).browse)

    for other in (a_person(app, Role.TEACHER, name="Bob"), a_person(app, Role.HEAD)):
        seen = opened(other, desk)
        assert seen.status == 404
        assert "niet van jou" in seen.text
        assert other.browse.get(desk).status == 403


def test_an_account_finds_no_result_of_a_lesson_that_is_over(app: Flask, hands: Hands) -> None:
    teacher = a_person(app, Role.TEACHER)
    desk = start(teacher.browse)
    act(app, teacher.browse, desk, "end")
    other = Browse(app)
    teacher.sign_in(browse=other)
    teacher.browse = other
    assert opened(teacher, desk).status == 404

    hands.day += dt.timedelta(days=2)
    app.extensions["classroom"].tend()
    teacher.sign_in()

    assert "Filter, grap of grens?" in teacher.browse.get("/nl/lessons").text
    assert teacher.browse.get(desk).status == 404


def test_a_plan_is_kept_by_week_and_only_its_teacher_sees_it(app: Flask, hands: Hands) -> None:
    hands.day = dt.date(2026, 11, 25)
    teacher, head = a_person(app, Role.TEACHER), a_person(app, Role.HEAD)
    form = {"week-m2": "2026-12-07", "week-m4": "2026-11-30", "week-m5": "2020-01-06"}

    seen = teacher.browse.post("/nl/lessons/plan", form)

    assert seen.status == 303
    listed = teacher.browse.get("/nl/lessons").all("section[aria-labelledby=plan] strong")
    assert [each.get_text() for each in listed] == [
        "Vals beeld, echte gevolgen",
        "Filter, grap of grens?",
    ]
    assert head.browse.get("/nl/lessons").all("section[aria-labelledby=plan] strong") == []
    page = teacher.browse.get("/nl/lessons/plan")
    assert "maandag 18 januari" in page.one("section[aria-labelledby=later]").get_text()


def test_the_plan_comes_as_a_calendar_with_a_reminder_after_six_weeks(
    app: Flask, hands: Hands
) -> None:
    hands.day = dt.date(2026, 11, 25)
    teacher = a_person(app, Role.TEACHER)
    teacher.browse.post("/fr/lessons/plan", {"week-m2": "2026-12-07", "week-m4": "2026-11-30"})

    answer = teacher.browse.client.get("/fr/lessons/plan.ics", base_url=teacher.browse.base)

    calendar = Calendar.from_ical(answer.get_data())
    events = [
        (event.decoded("dtstart"), event.decoded("dtend"), str(event["SUMMARY"]))
        for event in calendar.walk("VEVENT")
    ]
    week = dt.timedelta(days=5)
    assert [(start, end - start) for start, end, _title in events] == [
        (dt.date(2026, 11, 30), week),
        (dt.date(2026, 12, 7), week),
        (dt.date(2027, 1, 18), week),
    ]
    assert "Filtre" in events[1][2]
    assert teacher.sign_in_name not in answer.get_data(as_text=True)
    assert answer.content_type == "text/calendar; charset=utf-8"


def test_an_empty_plan_is_an_empty_calendar(app: Flask) -> None:
    teacher = a_person(app, Role.TEACHER)

    answer = teacher.browse.client.get("/nl/lessons/plan.ics", base_url=teacher.browse.base)

    assert list(Calendar.from_ical(answer.get_data()).walk("VEVENT")) == []
