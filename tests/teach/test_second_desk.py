"""A second desk: a link that works once, for two minutes, and only because somebody pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eduapp.app import make_app
from tests.browse import BASE, Browse
from tests.builders import ATime
from tests.conftest import a_config
from tests.teach.conftest import GATE, notes_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.teach.conftest import Teacher

NO_TOKEN = "0" * 18


def make_link(teacher: Teacher) -> str:
    """Press for a link on the desk and return its path."""
    answer = teacher.browse.post(f"{teacher.address}/second", {"own": "1"})
    assert answer.status == 303
    link = teacher.browse.get(answer.location).one(".second__link").get_text()
    assert link.startswith(BASE)
    return link.removeprefix(BASE)


def test_a_link_opens_the_desk_on_another_device(teacher: Teacher) -> None:
    link = make_link(teacher)
    phone = teacher.browse.another()

    opened = phone.post(str(phone.get(link).one("main form")["action"]))

    assert opened.status == 303
    assert opened.location == teacher.address
    assert phone.get(opened.location).status == 200


def test_looking_at_a_link_uses_nothing_up(teacher: Teacher) -> None:
    link = make_link(teacher)
    phone = teacher.browse.another()

    for _ in range(3):
        seen = phone.get(link)

        assert seen.status == 200
        assert "Set-Cookie" not in seen.response.headers
        assert phone.get(teacher.address).status == 403
    assert phone.post(link).status == 303


@pytest.mark.parametrize(
    ("language", "says"), [("nl", "werkt niet meer"), ("fr", "ne marche plus")]
)
def test_a_link_works_once_and_then_offers_the_lesson_key(
    teacher: Teacher, language: str, says: str
) -> None:
    link = make_link(teacher).replace("/nl/", f"/{language}/")
    assert teacher.browse.another().post(link).status == 303
    late = teacher.browse.another()

    for answer in (late.get(link), late.post(link)):
        assert answer.status == 410
        assert says in answer.h1
        assert answer.one("[name=lesson_key]")
        assert "Set-Cookie" not in answer.response.headers
    assert late.get(teacher.address).status == 403


def test_a_new_link_ends_the_one_before(teacher: Teacher) -> None:
    first, second = make_link(teacher), make_link(teacher)
    phone = teacher.browse.another()

    assert phone.post(first).status == 410
    assert phone.post(second).status == 303


def test_the_lesson_key_is_in_no_link(teacher: Teacher) -> None:
    link = make_link(teacher)

    assert teacher.lesson_key not in link
    assert teacher.lesson_key not in teacher.browse.another().get(link).response.text


def test_the_picture_of_the_link_is_for_whoever_holds_the_desk(teacher: Teacher) -> None:
    picture = f"{teacher.address}/second.svg"
    assert teacher.browse.get(picture).status == 404
    make_link(teacher)

    seen = teacher.browse.get(picture)

    assert seen.status == 200
    assert seen.response.mimetype == "image/svg+xml"
    assert seen.response.headers["Cache-Control"] == "no-store"
    assert "style" not in seen.response.text
    assert teacher.browse.another().get(picture).status == 403


def test_only_a_desk_makes_links(teacher: Teacher) -> None:
    stranger = teacher.browse.another()

    assert stranger.post(f"{teacher.address}/second", {"own": "1"}).status == 403
    assert teacher.browse.get(f"{teacher.address}/second.svg").status == 404


def test_a_screen_that_may_be_on_the_board_shows_no_link(teacher: Teacher) -> None:
    link = make_link(teacher)

    mirrored = teacher.browse.get(teacher.address)

    assert link.rsplit("/", 1)[-1] not in mirrored.response.text
    assert not mirrored.all("#second")


def test_an_ended_lesson_makes_no_link(teacher: Teacher) -> None:
    teacher.act("end", sure="1")

    answer = teacher.browse.post(f"{teacher.address}/second", {"own": "1"})

    assert answer.status == 303
    assert teacher.browse.get(f"{teacher.address}/second.svg").status == 404


def test_wrong_links_are_paced_and_a_right_one_is_not(teacher: Teacher) -> None:
    thief = teacher.browse.another()
    for _ in range(10):
        assert thief.get(f"/nl/desk/open/{NO_TOKEN}").status == 410
        assert thief.post(f"/nl/desk/open/{NO_TOKEN}").status == 410

    answer = thief.get(f"/nl/desk/open/{NO_TOKEN}")

    assert answer.status == 429
    assert int(answer.response.headers["Retry-After"]) > 0
    assert "Wacht" in notes_of(answer)
    assert thief.post(make_link(teacher)).status == 303


@pytest.fixture
def time() -> ATime:
    return ATime()


@pytest.fixture
def timed(tmp_path: Path, time: ATime) -> Iterator[Browse]:
    app = make_app(a_config(tmp_path), time.clock)
    yield Browse(app)
    app.extensions["urn_lock"].close()


def test_after_two_minutes_a_link_is_no_link(timed: Browse, time: ATime) -> None:
    desk = timed.post("/nl/start/m4", GATE).location
    shown = timed.post(f"{desk}/second", {"own": "1"}, follow=True)
    link = shown.one(".second__link").get_text().removeprefix(BASE)

    time.seconds += 119
    assert timed.another().get(link).status == 200
    time.seconds += 1

    assert timed.another().post(link).status == 410
    assert timed.get(f"{desk}/second.svg").status == 404
    assert not timed.get(f"{desk}?own=1").all(".second__link")
