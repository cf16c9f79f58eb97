"""What goes wrong in a real classroom, and may not matter: one test for each mishap.

Devices first (reload, back, two tabs, lost wifi), then the desk, then the doors.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from eduapp.content.models import Module, QuestionKind, Reveal
from tests.browser.people import FOLLOWS_MILLISECONDS, Desk, Student, cookies_of
from tests.browser.running_site import RunningSite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page, Route

LANGUAGES = ("nl", "fr")
FROM_THE_NEXT = {"nl": "volgende", "fr": "prochaine"}


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[RunningSite]:
    """A site that a test may stop or tire out."""
    site = RunningSite(tmp_path / "instance")
    site.start()
    yield site
    site.stop()


def quiz_step(module: Module) -> int:
    """Return the number of the first quiz question's step."""
    return next(
        number
        for number, activity in enumerate(module.activities, 1)
        if activity.question and activity.question.kind is QuestionKind.KNOWLEDGE
    )


def poll_step(module: Module) -> int:
    """Return the number of the step with the question about the class's own opinion."""
    return next(
        number
        for number, activity in enumerate(module.activities, 1)
        if activity.question
        and activity.question.kind is QuestionKind.OPINION
        and activity.question.reveal is Reveal.CLASS
    )


def answered(desk: Desk) -> int:
    """Return how many devices have answered.

    For a desk that has not looked since the question was opened: what it knows is then fresh, and
    five seconds old from there on.
    """
    found = re.match(r"\d+", desk.progress())
    assert found is not None
    return int(found.group())


def opens_quiz(desk: Desk, module: Module) -> None:
    """Open the first quiz question by plain forms."""
    desk.walk_to(quiz_step(module))
    desk.do("open")


def options_appear(student: Student) -> None:
    student.look_again()
    expect(student.options.first).to_be_visible(timeout=FOLLOWS_MILLISECONDS)


# Devices


def test_a_reload_shows_no_choice_and_answers_count_once(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    student = seat_student(desk.code)
    opens_quiz(desk, module)
    options_appear(student)
    student.answer(1)
    student.page.reload()
    options_appear(student)
    expect(student.page.locator("input:checked")).to_have_count(0)
    student.answer(2)
    student.choose_again()
    expect(student.page.locator("input:checked")).to_have_count(0)
    student.answer(0)
    assert answered(desk) == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_back_shows_no_choice(
    open_desk: Callable[..., Desk],
    remembering_browser: Browser,
    module: Module,
    *,
    scripts: bool,
) -> None:
    desk = open_desk()
    context = remembering_browser.new_context(java_script_enabled=scripts)
    student = Student(context.new_page(), desk.site, has_scripts=scripts).sit_down(desk.code)
    opens_quiz(desk, module)
    options_appear(student)
    student.answer(1)
    if not scripts:
        student.page.go_back(wait_until="commit")
        shows_no_choice(student)
        student.answer(1)
    student.page.get_by_role("contentinfo").locator('a[href$="/help"]').click()
    student.page.wait_for_url("**/help")
    while not student.page.url.endswith(student.path):
        student.page.go_back(wait_until="commit")
    shows_no_choice(student)
    student.answer(2)
    assert answered(desk) == 1
    context.close()


def shows_no_choice(student: Student) -> None:
    """See the open question with nothing marked, also a moment later."""
    expect(student.options.first).to_be_visible()
    student.page.wait_for_timeout(300)
    expect(student.page.locator("input:checked")).to_have_count(0)


def test_a_choice_not_sent_is_gone_after_going_back(
    open_desk: Callable[..., Desk], remembering_browser: Browser, module: Module
) -> None:
    desk = open_desk()
    context = remembering_browser.new_context()
    student = Student(context.new_page(), desk.site).sit_down(desk.code)
    opens_quiz(desk, module)
    options_appear(student)
    student.choose(1)
    student.page.get_by_role("contentinfo").locator('a[href$="/help"]').click()
    student.page.wait_for_url("**/help")
    student.page.go_back(wait_until="commit")
    shows_no_choice(student)
    context.close()


def test_a_double_tap_sends_one_answer_and_stays_sent(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    student = seat_student(desk.code)
    opens_quiz(desk, module)
    options_appear(student)
    student.choose(0)
    form = student.page.locator('main form[action$="/answer"]')
    form.get_by_role("button").first.dblclick(delay=30)
    expect(student.status).to_be_visible()
    student.page.wait_for_timeout(500)
    expect(student.status).to_be_visible()
    expect(student.options.first).to_be_hidden()
    assert answered(desk) == 1


def test_two_tabs_and_two_joins_are_one_device(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    student = seat_student(desk.code)
    other_tab = Student(student.page.context.new_page(), desk.site).join(desk.code)
    student.join(desk.code)
    expect(student.page.get_by_role("main")).to_contain_text("1 toestel in deze klas")
    opens_quiz(desk, module)
    for number, tab in enumerate((student, other_tab)):
        options_appear(tab)
        tab.answer(number)
    assert re.match("1 .*1", desk.progress())


def test_who_comes_late_to_an_opinion_takes_part_from_the_next(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    early = seat_student(desk.code)
    code = desk.code
    desk.walk_to(poll_step(module))
    desk.do("open")
    options_appear(early)
    late = seat_student(code, "nl"), seat_student(code, "fr")
    for student in late:
        student.sees(FROM_THE_NEXT[student.language])
        expect(student.options).to_have_count(0)
        expect(student.page.locator("main form")).to_have_count(0)
    expect(early.page.get_by_role("main")).to_contain_text("1 toestel")
    desk.do("close", "show")
    question = module.activities[poll_step(module) - 1].question
    assert question is not None
    for student in late:
        student.sees(question.discuss[student.language], "3 ")
    # From here on they are like everybody.
    assert desk.state()["devices"] == 3


def test_who_comes_late_to_a_quiz_question_lands_on_it(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    code = desk.code
    desk.walk_to(quiz_step(module))
    desk.do("open")
    late = seat_student(code)
    late.answer(0)


def test_an_answer_given_without_network_arrives_later(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    student = seat_student(desk.code)
    opens_quiz(desk, module)
    options_appear(student)
    student.page.context.set_offline(offline=True)
    student.choose(1)
    student.page.locator('main form[action$="/answer"]').get_by_role("button").first.click()
    waiting = student.page.get_by_role("status").filter(has_text="netwerk")
    expect(waiting.first).to_be_visible(timeout=FOLLOWS_MILLISECONDS)
    expect(student.status).to_have_count(0)
    student.page.context.set_offline(offline=False)
    expect(student.status).to_be_visible(timeout=15_000)
    assert answered(desk) == 1


def test_a_device_that_was_away_catches_up(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    student = seat_student(desk.code)
    student.page.context.set_offline(offline=True)
    lobby = student.heading.inner_text()
    desk.walk_to(2)
    student.page.wait_for_timeout(3000)
    expect(student.heading).to_have_text(lobby)
    student.page.context.set_offline(offline=False)
    student.is_headed(module.activities[1].title["nl"])


def test_a_choice_that_comes_after_the_close_is_told_so(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    student = seat_student(desk.code)
    desk.walk_to(quiz_step(module))
    desk.do("open")
    options_appear(student)
    student.page.context.set_offline(offline=True)
    student.choose(1)
    student.page.locator('main form[action$="/answer"]').get_by_role("button").first.click()
    desk.do("close")
    student.page.context.set_offline(offline=False)
    late = student.page.get_by_role("status").filter(has_text="te laat")
    expect(late).to_be_visible(timeout=15_000)


# The server


def test_a_restart_in_an_open_round_loses_nothing_but_the_round(
    own_site: RunningSite, new_context: Callable[..., BrowserContext], module: Module
) -> None:
    desk = Desk(new_context().new_page(), own_site).start()
    code = desk.code
    students = [
        Student(new_context().new_page(), own_site, "nl").join(code),
        Student(new_context().new_page(), own_site, "fr").join(code),
    ]
    without = Student(
        new_context(java_script_enabled=False).new_page(), own_site, has_scripts=False
    )
    without.join(code)
    desk.walk_to(quiz_step(module))
    desk.press("open")
    for student in (*students, without):
        options_appear(student)
        student.answer(0)
    own_site.restart()
    expect(desk.button("open")).to_be_visible(timeout=30_000)
    desk.leave()
    desk.do("open")
    for student in students:
        expect(student.options.first).to_be_visible(timeout=30_000)
        student.answer(1)
    without.look_again()
    # One press: the code is there already.
    without.page.get_by_role("main").get_by_role("button").click()
    options_appear(without)
    without.answer(1)
    assert re.match("3 .*3", desk.progress())


# The desk


def test_a_double_click_on_the_desk_is_one_act(
    open_desk: Callable[..., Desk], module: Module
) -> None:
    desk = open_desk().look()
    desk.button("next").dblclick(delay=20)
    expect(desk.heading).to_have_text(module.activities[0].title["nl"])
    desk.page.wait_for_timeout(700)
    expect(desk.heading).to_have_text(module.activities[0].title["nl"])
    assert "late" not in desk.page.url


def test_two_desks_that_press_at_once_step_once(
    open_desk: Callable[..., Desk], module: Module
) -> None:
    desk = open_desk().look()
    for _ in range(2):
        desk.send("next", 1)
    assert desk.state()["step"] == 1
    expect(desk.heading).to_have_text(
        module.activities[0].title["nl"], timeout=FOLLOWS_MILLISECONDS
    )


def test_the_lesson_key_resumes_the_desk_elsewhere(
    open_desk: Callable[..., Desk], new_context: Callable[..., BrowserContext], module: Module
) -> None:
    desk = open_desk().look()
    key = desk.lesson_key
    desk.press("next", "next")
    elsewhere = new_context().new_page()
    refused = elsewhere.goto(desk.page.url)
    assert refused is not None
    assert refused.status == HTTPStatus.FORBIDDEN
    elsewhere.locator('[name="lesson_key"]').fill(key.lower())
    elsewhere.locator('[name="lesson_key"]').press("Enter")
    second = Desk(elsewhere, desk.site).arrive()
    expect(second.heading).to_have_text(module.activities[1].title["nl"])
    second.press("next")
    expect(desk.heading).to_have_text(
        module.activities[2].title["nl"], timeout=FOLLOWS_MILLISECONDS
    )


def test_a_wrong_lesson_key_is_refused_and_kept(page: Page, site: RunningSite) -> None:
    page.goto(f"{site.url}/nl/desk")
    page.locator('[name="lesson_key"]').fill("ABCD EFGH JKMN")
    with page.expect_response("**/desk") as answered:
        page.locator('[name="lesson_key"]').press("Enter")
    assert answered.value.status == HTTPStatus.FORBIDDEN
    expect(page.locator('[name="lesson_key"]')).to_have_value("ABCD EFGH JKMN")


def test_no_single_key_closes_an_opinion_question(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    student = seat_student(desk.code)
    board = desk.page.context.new_page()
    board.goto(f"{desk.site.url}/nl/board/{desk.code}")
    desk.walk_to(poll_step(module))
    desk.press("open")
    options_appear(student)
    question = module.activities[poll_step(module) - 1].question
    assert question is not None
    expect(board.get_by_role("main")).to_contain_text(
        question.options[0].text["nl"], timeout=FOLLOWS_MILLISECONDS
    )
    for key in ("PageDown", "ArrowRight", "ArrowDown", "Space", "Enter", "c", "s", "Escape", "n"):
        for screen in (board, desk.page):
            screen.keyboard.press(key)
    board.wait_for_timeout(1500)
    expect(student.options.first).to_be_visible()
    assert desk.state()["phase"] == "open"
    # A form that does not say that it is sure closes nothing; the button asks.
    path, version = f"/nl/desk/{desk.public_id}/act", str(desk.state()["version"])
    desk.site.send(path, {"act": "close", "version": version}, cookies_of(desk.page))
    assert desk.state()["phase"] == "open"
    desk.page.locator("form").filter(has=desk.button("close")).locator("summary").click()
    expect(desk.button("close")).to_be_visible()
    assert desk.state()["phase"] == "open"
    desk.button("close").click()
    expect(student.options).to_have_count(0, timeout=FOLLOWS_MILLISECONDS)


def test_keys_and_clicker_steer_the_board_that_holds_the_desk(
    open_desk: Callable[..., Desk], new_context: Callable[..., BrowserContext], module: Module
) -> None:
    desk = open_desk()
    address = f"{desk.site.url}/nl/board/{desk.code}"
    board, foreign = desk.page.context.new_page(), new_context().new_page()
    board.goto(address)
    foreign.goto(address)
    titles = [activity.title["nl"] for activity in module.activities]
    heading = board.get_by_role("main").get_by_role("heading", level=1)
    for key, title in (("PageDown", titles[0]), ("ArrowRight", titles[1]), ("PageUp", titles[0])):
        board.keyboard.press(key)
        expect(heading).to_have_text(title, timeout=FOLLOWS_MILLISECONDS)
    for key in ("PageDown", "ArrowRight", "PageUp", "p"):
        foreign.keyboard.press(key)
    foreign.wait_for_timeout(1500)
    expect(heading).to_have_text(titles[0])
    expect(foreign.locator('button[name="act"]')).to_have_count(0)
    cover = board.get_by_text(re.compile("Het bord is (afge|be)dekt"))
    board.keyboard.press("b")
    expect(cover).to_be_visible()
    board.keyboard.press("b")
    expect(cover).to_be_hidden()
    board.keyboard.press("?")
    expect(board.get_by_role("dialog")).to_be_visible()
    board.keyboard.press("Escape")
    board.keyboard.press("p")
    expect(heading).to_contain_text("pauze", timeout=FOLLOWS_MILLISECONDS)
    board.keyboard.press("p")
    expect(heading).to_have_text(titles[0], timeout=FOLLOWS_MILLISECONDS)
    board.keyboard.press("l")
    expect(heading).to_have_text(module.activities[0].title["fr"], timeout=FOLLOWS_MILLISECONDS)


def test_a_pause_keeps_the_open_round(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    student = seat_student(desk.code)
    desk.walk_to(quiz_step(module))
    desk.do("open")
    options_appear(student)
    desk.do("pause")
    student.sees("Even pauze. We gaan zo verder.")
    desk.do("resume")
    options_appear(student)
    student.answer(0)


# The doors


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_quick_exit_leaves(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], *, scripts: bool
) -> None:
    desk = open_desk()
    student = seat_student(desk.code, scripts=scripts)
    elsewhere(student.page)
    student.page.get_by_role("banner").locator('a[href^="https:"]').click()
    student.page.wait_for_url(lambda url: not url.startswith(desk.site.url))
    if scripts:
        student.page.go_back(wait_until="commit")
        assert "/class/" not in student.page.url


def test_shift_three_times_leaves(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student]
) -> None:
    desk = open_desk()
    student = seat_student(desk.code)
    elsewhere(student.page)
    for _ in range(3):
        student.page.keyboard.press("Shift")
    student.page.wait_for_url(lambda url: not url.startswith(desk.site.url))


def elsewhere(page: Page) -> None:
    """Put something in the place of the rest of the web."""

    def answer(route: Route) -> None:
        route.fulfill(body="<title>elsewhere</title>", content_type="text/html")

    page.context.route(lambda url: "127.0.0.1" not in url, answer)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_ended_lesson_says_so_with_410(
    open_desk: Callable[..., Desk],
    seat_student: Callable[..., Student],
    page: Page,
    module: Module,
    language: str,
) -> None:
    desk = open_desk()
    code = desk.code
    student = seat_student(code, language)
    desk.do("end")
    student.sees(module.take_home[language][0])
    assert student.cookies == ""
    for path in (f"/{language}/class/{code}", f"/j/{code}"):
        reply = page.goto(f"{desk.site.url}{path}")
        assert reply is not None
        assert reply.status == HTTPStatus.GONE
    main = page.get_by_role("main")
    for sentence in module.take_home["nl"]:
        expect(main).to_contain_text(sentence, use_inner_text=True)
    page.goto(f"{desk.site.url}/nl/join")
    page.get_by_role("textbox").fill(code)
    page.get_by_role("textbox").press("Enter")
    expect(main).to_contain_text(module.take_home["nl"][0], use_inner_text=True)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_wrong_code_stays_in_the_field_and_the_summary_has_focus(
    new_context: Callable[..., BrowserContext], site: RunningSite, *, scripts: bool
) -> None:
    page = new_context(java_script_enabled=scripts).new_page()
    page.goto(f"{site.url}/nl/")
    page.get_by_role("textbox").fill("bakos limo")
    page.get_by_role("textbox").press("Enter")
    expect(page.get_by_role("textbox")).to_have_value("bakos limo")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    expect(page.get_by_role("textbox")).to_be_focused()


def test_a_code_is_read_in_any_spelling(open_desk: Callable[..., Desk], page: Page) -> None:
    desk = open_desk()
    page.goto(f"{desk.site.url}/fr/")
    page.get_by_role("textbox").fill(f" {desk.code[:5].lower()}-{desk.code[5:].lower()} ")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url(f"**/fr/class/{desk.code}")


def test_the_language_switch_keeps_the_place(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    student = seat_student(desk.code)
    step = quiz_step(module)
    question = module.activities[step - 1].question
    assert question is not None
    desk.walk_to(step)
    desk.press("open")
    options_appear(student)
    student.page.get_by_role("link", name="Français").click()
    student.is_headed(question.text["fr"])
    student.language = "fr"
    student.answer(0)
    desk.page.get_by_role("link", name="Français").click()
    expect(desk.heading).to_have_text(module.activities[step - 1].title["fr"])


def test_the_desk_key_is_in_no_page_of_a_student(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    code, key = desk.code, desk.look().lesson_key
    desk.leave()
    student = seat_student(code)
    secrets = {key, key.replace(" ", ""), key.replace(" ", "-"), key.lower()}
    paths = (student.path, f"/j/{code}.svg", f"/nl/board/{code}", f"/state/{desk.public_id}")
    acts = ["next"] * quiz_step(module) + ["open", "close", "show", "explain", "pause", "end"]
    for act in acts:
        desk.do(act)
        for path in paths:
            reply = desk.site.look(path, student.cookies)
            assert not [secret for secret in secrets if secret in f"{reply.headers}{reply.text}"]


def test_too_many_wrong_codes_are_paced_with_what_was_typed(
    own_site: RunningSite, page: Page
) -> None:
    for _ in range(120):
        own_site.send("/nl/join", {"code": "BAKOSLIMO"})
    page.goto(f"{own_site.url}/nl/")
    page.get_by_role("textbox").fill("bakos limo")
    with page.expect_response("**/join") as answered:
        page.get_by_role("textbox").press("Enter")
    assert answered.value.status == HTTPStatus.TOO_MANY_REQUESTS
    assert int(answered.value.headers["retry-after"]) > 0
    expect(page.get_by_role("textbox")).to_have_value("bakos limo")
