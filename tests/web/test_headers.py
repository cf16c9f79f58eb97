"""Headers on every response, and forms from elsewhere."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import EnvironBuilder

from eduapp import create_app
from eduapp.web.headers import BODY_LIMIT
from tests.browse import BASE, Browse

if TYPE_CHECKING:
    from config import Config

EXPECTED = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
ADDRESSES = ("/nl/", "/nl/nowhere", "/", "/health")


@pytest.mark.parametrize("header", EXPECTED)
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_response_carries(browse: Browse, header: str, address: str) -> None:
    seen = browse.get(address)

    assert seen.response.headers.getlist(header) == [EXPECTED[header]]


def test_no_page_may_use_camera_microphone_or_place(browse: Browse) -> None:
    allowed = browse.get("/nl/").response.headers["Permissions-Policy"]

    for feature in ("camera", "microphone", "geolocation"):
        assert f"{feature}=()" in allowed


@pytest.mark.parametrize(
    "foreign",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://lesson.example.be.elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_from_another_site_is_refused(browse: Browse, foreign: dict[str, str]) -> None:
    seen = browse.post("/nl/join", {"code": "BAKOSLIMU"}, headers=foreign)

    assert seen.status == 403
    assert "Set-Cookie" not in seen.response.headers


@pytest.mark.parametrize("sent", [{}, {"Origin": BASE}, {"Sec-Fetch-Site": "none"}])
def test_our_own_form_is_taken(browse: Browse, sent: dict[str, str]) -> None:
    response = browse.client.post(
        "/nl/join", base_url=BASE, data={"code": "BAKOSLIMU"}, headers=sent
    )

    assert response.status_code == 404  # an unknown code, so it was read


def test_a_form_is_ours_by_the_address_we_are_known_by(config: Config) -> None:
    app = create_app(replace(config, public_url="https://lesson.school.example"))
    browser = Browse(app, base="http://10.0.0.5:8000")

    seen = browser.post(
        "/nl/join", {"code": "BAKOSLIMU"}, headers={"Origin": "https://lesson.school.example"}
    )

    assert seen.status == 404
    app.extensions["urn_lock"].close()


def test_a_body_that_is_too_large_gets_a_page_in_the_language_of_the_reader(
    browse: Browse,
) -> None:
    seen = browse.post("/fr/join", {"code": "A" * (BODY_LIMIT + 1)})

    assert seen.status == 413
    assert seen.h1 == "C’était trop en une fois"


def test_a_body_without_a_length_is_not_read_without_end(browse: Browse) -> None:
    builder = EnvironBuilder(
        path="/nl/join",
        base_url=BASE,
        method="POST",
        input_stream=BytesIO(b"code=" + b"A" * (BODY_LIMIT + 10)),
        content_type="application/x-www-form-urlencoded",
    )
    environ = builder.get_environ() | {"wsgi.input_terminated": True}
    del environ["CONTENT_LENGTH"]

    response = browse.client.open(environ)

    assert response.status_code == 413
    assert "Dat was te veel" in response.get_data(as_text=True)
