"""Joining: codes as students type them, what a wrong one says, and that only a POST admits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eduapp.classroom.phases import Act
from tests.builders import a_module, a_question

if TYPE_CHECKING:
    from flask import Flask

    from eduapp.classroom.classroom import Classroom
    from tests.participate.conftest import NewClass, NewDevice


@pytest.mark.parametrize("spell", [str, str.lower, lambda c: f" {c[:5]} {c[5:]} ", "-".join])
def test_a_code_counts_in_any_spelling(
    new_class: NewClass, new_device: NewDevice, spell: object
) -> None:
    a = new_class()
    typed = spell(a.view.join_code)  # type: ignore[operator]

    reply = new_device().post("/nl/join", data={"code": typed})

    assert reply.status_code == 303
    assert reply.location == f"/nl/class/{a.view.join_code}"
    assert a.classroom.standing(a.view.public_id, None) == "stranger"


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_wrong_code_keeps_what_was_typed_and_says_what_to_do(
    new_device: NewDevice, language: str
) -> None:
    reply = new_device().post(f"/{language}/join", data={"code": "bako <x>"})

    assert reply.status_code == 404
    assert 'value="bako &lt;x&gt;"' in reply.text
    assert 'class="error-summary"' in reply.text
    assert 'href="#code"' in reply.text
    assert f'lang="{language}"' in reply.text


def test_an_empty_code_asks_for_one(new_device: NewDevice) -> None:
    reply = new_device().post("/nl/join", data={"code": "  "})

    assert reply.status_code == 400
    assert "error-summary" in reply.text


def test_many_wrong_codes_slow_strangers_down_but_no_device_that_is_in(
    app: Flask, new_class: NewClass, new_device: NewDevice
) -> None:
    a = new_class()
    inside, outside = new_device(a), new_device()
    pace = app.extensions["code_pace"]
    for _ in range(1000):
        pace.spend("192.0.2.7")
    there = {"REMOTE_ADDR": "192.0.2.7"}

    slow = outside.post("/nl/join", data={"code": "BAKOSLIMU"}, environ_base=there)
    page = inside.get(f"/nl/class/{a.view.join_code}", environ_base=there)

    assert slow.status_code == 429
    assert int(slow.headers["Retry-After"]) >= 1
    assert 'value="BAKOSLIMU"' in slow.text
    assert page.status_code == 200


def test_opening_a_link_admits_nobody(new_class: NewClass, new_device: NewDevice) -> None:
    a = new_class()
    code = a.view.join_code
    device = new_device()

    for path in (f"/nl/class/{code}", f"/j/{code}", f"/nl/class/{code}/sent", f"/j/{code}.svg"):
        device.get(path, follow_redirects=True)

    page = device.get(f"/nl/class/{code}").text
    assert f'value="{code[:5]} {code[5:]}"' in page
    assert page.count('type="submit"') == 1
    assert device.get_cookie("__Host-seat") is None


def test_joining_twice_is_one_device(new_class: NewClass, new_device: NewDevice) -> None:
    a = new_class()
    device = new_device(a)
    seat = device.get_cookie("__Host-seat")

    device.post("/nl/join", data={"code": a.view.join_code})

    again = device.get_cookie("__Host-seat")
    assert seat is not None
    assert again is not None
    assert seat.value == again.value
    assert len(a.classroom._registry.by_id(a.view.public_id).roster) == 1


def test_the_seat_is_a_secret_of_the_browser_only(
    new_class: NewClass, new_device: NewDevice
) -> None:
    a = new_class()

    reply = new_device().post("/nl/join", data={"code": a.view.join_code})

    cookie = reply.headers["Set-Cookie"]
    assert cookie.startswith("__Host-seat=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= set(cookie.split("; "))
    assert "Expires" not in cookie
    assert "Max-Age" not in cookie


def test_a_full_class_says_so(new_class: NewClass, new_device: NewDevice) -> None:
    a = new_class()
    a.join(40)

    reply = new_device().post("/nl/join", data={"code": a.view.join_code})

    assert reply.status_code == 409
    assert "error-summary" in reply.text


def test_the_short_link_leads_to_the_language_of_the_lesson(
    new_class: NewClass, new_device: NewDevice
) -> None:
    a = new_class(language="fr")
    code = a.view.join_code

    assert new_device().get(f"/j/{code.lower()}").location == f"/fr/class/{code}"
    assert new_device().get("/j/NOPE").status_code == 404


def test_the_qr_code_is_a_picture_without_style(new_class: NewClass, new_device: NewDevice) -> None:
    a = new_class()

    reply = new_device().get(f"/j/{a.view.join_code}.svg")

    assert reply.mimetype == "image/svg+xml"
    assert reply.headers["Cache-Control"] == "public, max-age=3600"
    assert "style" not in reply.text
    assert new_device().get("/j/NOPE.svg").status_code == 404


def test_a_device_whose_class_forgot_it_comes_back_with_one_button(
    new_class: NewClass, new_device: NewDevice
) -> None:
    restarted = new_class()
    device = new_device(restarted)
    live = restarted.classroom._registry.by_id(restarted.view.public_id)
    live.roster.clear()
    live.was_recalled, live.view = True, None

    page = device.get(f"/nl/class/{restarted.view.join_code}").text

    assert "Doe weer mee" in page
    assert 'data-module="rejoin"' in page


def test_who_comes_back_with_the_code_has_the_same_seat_also_while_a_poll_is_open(
    new_class: NewClass, new_device: NewDevice
) -> None:
    a = new_class()
    device = new_device(a)
    a.go_to("N1")
    a.act(Act.OPEN)
    ballot = {"round": a.view.round_token or "", "choice": "1"}
    seat = device.get_cookie("__Host-seat")

    home = device.get("/nl/").text
    device.post("/nl/join", data={"code": a.view.join_code})
    page = device.get(f"/nl/class/{a.view.join_code}").text
    again = device.post(f"/nl/class/{a.view.join_code}/answer", data=ballot)

    assert 'name="code"' in home
    assert seat is not None
    assert device.get_cookie("__Host-seat") == seat
    assert 'name="choice"' in page
    assert again.status_code == 204
    assert len(a.classroom._registry.by_id(a.view.public_id).roster) == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "De deur ging opnieuw open. Doe nog een keer mee."),
        ("fr", "La porte est de nouveau ouverte. Rejoins la classe encore une fois."),
    ],
)
def test_a_reopened_door_takes_one_tap_and_never_opens_by_itself(
    new_class: NewClass, new_device: NewDevice, language: str, words: str
) -> None:
    a = new_class()
    device, newcomer = new_device(a), new_device()
    address = f"/{language}/class/{a.view.join_code}"
    seat = device.get_cookie("__Host-seat")
    a.act(Act.REOPEN)

    page = device.get(address).text

    assert words in page
    assert f'value="{a.view.join_code[:5]} {a.view.join_code[5:]}"' in page
    assert page.count('type="submit"') == 1
    assert 'data-module="rejoin"' not in page
    assert words not in newcomer.get(address).text
    device.post(f"/{language}/join", data={"code": a.view.join_code})
    assert 'data-module="follow"' in device.get(address).text
    assert device.get_cookie("__Host-seat") == seat
    assert len(a.classroom._registry.by_id(a.view.public_id).roster) == 1


def test_a_prepared_lesson_is_found_by_nobody_until_its_door_opens(
    classroom: Classroom, new_device: NewDevice
) -> None:
    prepared = classroom.prepare(a_module(a_question()), "nl", None)
    device = new_device()
    state = f"/state/{prepared.public_id}"

    for path in ("/j/", "/j/-", "/j/%20", "/j/.svg", "/nl/class/", "/nl/class/-", "/fr/class/%20"):
        assert device.get(path).status_code == 404, path
    for typed in ("-", " ", prepared.public_id):
        assert device.post("/nl/join", data={"code": typed}).status_code in {400, 404}
    assert (device.get(state).status_code, device.get(state).data) == (404, b"{}")

    code = classroom.open_door(prepared.public_id).join_code

    assert device.get(state).status_code == 200
    assert device.get(f"/j/{code}").location == f"/nl/class/{code}"


def test_a_seat_of_another_class_is_neither_taken_over_nor_lost(
    new_class: NewClass, new_device: NewDevice
) -> None:
    first, second = new_class(), new_class()
    device = new_device(first)

    new_device(second)
    page = device.get(f"/nl/class/{second.view.join_code}").text
    second.act(Act.END)
    ended = device.get(f"/nl/class/{second.view.join_code}")

    assert 'data-module="rejoin"' not in page
    assert ended.status_code == 410
    assert "Set-Cookie" not in ended.headers


def test_a_form_from_another_site_is_refused(new_class: NewClass, new_device: NewDevice) -> None:
    a = new_class()
    sent = {"code": a.view.join_code}

    for headers in ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert new_device().post("/nl/join", data=sent, headers=headers).status_code == 403
    assert len(a.classroom._registry.by_id(a.view.public_id).roster) == 0


def test_an_ended_lesson_is_gone_and_takes_the_seat_back(
    new_class: NewClass, new_device: NewDevice
) -> None:
    a = new_class()
    device = new_device(a)
    a.act(Act.END)

    reply = device.get(f"/fr/class/{a.view.join_code}")

    assert reply.status_code == 410
    assert 'lang="fr"' in reply.text
    assert "Els, lokaal 12" in reply.text
    assert device.get_cookie("__Host-seat") is None
    assert device.post("/nl/join", data={"code": a.view.join_code}).status_code == 303
    assert device.get_cookie("__Host-seat") is None
