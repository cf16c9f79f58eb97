"""While an opinion question is open every device says how many take part: the group sees itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eduapp.classroom.phases import Act
from eduapp.classroom.roster import Roster

if TYPE_CHECKING:
    from tests.participate.conftest import NewClass, NewDevice


@pytest.mark.parametrize(
    ("language", "said"),
    [("nl", "3 toestellen in deze klas"), ("fr", "3 appareils en classe")],
)
def test_every_device_says_it_before_and_after_it_answers_and_while_it_waits(
    new_class: NewClass, new_device: NewDevice, language: str, said: str
) -> None:
    lesson = new_class()
    members = [new_device(lesson, language) for _ in range(3)]
    # As if two seconds had passed: the number moves no sooner.
    roster = lesson.classroom._registry.by_id(lesson.started.public_id).roster
    assert isinstance(roster, Roster)
    roster._number_at -= 2.0
    lesson.go_to("N1")
    view = lesson.act(Act.OPEN)
    late = new_device(lesson, language)
    address = f"/{language}/class/{view.join_code}"
    form = {"Accept": "text/html"}
    body = f"round={view.round_token}&choice=0"

    reply = members[0].post(
        f"{address}/answer",
        data=body,
        headers=form,
        content_type="application/x-www-form-urlencoded",
    )
    pages = [
        members[0].get(reply.headers["Location"]).text,
        members[1].get(address).text,
        late.get(address).text,
    ]

    assert reply.headers["Location"].split("?")[0].endswith("/sent")
    assert len(set(pages)) == 3
    for page in pages:
        assert said in page
    assert lesson.view.devices == 3
