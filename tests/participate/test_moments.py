"""The moments of a lesson on a device: closing soon, a small group, the bell, a rehearsal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from eduapp.classroom.phases import Act, Phase
from eduapp.content.models import ActivityKind
from tests.browse import Browse, words
from tests.builders import AClass, a_deck, a_module, a_question, an_activity, an_opinion

if TYPE_CHECKING:
    from bs4 import Tag
    from flask import Flask
    from flask.testing import FlaskClient

    from eduapp.classroom.classroom import Classroom
    from tests.participate.conftest import NewClass, NewDevice

SOON = {
    "nl": "Deze vraag gaat zo meteen dicht. Je laatste antwoord telt.",
    "fr": "Cette question se ferme bientôt. Ta dernière réponse compte.",
}
HELPER = "Els, lokaal 12"


def main(device: FlaskClient, a: AClass, language: str = "nl") -> Tag:
    reply = device.get(f"/{language}/class/{a.view.join_code}")
    assert reply.status_code == 200
    found = BeautifulSoup(reply.text, "html.parser").main
    assert found is not None
    return found


def shown(tag: Tag) -> str:
    """Return the words of an element without what is hidden."""
    copy = BeautifulSoup(str(tag), "html.parser")
    for hidden in copy.select("[hidden]"):
        hidden.decompose()
    return words(copy)


# Closing soon


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_that_a_question_closes_soon_is_one_line_and_nothing_else_moves(
    new_class: NewClass, new_device: NewDevice, language: str
) -> None:
    a = new_class()
    device = new_device(a)
    a.go_to("K1")
    a.act(Act.OPEN)

    before = main(device, a, language)
    a.act(Act.ALMOST)
    after = main(device, a, language)

    assert SOON[language] not in shown(before)
    assert shown(after).count(SOON[language]) == 1
    lines = [page.select_one("[data-follow-almost]") for page in (before, after)]
    assert all(lines)
    texts = []
    for page, line in zip((before, after), lines, strict=True):
        assert line is not None
        assert line["data-text-almost"] == SOON[language]
        line.decompose()
        wrapper = page.select_one('[data-module="follow"]')
        assert wrapper is not None
        del wrapper["data-version"], wrapper["data-almost"]
        texts.append(str(page))
    assert texts[0] == texts[1]


def test_a_page_says_what_the_state_document_says(
    new_class: NewClass, new_device: NewDevice
) -> None:
    a = new_class()
    device = new_device(a)
    a.go_to("K1")

    for act in (Act.OPEN, Act.ALMOST, Act.PAUSE, Act.RESUME, Act.CLOSE):
        a.act(act)
        state = device.get(f"/state/{a.view.public_id}").get_json()
        wrapper = main(device, a).select_one('[data-module="follow"]')
        assert wrapper is not None
        on_page = {
            name: wrapper[f"data-{name}"]
            for name in ("version", "phase", "step", "paused", "almost", "boot")
        }
        assert on_page == {
            name: str(state[name]).lower() if isinstance(state[name], bool) else str(state[name])
            for name in on_page
        }


def test_who_sent_an_answer_without_javascript_also_reads_that_it_closes_soon(
    new_class: NewClass, new_device: NewDevice
) -> None:
    a = new_class()
    device = new_device(a)
    a.go_to("K1")
    a.act(Act.OPEN)
    address = f"/nl/class/{a.view.join_code}"
    ballot = {"round": a.view.round_token or "", "choice": "1"}
    accept = {"Accept": "text/html"}
    sent = device.post(f"{address}/answer", data=ballot, headers=accept).location

    before = device.get(sent).text
    a.act(Act.ALMOST)
    after = device.get(sent).text

    assert SOON["nl"] not in shown(BeautifulSoup(before, "html.parser"))
    assert SOON["nl"] in shown(BeautifulSoup(after, "html.parser"))


def test_the_next_round_closes_soon_only_when_the_teacher_says_so(
    new_class: NewClass, new_device: NewDevice
) -> None:
    a = new_class()
    device = new_device(a)
    a.go_to("K1")
    a.act(Act.OPEN, Act.ALMOST, Act.CLOSE, Act.DISCUSS, Act.OPEN)

    assert SOON["nl"] not in shown(main(device, a))


# The lobby and a small group


@pytest.mark.parametrize(
    ("devices", "line"),
    [
        (7, "Met zo’n kleine groep zie je nog geen resultaat."),
        (8, "Met zo’n groep zie je het resultaat van de quiz. Een peiling"),
        (12, "Met zo’n groep zie je het resultaat van de quiz en van de peilingen."),
    ],
)
def test_the_lobby_says_what_a_group_of_this_size_will_see(
    app: Flask, classroom: Classroom, devices: int, line: str
) -> None:
    a = AClass(classroom, classroom.start(a_module(a_question()), "nl", HELPER))
    device = app.test_client()
    device.post("/nl/join", data={"code": a.view.join_code})
    a.join(devices - 1)

    lobby = main(device, a)

    lines = lobby.select("[data-follow-from]")
    assert [line in each.text for each in lines if not each.has_attr("hidden")] == [True]
    bounds = [(each["data-follow-from"], each.get("data-follow-until")) for each in lines]
    assert bounds == [("0", "8"), ("8", "12"), ("12", None)]


@pytest.mark.parametrize("question", [a_question("K1"), an_opinion("N1")])
def test_in_a_small_group_a_choice_is_never_sent_and_no_result_follows(
    new_class: NewClass, new_device: NewDevice, question: object
) -> None:
    a = new_class(question)
    device = new_device(a)
    a.join(20)

    a.act(Act.SMALL)
    assert "Jullie zijn een kleine groep." in shown(main(device, a))
    assert "dit aantal toestellen" not in shown(main(device, a))

    a.act(Act.NEXT, Act.NEXT)
    assert "Kies voor jezelf. Er wordt niets verstuurd." in shown(main(device, a))

    a.act(Act.OPEN)
    asked = main(device, a)
    assert asked.select('[name="choice"]')
    assert not asked.select("form")
    assert "Kies voor jezelf. Er wordt niets verstuurd." in shown(asked)
    assert asked.select_one(".talk p")

    a.act(Act.EXPLAIN)
    explained = main(device, a)
    assert explained.select_one(".talk p")
    assert not explained.select(".result")
    assert "We tonen een resultaat vanaf" not in shown(explained)


# Cards


def test_the_cards_of_a_step_are_on_the_device_in_its_language_and_each_says_why(
    classroom: Classroom, new_device: NewDevice
) -> None:
    deck = a_deck("Asked first.", "Not asked.")
    activity = an_activity("line").model_copy(update={"kind": ActivityKind.SORT, "deck": deck})
    module = a_module().model_copy(update={"activities": (activity,)})
    a = AClass(classroom, classroom.start(module, "nl", None))
    device = new_device(a)
    a.act(Act.NEXT)

    for language in ("nl", "fr"):
        cards = main(device, a, language).select(".deck__card")
        assert [card.select("summary")[0].text for card in cards] == list(deck.texts(language))
        assert all("Because." in card.text for card in cards)


def test_what_is_written_anew_has_no_form_to_go_with(
    classroom: Classroom, new_device: NewDevice
) -> None:
    deck = a_deck("Send it now.")
    activity = an_activity("anew").model_copy(update={"kind": ActivityKind.REWRITE, "deck": deck})
    a = AClass(
        classroom,
        classroom.start(a_module().model_copy(update={"activities": (activity,)}), "nl", None),
    )
    device = new_device(a)
    a.act(Act.NEXT)

    seen = main(device, a, "nl")

    assert len(seen.select("textarea")) == 1
    assert not seen.select("form, textarea[name]")


# The bell


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_wrapping_up_shows_three_sentences_and_help_and_asks_nothing(
    app: Flask, classroom: Classroom, language: str
) -> None:
    module = app.extensions["content"].modules["m4"]
    a = AClass(classroom, classroom.start(module, language, HELPER))
    device = Browse(app)
    device.post(f"/{language}/join", {"code": a.view.join_code})
    while a.view.question is None:
        a.act(Act.NEXT)
    a.act(Act.OPEN, Act.WRAP_UP)

    page = device.get(f"/{language}/class/{a.view.join_code}")

    assert page.h1 == {"nl": "De les is bijna gedaan", "fr": "La leçon est presque finie"}[language]
    sentences = [each.text for each in page.all(".take-home__sentence")]
    assert sentences == list(module.take_home[language])
    assert not page.all("form, input")
    assert page.all(".help-strip__name")[0].text == HELPER
    assert page.all(".help-strip__phone")
    assert page.all('noscript meta[http-equiv="refresh"]')
    assert a.view.phase is Phase.WRAP_UP


# Where help is and the way out


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_helper_comes_first_and_the_way_out_stands_out_wherever_the_class_is(
    app: Flask, new_class: NewClass, language: str
) -> None:
    a = new_class()
    device = Browse(app)
    device.post(f"/{language}/join", {"code": a.view.join_code})
    address = f"/{language}/class/{a.view.join_code}"

    for acts in ((), (Act.PAUSE,), (Act.RESUME, Act.SMALL, Act.NEXT, Act.NEXT), (Act.OPEN,)):
        a.act(*acts)
        page = device.get(address)
        assert page.all(".help-strip__name")[0].text == HELPER
        assert str(page.one(".page--class .quick-exit")["href"]).startswith("https://")
    a.act(Act.END)
    ended = device.get(address)
    assert ended.all(".help-strip__name")[0].text == HELPER
    assert ended.one(".quick-exit")
    assert not ended.all(".page--class")


# A rehearsal


@pytest.fixture
def rehearsal(classroom: Classroom) -> AClass:
    """An imaginary class, which any device may look at."""
    return AClass(classroom, classroom.rehearse(a_module(a_question("K1")), "nl"))


def test_every_device_is_in_a_rehearsal_and_gets_no_seat(
    rehearsal: AClass, new_device: NewDevice
) -> None:
    device, other = new_device(), new_device()

    joined = device.post("/nl/join", data={"code": rehearsal.view.join_code})

    assert joined.status_code == 303
    assert joined.location == f"/nl/class/{rehearsal.view.join_code}"
    assert "Set-Cookie" not in joined.headers
    for each in (device, other):
        assert shown(main(each, rehearsal)).startswith("Module Je doet mee")


def test_an_answer_in_a_rehearsal_goes_as_in_a_lesson(
    rehearsal: AClass, new_device: NewDevice
) -> None:
    device = new_device()
    rehearsal.go_to("K1")
    rehearsal.act(Act.OPEN)
    address = f"/nl/class/{rehearsal.view.join_code}"
    ballot = {"round": rehearsal.view.round_token or "", "choice": "1"}

    sent = device.post(f"{address}/answer", data=ballot, headers={"Accept": "text/html"})
    by_script = device.post(f"{address}/answer", data=ballot)

    assert (sent.status_code, by_script.status_code) == (303, 204)
    assert "Je antwoord is binnen." in device.get(sent.location).text
    rehearsal.act(Act.CLOSE)
    assert device.post(f"{address}/answer", data=ballot).status_code == 409


@pytest.mark.parametrize(("language", "mark"), [("nl", "PROEFLES"), ("fr", "RÉPÉTITION")])
def test_every_page_of_a_rehearsal_is_marked_and_none_of_a_lesson(
    rehearsal: AClass, new_class: NewClass, new_device: NewDevice, language: str, mark: str
) -> None:
    lesson = new_class()
    device = new_device(lesson, language)
    address = f"/{language}/class/{rehearsal.view.join_code}"

    lobby = device.get(address).text
    rehearsal.act(Act.END)
    ended = device.get(address).text
    real = device.get(f"/{language}/class/{lesson.view.join_code}").text

    for page in (lobby, ended):
        soup = BeautifulSoup(page, "html.parser")
        assert [words(each) for each in soup.select(".selvedge")] == [mark]
        assert [each["target"] for each in soup.select(".quick-exit")] == ["_blank"]
    assert not re.search("selvedge|rehearsal|_blank", real)
