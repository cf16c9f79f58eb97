"""Pages for what went wrong."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from flask import Blueprint, abort

from eduapp.accounts.who_may import WHO_MAY, Who
from tests.browse import BASE, Browse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

STATUSES = (400, 403, 404, 405, 410, 413, 429, 503)
SECRET = "BAKOSLIMU"


class Broken(RuntimeError):  # noqa: N818 - the name is looked for in the log
    pass


@pytest.fixture(scope="module")
def broken_app(app: Flask) -> Iterator[Flask]:
    """The site with addresses that fail in every way, one of them on a student's path."""
    app.config["PROPAGATE_EXCEPTIONS"] = False

    @app.route("/<lang>/fails/<int:status>", methods=["GET", "POST"])
    def fails(status: int) -> str:
        abort(status)

    @app.get("/<lang>/breaks/<code>")
    def breaks(code: str) -> str:
        raise Broken(code)

    door = Blueprint("teach-example", __name__)

    @door.get("/<lang>/teacher-breaks")
    def teacher_breaks() -> str:
        raise Broken

    app.register_blueprint(door)
    with pytest.MonkeyPatch.context() as patch:
        for endpoint in ("fails", "breaks", "teach-example.teacher_breaks"):
            patch.setitem(WHO_MAY, endpoint, Who.ANYBODY)
        yield app


@pytest.fixture
def broken(broken_app: Flask) -> Browse:
    return Browse(broken_app)


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("status", STATUSES)
def test_every_error_has_a_page_with_a_next_step_and_help(
    broken: Browse, language: str, status: int
) -> None:
    seen = broken.get(f"/{language}/fails/{status}")

    assert seen.status == status
    assert seen.one("html")["lang"] == language
    assert seen.one("title").get_text().startswith(seen.h1)
    assert seen.all("main a.button")
    assert seen.all('.help-strip a[href="tel:116000"]')


@pytest.mark.parametrize("status", [429, 503])
def test_what_is_over_in_a_moment_can_be_tried_again(broken: Browse, status: int) -> None:
    again, first_page = broken.get(f"/nl/fails/{status}?own=1").all("main a.button")

    assert (again.get_text(), again["href"]) == ("Probeer opnieuw", f"/nl/fails/{status}?own=1")
    assert first_page["href"] == "/nl/"


@pytest.mark.parametrize(
    ("came_from", "ways"),
    [
        (f"{BASE}/nl/help?own=1", ["/nl/help?own=1", "/nl/"]),
        ("https://elsewhere.example/nl/help", ["/nl/"]),
        (f"{BASE}//elsewhere.example/", ["/nl/"]),
        ("", ["/nl/"]),
    ],
)
def test_a_form_is_tried_again_from_its_page(
    broken: Browse, came_from: str, ways: list[str]
) -> None:
    seen = broken.post("/nl/fails/503", headers={"Referer": came_from})

    assert [way["href"] for way in seen.all("main a.button")] == ways


def test_the_titles_of_errors_are_translated(broken: Browse) -> None:
    in_dutch = {broken.get(f"/nl/fails/{status}").h1 for status in STATUSES}
    in_french = {broken.get(f"/fr/fails/{status}").h1 for status in STATUSES}

    assert len(in_dutch | in_french) == 2 * len(STATUSES)


@pytest.mark.parametrize(
    ("language", "title"),
    [("nl", "Er ging iets stuk bij ons"), ("fr", "Quelque chose a lâché chez nous")],
)
def test_a_failure_shows_the_ready_made_page(broken: Browse, language: str, title: str) -> None:
    seen = broken.get(f"/{language}/breaks/{SECRET}")

    assert seen.status == 500
    assert seen.h1 == title
    assert SECRET not in seen.response.get_data(as_text=True)
    assert seen.all('a[href="tel:116000"]')
    assert seen.one(f".help-strip a[href='/{language}/help']")
    assert seen.one("header .quick-exit")
    assert str(seen.one("script")["src"]).endswith("/js/exit.mjs")


def test_the_page_for_a_failure_needs_no_template_and_no_content(
    broken: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broken.app.jinja_env, "loader", None)

    response = broken.client.get(f"/nl/breaks/{SECRET}", base_url=broken.base)

    assert response.status_code == 500
    assert "Er ging iets stuk bij ons" in response.get_data(as_text=True)


def test_a_failure_on_a_student_path_logs_kind_and_route_only(
    broken: Browse, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        broken.get(f"/nl/breaks/{SECRET}?name=someone", headers={"User-Agent": "Tablet"})

    assert [record.getMessage() for record in caplog.records] == ["Broken at /<lang>/breaks/<code>"]
    assert SECRET not in caplog.text
    assert "Tablet" not in caplog.text
    assert "someone" not in caplog.text


def test_a_failure_on_a_teacher_path_logs_the_endpoint_and_where(
    broken: Browse, caplog: pytest.LogCaptureFixture
) -> None:
    broken.get("/nl/teacher-breaks")

    assert "Broken at teach-example.teacher_breaks" in caplog.text
    assert "Traceback" in caplog.text


def test_a_wrong_method_says_which_are_right(broken: Browse) -> None:
    seen = broken.post("/nl/help")

    assert seen.status == 405
    assert "GET" in seen.response.headers["Allow"]
