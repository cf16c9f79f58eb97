"""Reading aloud: with voices of the device, what is on screen and never what is marked.

Voices are stubbed, because a browser without a desktop has none; that the real one then shows no
button is a test of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from tests.browser.inspection import TAGS
from tests.browser.lesson_words import first_quiz, plain, quiz_step
from tests.browser.measures import AXE, SMALL_TARGETS
from tests.browser.student import FOLLOWS_MILLISECONDS, Student

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Locator, Page

    from eduapp.content.models import Module
    from tests.browser.desk import Desk
    from tests.browser.running_site import RunningSite

VOICES = """
window.spoken = [];
window.msOfASentence = 0;
const voice = (name, lang, localService, isDefault) =>
  ({name, lang, localService, default: isDefault, voiceURI: name});
const voices = [
  voice("elsewhere", "nl-BE", false, true), voice("far", "fr-FR", false, true),
  voice("Dutch", "nl_NL", true, false), voice("Flemish", "nl_BE", true, false),
  voice("French", "fr-FR", true, false)].filter(each => LANGUAGES.includes(each.lang.slice(0, 2)));
const synthesis = {
  getVoices: () => voices.filter(each => !each.localService || HAS_OWN),
  speaking: false,
  speak(words) {
    this.speaking = true;
    window.spoken.push([words.text.trim(), words.voice.name, words.rate]);
    this.timer = setTimeout(() => { this.speaking = false; words.onend(); }, window.msOfASentence);
  },
  cancel() { this.speaking = false; clearTimeout(this.timer); },
};
Object.defineProperty(window, "speechSynthesis", {value: synthesis});
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""


def with_voices(context: BrowserContext, *languages: str, only_remote: bool = False) -> Page:
    """Return a page of a browser with voices on the device and voices elsewhere."""
    script = VOICES.replace("LANGUAGES", str(list(languages)))
    script = script.replace("HAS_OWN", "false" if only_remote else "true")
    context.add_init_script(f"(() => {{{script}}})()")
    return context.new_page()


def button(page: Page) -> Locator:
    return page.locator('button[data-module="read-aloud"]')


def hear(page: Page) -> list[list[Any]]:
    """Let the page read itself to the end; returns text, voice and rate of each piece."""
    page.evaluate("window.spoken.length = 0")
    button(page).click()
    expect(button(page)).to_have_attribute("aria-pressed", "false", timeout=FOLLOWS_MILLISECONDS)
    heard: list[list[Any]] = page.evaluate("window.spoken")
    return heard


@pytest.mark.parametrize(("language", "voice"), [("nl", "Flemish"), ("fr", "French")])
def test_a_question_is_read_in_the_order_of_this_device_and_says_nothing_of_the_choice(
    open_desk: Callable[..., Desk],
    new_context: Callable[..., BrowserContext],
    module: Module,
    language: str,
    voice: str,
) -> None:
    desk = open_desk(language)
    page = with_voices(new_context(), "nl", "fr")
    student = Student(page, desk.site, language).sit_down(desk.code)
    question = first_quiz(module)
    desk.open_at(quiz_step(module))
    student.is_asked()

    before = hear(page)
    student.choose(1)
    after = hear(page)

    texts = [text for text, *_rest in before]
    shown = [plain(each) for each in page.locator(".option__text").all_inner_texts()]
    options = [text for text in texts if text.endswith(tuple(shown))]
    assert plain(question.text[language]) in texts
    assert [text.partition(". ")[2] for text in options] == shown
    assert [text.partition(".")[0][-len("1 van 5") :] for text in options] == [
        f"{number} {'van' if language == 'nl' else 'sur'} {len(shown)}"
        for number in range(1, len(shown) + 1)
    ]
    assert {(name, rate) for _text, name, rate in before} == {(voice, 0.95)}
    assert after == before
    # Help and the way out are not read unasked.
    assert not {"Awel", "Écoute-Enfants"} & set(" ".join(texts).split())


def test_whether_an_answer_was_right_is_not_read(
    open_desk: Callable[..., Desk], new_context: Callable[..., BrowserContext], module: Module
) -> None:
    desk = open_desk()
    page = with_voices(new_context(), "nl")
    student = Student(page, desk.site).sit_down(desk.code)
    desk.open_at(quiz_step(module))
    student.is_asked()
    student.answer(0)
    desk.do("close", "show", "explain")
    own = page.locator('[data-module="own-answer"]')
    own.get_by_role("button").click(timeout=FOLLOWS_MILLISECONDS)
    verdict = own.get_by_role("status").inner_text()

    texts = [text for text, *_rest in hear(page)]

    assert verdict
    assert not any(verdict in text for text in texts)
    assert first_quiz(module).text["nl"] in texts


def test_reading_stops_when_it_should(
    open_desk: Callable[..., Desk], new_context: Callable[..., BrowserContext]
) -> None:
    desk = open_desk()
    page = with_voices(new_context(), "nl")
    student = Student(page, desk.site).sit_down(desk.code)
    # The way out leads nowhere here, so that the page is still there to ask.
    page.route("https://www.wikipedia.org/**", lambda route: route.fulfill(status=204))

    def begin() -> None:
        page.evaluate("window.msOfASentence = 60000")
        button(page).click()
        expect(button(page)).to_have_attribute("aria-pressed", "true")
        assert page.evaluate("speechSynthesis.speaking")

    def is_silent() -> None:
        expect(button(page)).to_have_attribute("aria-pressed", "false")
        assert not page.evaluate("speechSynthesis.speaking")

    begin()
    button(page).click()
    is_silent()

    begin()
    desk.do("next")
    expect(student.heading).not_to_have_text("Je doet mee", timeout=FOLLOWS_MILLISECONDS)
    is_silent()

    begin()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    is_silent()

    begin()
    page.locator(".quiet-link a").click()
    assert not page.evaluate("speechSynthesis.speaking")
    page.locator('.quiet a[href="#main"]').click()

    begin()
    page.locator(".quick-exit").click()
    expect(page.locator("body > *")).to_have_count(0)
    assert not page.evaluate("speechSynthesis.speaking")


def test_help_is_read_digit_by_digit_and_a_story_only_as_far_as_it_is_open(
    site: RunningSite, new_context: Callable[..., BrowserContext], module: Module
) -> None:
    page = with_voices(new_context(), "fr")
    page.goto(f"{site.url}/fr/help")
    help_texts = [text for text, *_rest in hear(page)]
    page.goto(f"{site.url}/fr/modules/{module.id}/read")
    story = next(each.scenario for each in module.activities if each.scenario)
    first = story.nodes[story.start].choices[0]
    folded = [text for text, *_rest in hear(page)]
    page.get_by_text(first.label["fr"], exact=True).click()
    opened = [text for text, *_rest in hear(page)]

    further = plain(story.nodes[first.node].choices[0].label["fr"])
    assert "1 1 6 0 0 0" in help_texts
    assert plain(first.label["fr"]) in folded
    assert further not in folded
    assert further in opened


def test_without_a_voice_of_the_device_there_is_no_button(
    site: RunningSite, new_context: Callable[..., BrowserContext]
) -> None:
    contexts = (new_context(), new_context(), new_context())
    pages = (
        contexts[0].new_page(),  # this browser itself: it has no voices
        with_voices(contexts[1], "nl", "fr", only_remote=True),
        with_voices(contexts[2], "nl"),
    )
    for page in pages:
        page.goto(f"{site.url}/fr/join")
        page.wait_for_load_state()
        expect(button(page)).to_be_hidden()
    assert 'hidden data-module="read-aloud"' in site.look("/fr/join").text


def test_the_button_is_large_enough_and_has_a_name(
    site: RunningSite, new_context: Callable[..., BrowserContext]
) -> None:
    page = with_voices(new_context(viewport={"width": 320, "height": 640}), "nl", "fr")
    page.goto(f"{site.url}/fr/help")
    page.evaluate(AXE_SCRIPT)

    expect(button(page)).to_have_accessible_name("Écouter cette page")
    assert page.evaluate(AXE, TAGS) == []
    assert not [each for each in page.evaluate(SMALL_TARGETS) if "read-aloud" in each]
    assert page.evaluate("document.documentElement.scrollWidth") == 320
