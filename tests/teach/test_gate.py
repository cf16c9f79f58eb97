"""The gate: three points, and nothing starts before they are answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eduapp.classroom.phases import Phase
from tests.teach.conftest import GATE, notes_of

if TYPE_CHECKING:
    from flask import Flask

    from eduapp.classroom.views import ClassView
    from eduapp.content.models import Module
    from tests.browse import Browse
    from tests.teach.conftest import NewTeacher

ADVICE = {
    "nl": "Praat eerst met Els Peeters, lokaal 12. Raad nodig? Child Focus, 116 000.",
    "fr": "Parlez d’abord avec Els Peeters, lokaal 12. Besoin d’un conseil ? Child Focus, 116 000.",
}


LATER = {"helper_name": "Els  Peeters", "helper_place": "lokaal 12", "go": "later"}
STILL_SO = {"nl": "Bij de bel vragen we alleen", "fr": "À la sonnerie, nous demandons seulement"}


@pytest.fixture
def by_band(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Module:
    """Make the second step one for the youngest and the third one for the oldest."""
    content = app.extensions["content"]
    module: Module = content.modules["m4"]
    first, young, old, *others = module.activities
    young = young.model_copy(update={"band": "12-14"})
    old = old.model_copy(update={"band": "15-18"})
    module = module.model_copy(update={"activities": (first, young, old, *others)})
    modules = {**content.modules, "m4": module}
    monkeypatch.setitem(app.extensions, "content", content.model_copy(update={"modules": modules}))
    return module


def titles(module: Module, band: str) -> list[str]:
    return [activity.title["nl"] for activity in module.for_band(band).activities]


def the_class(app: Flask, address: str) -> ClassView:
    view: ClassView = app.extensions["classroom"].by_id(address.rsplit("/", 1)[-1])
    return view


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


def test_the_gate_has_two_ways_out_and_starting_is_the_first(browse: Browse) -> None:
    gate = browse.get("/nl/start/m4")

    assert [button["value"] for button in gate.all("form.gate button[name=go]")] == ["now", "later"]


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_preparing_does_not_ask_what_is_going_on_and_says_when_we_do(
    browse: Browse, language: str
) -> None:
    gate = browse.get(f"/{language}/start/m4?go=later")

    assert not gate.all("input[name=going_on]")
    assert STILL_SO[language] in gate.text.replace("\u00a0", " ")
    assert gate.one("form.gate button.button--primary")["value"] == "later"


def test_preparing_makes_a_lesson_that_has_no_code_and_holds_its_desk(
    app: Flask, browse: Browse
) -> None:
    answer = browse.post("/fr/start/m4", {**LATER, "first_step": "3"})

    view = the_class(app, answer.location)
    assert answer.status == 303
    assert view.phase is Phase.PREPARED
    assert (view.join_code, view.helper, view.language) == ("", "Els Peeters, lokaal 12", "fr")
    assert view.first_step == 3
    assert browse.get(answer.location).status == 200


def test_preparing_straight_from_the_first_page_needs_no_third_answer(
    app: Flask, browse: Browse
) -> None:
    answer = browse.post("/nl/start/m4", LATER)

    assert the_class(app, answer.location).first_step == 1


@pytest.mark.parametrize("going_on", ["unsure", "yes"])
def test_what_is_going_on_counts_when_preparing_too(
    app: Flask, browse: Browse, going_on: str
) -> None:
    before = how_many(app)

    advice = browse.post("/nl/start/m4", {**LATER, "going_on": going_on})

    assert ADVICE["nl"] in advice.text
    assert how_many(app) == before


def test_a_missing_helper_keeps_the_page_for_preparing(app: Flask, browse: Browse) -> None:
    before = how_many(app)

    gate = browse.post("/nl/start/m4", {**LATER, "helper_place": "", "first_step": "4"})

    assert gate.status == 422
    assert how_many(app) == before
    assert gate.one(".error-summary a")["href"] == "#helper_place"
    assert gate.one("option[selected]")["value"] == "4"
    assert not gate.all("input[name=going_on]")


@pytest.mark.parametrize("step", ["0", "99", "x", ""])
def test_a_step_that_does_not_exist_prepares_nothing(app: Flask, browse: Browse, step: str) -> None:
    before = how_many(app)

    gate = browse.post("/nl/start/m4", {**LATER, "first_step": step})

    assert gate.status == 422
    assert how_many(app) == before
    assert "Not a" not in gate.text


def test_starting_after_all_asks_what_was_left_out_and_keeps_the_helper(browse: Browse) -> None:
    preparing = browse.get("/nl/start/m4?go=later")
    instead = preparing.one("form.gate button[name=again]")

    gate = browse.post("/nl/start/m4", {**LATER, "go": "", "again": str(instead["value"])})

    assert gate.status == 200
    assert len(gate.all("input[name=going_on]")) == 3
    assert gate.one("[name=helper_name]")["value"] == "Els Peeters"
    assert not gate.all(".error-summary")


def test_prepared_and_started_lessons_spend_from_one_pace(browse: Browse) -> None:
    for _ in range(15):
        assert browse.post("/nl/start/m4", GATE).status == 303
        assert browse.post("/nl/start/m4", LATER).status == 303

    gate = browse.post("/nl/start/m4", LATER)

    assert gate.status == 429
    assert gate.one("[name=helper_name]")["value"] == "Els Peeters"
    assert gate.one("form.gate button.button--primary")["value"] == "later"


def test_a_module_that_is_the_same_for_all_ages_asks_for_no_band(browse: Browse) -> None:
    gate = browse.get("/nl/start/m4?band=15-18")

    assert not gate.all("[name=band]")


@pytest.mark.parametrize(
    ("asked", "given"),
    [("", "12-14"), ("?band=15-18", "15-18"), ("?band=99", "12-14"), ("?go=later", "12-14")],
)
def test_the_gate_names_the_band_and_leads_to_the_other(
    browse: Browse, by_band: Module, asked: str, given: str
) -> None:
    gate = browse.get(f"/nl/start/{by_band.id}{asked}")

    assert gate.one("input[name=band]")["value"] == given
    [link] = gate.all(".gate-bands a")
    other = browse.get(str(link["href"]))
    assert other.one("input[name=band]")["value"] != given
    assert bool(other.all("input[name=going_on]")) == ("later" not in asked)


@pytest.mark.parametrize("form", [GATE, LATER])
def test_a_lesson_has_the_steps_of_its_band(
    app: Flask, browse: Browse, by_band: Module, form: dict[str, str]
) -> None:
    answer = browse.post("/nl/start/m4", {**form, "band": "15-18"})

    view = the_class(app, answer.location)
    assert view.band == "15-18"
    assert [a.title["nl"] for a in view.module.activities] == titles(by_band, "15-18")


def test_the_steps_to_start_at_are_those_of_the_band(browse: Browse, by_band: Module) -> None:
    gate = browse.get("/nl/start/m4?go=later&band=15-18")

    offered = [option.text.split(". ", 1)[1] for option in gate.all("[name=first_step] option")]
    assert offered == titles(by_band, "15-18")


def test_the_way_back_from_the_advice_keeps_band_and_way_out(
    browse: Browse, by_band: Module
) -> None:
    form = {**LATER, "going_on": "yes", "band": "15-18"}
    advice = browse.post(f"/nl/start/{by_band.id}", form)
    fields = {str(tag["name"]): str(tag["value"]) for tag in advice.all("main form [name]")}

    gate = browse.post(f"/nl/start/{by_band.id}", fields)

    assert gate.one("input[name=band]")["value"] == "15-18"
    assert not gate.all("input[name=going_on]")
