"""A device that goes round: its pages, who gets them, and what they never hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from eduapp.classroom.phases import Act

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.builders import AClass
    from tests.participate.conftest import NewClass, NewDevice

COVER = "Geef dit toestel door"


def path(a: AClass, page: str = "") -> str:
    return f"/nl/class/{a.view.join_code}{page}"


def lets_it_go_round(device: FlaskClient, a: AClass) -> None:
    a.classroom.new_pass_code(a.view.public_id)
    letters = a.classroom.pass_code(a.view.public_id)
    reply = device.post(path(a, "/share"), data={"pass_code": letters})
    assert reply.status_code == 303


@pytest.fixture
def a(new_class: NewClass) -> AClass:
    a = new_class()
    a.classroom.declare(a.view.public_id, 6, 0, a.view.version)
    return a


@pytest.fixture
def tablet(a: AClass, new_device: NewDevice) -> FlaskClient:
    device = new_device(a)
    lets_it_go_round(device, a)
    return device


def turn_token(device: FlaskClient, a: AClass) -> str:
    reply = device.post(path(a, "/next"), follow_redirects=True)
    found = re.search(r'name="round" value="(\w{8})"', reply.text)
    assert found is not None
    return found.group(1)


def test_two_devices_that_go_round_get_the_same_cover_byte_for_byte(
    a: AClass, tablet: FlaskClient, new_device: NewDevice
) -> None:
    other = new_device(a)
    lets_it_go_round(other, a)
    a.go_to("N1")
    a.act(Act.OPEN)
    untouched = tablet.get(path(a)).data
    answered = turn_token(tablet, a)
    tablet.post(path(a, "/answer"), data={"round": answered, "choice": "1"})

    covers = [device.get(path(a)).data for device in (tablet, other)]

    assert COVER.encode() in untouched
    assert covers == [untouched, untouched]


def test_the_cover_holds_neither_question_nor_options(a: AClass, tablet: FlaskClient) -> None:
    question = a.go_to("N1").question
    a.act(Act.OPEN)

    cover = tablet.get(path(a)).text

    assert question is not None
    assert question.text["nl"] not in cover
    assert "choice" not in cover


def test_a_turn_differs_from_another_only_by_its_token(a: AClass, tablet: FlaskClient) -> None:
    a.go_to("N1")
    a.act(Act.OPEN)
    pages = []
    for choice in "01":
        token = turn_token(tablet, a)
        pages.append(tablet.get(path(a, "/turn")).text.replace(token, ""))
        reply = tablet.post(path(a, "/answer"), data={"round": token, "choice": choice})
        assert reply.status_code == 204

    assert pages[0] == pages[1]


def test_after_an_answer_the_turn_leads_to_the_cover(a: AClass, tablet: FlaskClient) -> None:
    a.go_to("N1")
    a.act(Act.OPEN)
    token = turn_token(tablet, a)
    browser = {"Accept": "text/html,*/*;q=0.8"}

    sent = tablet.post(
        path(a, "/answer"),
        data={"round": token, "choice": "0"},
        headers=browser,
        follow_redirects=True,
    )

    assert COVER in sent.text
    assert tablet.get(path(a, "/turn")).location == path(a)
    assert sent.headers["Cache-Control"] == "no-store"


def test_a_turn_without_a_choice_says_what_is_missing(a: AClass, tablet: FlaskClient) -> None:
    a.go_to("N1")
    a.act(Act.OPEN)
    token = turn_token(tablet, a)

    reply = tablet.post(path(a, "/answer"), data={"round": token}, headers={"Accept": "text/html"})

    assert reply.location == path(a, "/turn#choose")


def test_once_every_declared_seat_had_its_turn_nobody_is_asked(
    a: AClass, tablet: FlaskClient
) -> None:
    a.go_to("N1")
    a.act(Act.OPEN)
    for _ in range(6):
        data = {"round": turn_token(tablet, a), "choice": "2"}
        tablet.post(path(a, "/answer"), data=data)

    assert tablet.post(path(a, "/next")).location == path(a)
    assert "Iedereen die een toestel deelt" in tablet.get(path(a)).text


@pytest.mark.parametrize("page", ["/turn", "/next"])
def test_an_ordinary_device_gets_no_turn(
    a: AClass, tablet: FlaskClient, new_device: NewDevice, page: str
) -> None:
    a.go_to("N1")
    own = new_device(a)
    a.act(Act.OPEN)

    reply = own.post(path(a, page)) if page == "/next" else own.get(path(a, page))

    assert reply.location == path(a)
    assert turn_token(tablet, a)


def test_a_pause_covers_the_turn(a: AClass, tablet: FlaskClient) -> None:
    a.go_to("N1")
    a.act(Act.OPEN)
    turn_token(tablet, a)
    a.act(Act.PAUSE)

    assert tablet.get(path(a, "/turn")).location == path(a)
    assert "Even pauze" in tablet.get(path(a)).text


def test_where_nothing_is_sent_a_device_that_goes_round_has_nothing_to_mark(
    a: AClass, tablet: FlaskClient
) -> None:
    a.go_to("N2")
    a.act(Act.OPEN)

    page = tablet.get(path(a)).text

    assert "Kies in je hoofd" in page
    assert 'name="choice"' not in page


@pytest.mark.parametrize("typed", ["", "ZZZZ", "é", "x" * 200])
def test_a_wrong_code_is_said_and_stays(a: AClass, new_device: NewDevice, typed: str) -> None:
    device = new_device(a)
    a.classroom.new_pass_code(a.view.public_id)

    reply = device.post(path(a, "/share"), data={"pass_code": typed})

    assert reply.status_code == 403
    assert f'value="{typed[:40]}"' in reply.text
    assert "Deze code werkt niet" in reply.text


def test_a_device_that_went_round_joins_its_next_class_as_an_ordinary_one(
    tablet: FlaskClient, new_class: NewClass
) -> None:
    later = new_class()

    tablet.post("/nl/join", data={"code": later.view.join_code})
    later.go_to("N1")

    assert "Je doet mee vanaf" not in tablet.get(path(later)).text
    assert len(later.classroom._registry.by_id(later.view.public_id).roster) == 1


def test_a_device_that_went_round_is_asked_for_a_new_code_after_the_door_was_reopened(
    a: AClass, tablet: FlaskClient
) -> None:
    a.act(Act.REOPEN)

    page = tablet.get(path(a)).text

    assert "Dit toestel ging rond." in page
    assert path(a, "/share") in page
