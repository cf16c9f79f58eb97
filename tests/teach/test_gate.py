"""The gate: three points, and nothing starts before they are answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.teach.conftest import GATE, notes_of

if TYPE_CHECKING:
    from flask import Flask

    from tests.browse import Browse
    from tests.teach.conftest import NewTeacher

ADVICE = {
    "nl": "Praat eerst met Els Peeters, lokaal 12. Raad nodig? Child Focus, 116 000.",
    "fr": "Parlez d’abord avec Els Peeters, lokaal 12. Besoin d’un conseil ? Child Focus, 116 000.",
}


def how_many(app: Flask) -> int:
    return len(app.extensions["classroom"]._registry._by_id)


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_gate_has_its_three_points_in_each_language(browse: Browse, language: str) -> None:
    gate = browse.get(f"/{language}/start/m4")

    assert gate.status == 200
    assert len(gate.all(".gate__point")) == 3
    assert len(gate.all("input[name=going_on]")) == 3
    assert not gate.all("input[checked]")


@pytest.mark.parametrize("missing", ["helper_name", "helper_place", "going_on"])
def test_a_missing_answer_keeps_the_others_and_starts_nothing(
    app: Flask, browse: Browse, missing: str
) -> None:
    before = how_many(app)

    gate = browse.post("/nl/start/m4", {**GATE, missing: ""})

    assert gate.status == 422
    assert how_many(app) == before
    summary = gate.one(".error-summary")
    assert len(summary.select("a")) == 1
    for name, typed in (("helper_name", "Els Peeters"), ("helper_place", "lokaal 12")):
        assert (gate.one(f"[name={name}]").get("value") or "") == ("" if name == missing else typed)
    assert len(gate.all("[name=going_on][value=no][checked]")) == (missing != "going_on")


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("going_on", ["unsure", "yes"])
def test_when_something_may_be_going_on_it_advises_and_starts_nothing(
    app: Flask, browse: Browse, language: str, going_on: str
) -> None:
    before = how_many(app)

    advice = browse.post(f"/{language}/start/m4", {**GATE, "going_on": going_on})

    assert advice.status == 200
    assert how_many(app) == before
    assert "Set-Cookie" not in advice.response.headers
    assert ADVICE[language] in advice.text.replace("\u00a0", " ")
    ways = advice.all("main form")
    assert len(ways) == 1


def test_the_way_back_from_the_advice_keeps_the_helper(browse: Browse) -> None:
    advice = browse.post("/nl/start/m4", {**GATE, "going_on": "yes"})
    fields = {str(tag["name"]): str(tag["value"]) for tag in advice.all("main form [name]")}

    gate = browse.post("/nl/start/m4", fields)

    assert gate.status == 200
    assert gate.one("[name=helper_name]")["value"] == "Els Peeters"
    assert not gate.all(".error-summary")


def test_advice_comes_without_a_helper_too(browse: Browse) -> None:
    advice = browse.post("/nl/start/m4", {"going_on": "yes"})

    assert "Praat eerst met het zorgteam van je school." in advice.text


def test_a_start_makes_a_desk_cookie_and_leads_to_the_desk(new_teacher: NewTeacher) -> None:
    teacher = new_teacher("fr")

    assert len(teacher.lesson_key) == 12
    assert teacher.view.helper == "Els Peeters, lokaal 12"
    assert teacher.view.language == "fr"
    assert teacher.desk().status == 200


def test_many_starts_from_one_address_are_paced_and_lose_nothing(
    app: Flask, browse: Browse
) -> None:
    for _ in range(30):
        assert browse.post("/nl/start/m4", GATE).status == 303
    before = how_many(app)

    gate = browse.post("/nl/start/m4", GATE)

    assert gate.status == 429
    assert int(gate.response.headers["Retry-After"]) > 0
    assert gate.one("[name=helper_name]")["value"] == "Els Peeters"
    assert "staat er nog" in notes_of(gate)
    assert how_many(app) == before


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_task_stands_on_a_page_of_its_own(browse: Browse, language: str) -> None:
    assert browse.get(f"/{language}/start/m4/task").status == 200


def test_an_unknown_module_has_no_gate(browse: Browse) -> None:
    assert browse.get("/nl/start/m99").status == 404
    assert browse.get("/nl/start/m99/task").status == 404
