"""A device through a whole lesson: every screen, in each language, held to the floor of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eduapp.classroom.phases import Act, Phase
from tests.browse import Browse
from tests.builders import AClass

if TYPE_CHECKING:
    from flask import Flask

    from eduapp.classroom.classroom import Classroom

ON = (Act.DISCUSS, Act.CLOSE, Act.EXPLAIN, Act.SHOW, Act.OPEN, Act.NEXT, Act.END)


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("devices", [6, 24])
def test_every_screen_of_the_lesson_stands(
    app: Flask, classroom: Classroom, language: str, devices: int
) -> None:
    module = app.extensions["content"].modules["m4"]
    a = AClass(classroom, classroom.start(module, language, "Els, lokaal 12"))
    device = Browse(app)
    a.join(devices)
    device.post(f"/{language}/join", {"code": a.view.join_code})
    address = f"/{language}/class/{a.view.join_code}"
    seen = set()

    while a.view.phase is not Phase.ENDED:
        page = device.get(address)
        assert page.status == 200
        assert page.one(".help-strip__list li:first-child .help-strip__name").text == (
            "Els, lokaal 12"
        )
        seen.add((a.view.question is not None, a.view.phase, page.h1))
        if a.view.phase is Phase.OPEN and a.view.round_token:
            a.answer(*(position % 3 for position in range(devices)))
            token = a.view.round_token
            sent = device.post(f"{address}/answer", {"round": token, "choice": "1"}, follow=True)
            assert sent.one("[role=status].note:not([hidden])")
        a.act(next(act for act in ON if act in a.view.acts))

    assert len(seen) > len(module.activities)
    assert device.get(address).status == 410


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_pages_beside_the_lesson_stand(app: Flask, classroom: Classroom, language: str) -> None:
    module = app.extensions["content"].modules["m4"]
    a = AClass(classroom, classroom.start(module, language, None))
    device = Browse(app)
    address = f"/{language}/class/{a.view.join_code}"

    assert device.get(f"/{language}/join").status == 200
    assert str(device.get(address).one("#code")["value"]).replace(" ", "") == a.view.join_code
    assert device.post(f"/{language}/join", {"code": "nope"}).status == 404
    assert device.post(f"/{language}/join", {"code": ""}).status == 400
    device.post(f"/{language}/join", {"code": a.view.join_code})
    a.act(Act.PAUSE)
    assert device.get(address).status == 200
