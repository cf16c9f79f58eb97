"""The device's page: what each state shows, and that it is the same bytes for every device."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from eduapp.classroom.phases import Act
from eduapp.content.models import Reveal
from tests.builders import a_question, an_opinion

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.builders import AClass
    from tests.participate.conftest import NewClass, NewDevice


def page(device: FlaskClient, a: AClass, language: str = "nl") -> str:
    reply = device.get(f"/{language}/class/{a.view.join_code}")
    assert reply.status_code == 200
    return reply.text


def test_the_lobby_says_how_many_and_refreshes_without_a_script(
    new_class: NewClass, new_device: NewDevice
) -> None:
    a = new_class()
    device = new_device(a)

    lobby = page(device, a)

    assert "<h1>Je doet mee</h1>" in lobby
    assert "<title>Les · Mijn beeld</title>" in lobby
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in lobby
    assert 'data-text-one="{n} toestel in deze klas"' in lobby
    assert 'data-text-other="{n} toestellen in deze klas"' in lobby
    assert "Els, lokaal 12" in lobby
    assert "<title>Leçon · Mon image</title>" in page(device, a, "fr")


def test_a_ready_question_shows_its_stem_and_no_option(
    new_class: NewClass, new_device: NewDevice
) -> None:
    a = new_class()
    device = new_device(a)
    a.go_to("K1")

    ready = page(device, a)

    assert ">Question K1?</h1>" in ready
    assert "Vraag 1 van 3" in ready
    assert "choice" not in ready


def test_an_open_question_is_the_same_for_a_seat_that_answered_and_one_that_did_not(
    new_class: NewClass, new_device: NewDevice
) -> None:
    a = new_class()
    first, second = new_device(a), new_device(a)
    a.go_to("K1")
    a.act(Act.OPEN)
    address = f"/nl/class/{a.view.join_code}"
    sent = {"round": a.view.round_token or "", "choice": "2"}
    first.post(f"{address}/answer", data=sent, headers={"Accept": "*/*"})

    one, other = first.get(address), second.get(address)
    packed = [d.get(address, headers={"Accept-Encoding": "gzip"}) for d in (first, second)]

    assert one.data == other.data
    assert packed[0].data == packed[1].data
    assert packed[0].headers["Content-Encoding"] == "gzip"
    assert list(one.headers) == list(other.headers)
    assert "checked" not in one.text
    assert "Je laatste antwoord telt." in one.text
    assert 'http-equiv="refresh"' not in one.text
    assert 'autocomplete="off"' in one.text


def test_what_a_visitor_adds_to_an_address_reaches_nobody_else(
    new_class: NewClass, new_device: NewDevice
) -> None:
    a = new_class()
    first, second = new_device(a), new_device(a)
    address = f"/nl/class/{a.view.join_code}"

    assert first.get(f"{address}?from=me").location == address
    assert "from=me" not in second.get(address).text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (an_opinion("N1"), "Liever niet? Kies “Ik sla over”."),
        (an_opinion("N2", reveal=Reveal.BENCHMARK), "Bij deze vraag tonen we jullie klas niet."),
    ],
)
def test_a_student_reads_who_sees_what_before_choosing(
    new_class: NewClass, new_device: NewDevice, question: object, words: str
) -> None:
    a = new_class(question)
    device = new_device(a)
    a.act(Act.NEXT, Act.NEXT)

    assert words in page(device, a)
    a.act(Act.OPEN)
    assert words in page(device, a)


def test_a_benchmark_question_of_a_guest_lesson_sends_nothing(
    new_class: NewClass, new_device: NewDevice
) -> None:
    a = new_class()
    device = new_device(a)
    a.go_to("N2")
    a.act(Act.OPEN)

    shown = page(device, a)

    assert shown.count('name="choice"') == 3
    assert "<form" not in shown
    assert "er wordt niets verstuurd" in shown


def test_between_two_rounds_nothing_of_the_first_is_shown(
    new_class: NewClass, new_device: NewDevice
) -> None:
    pages = []
    for right in (0, 1):
        a = new_class(a_question("K1", rounds=2))
        device = new_device(a)
        a.join(11)
        a.go_to("K1")
        a.act(Act.OPEN)
        a.answer(*[right] * 12)
        a.act(Act.CLOSE, Act.DISCUSS)
        own = rf"{a.view.join_code}|{a.view.public_id}"
        pages.append(re.sub(own, "", page(device, a)))

    assert pages[0] == pages[1]
    assert "Praat met je buur" in pages[0]
    assert "result" not in pages[0]


def test_too_few_answers_are_told_with_their_number_and_the_minimum(
    new_class: NewClass, new_device: NewDevice
) -> None:
    a = new_class()
    device = new_device(a)
    a.join(9)
    a.go_to("N1")
    a.act(Act.OPEN)
    a.answer(*[0] * 9)
    a.act(Act.CLOSE, Act.SHOW)

    assert "9 antwoorden. We tonen een resultaat vanaf 12." in page(device, a)
    assert "9 réponses. On montre un résultat à partir de 12." in page(device, a, "fr")


def test_the_right_answer_appears_only_when_it_is_explained(
    new_class: NewClass, new_device: NewDevice
) -> None:
    a = new_class()
    device = new_device(a)
    a.join(20)
    a.go_to("K1")
    a.act(Act.OPEN)
    a.answer(*[0] * 20)
    a.act(Act.CLOSE)
    assert "Wacht op de klas." in page(device, a)

    a.act(Act.SHOW)
    shown = page(device, a)
    assert shown.count('class="result__row"') == 4
    assert "result__row--right" not in shown
    assert "data-right" not in shown

    a.act(Act.EXPLAIN)
    explained = page(device, a)
    assert "result__row--right" in explained
    assert "<p>Why</p>" in explained
    assert 'data-right="0"' in explained


def test_a_poll_is_never_marked_right_or_wrong(new_class: NewClass, new_device: NewDevice) -> None:
    a = new_class()
    device = new_device(a)
    a.join(20)
    a.go_to("N1")
    a.act(Act.OPEN)
    a.answer(*[0] * 20)
    a.act(Act.CLOSE, Act.SHOW)
    assert "We zoeken niet wie wat koos." in page(device, a)

    a.act(Act.EXPLAIN)

    explained = page(device, a)
    assert 'data-module="own-answer"' not in explained
    assert "<p>Closing</p>" in explained


def test_a_pause_gives_no_reason_and_keeps_the_round(
    new_class: NewClass, new_device: NewDevice
) -> None:
    a = new_class()
    device = new_device(a)
    a.go_to("K1")
    token = a.act(Act.OPEN).round_token
    a.act(Act.PAUSE)
    assert "<h1>Even pauze.</h1>" in page(device, a)

    a.act(Act.RESUME)

    assert f'value="{token}"' in page(device, a)


def test_the_state_document_is_the_same_for_everyone_and_takes_no_cookie(
    new_class: NewClass, new_device: NewDevice
) -> None:
    a = new_class()
    address = f"/state/{a.view.public_id}"

    inside, outside = new_device(a).get(address), new_device().get(address)
    again = new_device().get(address, headers={"If-None-Match": outside.headers["ETag"]})

    assert inside.data == outside.data
    assert inside.headers["Cache-Control"] == "public, max-age=0, s-maxage=1, must-revalidate"
    assert float(inside.headers["Follow-After"]) >= 0.8
    assert "Set-Cookie" not in inside.headers
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Follow-After"]
    assert new_device().get("/state/000000000000").status_code == 404
