"""The desk: what it offers in each state, and that an act happens once or not at all."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from babel.dates import format_date

from eduapp.classroom.phases import Phase
from tests.browse import words
from tests.teach.conftest import acts_of, notes_of

if TYPE_CHECKING:
    from tests.teach.conftest import NewTeacher, Teacher

LATE = "Dat was al gebeurd, of het kan nu niet. Hier staat de klas nu."


def plain(text: str) -> str:
    """Return a text as a page's words are compared: each space one space."""
    return " ".join(text.split())


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_whole_lesson_can_be_stepped_through(new_teacher: NewTeacher, language: str) -> None:
    teacher = new_teacher(language)

    desk = teacher.desk()
    for step in range(1, teacher.view.steps + 1):
        desk = teacher.act("next")
        assert desk.status == 200
        assert teacher.view.step == step
        assert teacher.view.activity is not None
        assert desk.h1 == " ".join(teacher.view.activity.title[language].split())
        assert teacher.board().status == 200

    assert acts_of(desk)[0] == "end"


def test_a_quiz_question_with_two_rounds(teacher: Teacher) -> None:
    students = teacher.students
    students.join(10)
    teacher.go_to("K12")

    assert teacher.offers()[0] == "open"
    teacher.act("open")
    students.answer(*[0] * 10)
    assert teacher.offers()[0] == "close"
    closed = teacher.act("close")

    assert "hebben het juist" in words(closed.one(".zone"))
    assert {"show", "discuss"} <= set(acts_of(closed))
    assert "hebben het juist" not in teacher.board().text

    teacher.act("discuss")
    assert teacher.view.phase is Phase.DISCUSS
    teacher.act("open")
    students.answer(*[2] * 10)
    closed = teacher.act("close")
    assert not closed.all(".zone")
    assert "discuss" not in acts_of(closed)

    shown = teacher.act("show")
    assert acts_of(shown)[0] == "explain"
    assert len(teacher.board().all(".result__round .strip")) == 2 * 5
    explained = teacher.act("explain")
    assert acts_of(explained)[0] == "next"


def test_the_zone_is_not_on_a_screen_that_may_be_mirrored(teacher: Teacher) -> None:
    students = teacher.students
    students.join(10)
    teacher.go_to("K12")
    teacher.act("open")
    students.answer(*[0] * 10)
    teacher.act("close")

    mirrored = teacher.browse.get(teacher.address)

    assert not mirrored.all(".zone, .say, .moment")
    assert mirrored.one(".own")
    assert {"show", "discuss"} <= set(acts_of(mirrored))


def test_closing_a_poll_question_asks_once(teacher: Teacher) -> None:
    teacher.students.join(12)
    teacher.go_to("N06")
    teacher.act("open")

    asked = teacher.act("close")

    assert teacher.view.phase is Phase.OPEN
    assert asked.one("details[open]:has(button[value=close]) [name=sure][value='1']")
    closed = teacher.act("close", sure="1")
    assert acts_of(closed)[0] == "show"


def test_ending_asks_once_and_shows_the_sheet(teacher: Teacher) -> None:
    teacher.act("next")

    asked = teacher.act("end")
    assert asked.one("details[open] button[value=end]")
    ended = teacher.act("end", sure="1")

    assert ended.h1 == "De les is afgerond"
    assert "Deze les verdwijnt morgen om middernacht" in notes_of(ended)
    assert ended.all(f'a[href="{teacher.address}/sheet"]')


def test_a_poll_question_from_start_to_end(teacher: Teacher) -> None:
    students = teacher.students
    students.join(14)
    teacher.go_to("N06")
    teacher.act("open")
    students.answer(*[0, 1] * 7)
    teacher.act("close", sure="1")

    shown = teacher.act("show")

    assert acts_of(shown)[0] == "explain"
    board = teacher.board()
    assert len(board.all(".result .strip")) == 5
    assert "We zoeken niet wie wat koos." in board.text
    assert not shown.all(".strip")


def test_too_few_answers_are_a_sentence(teacher: Teacher) -> None:
    students = teacher.students
    students.join(9)
    teacher.go_to("N06")
    teacher.act("open")
    students.answer(*[0] * 9)
    teacher.act("close", sure="1")
    teacher.act("show")

    board = teacher.board()

    assert "9 antwoorden. We tonen een resultaat vanaf 12." in board.text
    assert not board.all(".strip")


def test_a_stale_act_changes_nothing_and_says_so(teacher: Teacher) -> None:
    first = teacher.view.version
    teacher.act("next")
    now = teacher.view.version

    desk = teacher.act("next", version=first)

    assert teacher.view.version == now
    assert LATE in notes_of(desk)
    assert LATE not in notes_of(teacher.desk())


def test_a_doubled_act_happens_once(teacher: Teacher) -> None:
    version = teacher.view.version

    teacher.act("next", version=version)
    teacher.act("next", version=version)

    assert teacher.view.step == 1


def test_an_impossible_act_changes_nothing(teacher: Teacher) -> None:
    version = teacher.view.version

    desk = teacher.act("show")

    assert teacher.view.version == version
    assert LATE in notes_of(desk)


@pytest.mark.parametrize(
    "form",
    [
        {"act": "dance", "version": "1"},
        {"act": "next"},
        {"act": "next", "version": "-1"},
        {"act": "next", "version": "²"},
        {"act": "next", "version": "1", "back": "elsewhere"},
        {"version": "1"},
    ],
)
def test_a_form_that_is_not_ours_is_refused(teacher: Teacher, form: dict[str, str]) -> None:
    assert teacher.browse.post(f"{teacher.address}/act", form).status == 400


def test_every_act_form_carries_the_version(teacher: Teacher) -> None:
    teacher.go_to("K12")
    teacher.act("open")

    desk = teacher.desk()
    versions = [str(tag["value"]) for tag in desk.all("form[action$='/act'] [name=version]")]

    assert len(versions) == len(desk.all("form[action$='/act']"))
    assert set(versions) == {str(teacher.view.version)}


def test_progress_is_exact_for_a_quiz_and_in_quarters_for_a_poll(teacher: Teacher) -> None:
    students = teacher.students
    students.join(20)
    teacher.go_to("K13")
    teacher.act("open")
    students.answer(*[0] * 3)
    teacher.wait_for_progress()
    quiz = json.loads(teacher.browse.get(f"{teacher.address}/progress").response.text)
    teacher.act("close")
    teacher.go_to("N06")
    teacher.act("open")
    students.answer(*[0] * 11)
    teacher.wait_for_progress()
    poll = json.loads(teacher.browse.get(f"{teacher.address}/progress").response.text)

    assert quiz["text"].startswith("3 van de 20 hebben geantwoord.")
    assert quiz["enough"] is False
    assert poll["text"].startswith("De helft heeft geantwoord.")
    assert poll["fraction"] == 0.5
    assert poll["version"] == teacher.view.version


def test_voiding_is_offered_only_under_the_minimum(teacher: Teacher) -> None:
    students = teacher.students
    students.join(8)
    teacher.go_to("K13")
    few = teacher.act("open")
    students.answer(*[0] * 8)
    teacher.wait_for_progress()

    enough = teacher.desk()

    assert few.one("[data-progress=void]").get("hidden") is None
    assert enough.one("[data-progress=void]").get("hidden") is not None


def test_a_voided_question_can_be_asked_again(teacher: Teacher) -> None:
    teacher.students.join(8)
    teacher.go_to("K13")
    teacher.act("open")

    again = teacher.act("void")

    assert acts_of(again)[0] == "open"


def test_a_pause_opens_the_card_and_only_goes_on_or_ends(teacher: Teacher) -> None:
    teacher.go_to("K13")
    teacher.act("open")

    paused = teacher.act("pause")

    assert "Een leerling is aangedaan" in words(paused.one(".moment--now[open]"))
    assert acts_of(paused)[0] == "resume"
    assert "Even pauze. We gaan zo verder." in teacher.board().text
    mirrored = teacher.browse.get(teacher.address)
    assert not mirrored.all(".moment")
    assert acts_of(mirrored)[:2] == ["resume", "end"]
    teacher.act("resume")
    assert teacher.view.phase is Phase.OPEN


@pytest.mark.parametrize(
    ("devices", "sentence"),
    [
        (7, "7 toestellen: quizresultaten vanaf 8, peilingresultaten vanaf 12"),
        (8, "8 toestellen: quizresultaten wel, peilingresultaten vanaf 12"),
        (11, "11 toestellen: quizresultaten wel, peilingresultaten vanaf 12"),
        (12, "12 toestellen: quizresultaten en peilingresultaten"),
    ],
)
def test_the_lobby_says_what_a_group_of_this_size_will_see(
    teacher: Teacher, devices: int, sentence: str
) -> None:
    teacher.students.join(devices)

    desk, board = teacher.desk(), teacher.board()

    assert words(desk.one("[data-group] p:not([hidden])")) == sentence
    assert words(board.one(".lobby__group p:not([hidden])")) == sentence


def test_the_lines_for_other_sizes_of_group_wait_on_the_page(teacher: Teacher) -> None:
    lines = teacher.desk().all("[data-group] p")

    bounds = [(line["data-follow-from"], line.get("data-follow-until")) for line in lines]
    assert bounds == [("0", "8"), ("8", "12"), ("12", None)]
    assert all(str(line["data-text-other"]).startswith("{n} toestellen:") for line in lines)


@pytest.mark.parametrize(("devices", "urged"), [(0, 0), (7, 1), (8, 0)])
def test_a_small_group_is_offered_in_the_lobby_and_urged_when_few_are_in(
    teacher: Teacher, devices: int, urged: int
) -> None:
    teacher.students.join(devices)

    desk = teacher.desk()

    assert desk.one(".small-group button[value=small]")
    assert len(desk.all(".small-group__now:not([hidden])")) == urged


def test_in_a_small_group_nothing_is_sent_and_no_result_follows(teacher: Teacher) -> None:
    teacher.students.join(5)

    lobby = teacher.act("small")
    assert "iedereen kiest voor zichzelf" in words(lobby.one("[data-group]"))
    assert lobby.one(".small-group button[value=whole]")
    teacher.go_to("K13")
    opened = teacher.act("open")

    assert "er wordt niets verstuurd" in words(opened.one(".desk__state"))
    assert acts_of(opened)[0] == "explain"
    assert not opened.all("meter, .steer__almost, button[value=close], button[value=almost]")
    explained = teacher.act("explain")
    assert acts_of(explained)[0] == "next"
    assert "whole" in acts_of(explained)
    assert "Je faket" not in explained.text


def test_that_a_question_closes_soon_is_said_once(teacher: Teacher) -> None:
    teacher.students.join(12)
    teacher.go_to("N06")
    opened = teacher.act("open")
    assert "almost" in acts_of(opened)
    assert not opened.all(".steer__almost")

    said = teacher.act("almost")

    assert "deze vraag gaat zo dicht" in words(said.one(".steer__almost"))
    assert "almost" not in acts_of(said)
    assert "Deze vraag gaat zo meteen dicht." in teacher.board().text
    assert not teacher.act("close", sure="1").all(".steer__almost")


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_wrapping_up_is_a_script_of_one_minute(new_teacher: NewTeacher, language: str) -> None:
    teacher = new_teacher(language)
    teacher.act("next")

    desk = teacher.act("wrap_up")

    assert teacher.view.phase is Phase.WRAP_UP
    assert acts_of(desk)[:2] == ["end", "back"]
    mirrored = teacher.browse.get(teacher.address)
    for screen in (desk, mirrored):
        script = words(screen.one(".last-minute"))
        for sentence in teacher.view.module.take_home[language]:
            assert " ".join(sentence.split()) in script
        assert script.index("Els Peeters, lokaal 12") < script.index("Child Focus")
    teacher.act("back")
    assert (teacher.view.phase, teacher.view.step) == (Phase.READY, 1)


def test_wrapping_up_asks_only_when_a_question_is_open(teacher: Teacher) -> None:
    teacher.students.join(8)
    teacher.go_to("K13")
    teacher.act("open")

    asked = teacher.act("wrap_up")

    assert teacher.view.round_token
    assert asked.one(".steer__always details[open] button[value=wrap_up]")
    teacher.act("wrap_up", sure="1")
    assert teacher.view.phase is Phase.WRAP_UP
    assert not teacher.view.round_token


def test_pause_and_wrap_up_are_never_in_a_fold(teacher: Teacher) -> None:
    for _ in range(teacher.view.steps - 1):
        desk = teacher.act("next")
        assert acts_of(desk).count("pause") == 1
        assert [str(button["value"]) for button in desk.all(".steer__always button[name=act]")] == [
            "pause",
            "wrap_up",
        ]
        assert not desk.all("details:not([open]) button[value=pause]")
        assert not desk.all(".desk__steer .steer__more:has([value=pause], [value=wrap_up])")


def test_beside_the_main_act_stand_few_and_the_rest_is_in_one_fold(teacher: Teacher) -> None:
    teacher.students.join(12)
    teacher.go_to("N06")

    ready = teacher.desk()
    opened = teacher.act("open")

    rest = ready.one(".steer__more")
    assert {str(tag["value"]) for tag in rest.select("button[name=act]")} == {
        "next",
        "back",
        "small",
        "end",
    }
    assert rest.get("open") is None
    assert len(opened.all(".desk__steer > .act")) == 2


def test_the_door_is_reopened_after_one_question_and_accuses_nobody(teacher: Teacher) -> None:
    teacher.students.join(9)
    assert "9 toestellen" in words(teacher.desk().one(".fold:has([value=reopen])"))

    asked = teacher.act("reopen")

    assert teacher.view.devices == 9
    assert "Niemand krijgt de schuld" in words(asked.one("form:has([value=reopen]) .act__sure"))
    desk = teacher.act("reopen", sure="1")
    assert teacher.view.devices == 0
    assert "met dezelfde code" in words(desk.one(".fold:has([value=reopen])"))


def test_the_door_is_not_reopened_while_a_question_is_open(teacher: Teacher) -> None:
    teacher.go_to("K13")
    teacher.act("open")

    assert "reopen" not in teacher.offers()


def test_a_lesson_starts_at_any_step_and_goes_to_any_other(teacher: Teacher) -> None:
    lobby = teacher.desk()
    assert len(lobby.all(".plan button[value=goto]")) == teacher.view.steps
    assert "Begin hier" in words(lobby.one(".plan"))

    desk = teacher.act("goto", step="5")

    assert teacher.view.step == 5
    steps = [str(tag["value"]) for tag in desk.all(".plan [name=step]")]
    assert steps == [str(step) for step in range(1, teacher.view.steps + 1) if step != 5]
    teacher.act("goto", step="2")
    assert teacher.view.step == 2


@pytest.mark.parametrize("act", ["open", "pause"])
def test_the_plan_leads_nowhere_while_a_question_is_open_or_in_a_pause(
    teacher: Teacher, act: str
) -> None:
    teacher.go_to("K13")

    assert not teacher.act(act).all("button[value=goto]")


def test_the_lesson_key_is_not_on_a_screen_that_may_be_mirrored(teacher: Teacher) -> None:
    mirrored = teacher.browse.get(teacher.address)

    assert not mirrored.all(".lesson-key")
    assert teacher.lesson_key[:4] not in mirrored.text


def test_the_desk_can_make_room_for_a_larger_group(teacher: Teacher) -> None:
    teacher.act("room", places="120")
    assert teacher.view.places == 120

    teacher.act("room", places="5000")
    assert teacher.view.places == 120


def test_the_sheet_lists_what_was_done_and_no_result(teacher: Teacher) -> None:
    students = teacher.students
    students.join(12)
    teacher.go_to("K13")
    teacher.act("open")
    students.answer(*[1] * 12)
    teacher.act("close")
    teacher.act("show")

    sheet = teacher.browse.get(f"{teacher.address}/sheet")

    assert len(sheet.all(".sheet__list--done li")) == teacher.view.step
    assert not sheet.all(".strip, meter")
    assert "12" not in words(sheet.one(".sheet__list--done"))
    opened_on = teacher.view.opened_on
    assert opened_on is not None
    assert words(sheet.all(".sheet__lines dd")[0]) == format_date(opened_on, "long", locale="nl")


def test_the_sheet_lists_only_what_lies_between_the_first_step_and_the_present(
    teacher: Teacher,
) -> None:
    live = teacher.classroom._registry.by_id(teacher.public_id)
    live.choices = replace(live.choices, first_step=4)
    live.view = None
    lobby = teacher.desk()
    begin = words(lobby.one(".desk__steer button[value=next]"))
    assert begin.startswith("Begin bij stap 4:")
    teacher.act("next")
    teacher.act("next")
    teacher.act("wrap_up")

    sheet = teacher.browse.get(f"{teacher.address}/sheet")

    titles = [words(line) for line in sheet.all(".sheet__list--done li")]
    steps = teacher.view.module.activities[3:5]
    assert titles == [" ".join(step.title["nl"].split()) for step in steps]


def test_the_sheet_leaves_out_what_the_class_skipped(teacher: Teacher) -> None:
    for step in ("1", "4", "2"):
        teacher.act("goto", step=step)

    sheet = teacher.browse.get(f"{teacher.address}/sheet")
    tape = teacher.desk().all(".tape__step--done .tape__number")

    titles = [words(line) for line in sheet.all(".sheet__list--done li")]
    activities = teacher.view.module.activities
    assert titles == [plain(activities[step - 1].title["nl"]) for step in (1, 2, 4)]
    assert [words(number) for number in tape] == ["1", "4"]


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_at_the_last_step_the_class_chooses_from_sentences_that_every_screen_shows(
    new_teacher: NewTeacher, language: str
) -> None:
    teacher = new_teacher(language)
    sentences = [plain(text) for text in teacher.view.module.class_sentences[language]]
    teacher.act("goto", step=str(teacher.view.steps - 1))
    assert sentences[0] not in teacher.board().text
    teacher.act("next")

    students = teacher.browse.another()
    students.post(f"/{language}/join", {"code": teacher.view.join_code})
    device = students.get(f"/{language}/class/{teacher.view.join_code}")

    for screen in (teacher.desk(), teacher.board(), device):
        for sentence in sentences:
            assert sentence in screen.text


def test_the_emergency_copy_is_for_a_real_lesson(teacher: Teacher) -> None:
    answer = teacher.browse.post("/nl/rehearse/m4")
    rehearsed = answer.location.rsplit("/", 1)[-1]

    assert teacher.browse.get(f"/nl/desk/{rehearsed}/emergency").status == 404


def test_after_the_end_each_class_sentence_is_a_poster(teacher: Teacher) -> None:
    teacher.act("next")

    ended = teacher.act("end", sure="1")

    posters = [str(link["href"]) for link in ended.all(".end__sentences a")]
    assert posters == [f"/nl/modules/m4/poster/{number}" for number in range(1, 6)]


def test_the_cards_of_a_step_are_one_line_each_in_plain_words(new_teacher: NewTeacher) -> None:
    teacher = new_teacher("fr")
    teacher.go_to("N06")

    titles = [words(tag) for tag in teacher.desk().all(".moment > summary")]

    assert len(titles) > 3
    assert not any("&" in title or "<" in title for title in titles)
