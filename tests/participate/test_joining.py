"""Joining: codes as students type them, what a wrong one says, and that only a POST admits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eduapp.classroom.phases import Act

if TYPE_CHECKING:
    from flask import Flask

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


def test_a_seat_of_another_class_is_neither_taken_over_nor_lost(
    new_class: NewClass, new_device: NewDevice
) -> None:
    first, second = new_class(), new_class()
    device = new_device(first)

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
