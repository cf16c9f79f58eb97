"""Wifi at school goes away, hangs, loses replies, is slow: no answer is lost, none counts twice."""

from __future__ import annotations

import http.client
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.bad_network import BadNetwork
from tests.browser.crowd import Crowd
from tests.browser.lesson_words import first_quiz, quiz_step
from tests.browser.running_site import FORM
from tests.browser.student import Student

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Locator

    from eduapp.content.models import Module
    from tests.browser.desk import Desk
    from tests.browser.running_site import RunningSite

BACK_MILLISECONDS = 5000
"""Back within two seconds of the network's return; a machine that tests may be busy."""
SLOW = {"delay_seconds": 0.4, "bytes_per_second": 50_000.0}
"""400 kbit/s, 400 ms each way."""
WAITING = {"nl": "Even wachten op het netwerk", "fr": "On attend le réseau"}
CLASS = 24


@pytest.fixture
def network(site: RunningSite) -> Iterator[BadNetwork]:
    network = BadNetwork(site.port).start()
    yield network
    network.stop()


@pytest.fixture
def student_over(
    network: BadNetwork, new_context: Callable[..., BrowserContext]
) -> Callable[[str, str], Student]:
    """Let a student join by the page itself, over the bad network."""

    def make(code: str, language: str) -> Student:
        page = new_context(base_url=network.url).new_page()
        student = Student(page, _Over(network.url), language)  # type: ignore[arg-type]
        return student.join(code)

    return make


class _Over:
    """The address of the site that a student types."""

    def __init__(self, url: str) -> None:
        self.url = url


def answer_words(student: Student) -> Locator:
    return student.page.locator("[data-answer=words]")


@pytest.mark.parametrize(("language", "away"), [("nl", "cut"), ("fr", "hang")])
def test_an_answer_waits_for_the_network_and_leaves_within_two_seconds(  # noqa: PLR0913 - fixtures
    network: BadNetwork,
    student_over: Callable[[str, str], Student],
    open_desk: Callable[..., Desk],
    module: Module,
    language: str,
    away: str,
) -> None:
    desk = open_desk(language)
    student = student_over(desk.code, language)
    desk.open_at(quiz_step(module))
    student.is_asked()
    student.choose(1)

    getattr(network, away)()
    student.send()
    expect(answer_words(student)).to_contain_text(WAITING[language], timeout=8000)
    expect(student.heading).to_have_text(first_quiz(module).text[language])
    expect(student.page.locator(".help-strip")).to_contain_text("116 000")
    student.page.wait_for_timeout(1500)
    network.mend()

    expect(student.status).to_be_visible(timeout=BACK_MILLISECONDS)
    assert desk.answered() == 1


@pytest.mark.parametrize(("language", "away"), [("fr", "cut"), ("nl", "hang")])
def test_a_page_follows_within_two_seconds_of_the_networks_return(  # noqa: PLR0913 - fixtures
    network: BadNetwork,
    student_over: Callable[[str, str], Student],
    open_desk: Callable[..., Desk],
    module: Module,
    language: str,
    away: str,
) -> None:
    desk = open_desk(language)
    student = student_over(desk.code, language)

    getattr(network, away)()
    desk.do("next")
    line = student.page.locator("[data-follow-network]")
    expect(line).to_be_visible(timeout=12_000)
    student.page.wait_for_timeout(1500)
    network.mend()

    heading = module.activities[0].title[language]
    expect(student.heading).to_have_text(heading, timeout=BACK_MILLISECONDS)
    expect(line).to_be_hidden()


def test_the_last_choice_counts_when_the_one_before_was_lost_on_the_way(
    network: BadNetwork,
    student_over: Callable[[str, str], Student],
    open_desk: Callable[..., Desk],
    module: Module,
) -> None:
    desk = open_desk("nl")
    student = student_over(desk.code, "nl")
    desk.open_at(quiz_step(module))
    student.is_asked()
    requests: list[str] = []
    student.page.on("request", lambda request: requests.append(request.post_data or ""))

    network.hang()
    student.choose(0)
    student.send()
    expect(answer_words(student)).to_contain_text(WAITING["nl"], timeout=8000)
    student.choose_again()
    student.choose(2)
    student.send()
    network.mend()

    expect(student.status).to_be_visible(timeout=8000)
    student.page.wait_for_timeout(4000)
    # Said once more: the older one might have come in after it.
    assert [body[-1] for body in requests if "choice" in body][-2:] == ["2", "2"]
    assert desk.answered() == 1


def test_a_whole_class_over_a_network_that_loses_one_in_twenty_counts_once_each(
    site: RunningSite, open_desk: Callable[..., Desk], module: Module
) -> None:
    desk = open_desk("fr")
    crowd = Crowd(site, desk.code, CLASS, "fr")
    desk.open_at(quiz_step(module))
    token = crowd.round_token()
    network = BadNetwork(site.port, loss=0.05, seed=11).start()
    path = f"/fr/class/{desk.code}/answer"

    def answer(seat: str) -> int:
        """Change one's mind twice; send each choice until it is acknowledged."""
        tries = 0
        for choice in "012":
            body = urlencode({"round": token, "choice": choice})
            while not _is_acknowledged(network, path, seat, body):
                tries += 1
        return tries

    with ThreadPoolExecutor(8) as pool:
        lost = sum(pool.map(answer, crowd.seats))
    network.stop()

    assert lost > 0
    assert desk.answered() == CLASS


def _is_acknowledged(network: BadNetwork, path: str, seat: str, body: str) -> bool:
    client = http.client.HTTPConnection(urlsplit(network.url).netloc, timeout=5)
    try:
        client.request("POST", path, body, FORM | {"Cookie": seat, "Accept": "*/*"})
        return client.getresponse().status == HTTPStatus.NO_CONTENT
    except (OSError, http.client.HTTPException):
        return False
    finally:
        client.close()


def test_a_lesson_works_on_a_slow_line(
    network: BadNetwork,
    student_over: Callable[[str, str], Student],
    open_desk: Callable[..., Desk],
    module: Module,
) -> None:
    desk = open_desk("nl")
    network.delay_seconds = SLOW["delay_seconds"]
    network.bytes_per_second = SLOW["bytes_per_second"]
    student = student_over(desk.code, "nl")
    desk.open_at(quiz_step(module))

    expect(student.options.first).to_be_visible(timeout=12_000)
    student.choose(1)
    student.send()
    expect(student.status).to_be_visible(timeout=8000)

    assert desk.answered() == 1
