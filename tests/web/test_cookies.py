"""The two cookies."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from flask import Flask, Response, request

from eduapp.web import cookies

if TYPE_CHECKING:
    from config import Config

SEAT = bytes(range(16))


def an_app(config: Config) -> Flask:
    app = Flask("cookies", static_folder=None)
    app.extensions["config"] = config
    return app


def set_cookies(app: Flask, base: str) -> list[str]:
    with app.test_request_context("/", base_url=base):
        response = Response()
        cookies.set_seat(response, SEAT, "0a1b2c3d4e5f")
        cookies.set_desk_key(response, "abc_DEF-1234", "KEYKEYKEYKEY")
        return response.headers.getlist("Set-Cookie")


@pytest.mark.parametrize(
    "base", ["https://lesson.example.be", "http://localhost:8000", "http://127.0.0.1:8000"]
)
def test_over_https_and_on_loopback_cookies_belong_to_this_host_only(
    config: Config, base: str
) -> None:
    seat, desk = set_cookies(an_app(replace(config, allow_plain_http=True)), base)

    assert seat.startswith("__Host-seat=")
    assert desk.startswith("__Host-desk-abc_DEF-1234=")
    for line in (seat, desk):
        parts = line.split("; ")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= set(parts)
        assert "Domain" not in line


def test_a_hotspot_without_https_gets_cookies_that_browsers_keep(config: Config) -> None:
    app = an_app(replace(config, allow_plain_http=True))

    seat, desk = set_cookies(app, "http://192.168.4.1:8000")

    assert seat.startswith("seat=")
    assert desk.startswith("desk-abc_DEF-1234=")
    assert "Secure" not in seat + desk
    assert "HttpOnly" in seat
    assert "SameSite=Strict" in seat


def test_without_that_setting_nothing_is_set_that_plain_http_could_carry(config: Config) -> None:
    seat, _desk = set_cookies(an_app(config), "http://192.168.4.1:8000")

    assert seat.startswith("__Host-seat=")
    assert "Secure" in seat


def test_a_seat_lasts_as_long_as_the_browser_and_a_desk_eight_days(config: Config) -> None:
    seat, desk = set_cookies(an_app(config), "https://lesson.example.be")

    assert "Max-Age" not in seat
    assert "Expires" not in seat
    assert f"Max-Age={8 * 24 * 60 * 60}" in desk


def test_what_is_set_is_read_back(config: Config) -> None:
    app = an_app(config)
    base = "https://lesson.example.be"
    pairs = [line.split(";")[0] for line in set_cookies(app, base)]

    with app.test_request_context("/", base_url=base, headers={"Cookie": "; ".join(pairs)}):
        assert cookies.read_seat(request) == SEAT
        assert cookies.read_desk_key(request, "abc_DEF-1234") == "KEYKEYKEYKEY"
        assert cookies.read_desk_key(request, "another12345") is None


@pytest.mark.parametrize("text", ["", "short", "ä" * 22, "A" * 200, "a b c", "=" * 22])
def test_a_seat_that_is_none_is_no_seat(config: Config, text: str) -> None:
    app = an_app(config)

    with app.test_request_context(
        "/", base_url="https://x.example", headers={"Cookie": f"__Host-seat={text}"}
    ):
        assert cookies.read_seat(request) is None


def test_an_expired_seat_is_gone_at_once(config: Config) -> None:
    with an_app(config).test_request_context("/", base_url="https://x.example"):
        response = Response()
        cookies.expire_seat(response)

    assert "Max-Age=0" in response.headers["Set-Cookie"]
    assert response.headers["Set-Cookie"].startswith("__Host-seat=;")
