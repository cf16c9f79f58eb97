"""The main job: a class takes the whole lesson, first too small for results, then large enough.

A teacher goes from gate to desk to board; students follow in Dutch, in French on a phone, and
without JavaScript.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

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
from tests.browser.desk import HELPER, Desk
from tests.browser.lesson_words import class_poll, paragraph, plain, step_of, vote_again
from tests.browser.school import BAND, SHARE, Room, School
from tests.browser.student import FOLLOWS_MILLISECONDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.running_site import RunningSite

STATE_FIELDS = {"version", "phase", "paused", "step", "almost", "devices", "boot"}
FEW = {"nl": "Zo kan niemand raden wie wat koos.", "fr": "personne ne peut deviner"}
UNDER_A_POLL = {"nl": "We zoeken niet wie wat koos.", "fr": "On ne cherche pas qui a choisi quoi."}
NOT_YOUR_CLASS = {
    "nl": "Bij deze vraag tonen we jullie klas niet.",
    "fr": "Ici, on ne montre pas ta classe.",
}
CROWD = 14

pytestmark = pytest.mark.long


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
        student.is_not_asked()
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
        said, _ = crowd.communicate(timeout=30)
        assert crowd.returncode == 0, f"The simulated class met what should not be: {said}"
    finally:
        crowd.kill()
        crowd.wait()


def votes_twice(room: Room, module: Module) -> None:
    question = vote_again(module)
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


def simulated_class(site: RunningSite, code: str) -> subprocess.Popen[str]:
    """Let a simulated class join, which answers whatever the desk opens.

    Nobody loses the network: whoever does may still be on the way when the teacher goes on.
    """
    plan = ["--students", str(CROWD), "--within", "0.5", "--lose-network", "0", "--code", code]
    return subprocess.Popen(
        [sys.executable, "-m", "eduapp", "simulate", site.url, *plan],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


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
