"""A whole lesson as a worried teacher gives it: prepared the evening before, the bell too early.

Then the same with seven students and with eleven shared laptops. The desk steers from a phone; the
laptop shows the board.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.crowd import Crowd
from tests.browser.desk import HELPER, Desk
from tests.browser.lesson_words import class_poll, first_quiz, plain, step_of, vote_again
from tests.browser.measures import LINES_ABOVE
from tests.browser.school import SHARE, Room, School
from tests.browser.student import FOLLOWS_MILLISECONDS, Student
from tests.languages import in_dutch_then_french

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from eduapp.content.models import Module
    from tests.browser.running_site import RunningSite

PHONE = {"width": 360, "height": 740}
BEAMER = {"width": 1280, "height": 720}
PAUSE = {"nl": "Even pauze", "fr": "Petite pause"}
THE_END = {"nl": "De les is gedaan", "fr": "La leçon est finie"}
MOST_CLICKS = 12
MOST_SECONDS = 180
READING = 200 / 60
"""Words in a second: an adult who reads a page for the first time, and skips nothing."""
CLICK_SECONDS = 1.5
"""Finding a button and pressing it (the keystroke-level model: point, press, look up)."""
TYPING_SECONDS = 6
"""The name and the place of the helper, with two fingers."""


def test_from_the_evening_before_to_the_early_bell(
    site: RunningSite, new_context: Callable[..., BrowserContext], walk_module: Module
) -> None:
    at_home = new_context().new_page()
    key = prepares(at_home, site, walk_module)
    laptop = new_context().new_page()
    opens_with_the_key(laptop, site, key)
    phone = takes_the_phone(laptop, site, new_context)
    room = comes_in(phone, site, new_context, 18)
    expect(room.board.get_by_role("main")).to_contain_text(
        "21 toestellen", timeout=15_000, use_inner_text=True
    )
    quiz, poll = vote_again(walk_module), class_poll(walk_module)
    crowd = room.crowd
    school = School((room.room,))
    phone.press("next")
    school.all_say(walk_module.activities[0].title)

    # Three come late, one asks something, one has no network.
    phone.go_to(step_of(quiz, walk_module))
    phone.look()
    phone.press("open")
    late = Crowd(site, phone.code, 3)
    crowd.answer((0, 1, 2))
    late.answer((2,))
    without_network(school.students[0])
    phone.press("pause")
    school.all_say(PAUSE)
    phone.press("resume")
    school.students[1].is_asked()
    school.students[1].choose(1)
    phone.press("almost")
    # The line comes, and what was chosen stays chosen.
    school.students[1].sees("bientôt")
    expect(school.students[1].page.locator('[name="choice"]:checked')).to_have_value("1")
    school.students[1].send()
    expect(school.students[1].status).to_be_visible(timeout=FOLLOWS_MILLISECONDS)
    phone.press("close", "discuss", "open")
    crowd.answer((2,))
    late.answer((2,))
    phone.press("close", "show")
    school.all_say({"nl": "Na het gesprek", "fr": "Après la discussion"})

    # A joke in a poll is an answer like any other; then the bell.
    phone.go_to(step_of(poll, walk_module))
    phone.look()
    phone.press("open")
    crowd.answer((0,))
    phone.press("wrap_up")
    for number in range(3):
        school.all_say({lang: texts[number] for lang, texts in walk_module.take_home.items()})
    for student in school.students:
        expect(student.page.get_by_role("contentinfo")).to_contain_text(HELPER[0])
    phone.press("end")
    for student in school.students:
        student.is_headed(THE_END[student.language])
        assert student.cookies == ""
    leaves_with_papers(phone, walk_module)


def test_seven_students_choose_for_themselves_and_talk(
    site: RunningSite, new_context: Callable[..., BrowserContext], walk_module: Module
) -> None:
    desk = Desk(new_context(viewport=PHONE).new_page(), site).start(walk_module.id)
    room = comes_in(desk, site, new_context, 4)
    expect(room.board.get_by_role("main")).to_contain_text("7 toestellen", timeout=15_000)
    school = School((room.room,))
    poll = class_poll(walk_module)
    desk.look()
    desk.press("small")
    desk.go_to(step_of(poll, walk_module))
    desk.look()
    sent: list[str] = []
    for student in school.students:
        student.page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    desk.press("open")
    school.everybody_is_asked(poll)
    for student in school.students:
        student.choose(0)
    desk.press("explain")
    assert poll.closing is not None
    school.all_say({language: plain(text) for language, text in poll.closing.items()})
    school.all_say(poll.discuss)
    assert not school.shares()
    assert not [line for line in sent if line.startswith("POST")]


def test_eleven_shared_laptops_see_the_quiz_and_not_the_poll(
    site: RunningSite, new_context: Callable[..., BrowserContext], walk_module: Module
) -> None:
    desk = Desk(new_context().new_page(), site).start(walk_module.id)
    room = comes_in(desk, site, new_context, 8)
    main = room.board.get_by_role("main")
    expect(main).to_contain_text(
        "11 toestellen: quizresultaten wel, peilingresultaten vanaf 12", timeout=15_000
    )
    for question, is_shown in ((first_quiz(walk_module), True), (class_poll(walk_module), False)):
        desk.go_to(step_of(question, walk_module))
        desk.do("open")
        room.crowd.answer((0, 1, 1))
        for student in room.room.students:
            student.is_asked()
            student.answer(0)
        desk.do("close")
        desk.do("show")
        if is_shown:
            expect(main).to_contain_text(SHARE, timeout=FOLLOWS_MILLISECONDS, use_inner_text=True)
        else:
            expect(main).to_contain_text(
                "11 antwoorden. We tonen een resultaat vanaf 12.", timeout=FOLLOWS_MILLISECONDS
            )
            assert not SHARE.search(main.inner_text())


@in_dutch_then_french
def test_from_the_home_page_the_first_question_is_open_in_twelve_clicks_and_three_minutes(
    site: RunningSite, page: Page, language: str
) -> None:
    clicks = 0
    read: dict[str, int] = {}

    def click(selector: str) -> None:
        nonlocal clicks
        clicks += 1
        target = page.locator(selector).locator("visible=true").first
        for line in target.evaluate(LINES_ABOVE):
            read[line] = len(line.split())
        target.click()

    page.goto(f"{site.url}/{language}/")
    click('main a[href$="/modules"]')
    click('main a[href$="/modules/m4"]')
    click('main a[href*="/start/m4"]')
    click('[name="helper_name"]')
    page.keyboard.type("Els")
    page.keyboard.press("Tab")
    page.keyboard.type("lokaal 12")
    click('label:has([name="going_on"][value="no"])')
    click('main form button[name="go"][value="now"]')
    page.wait_for_url("**/desk/*")
    while not page.locator('button[value="open"]').count():
        with page.expect_navigation():
            click('button[name="act"][value="next"]')
    with page.expect_navigation():
        click('button[name="act"][value="open"]')

    expect(page.locator('button[value="close"]')).to_be_visible()
    assert clicks <= MOST_CLICKS
    reading = sum(read.values()) / READING
    assert reading + clicks * CLICK_SECONDS + TYPING_SECONDS <= MOST_SECONDS


# The moments


def prepares(page: Page, site: RunningSite, module: Module) -> str:
    """Prepare the lesson at home; return the lesson key, which the emergency copy has too."""
    page.goto(f"{site.url}/nl/modules/{module.id}")
    page.locator('main a[href*="go=later"]').first.click()
    page.locator('[name="helper_name"]').fill(HELPER[0])
    page.locator('[name="helper_place"]').fill(HELPER[1])
    page.locator('main form button[name="go"][value="later"]').click()
    page.wait_for_url("**/desk/*")
    public_id = page.url.partition("/desk/")[2][:12]
    key = Desk(page, site, public_id=public_id).lesson_key
    page.goto(f"{site.url}/nl/desk/{public_id}/emergency")
    main = page.get_by_role("main")
    expect(main).to_contain_text(key)
    expect(main).to_contain_text(HELPER[0])
    for question in module.questions:
        expect(main).to_contain_text(question.text["nl"], use_inner_text=True)
    assert page.pdf(format="A4")
    return key


def opens_with_the_key(page: Page, site: RunningSite, key: str) -> None:
    """Open the prepared lesson on another device and say that nothing is going on."""
    page.goto(f"{site.url}/nl/desk")
    page.locator('[name="lesson_key"]').fill(key.lower())
    page.locator('[name="lesson_key"]').press("Enter")
    page.wait_for_url("**/desk/*")
    page.locator('form[action$="/open"] [name="going_on"][value="no"]').check()
    page.locator('form[action$="/open"] button').last.click()
    page.locator('button[value="next"]').wait_for()


def takes_the_phone(
    laptop: Page, site: RunningSite, new_context: Callable[..., BrowserContext]
) -> Desk:
    """Open a second desk on a phone by the link that works once."""
    laptop.locator('a[href*="own=1"]').first.click()
    form = laptop.locator('form[action$="/second"]')
    for fold in reversed(form.locator("xpath=ancestor::details[not(@open)]").all()):
        fold.locator("summary").first.click()
    form.get_by_role("button").click()
    found = re.search(r"/nl/desk/open/\w+", laptop.content())
    assert found is not None
    page = new_context(viewport=PHONE).new_page()
    page.goto(f"{site.url}{found.group()}")
    page.get_by_role("main").get_by_role("button").first.click()
    desk = Desk(page, site).arrive()
    again = new_context().new_page()
    again.goto(f"{site.url}{found.group()}")
    expect(again.locator('[name="lesson_key"]')).to_be_visible()
    return desk


class FullRoom:
    """A room with a board, three students in browsers and a crowd."""

    def __init__(self, room: Room, crowd: Crowd) -> None:
        self.room = room
        self.crowd = crowd
        self.board = room.board


def comes_in(
    desk: Desk, site: RunningSite, new_context: Callable[..., BrowserContext], size: int
) -> FullRoom:
    """Put the board on a beamer and let a crowd and three students with browsers in."""
    board = new_context(viewport=BEAMER).new_page()
    board.goto(f"{site.url}/nl/board/{desk.code}")
    crowd = Crowd(site, desk.code, size)
    students = (
        Student(new_context().new_page(), site, "nl").join(desk.code),
        Student(new_context(viewport=PHONE).new_page(), site, "fr").join(desk.code),
        Student(
            new_context(java_script_enabled=False).new_page(), site, "nl", has_scripts=False
        ).join(desk.code),
    )
    return FullRoom(Room(desk, board, students), crowd)


def without_network(student: Student) -> None:
    """Answer while the wifi is away; the answer leaves by itself when it is back."""
    student.is_asked()
    student.page.context.set_offline(True)
    student.choose(0)
    student.send()
    expect(student.page.get_by_text("Wachten op het netwerk").first).to_be_visible(timeout=15_000)
    student.page.context.set_offline(False)
    expect(student.status).to_be_visible(timeout=15_000)


def leaves_with_papers(desk: Desk, module: Module) -> None:
    """After the end: a poster of a class sentence, and the sheet on paper."""
    page = desk.page
    page.locator('a[href$="/poster/1"]').first.click()
    expect(page.get_by_role("main")).to_contain_text(module.class_sentences["nl"][0])
    desk.look()
    page.locator('a[href$="/sheet"]').click()
    main = page.get_by_role("main")
    expect(main).to_contain_text(module.activities[0].title["nl"], use_inner_text=True)
    assert not SHARE.search(main.inner_text())
    assert page.pdf(format="A4")
