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
    QuestionId,
    QuestionKind,
    Reveal,
)
from tests.browser.people import FOLLOWS_MILLISECONDS, Desk, Student, paragraph, plain

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

    def board_says(self, *texts: str) -> None:
        for text in texts:
            expect(self.board.get_by_role("main")).to_contain_text(
                text, timeout=FOLLOWS_MILLISECONDS, use_inner_text=True, ignore_case=True
            )

    def all_say(self, texts: dict[str, str]) -> None:
        """Board and every device say this, each in its own language."""
        self.board_says(texts[self.desk.language])
        for student in self.students:
            student.sees(texts[student.language])


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


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_class_too_small_for_results_takes_the_lesson(
    open_room: Callable[[str], Room], module: Module, language: str
) -> None:
    room = open_room(language)
    room.board_says(room.desk.code[:5], room.desk.code[5:])
    expect(room.desk.page.get_by_role("main")).to_contain_text("3", timeout=FOLLOWS_MILLISECONDS)
    for activity in module.activities:
        room.desk.press("next")
        expect(room.desk.heading).to_have_text(activity.title[language])
        room.board_says(activity.title[language])
        if activity.question is None:
            takes_a_step(room, activity)
        elif activity.question.kind is QuestionKind.KNOWLEDGE:
            takes_a_quiz_question(room, activity.question)
        elif activity.question.reveal is Reveal.BENCHMARK:
            takes_a_benchmark_question(room, activity.question)
        else:
            takes_a_poll_question(room, activity.question)
    ends(room, module)


def takes_a_step(room: Room, activity: Activity) -> None:
    for student in room.students:
        student.is_headed(plain(activity.title[student.language]))
        for fact in activity.facts:
            student.sees(plain(fact.sentence[student.language]), str(fact.year), fact.who)
        if activity.prompts:
            student.sees(*activity.prompts[student.language])
    if activity.kind is ActivityKind.SCENARIO and activity.scenario is not None:
        story = activity.scenario
        first = story.nodes[story.start].choices[0]
        for student in room.students:
            student.page.locator("summary").filter(has_text=first.label[student.language]).click()
            after = paragraph(story.nodes[first.node].text[student.language])
            expect(student.page.get_by_text(after)).to_be_visible()


def takes_a_quiz_question(room: Room, question: Question) -> None:
    right = question.right_position
    assert right is not None
    room.all_say(question.text)
    room.desk.press("open")
    for number, student in enumerate(room.students):
        student.look_again()
        expect(student.options).to_have_count(len(question.options), timeout=FOLLOWS_MILLISECONDS)
        student.answer(number)
    changes_its_mind = room.students[-1]
    changes_its_mind.choose_again()
    changes_its_mind.answer(right)
    room.board_says(*(option.text[room.desk.language] for option in question.options))
    room.desk.press("close")
    for student in room.students:
        student.look_again()
        expect(student.options).to_have_count(0, timeout=FOLLOWS_MILLISECONDS)
    room.desk.press("show")
    room.all_say(FEW)
    room.desk.press("explain")
    room.all_say(question.options[right].text)
    assert question.why is not None
    room.all_say({language: paragraph(why) for language, why in question.why.items()})
    own = room.students[0].page.get_by_role("button", name="Had ik het juist?")
    expect(own).to_be_visible()
    assert not shares_on(room)


def takes_a_benchmark_question(room: Room, question: Question) -> None:
    sent: list[str] = []
    for student in room.students:
        student.page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    room.all_say(NOT_YOUR_CLASS)
    room.desk.press("open")
    for student in room.students:
        student.look_again()
        expect(student.options).to_have_count(len(question.options), timeout=FOLLOWS_MILLISECONDS)
        student.choose(1)
    room.desk.press("show")
    assert question.benchmark is not None
    room.all_say({lang: plain(text) for lang, text in question.benchmark.sentence.items()})
    room.desk.press("explain")
    assert question.closing is not None
    room.all_say({language: plain(text) for language, text in question.closing.items()})
    assert not [line for line in sent if line.startswith("POST")]


def takes_a_poll_question(room: Room, question: Question) -> None:
    room.desk.press("open")
    for student in room.students:
        student.look_again()
        expect(student.options).to_have_count(len(question.options), timeout=FOLLOWS_MILLISECONDS)
        student.answer(2)
    room.desk.press("close", "show")
    room.all_say(FEW)
    room.all_say(question.discuss)
    room.desk.press("explain")
    assert question.closing is not None
    room.all_say({language: plain(text) for language, text in question.closing.items()})
    for student in room.students:
        expect(student.page.get_by_role("button", name=re.compile("juist|juste"))).to_have_count(0)
    assert not shares_on(room)


def shares_on(room: Room) -> list[str]:
    """Return every word of a result that is on a screen of the class."""
    screens = [room.board, *(student.page for student in room.students)]
    return [word for screen in screens for word in SHARE.findall(screen.inner_text("main"))]


def ends(room: Room, module: Module) -> None:
    """End the lesson; devices forget it, and the desk has a sheet without results."""
    room.desk.press("end")
    for number in range(3):
        room.all_say({lang: texts[number] for lang, texts in module.take_home.items()})
    for student in room.students:
        expect(student.page.get_by_role("contentinfo")).to_contain_text("Peeters")
        assert student.cookies == ""
    desk = room.desk
    for sentence in module.class_sentences[desk.language]:
        expect(desk.page.get_by_text(sentence)).to_be_visible()
    desk.page.locator('a[href$="/sheet"]').click()
    main = desk.page.get_by_role("main")
    for activity in module.activities:
        expect(main).to_contain_text(activity.title[desk.language], use_inner_text=True)
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
        step_of = {
            activity.question.id: number
            for number, activity in enumerate(module.activities, 1)
            if activity.question is not None
        }
        votes_twice(room, site, module, step_of)
        a_poll_shows_the_class(room, module, step_of)
    finally:
        crowd.kill()
        crowd.wait()


def votes_twice(
    room: Room, site: RunningSite, module: Module, step_of: dict[QuestionId, int]
) -> None:
    question = next(question for question in module.questions if question.rounds == 2)
    desk = room.desk
    desk.walk_to(step_of[question.id])
    everyone_answers(room)
    desk.press("close")
    # One mirrored screen is a normal case: the zone waits for "my screen is not on the board".
    desk.page.locator('a[href*="own=1"]').click()
    expect(desk.page.get_by_role("main")).to_contain_text(re.compile(r"(30|70) op 100"))
    nothing_of_the_first_round(room, site)
    desk.press("discuss")
    for student in room.students:
        student.sees({"nl": "Praat met je buur", "fr": "voisin"}[student.language])
    nothing_of_the_first_round(room, site)
    everyone_answers(room, check=lambda: nothing_of_the_first_round(room, site))
    desk.press("close")
    nothing_of_the_first_round(room, site)
    desk.press("show")
    room.all_say({"nl": "Eerste keer", "fr": "Première fois"})
    room.all_say({"nl": "Na het gesprek", "fr": "Après la discussion"})
    for screen in (room.board, *(student.page for student in room.students)):
        found = SHARE.findall(screen.inner_text("main"))
        assert len(found) >= 2 * len(question.options)


def a_poll_shows_the_class(room: Room, module: Module, step_of: dict[QuestionId, int]) -> None:
    question = next(
        question
        for question in module.questions
        if question.kind is QuestionKind.OPINION and question.reveal is Reveal.CLASS
    )
    room.desk.walk_to(step_of[question.id])
    everyone_answers(room)
    room.desk.press("close", "show")
    room.all_say(UNDER_A_POLL)
    for screen in (room.board, *(student.page for student in room.students)):
        assert len(SHARE.findall(screen.inner_text("main"))) >= len(question.options)


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
        arg=f"/{room.desk.language}/desk/{room.desk.public_id}/progress",
        polling=500,
        timeout=30_000,
    )


def nothing_of_the_first_round(room: Room, site: RunningSite) -> None:
    """Look at the very bytes: pages of devices and board, and the state document."""
    state = site.look(f"/state/{room.desk.public_id}").text
    assert set(json.loads(state)) == STATE_FIELDS
    board = room.board.url.removeprefix(site.url)
    pages = [site.look(board).text]
    pages += [site.look(student.path, student.cookies).text for student in room.students]
    for page in pages:
        assert not SHARE.findall(page)
        assert "toestellen" in page or "appareils" in page  # it is the page of this class
