"""A rehearsal: an imaginary class in three frames, hard moments, and who may look at what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from eduapp.app import make_app
from eduapp.classroom.phases import Act, Phase
from eduapp.classroom.rehearsal import STUDENTS, HardMoment
from eduapp.content.models import QuestionKind, Reveal
from eduapp.privacy.parameters import LONELY_SECONDS, REHEARSALS_MAX
from eduapp.web.headers import FRAMED_HEADERS, FRAMING_HEADERS, SECURITY_HEADERS
from tests.browse import Browse, words
from tests.builders import ATime, in_process
from tests.conftest import a_config
from tests.teach.conftest import Teacher

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from werkzeug.test import TestResponse

    from eduapp.classroom.classroom import Classroom
    from tests.browse import Seen
    from tests.teach.conftest import NewTeacher

EVERYBODY_IN = 60.0
EVERYBODY_ANSWERED = 20.0
"""Long enough for the last answer and for progress to be worked out anew."""
MARKS = {"nl": "PROEFLES", "fr": "RÉPÉTITION"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("instance")


@pytest.fixture(scope="module")
def time() -> ATime:
    return ATime()


@pytest.fixture(scope="module")
def app(folder: Path, time: ATime) -> Iterator[Flask]:
    app = make_app(a_config(folder), time.clock)
    yield app
    app.extensions["urn_lock"].close()


@dataclass
class Practice(Teacher):
    """A browser that holds a rehearsal."""

    time: ATime | None = None

    @property
    def page_address(self) -> str:
        return f"/{self.language}/rehearsal/{self.public_id}"

    def page(self) -> Seen:
        return self.browse.get(self.page_address)

    def practise(self, moment: str) -> Seen:
        answer = self.browse.post(f"{self.page_address}/moment", {"moment": moment})
        assert answer.status == 303
        return self.browse.get(answer.location)

    def wait(self, seconds: float) -> None:
        assert self.time is not None
        self.time.seconds += seconds

    def open_question(self, kind: QuestionKind) -> None:
        """Bring the class to its first question of a kind, and open that."""
        self.wait(EVERYBODY_IN)
        self.go_to(
            next(
                question.id
                for question in self.view.module.questions
                if question.kind is kind and question.reveal is Reveal.CLASS
            )
        )
        assert self.act("open").status == 200

    def progress(self) -> str:
        return words(self.desk().one("[data-progress=text]"))

    def ballots(self) -> int:
        assert self.view.is_rehearsal
        open_round = self.classroom._registry.by_id(self.public_id).open_round
        return len(in_process(open_round.urn)) if open_round else 0


def a_practice(app: Flask, time: ATime, language: str = "nl") -> Practice:
    browse = Browse(app)
    answer = browse.post(f"/{language}/rehearse/m4")
    assert answer.status == 303
    public_id = answer.location.rsplit("/", 1)[-1]
    return Practice(browse, app.extensions["classroom"], public_id, language, time=time)


@pytest.fixture
def practice(app: Flask, time: ATime) -> Practice:
    return a_practice(app, time)


# Starting


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_one_press_shows_desk_board_and_a_student_marked_as_a_rehearsal(
    app: Flask, time: ATime, language: str
) -> None:
    page = a_practice(app, time, language).page()

    frames = page.all("iframe")
    assert [frame["name"] for frame in frames] == ["desk", "board", "student"]
    assert all(frame["title"] for frame in frames)
    assert str(STUDENTS) in page.text
    assert MARKS[language] in page.text


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_what_stands_in_the_frames_is_marked_too(app: Flask, time: ATime, language: str) -> None:
    practice = a_practice(app, time, language)

    for frame in practice.page().all("iframe"):
        seen = practice.browse.get(str(frame["src"]))
        assert seen.status == 200
        assert MARKS[language] in seen.text


def test_the_student_can_be_seen_in_every_language_of_the_site(practice: Practice) -> None:
    links = practice.page().all('a[target="student"]')

    assert [link["lang"] for link in links] == ["fr", "nl"]
    for link in links:
        assert practice.browse.get(str(link["href"])).one("html")["lang"] == link["lang"]


def test_the_address_of_the_form_leads_back_to_the_module(app: Flask) -> None:
    seen = Browse(app).get("/fr/rehearse/m4")

    assert (seen.status, seen.location) == (302, "/fr/modules/m4")
    assert Browse(app).get("/fr/rehearse/nowhere").status == 404


def test_a_rehearsal_is_for_the_band_that_was_chosen(app: Flask) -> None:
    modules = app.extensions["content"].modules.values()
    module = next(module for module in modules if module.bands_differ)
    classroom: Classroom = app.extensions["classroom"]
    found = {}

    for asked in (*module.bands, "other", None):
        form = {"band": asked} if asked else {}
        answer = Browse(app).post(f"/nl/rehearse/{module.id}", form)
        found[asked] = classroom.by_id(answer.location.rsplit("/", 1)[-1]).band

    assert found == {**{band: band for band in module.bands}, "other": "12-14", None: "12-14"}


def test_many_rehearsals_from_one_address_wait_calmly(app: Flask) -> None:
    for _ in range(30):
        assert Browse(app).post("/nl/rehearse/m4").status == 303

    seen = Browse(app).post("/nl/rehearse/m4", {"band": "12-14"})

    assert seen.status == 429
    assert int(seen.response.headers["Retry-After"]) > 0
    assert seen.h1 == "Even geduld"
    assert seen.one("form[action='/nl/rehearse/m4']")
    # Practising keeps no lesson from starting.
    gate = {"helper_name": "Els", "helper_place": "12", "going_on": "no"}
    assert Browse(app).post("/nl/start/m4", gate).status == 303


def test_when_memory_is_full_a_teacher_is_asked_to_wait_until_there_is_room(
    app: Flask, time: ATime
) -> None:
    classroom: Classroom = app.extensions["classroom"]
    module = app.extensions["content"].modules["m4"]
    running = sum(live.rehearsal is not None for live in classroom._registry.all())
    for _ in range(REHEARSALS_MAX - running):
        classroom.rehearse(module, "nl")

    full = Browse(app).post("/fr/rehearse/m4")
    for _ in ("they end", "they are forgotten"):
        time.seconds += LONELY_SECONDS + 1
        classroom.tend()
    after = Browse(app).post("/fr/rehearse/m4")

    assert (full.status, full.h1) == (503, "Un peu de patience")
    assert after.status == 303


# The imaginary class


def test_the_class_comes_in_by_itself(practice: Practice) -> None:
    practice.wait(10)
    assert practice.view.devices == STUDENTS - 3
    practice.wait(EVERYBODY_IN)

    assert words(practice.desk().all("[data-follow-devices]")[0]).startswith(f"{STUDENTS} ")
    assert words(practice.board().all("[data-follow-devices]")[0]).startswith(f"{STUDENTS} ")


def test_the_class_answers_and_progress_moves(practice: Practice) -> None:
    practice.open_question(QuestionKind.KNOWLEDGE)
    before = practice.progress()
    practice.wait(EVERYBODY_ANSWERED)

    assert before.startswith("0 van de 23")
    assert practice.progress().startswith("23 van de 23")


@pytest.mark.parametrize("kind", QuestionKind)
def test_the_result_appears_on_the_board_only_once_it_is_shown(
    practice: Practice, kind: QuestionKind
) -> None:
    practice.open_question(kind)
    practice.wait(EVERYBODY_ANSWERED)

    assert practice.board().all(".result") == []
    practice.act("close", sure="1")
    assert practice.board().all(".result") == []
    practice.act("show")

    assert practice.board().all(".result")


def test_too_few_answers_stay_under_the_minimum(practice: Practice) -> None:
    practice.open_question(QuestionKind.KNOWLEDGE)
    practice.practise("few")
    practice.wait(EVERYBODY_ANSWERED)

    assert practice.progress().startswith("4 van de 23")
    assert "void" in practice.offers()
    for act in ("close", "show"):
        practice.act(act)

    assert "Heel weinig antwoorden" in practice.board().text
    assert practice.board().all(".result__row") == []


def test_nothing_of_a_rehearsal_is_written_to_the_database(
    practice: Practice, folder: Path
) -> None:
    before = {path.name: path.read_bytes() for path in folder.glob("*.sqlite3*")}
    another = a_practice(practice.browse.app, practice.time or ATime())
    another.open_question(QuestionKind.KNOWLEDGE)
    another.wait(EVERYBODY_ANSWERED)
    for act in ("close", "show", "explain"):
        another.act(act)
    another.act("end", sure="1")

    assert another.view.phase is Phase.ENDED
    assert {path.name: path.read_bytes() for path in folder.glob("*.sqlite3*")} == before


def test_a_real_device_looks_on_is_not_counted_and_has_no_ballot(practice: Practice) -> None:
    practice.open_question(QuestionKind.KNOWLEDGE)
    code, token = practice.view.join_code, practice.view.round_token
    device = practice.browse.another()

    joined = device.post("/nl/join", {"code": code})
    sees = device.get(joined.location)
    status = device.client.post(
        f"/nl/class/{code}/answer", base_url=device.base, data=f"round={token}&choice=0"
    ).status_code

    assert (joined.status, sees.status, status) == (303, 200, 204)
    assert MARKS["nl"] in sees.text
    assert practice.view.devices == STUDENTS
    assert practice.ballots() == 0


def test_without_javascript_an_answer_in_the_students_frame_is_taken_and_not_counted(
    practice: Practice,
) -> None:
    practice.open_question(QuestionKind.KNOWLEDGE)
    form = {"round": practice.view.round_token or "", "choice": "0"}

    answer = practice.browse.post(f"/nl/class/{practice.view.join_code}/answer", form)

    assert answer.status == 303
    assert "/sent" in answer.location
    assert practice.browse.get(answer.location).status == 200
    assert practice.ballots() == 0


# Hard moments


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("moment", HardMoment)
def test_each_hard_moment_opens_a_card_and_done_closes_it(
    app: Flask, time: ATime, language: str, moment: HardMoment
) -> None:
    practice = a_practice(app, time, language)
    title = words(practice.page().one(f"button[name=moment][value={moment}]"))

    card = practice.practise(moment)
    closed = practice.practise("done")

    assert words(card.one("#practise h2")) == title
    assert len(card.all(".practise__ways li")) == 3
    assert card.one(".practise__say q")
    assert card.all(".practise__first") == []
    assert len(closed.all("button[name=moment]")) == len(HardMoment)
    assert practice.view.moment is None


@pytest.mark.parametrize("moment", [HardMoment.FEW, HardMoment.WIFI])
def test_a_moment_that_needs_a_question_brings_the_class_to_one(
    practice: Practice, moment: HardMoment
) -> None:
    practice.practise(moment)

    assert practice.view.phase is Phase.OPEN
    assert practice.view.round_token


def test_a_moment_asks_the_next_question_when_this_one_has_its_answers(practice: Practice) -> None:
    practice.open_question(QuestionKind.KNOWLEDGE)
    step = practice.view.step
    practice.wait(EVERYBODY_ANSWERED)
    assert practice.progress().startswith("23")

    practice.practise("few")
    practice.wait(EVERYBODY_ANSWERED)

    assert practice.view.phase is Phase.OPEN
    assert practice.view.step > step
    assert practice.ballots() == 4


def test_a_question_under_way_with_few_answers_is_asked_anew(practice: Practice) -> None:
    practice.open_question(QuestionKind.KNOWLEDGE)
    before = practice.view

    practice.practise("few")

    assert practice.view.step == before.step
    assert practice.view.round_token not in {None, before.round_token}


def test_a_moment_also_begins_out_of_a_pause_or_a_small_group(practice: Practice) -> None:
    practice.act("small")
    practice.act("pause")

    practice.practise("wifi")

    assert practice.view.phase is Phase.OPEN
    assert not practice.view.is_paused
    assert practice.view.round_token


def test_when_every_question_was_asked_the_card_says_what_is_needed(practice: Practice) -> None:
    practice.wait(EVERYBODY_IN)
    for question in practice.view.module.questions:
        if question.reveal is Reveal.CLASS:
            practice.go_to(question.id)
            for act in ("open", "close", "show"):
                practice.act(act, sure="1")

    card = practice.practise("few")

    assert practice.view.phase is not Phase.OPEN
    assert card.one(".practise__first")


def test_the_early_bell_can_be_practised_from_the_lobby(practice: Practice) -> None:
    practice.practise("bell")
    assert Act.WRAP_UP in practice.view.acts

    practice.act("wrap_up")

    assert practice.view.phase is Phase.WRAP_UP
    assert practice.page().all(".practise__first") == []


def test_at_the_last_step_the_bell_says_that_the_lesson_just_ends(practice: Practice) -> None:
    while practice.view.step < practice.view.steps:
        practice.act("next")

    assert practice.practise("bell").one(".practise__first")


def test_the_pause_card_asks_for_the_pause_that_everyone_sees(practice: Practice) -> None:
    card = practice.practise("pause")
    assert not practice.view.is_paused
    assert "“Pauze”" in words(card.one("#practise"))

    practice.act("pause")

    for address in (f"board/{practice.view.join_code}", f"class/{practice.view.join_code}"):
        assert "Even pauze." in practice.browse.get(f"/nl/{address}").text


def test_a_moment_that_we_do_not_know_is_refused(practice: Practice) -> None:
    assert practice.browse.post(f"{practice.page_address}/moment", {"moment": "x"}).status == 400
    assert practice.browse.post(f"{practice.page_address}/moment").status == 400


# Afterwards


def test_after_the_end_there_is_again_and_the_real_lesson(practice: Practice) -> None:
    practice.act("end", sure="1")

    page = practice.page()
    again = page.one("form[action='/nl/rehearse/m4']")
    late = practice.practise("few")

    assert words(again) == "Doe het nog eens"
    assert page.one("a[href^='/nl/start/m4'][href*='go=later']")
    assert late.all("button[name=moment]") == []
    assert practice.view.moment is None


def test_there_is_always_a_way_to_stop(practice: Practice) -> None:
    assert practice.page().one("main a[href='/nl/modules/m4']")


# Who may look


def test_who_does_not_hold_the_desk_gets_the_key_page_and_plays_nothing(
    practice: Practice,
) -> None:
    stranger = practice.browse.another()

    seen = stranger.get(practice.page_address)
    played = stranger.post(f"{practice.page_address}/moment", {"moment": "few"})

    assert seen.status == 403
    assert seen.one("input[name=lesson_key]")
    assert played.status == 403
    assert practice.view.moment is None


def test_a_real_lesson_is_no_rehearsal(new_teacher: NewTeacher) -> None:
    teacher = new_teacher()

    page = teacher.browse.get(f"/nl/rehearsal/{teacher.public_id}")
    played = teacher.browse.post(f"/nl/rehearsal/{teacher.public_id}/moment", {"moment": "few"})

    assert (page.status, played.status) == (404, 404)
    assert teacher.browse.get("/nl/rehearsal/nowhere").status == 404


# Frames


def headers_of(response: TestResponse) -> tuple[tuple[str, str], ...]:
    return tuple((name, response.headers[name]) for name, _value in SECURITY_HEADERS)


def pages_of(teacher: Teacher) -> list[Seen]:
    """Return desk, board and class page, as the class session stands now."""
    code = teacher.view.join_code
    return [
        teacher.desk(),
        teacher.board(),
        teacher.browse.get(f"/nl/class/{code}"),
        teacher.browse.another().get(f"/nl/class/{code}"),
    ]


def every_state(teacher: Teacher) -> Iterator[list[Seen]]:
    yield pages_of(teacher)
    for act in ("next", "pause", "resume", "wrap_up", "end"):
        teacher.act(act, sure="1")
        yield pages_of(teacher)


def test_the_pages_of_a_real_lesson_are_never_in_a_frame(new_teacher: NewTeacher) -> None:
    for pages in every_state(new_teacher()):
        assert [headers_of(page.response) == SECURITY_HEADERS for page in pages] == [True] * 4


def test_the_pages_of_a_rehearsal_are_in_a_frame_of_ours_only(practice: Practice) -> None:
    for pages in every_state(practice):
        for page in pages:
            assert headers_of(page.response) == FRAMED_HEADERS
            policy = page.response.headers["Content-Security-Policy"]
            assert "frame-ancestors 'self'" in policy
            assert "frame-src" not in policy


def test_the_page_with_the_frames_stands_in_none_and_shows_only_ours(practice: Practice) -> None:
    page = practice.page()

    assert headers_of(page.response) == FRAMING_HEADERS
    policy = page.response.headers["Content-Security-Policy"]
    assert policy.startswith(dict(SECURITY_HEADERS)["Content-Security-Policy"])
    assert policy.endswith("; frame-src 'self'")
    assert page.response.headers["X-Frame-Options"] == "DENY"


def test_other_pages_around_a_rehearsal_stay_out_of_frames(practice: Practice) -> None:
    for address in (
        "/nl/",
        "/nl/modules/m4",
        "/nl/desk",
        f"/nl/desk/{practice.public_id}/sheet",
        f"/state/{practice.public_id}",
        f"/j/{practice.view.join_code}.svg",
    ):
        response = practice.browse.client.get(address, base_url=practice.browse.base)
        assert response.status_code == 200
        assert headers_of(response) == SECURITY_HEADERS, address


def test_the_exception_does_not_outlive_its_request(practice: Practice) -> None:
    assert headers_of(practice.desk().response) == FRAMED_HEADERS
    assert headers_of(practice.page().response) == FRAMING_HEADERS

    assert headers_of(practice.browse.get("/nl/help").response) == SECURITY_HEADERS
