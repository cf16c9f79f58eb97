"""The main job: a class takes the whole lesson, first too small for results, then large enough.

A teacher goes from gate to desk to board; students follow in Dutch, in French on a phone, and
without JavaScript.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from config import ROOT
from eduapp.content.models import (
    Activity,
    ActivityKind,
    Module,
    Question,
    QuestionKind,
    Reveal,
)
from tests.browser.crowd import Crowd
from tests.browser.people import (
    FOLLOWS_MILLISECONDS,
    HELPER,
    Desk,
    Student,
    paragraph,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

    from tests.browser.running_site import RunningSite

PHONE = {"width": 360, "height": 740}
STATE_FIELDS = {"version", "phase", "paused", "step", "devices", "boot"}
SHARE = re.compile(
    r"\d (?:op|sur) (?:5|10)\b|weinig of niemand|bijna iedereen|peu ou personne|presque tous",
    re.IGNORECASE,
)
"""What every row of a result says somewhere; no other text of the lesson does."""
BAND = re.compile(
    "weinig of niemand|een deel|ongeveer de helft|de meesten|bijna iedereen|"
    "peu ou personne|une partie|environ la moitié|la plupart|presque tous",
    re.IGNORECASE,
)
"""The words of a row of a result; some stand in the lesson too."""
FEW = {"nl": "Zo kan niemand raden wie wat koos.", "fr": "personne ne peut deviner"}
UNDER_A_POLL = {"nl": "We zoeken niet wie wat koos.", "fr": "On ne cherche pas qui a choisi quoi."}
NOT_YOUR_CLASS = {
    "nl": "Bij deze vraag tonen we jullie klas niet.",
    "fr": "Ici, on ne montre pas ta classe.",
}
CROWD = 14


@dataclass(slots=True)
class Room:
    """Everybody in one lesson, and what is on the wall."""

    desk: Desk
    board: Page
    students: tuple[Student, ...]


@dataclass(slots=True)
class School:
    """Lessons that go on at the same time, step by step together."""

    rooms: tuple[Room, ...]

    @property
    def students(self) -> list[Student]:
        return [student for room in self.rooms for student in room.students]

    @property
    def screens(self) -> list[Page]:
        """Every screen that a class can see."""
        return [room.board for room in self.rooms] + [student.page for student in self.students]

    def press(self, *acts: str) -> None:
        for act in acts:
            for room in self.rooms:
                room.desk.press(act)

    def boards_say(self, texts: dict[str, str]) -> None:
        for room in self.rooms:
            expect(room.board.get_by_role("main")).to_contain_text(
                texts[room.desk.language],
                timeout=FOLLOWS_MILLISECONDS,
                use_inner_text=True,
                ignore_case=True,
            )

    def all_say(self, texts: dict[str, str]) -> None:
        """Boards and devices say this, each in its own language."""
        self.boards_say(texts)
        for student in self.students:
            student.sees(texts[student.language])

    def everybody_is_asked(self, question: Question) -> None:
        for student in self.students:
            student.look_again()
            expect(student.options).to_have_count(
                len(question.options), timeout=FOLLOWS_MILLISECONDS
            )

    def shares(self) -> list[str]:
        """Return every word of a result that is on a screen of a class."""
        return [
            word for screen in self.screens for word in SHARE.findall(screen.inner_text("main"))
        ]


@pytest.fixture
def open_room(
    site: RunningSite, new_context: Callable[..., BrowserContext]
) -> Callable[[str], Room]:
    """Start a lesson in a language, put the board on the wall and let three students in."""

    def enter(code: str, language: str, **settings: Any) -> Student:
        page = new_context(**settings).new_page()
        return Student(page, site, language, settings.get("java_script_enabled", True)).join(code)

    def make(language: str) -> Room:
        page = new_context().new_page()
        page.goto(f"{site.url}/{language}/modules/m4")
        page.locator('main a[href$="/start/m4"]').first.click()
        desk = Desk(page, site, language).pass_gate()
        with page.context.expect_page() as opened:
            page.locator('a[href*="/board/"]').click()
        students = (
            enter(desk.code, "nl"),
            enter(desk.code, "fr", viewport=PHONE),
            enter(desk.code, language, viewport=PHONE, java_script_enabled=False),
        )
        return Room(desk, opened.value, students)

    return make


def test_classes_too_small_for_results_take_the_lesson_in_two_languages(
    open_room: Callable[[str], Room], module: Module
) -> None:
    school = School((open_room("nl"), open_room("fr")))
    for room in school.rooms:
        desk_page = room.desk.page.get_by_role("main")
        expect(desk_page).to_contain_text(re.compile("3 (toestel|appareil)"), timeout=15_000)
        expect(room.board.get_by_role("main")).to_contain_text(room.desk.code[:5])
    for activity in module.activities:
        school.press("next")
        school.boards_say(activity.title)
        if activity.question is None:
            take_a_step(school, activity)
        elif activity.question.kind is QuestionKind.KNOWLEDGE:
            take_a_quiz_question(school, activity.question)
        elif activity.question.reveal is Reveal.BENCHMARK:
            take_a_benchmark_question(school, activity.question)
        else:
            take_a_poll_question(school, activity.question)
    end(school, module)


def take_a_step(school: School, activity: Activity) -> None:
    for student in school.students:
        student.is_headed(plain(activity.title[student.language]))
        for fact in activity.facts:
            student.sees(plain(fact.sentence[student.language]), str(fact.year), fact.who)
        if activity.prompts:
            student.sees(*activity.prompts[student.language])
        if activity.kind is ActivityKind.SCENARIO and activity.scenario is not None:
            story = activity.scenario
            first = story.nodes[story.start].choices[0]
            student.page.locator("summary").filter(has_text=first.label[student.language]).click()
            after = paragraph(story.nodes[first.node].text[student.language])
            expect(student.page.get_by_text(after)).to_be_visible()


def take_a_quiz_question(school: School, question: Question) -> None:
    right = question.right_position
    assert right is not None
    assert question.why is not None
    school.all_say(question.text)
    school.press("open")
    school.everybody_is_asked(question)
    for number, student in enumerate(school.students):
        student.answer(number % len(question.options))
    changes_its_mind = school.students[-1]
    changes_its_mind.choose_again()
    changes_its_mind.answer(right)
    for option in question.options:
        school.boards_say(option.text)
    school.press("close")
    for student in school.students:
        student.look_again()
        expect(student.options).to_have_count(0, timeout=FOLLOWS_MILLISECONDS)
    school.press("show")
    school.all_say(FEW)
    school.press("explain")
    school.all_say(question.options[right].text)
    school.all_say({language: paragraph(why) for language, why in question.why.items()})
    own = school.students[0].page.get_by_role("button", name="Had ik het juist?")
    expect(own).to_be_visible()
    assert not school.shares()


def take_a_benchmark_question(school: School, question: Question) -> None:
    assert question.benchmark is not None
    assert question.closing is not None
    sent: list[str] = []
    for student in school.students:
        student.page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    school.all_say(NOT_YOUR_CLASS)
    school.press("open")
    school.everybody_is_asked(question)
    for student in school.students:
        student.choose(1)
    school.press("show")
    school.all_say({lang: plain(text) for lang, text in question.benchmark.sentence.items()})
    school.press("explain")
    school.all_say({language: plain(text) for language, text in question.closing.items()})
    assert not [line for line in sent if line.startswith("POST")]


def take_a_poll_question(school: School, question: Question) -> None:
    assert question.closing is not None
    school.press("open")
    school.everybody_is_asked(question)
    for student in school.students:
        student.answer(2)
    school.press("close", "show")
    school.all_say(FEW)
    school.all_say(question.discuss)
    school.press("explain")
    school.all_say({language: plain(text) for language, text in question.closing.items()})
    for student in school.students:
        expect(student.page.get_by_role("button", name=re.compile("juist|juste"))).to_have_count(0)
    assert not school.shares()


def end(school: School, module: Module) -> None:
    """End the lessons; devices forget them, and the desks have a sheet without results."""
    school.press("end")
    for number in range(3):
        school.all_say({lang: texts[number] for lang, texts in module.take_home.items()})
    for student in school.students:
        expect(student.page.get_by_role("contentinfo")).to_contain_text(HELPER[0])
        assert student.cookies == ""
    for room in school.rooms:
        language, page = room.desk.language, room.desk.page
        for sentence in module.class_sentences[language]:
            expect(page.get_by_text(sentence)).to_be_visible()
        page.locator('a[href$="/sheet"]').click()
        main = page.get_by_role("main")
        for activity in module.activities:
            expect(main).to_contain_text(activity.title[language], use_inner_text=True)
        assert not SHARE.search(main.inner_text())


def test_a_class_large_enough_sees_itself(
    site: RunningSite, open_room: Callable[[str], Room], module: Module
) -> None:
    room = open_room("nl")
    crowd = simulated_class(site, room.desk.code)
    try:
        expect(room.desk.page.get_by_role("main")).to_contain_text(
            f"{CROWD + 3} toestellen", timeout=15_000
        )
        votes_twice(room, module)
        a_poll_shows_the_class(room, module)
        room.desk.do("end")
        assert crowd.wait(30) == 0, "the simulated class met something that should not be"
    finally:
        crowd.kill()
        crowd.wait()


def votes_twice(room: Room, module: Module) -> None:
    question = next(question for question in module.questions if question.rounds == 2)
    desk, school = room.desk, School((room,))
    desk.walk_to(step_of(question, module))
    everyone_answers(room)
    desk.press("close")
    # One mirrored screen is a normal case: the zone waits for "my screen is not on the board".
    desk.page.locator('a[href*="own=1"]').click()
    expect(desk.page.get_by_role("main")).to_contain_text(re.compile(r"(30|70) op 100"))
    nothing_of_the_first_round(room)
    desk.press("discuss")
    for student in room.students:
        student.sees({"nl": "Praat met je buur", "fr": "voisin"}[student.language])
    nothing_of_the_first_round(room)
    everyone_answers(room, check=lambda: nothing_of_the_first_round(room))
    desk.press("close")
    nothing_of_the_first_round(room)
    desk.press("show")
    school.all_say({"nl": "Eerste keer", "fr": "Première fois"})
    school.all_say({"nl": "Na het gesprek", "fr": "Après la discussion"})
    for screen in school.screens:
        assert len(BAND.findall(screen.inner_text("main"))) >= 2 * len(question.options)


def a_poll_shows_the_class(room: Room, module: Module) -> None:
    question, school = class_poll(module), School((room,))
    room.desk.walk_to(step_of(question, module))
    everyone_answers(room)
    room.desk.press("close", "show")
    school.all_say(UNDER_A_POLL)
    for screen in school.screens:
        assert len(BAND.findall(screen.inner_text("main"))) >= len(question.options)


def test_nine_answers_are_enough_for_a_quiz_and_not_for_a_poll(
    open_desk: Callable[..., Desk], page: Page, module: Module
) -> None:
    desk = open_desk()
    crowd = Crowd(desk.site, desk.code, 9)
    page.goto(f"{desk.site.url}/nl/board/{desk.code}")
    main = page.get_by_role("main")
    desk.walk_to(step_of(module.questions[0], module))
    desk.do("open")
    crowd.answer((0, 1, 1))
    desk.do("close", "show")
    expect(main).to_contain_text(SHARE, use_inner_text=True, timeout=FOLLOWS_MILLISECONDS)
    desk.walk_to(step_of(class_poll(module), module))
    desk.do("open")
    crowd.answer((0,))
    desk.do("close", "show")
    few = "9 antwoorden. We tonen een resultaat vanaf 12."
    expect(main).to_contain_text(few, use_inner_text=True, timeout=FOLLOWS_MILLISECONDS)
    assert not SHARE.search(main.inner_text())


def step_of(question: Question, module: Module) -> int:
    return next(
        number
        for number, activity in enumerate(module.activities, 1)
        if activity.question is not None and activity.question.id == question.id
    )


def class_poll(module: Module) -> Question:
    """Return the question that shows the class its own opinion."""
    return next(
        question
        for question in module.questions
        if question.kind is QuestionKind.OPINION and question.reveal is Reveal.CLASS
    )


def simulated_class(site: RunningSite, code: str) -> subprocess.Popen[bytes]:
    """Let a simulated class join, which answers whatever the desk opens."""
    plan = ["--students", str(CROWD), "--within", "0.5", "--code", code, "--quiet"]
    return subprocess.Popen([sys.executable, "-m", "eduapp", "simulate", site.url, *plan], cwd=ROOT)


def everyone_answers(room: Room, check: Callable[[], None] = lambda: None) -> None:
    """Open the question and wait until the desk says that there are enough answers."""
    room.desk.press("open")
    for student in room.students:
        student.look_again()
        expect(student.options.first).to_be_visible(timeout=FOLLOWS_MILLISECONDS)
        student.answer(0)
    check()
    room.desk.page.wait_for_function(
        "path => fetch(path).then(reply => reply.json()).then(progress => progress.enough)",
        arg=f"{room.desk.path}/progress",
        polling=500,
        timeout=30_000,
    )


def nothing_of_the_first_round(room: Room) -> None:
    """Look at the very bytes: pages of devices and board, and the state document."""
    site = room.desk.site
    assert set(json.loads(site.look(f"/state/{room.desk.public_id}").body)) == STATE_FIELDS
    pages = [site.look(room.board.url.removeprefix(site.url)).text]
    pages += [site.look(student.path, student.cookies).text for student in room.students]
    for page in pages:
        assert not SHARE.findall(page)
        assert "toestellen" in page or "appareils" in page  # it is the page of this class
