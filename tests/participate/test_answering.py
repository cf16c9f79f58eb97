"""The answer path: replies by outcome only, memory only, and nothing but a ballot gets in."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from eduapp.classroom.phases import Act, Phase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.builders import AClass
    from tests.participate.conftest import NewClass, NewDevice


def send(
    device: FlaskClient,
    a: AClass,
    choice: str = "1",
    token: str | None = None,
    *,
    plain: bool = False,
) -> TestResponse:
    data = {"round": token or a.view.round_token or "x" * 8, "choice": choice}
    headers = {"Accept": "text/html,*/*;q=0.8" if plain else "*/*"}
    return device.post(f"/nl/class/{a.view.join_code}/answer", data=data, headers=headers)


@pytest.fixture
def a_class(new_class: NewClass) -> AClass:
    a = new_class()
    a.go_to("K1")
    return a


@contextmanager
def no_database() -> Iterator[None]:
    """Let any word to a database fail."""

    def refuse(*_arguments: object) -> None:
        raise AssertionError("the answer path touched the database")

    for moment in ("begin", "before_cursor_execute"):
        event.listen(Engine, moment, refuse)
    yield
    for moment in ("begin", "before_cursor_execute"):
        event.remove(Engine, moment, refuse)


def test_every_option_and_every_change_of_mind_gets_the_same_reply(
    a_class: AClass, new_device: NewDevice
) -> None:
    device = new_device(a_class)
    a_class.act(Act.OPEN)

    replies = [send(device, a_class, choice) for choice in "01223"]

    assert {(r.status_code, r.data) for r in replies} == {(204, b"")}
    assert len({tuple(r.headers) for r in replies}) == 1


def test_answering_and_following_touch_memory_only(a_class: AClass, new_device: NewDevice) -> None:
    device = new_device(a_class)
    a_class.act(Act.OPEN)

    with no_database():
        assert send(device, a_class).status_code == 204
        assert send(device, a_class, plain=True).status_code == 303
        assert device.get(f"/state/{a_class.view.public_id}").status_code == 200
        assert device.get(f"/nl/class/{a_class.view.join_code}").status_code == 200


@pytest.mark.parametrize("choice", ["", "4", "9", "12", "-1", "a", "²"])
def test_what_is_no_option_is_refused(a_class: AClass, new_device: NewDevice, choice: str) -> None:
    device = new_device(a_class)
    a_class.act(Act.OPEN)

    reply = send(device, a_class, choice)

    assert (reply.status_code, reply.data) == (400, b"")


def test_a_form_without_a_choice_comes_back_with_what_to_do(
    a_class: AClass, new_device: NewDevice
) -> None:
    device = new_device(a_class)
    a_class.act(Act.OPEN)

    reply = send(device, a_class, "", plain=True)

    assert reply.location == f"/nl/class/{a_class.view.join_code}#choose"
    assert 'id="choose"' in device.get(reply.location).text


def test_a_ballot_for_another_round_is_closed(a_class: AClass, new_device: NewDevice) -> None:
    device = new_device(a_class)
    first = a_class.act(Act.OPEN).round_token
    a_class.act(Act.CLOSE, Act.DISCUSS, Act.OPEN)

    assert send(device, a_class, token=first).status_code == 409
    assert send(device, a_class, token="ééééé<>&").status_code == 400
    assert send(device, a_class).status_code == 204


def test_a_closed_round_takes_no_ballot(a_class: AClass, new_device: NewDevice) -> None:
    device = new_device(a_class)
    token = a_class.act(Act.OPEN).round_token
    a_class.act(Act.CLOSE)

    assert send(device, a_class, token=token).status_code == 409
    assert send(device, a_class, token=token, plain=True).location.endswith(a_class.view.join_code)


def test_who_is_not_in_and_who_tries_codes_get_the_same_reply(
    a_class: AClass, new_class: NewClass, new_device: NewDevice
) -> None:
    elsewhere = new_device(new_class())
    a_class.act(Act.OPEN)

    headers = {"Accept": "*/*"}
    for choice, expected in (("1", 403), ("", 400)):
        form = {"round": "12345678", "choice": choice}
        replies = [
            send(new_device(), a_class, choice),
            send(elsewhere, a_class, choice),
            elsewhere.post("/nl/class/BAKOSLIMU/answer", data=form, headers=headers),
        ]

        assert {(r.status_code, r.data) for r in replies} == {(expected, b"")}


def test_a_device_that_came_during_a_poll_waits_for_the_next_question(
    new_class: NewClass, new_device: NewDevice
) -> None:
    a = new_class()
    early = new_device(a)
    a.go_to("N1")
    a.act(Act.OPEN)
    late = new_device(a)

    assert send(early, a).status_code == 204
    assert send(late, a).status_code == 403
    page = late.get(f"/nl/class/{a.view.join_code}").text
    assert "Je doet mee vanaf de volgende vraag." in page
    assert 'name="choice"' not in page


def test_without_javascript_the_answer_is_acknowledged_on_a_page_of_its_own(
    a_class: AClass, new_device: NewDevice
) -> None:
    device = new_device(a_class)
    token = a_class.act(Act.OPEN).round_token

    sent = send(device, a_class, plain=True)

    assert sent.status_code == 303
    page = device.get(sent.location)
    assert page.status_code == 200
    assert "Je antwoord is binnen." in page.text
    assert 'http-equiv="refresh" content="5"' in page.text
    a_class.act(Act.CLOSE)
    assert device.get(sent.location).status_code == 302
    assert device.get(f"/nl/class/{a_class.view.join_code}/sent?round=x").status_code == 302
    assert token is not None


def test_going_back_to_the_address_of_an_answer_leads_to_the_class(
    a_class: AClass, new_device: NewDevice
) -> None:
    address = f"/fr/class/{a_class.view.join_code}"

    assert new_device(a_class).get(f"{address}/answer").location == address


def test_a_ballot_from_another_site_is_refused(a_class: AClass, new_device: NewDevice) -> None:
    device = new_device(a_class)
    a_class.act(Act.OPEN)
    data = {"round": a_class.view.round_token or "", "choice": "1"}

    reply = device.post(
        f"/nl/class/{a_class.view.join_code}/answer",
        data=data,
        headers={"Origin": "https://elsewhere.example"},
    )

    assert reply.status_code == 403


def test_five_megabytes_are_refused_in_words(a_class: AClass, new_device: NewDevice) -> None:
    device = new_device(a_class)
    a_class.act(Act.OPEN)

    reply = send(device, a_class, "1" * 5_000_000, plain=True)

    assert reply.status_code == 413
    assert "<h1>" in reply.text
    assert a_class.view.phase is Phase.OPEN
