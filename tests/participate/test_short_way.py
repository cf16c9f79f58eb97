"""The short way of a ballot: the bytes of the long one, and nothing goes in that it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eduapp.classroom.phases import Act
from eduapp.participate.short_way import ShortWay
from eduapp.web.metrics import Metrics
from tests.builders import exact_counts

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from eduapp.classroom.classroom import Classroom
    from tests.builders import AClass
    from tests.participate.conftest import NewClass, NewDevice

OUR_SCRIPT = {"Accept": "*/*", "Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def a_class(new_class: NewClass) -> AClass:
    a = new_class()
    a.go_to("K1")
    return a


@pytest.fixture
def device(a_class: AClass, new_device: NewDevice) -> FlaskClient:
    """A device that is in, and a question that is open."""
    device = new_device(a_class)
    a_class.act(Act.OPEN)
    return device


@pytest.fixture
def long_way(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the ballots that reached the view, as they come."""
    view, seen = app.view_functions["participate.answer"], []

    def watched(**values: str) -> object:
        seen.append(values["code"])
        return view(**values)

    monkeypatch.setitem(app.view_functions, "participate.answer", watched)
    return seen


def put(  # noqa: PLR0913 - each respect in which a ballot can be otherwise
    device: FlaskClient,
    a: AClass,
    choice: str = "1",
    *,
    code: str | None = None,
    token: str | None = None,
    language: str = "nl",
    headers: dict[str, str] | None = None,
) -> TestResponse:
    body = f"round={token or a.view.round_token}&choice={choice}"
    return device.post(
        f"/{language}/class/{code or a.view.join_code}/answer",
        data=body,
        headers=OUR_SCRIPT | (headers or {}),
        content_type="application/x-www-form-urlencoded;charset=UTF-8",
    )


def ballots(classroom: Classroom, a: AClass) -> int:
    open_round = classroom._registry.by_id(a.view.public_id).open_round
    assert open_round is not None
    return sum(exact_counts(open_round.urn))


def test_what_our_script_sends_never_reaches_the_view(
    classroom: Classroom, a_class: AClass, device: FlaskClient, long_way: list[str]
) -> None:
    replies = {put(device, a_class, choice).status for choice in "0120"}

    assert replies == {"204 NO CONTENT"}
    assert long_way == []
    assert ballots(classroom, a_class) == 1


def test_both_ways_answer_with_the_same_bytes(
    a_class: AClass, device: FlaskClient, long_way: list[str]
) -> None:
    short = put(device, a_class)
    long = put(device, a_class, code=a_class.view.join_code.lower())

    assert len(long_way) == 1
    assert (short.status, short.data) == (long.status, long.data)
    assert list(short.headers) == list(long.headers)


@pytest.mark.parametrize(
    "foreign", [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_a_form_of_another_site_puts_nothing(
    classroom: Classroom, a_class: AClass, device: FlaskClient, foreign: dict[str, str]
) -> None:
    reply = put(device, a_class, headers=foreign)

    assert reply.status_code == 403
    assert ballots(classroom, a_class) == 0


def test_a_language_that_is_not_ours_has_no_such_address(
    classroom: Classroom, a_class: AClass, device: FlaskClient
) -> None:
    reply = put(device, a_class, language="xx")

    assert reply.status_code == 404
    assert ballots(classroom, a_class) == 0


@pytest.mark.parametrize(("choice", "status"), [("9", 400), ("x", 400)])
def test_what_is_no_ballot_is_answered_by_the_view(
    a_class: AClass, device: FlaskClient, long_way: list[str], choice: str, status: int
) -> None:
    assert put(device, a_class, choice).status_code == status
    assert len(long_way) == 1


def test_a_round_that_is_over_is_answered_by_the_view(
    a_class: AClass, device: FlaskClient, long_way: list[str]
) -> None:
    token = a_class.view.round_token
    a_class.act(Act.CLOSE)

    reply = put(device, a_class, token=token)

    assert reply.status_code == 409
    assert len(long_way) == 1


def test_a_browser_without_javascript_gets_a_page(
    a_class: AClass, device: FlaskClient, long_way: list[str]
) -> None:
    reply = put(device, a_class, headers={"Accept": "text/html,*/*;q=0.8"})

    assert reply.status_code == 303
    assert len(long_way) == 1


def test_what_breaks_on_the_short_way_is_tried_on_the_long_one(
    classroom: Classroom,
    a_class: AClass,
    device: FlaskClient,
    long_way: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    to_class, breaks = classroom.put, [True]

    def put_once_more(*ballot: object) -> object:
        if breaks:
            breaks.pop()
            raise ConnectionError
        return to_class(*ballot)  # type: ignore[arg-type]

    monkeypatch.setattr(classroom, "put", put_once_more)

    assert put(device, a_class).status_code == 204
    assert len(long_way) == 1
    assert ballots(classroom, a_class) == 1


def test_a_ballot_counts_as_a_request_of_a_student(
    app: Flask, a_class: AClass, device: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    metrics = Metrics()
    monkeypatch.setattr(app, "wsgi_app", ShortWay(app, metrics))

    put(device, a_class)
    metrics.publish()

    assert metrics.registry.get_sample_value("mijnbeeld_student_requests_total") == 1
