"""The papers that come with a lesson, for a module whose age bands differ and that has cards."""

from __future__ import annotations

import re
from math import ceil
from typing import TYPE_CHECKING, Any

import pytest

from config import ROOT
from eduapp import create_app
from eduapp.content.models import QuestionKind, Reveal
from eduapp.learn import papers
from eduapp.privacy.parameters import SHOW_MIN, Kind
from tests.browse import Browse, words
from tests.builders import a_deck, a_module, a_question, an_activity, an_opinion
from tests.conftest import a_config

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from eduapp.content.models import Activity, Content, Module

in_each_language = pytest.mark.parametrize("language", ["nl", "fr"])
PAPERS = ("cards", "questions", "paper", "poster/1", "letter")


def a_talk(activity_id: str, cards: int, band: str | None = None) -> Activity:
    texts = [f"Card {number} of {activity_id}" for number in range(1, cards + 1)]
    return an_activity(activity_id).model_copy(
        update={
            "deck": a_deck(*texts),
            "prompts": {"nl": ("Place the card.",), "fr": ("Place the card.",)},
            "band": band,
        }
    )


def a_printed_module(**changes: Any) -> Module:
    """Return a module with a deck for all, and a shorter talk for the older band only."""
    module = a_module(
        a_question(), an_opinion("N1"), an_opinion("N2", reveal=Reveal.BENCHMARK), revision="1" * 12
    )
    story = an_activity("story").model_copy(update={"band": "12-14", "minutes": 6})
    activities = (*module.activities, story, a_talk("proof", 4, "15-18"), a_talk("line", 12))
    sentences = ("We ask first.", "We see something that hurts? We go and get somebody.")
    return module.model_copy(
        update={
            "bands": ("12-14", "15-18"),
            "activities": activities,
            "goals": both_lists("You ask first."),
            "class_sentences": both_lists(*sentences),
            **changes,
        }
    )


def both_lists(*texts: str) -> dict[str, tuple[str, ...]]:
    return {"nl": texts, "fr": texts}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = create_app(a_config(tmp_path_factory.mktemp("instance")))
    content: Content = app.extensions["content"]
    modules = {
        "m1": a_printed_module(),
        "plain": a_module(a_question()).model_copy(update={"id": "plain"}),
    }
    app.extensions["content"] = content.model_copy(update={"modules": modules})
    yield app
    app.extensions["urn_lock"].close()


@in_each_language
@pytest.mark.parametrize("path", [*(f"modules/m1/{name}" for name in PAPERS), "ict"])
def test_a_paper_stands_in_every_language_and_the_switch_keeps_the_reader_there(
    browse: Browse, language: str, path: str
) -> None:
    seen = browse.get(f"/{language}/{path}")

    assert seen.status == 200
    assert seen.one("html")["lang"] == language
    assert "Set-Cookie" not in seen.response.headers
    other = "fr" if language == "nl" else "nl"
    assert seen.one("[hreflang]")["href"] == f"/{other}/{path}"
    assert not seen.all("form, script")


@pytest.mark.parametrize("name", PAPERS)
def test_an_unknown_module_has_no_papers(browse: Browse, name: str) -> None:
    assert browse.get(f"/nl/modules/m99/{name}").status == 404


def test_a_module_without_cards_has_no_page_of_cards(browse: Browse) -> None:
    assert browse.get("/nl/modules/plain/cards").status == 404
    assert not browse.get("/nl/modules/plain").all('a[href$="/cards"]')


def test_every_card_is_printed_once_and_names_its_activity(browse: Browse) -> None:
    seen = browse.get("/nl/modules/m1/cards")

    printed = [words(tag) for tag in seen.all(".print-card__text")]
    wanted = [f"Card {n} of proof" for n in range(1, 5)] + [
        f"Card {n} of line" for n in range(1, 13)
    ]
    assert printed == wanted
    edges = [words(tag) for tag in seen.all(".print-card__edge")]
    assert edges == ["proof"] * 4 + ["line"] * 12


def test_the_first_sheet_says_how_to_use_the_cards_of_each_activity(browse: Browse) -> None:
    seen = browse.get("/nl/modules/m1/cards")

    guide = seen.one(".card-guide")
    assert [words(tag) for tag in guide.select("h2")] == ["proof", "line"]
    assert len(guide.select(".card-guide__prompts")) == 2
    assert "15–18" in words(guide.select(".card-guide__deck")[0])
    assert seen.all(".card-guide ~ .card-deck")


@pytest.mark.parametrize("count", [1, 4, 6, 8, 9, 10, 11, 20, 21, 33])
def test_cards_fill_sheets_of_one_size_and_none_is_lost(app: Flask, count: int) -> None:
    module = a_printed_module(activities=(a_talk("line", count),))

    with app.test_request_context("/nl/"):
        [deck] = papers.decks(module, "nl")

    assert [card.text for sheet in deck.sheets for card in sheet] == [
        f"Card {number} of line" for number in range(1, count + 1)
    ]
    assert all(1 <= len(sheet) <= 2 * deck.rows <= papers.CARDS_ON_A_SHEET for sheet in deck.sheets)
    assert len(deck.sheets) == ceil(count / papers.CARDS_ON_A_SHEET)
    assert f".card-sheet--rows-{deck.rows} " in css("print-cards")


def test_a_longer_card_never_has_larger_type() -> None:
    sizes = [papers._size("x" * length) for length in range(1, 200)]

    assert list(dict.fromkeys(sizes)) == ["large", "middle", "small"]


@in_each_language
def test_the_open_page_holds_every_question_with_every_option(
    browse: Browse, app: Flask, language: str
) -> None:
    seen = browse.get(f"/{language}/modules/m1/questions")

    module = app.extensions["content"].modules["m1"]
    assert [words(tag) for tag in seen.all(".open-question__text")] == [
        f"{number} {question.text[language]}" for number, question in enumerate(module.questions, 1)
    ]
    listed = [len(tag.select("li")) for tag in seen.all(".open-question__options")]
    assert listed == [len(question.options) for question in module.questions]


def test_only_quiz_questions_have_a_right_answer_and_why(browse: Browse, app: Flask) -> None:
    seen = browse.get("/nl/modules/m1/questions")

    module = app.extensions["content"].modules["m1"]
    quiz = [q.kind is QuestionKind.KNOWLEDGE for q in module.questions]
    assert [bool(tag.select(".open-question__mark")) for tag in seen.all(".open-question")] == quiz
    right = seen.all(".open-question")[0].select("li:has(.open-question__mark)")
    assert [words(tag).split()[0] for tag in right] == ["a"]


def test_each_question_says_from_how_many_answers_the_class_sees_something(browse: Browse) -> None:
    seen = browse.get("/nl/modules/m1/questions")

    knowledge, opinion, benchmark = (words(tag) for tag in seen.all(".open-question__after"))
    assert re.findall(r"\d+", knowledge) == [str(SHOW_MIN[Kind.KNOWLEDGE])]
    assert re.findall(r"\d+", opinion) == [str(SHOW_MIN[Kind.OPINION])]
    assert not re.findall(r"\d", benchmark)
    assert "Most approve" in benchmark


def test_a_benchmark_with_a_figure_shows_the_figure_and_its_source(browse: Browse) -> None:
    app = browse.app
    fact = next(iter(app.extensions["content"].facts.values()))
    question = an_opinion("N2", reveal=Reveal.BENCHMARK).model_copy(update={"benchmark": fact})

    page = "{% set lang = 'nl' %}{% from 'web/components/fact.html' import fact %}"
    page += "{% include 'learn/_afterwards.html' %}"
    with app.test_request_context("/nl/"):
        item = papers.OpenQuestion(1, question, "", None, None, papers._afterwards(question))
        shown = app.jinja_env.from_string(page).render(item=item, question=question)

    assert fact.source in shown
    assert " ".join(fact.sentence["nl"].split()) in " ".join(shown.split())


def test_on_paper_the_answers_stand_apart_from_the_questions(browse: Browse) -> None:
    seen = browse.get("/nl/modules/m1/questions")

    answers = seen.all(".open-question__after, .open-question__options .open-question__mark")
    assert answers
    assert all("u-screen" in tag["class"] for tag in answers)
    assert len(seen.all(".answer-key.u-print .answer-key__item")) == len(seen.all(".open-question"))
    assert "break-before: page" in rule(css("open-question"), ".answer-key")


@in_each_language
def test_the_open_page_says_what_is_never_shown(browse: Browse, app: Flask, language: str) -> None:
    seen = browse.get(f"/{language}/modules/m1/questions")

    never = app.extensions["content"].papers["never"]
    assert words(seen.one("#never")) == never.title[language]
    assert seen.one(".open-questions__never").select("li")


def test_each_class_sentence_has_a_poster_and_no_other_number_has(browse: Browse) -> None:
    first, second = (browse.get(f"/nl/modules/m1/poster/{number}") for number in (1, 2))

    assert words(first.one(".poster__sentence")) == "We ask first."
    assert [words(tag) for tag in second.all(".poster__part")] == [
        "We see something that hurts?",
        "We go and get somebody.",
    ]
    for number in ("0", "3", "-1", "one"):
        assert browse.get(f"/nl/modules/m1/poster/{number}").status == 404


def test_a_poster_leads_to_the_posters_of_the_other_sentences(browse: Browse) -> None:
    seen = browse.get("/nl/modules/m1/poster/2")

    others = [tag["href"] for tag in seen.all(".poster-foot__others a")]
    assert others == ["/nl/modules/m1/poster/1"]


def test_a_line_of_a_poster_never_ends_inside_a_word(app: Flask) -> None:
    module = a_printed_module(class_sentences=both_lists("Qu’est-ce qui t’aide ?"))

    with app.test_request_context("/fr/"):
        page = papers.poster_page(module, 1, "fr")

    assert page is not None
    assert "-" not in "".join(page.parts)
    assert page.parts == ("Qu’est\u2011ce qui t’aide ?",)


def test_a_poster_has_the_largest_type_that_fits() -> None:
    short, longer, very_long = ("We ask. ", "We ask " * 9, "We ask " * 40)

    sizes = [papers._poster_size((text,)) for text in (short, longer, very_long)]

    assert sizes[0] == papers.POSTER_SIZES[0]
    assert sizes[2] == papers.POSTER_SIZES[-1]
    assert sizes == sorted(sizes, reverse=True)
    assert not papers._fits((longer,), sizes[1] + 1)
    # A long word makes the type smaller too: it is never cut.
    assert papers._poster_size(("w" * 20,)) < papers.POSTER_SIZES[0]


def test_every_size_of_a_poster_has_its_rule() -> None:
    sheet = css("poster")

    for size in papers.POSTER_SIZES:
        assert rule(sheet, f".poster__sentence--{size}").strip() == f"font-size: {size}cqi;"


@in_each_language
def test_the_letter_tells_parents_about_this_lesson(
    browse: Browse, app: Flask, language: str
) -> None:
    seen = browse.get(f"/{language}/modules/m1/letter")

    content: Content = app.extensions["content"]
    assert seen.h1 == content.papers["letter"].title[language]
    label = words(seen.one(".paper__label"))
    for text in ("Module", "Line", "You ask first."):
        assert text in label
    for line in content.strip_for(language):
        assert str(line.phone) in label
    assert len(seen.all(".paper__blank")) == 4


def test_a_paper_prints_the_address_of_the_site_only_where_others_reach_it(app: Flask) -> None:
    reached, alone = (Browse(app, base) for base in ("https://les.example.be", "http://127.0.0.1"))

    address = "https://les.example.be/nl/modules/m1/questions"
    assert address in reached.get("/nl/modules/m1/letter").text
    assert "https://les.example.be" in reached.get("/nl/ict").text
    assert "127.0.0.1/" not in alone.get("/nl/modules/m1/letter").text
    assert not alone.get("/nl/ict").all(".paper__site")


def test_module_page_and_teacher_page_lead_to_every_paper(browse: Browse) -> None:
    paths = {f"/nl/modules/m1/{name}" for name in (*PAPERS, "poster/2")} | {"/nl/ict"}

    for page in ("/nl/modules/m1", "/nl/modules/m1/teacher"):
        links = {str(tag["href"]) for tag in browse.get(page).all(".papers a")}
        assert links == paths


def test_a_module_whose_bands_differ_starts_for_one_band(browse: Browse) -> None:
    seen = browse.get("/nl/modules/m1")

    starts = [str(tag["href"]) for tag in seen.all('a[href*="/start/"]')]
    assert starts == [
        "/nl/start/m1?band=12-14",
        "/nl/start/m1?band=12-14&go=later",
        "/nl/start/m1?band=15-18",
        "/nl/start/m1?band=15-18&go=later",
    ]
    form = seen.one('form[action$="/rehearse/m1"]')
    assert form["method"] == "post"
    assert [(b["name"], b["value"]) for b in form.select("button")] == [
        ("band", "12-14"),
        ("band", "15-18"),
    ]


def test_a_module_that_is_the_same_for_every_age_starts_in_one_way(browse: Browse) -> None:
    seen = browse.get("/nl/modules/plain")

    starts = [str(tag["href"]) for tag in seen.all('a[href*="/start/"]')]
    assert starts == ["/nl/start/plain", "/nl/start/plain?go=later"]
    assert not seen.all("button[name]")


def test_steps_are_numbered_as_the_desk_of_each_band_numbers_them(browse: Browse) -> None:
    seen = browse.get("/nl/modules/m1")

    numbers = [words(tag) for tag in seen.all(".module-step__number")]
    assert numbers == ["1", "2", "3", "4", "5", "5", "6"]
    about = [words(tag) for tag in seen.all(".module-step__kind")]
    assert "12–14" in about[4]
    assert "15–18" in about[5]
    assert "1" not in about[6]


def test_minutes_stand_for_each_band_where_they_differ(browse: Browse) -> None:
    seen = browse.get("/nl/modules/m1")

    sums = [words(tag) for tag in seen.all(".module-step--sum")]
    assert [("12–14" in text, "15–18" in text) for text in sums] == [(True, False), (False, True)]
    assert [re.findall(r"(\d+) min", text) for text in sums] == [["26"], ["23"]]
    care = [words(tag) for tag in seen.all(".care-label__item")]
    assert care == ["12–14 · 26 min", "15–18 · 23 min"]


def test_reading_alone_says_which_parts_are_for_one_band(browse: Browse) -> None:
    seen = browse.get("/nl/modules/m1/read")

    marked = [tag for tag in seen.all(".read__part") if tag.select(".page__eyebrow")]
    assert [words(tag.select("h2")[0]) for tag in marked] == ["story", "proof"]


def test_home_leads_a_teacher_to_an_imaginary_class(browse: Browse) -> None:
    [link] = browse.get("/nl/").all('a[href$="#rehearse"]')

    seen = browse.get(str(link["href"]))

    assert seen.one("#rehearse")["action"] == "/nl/rehearse/m1"


def css(component: str) -> str:
    return (ROOT / "static" / "css" / "components" / f"{component}.css").read_text(encoding="utf-8")


def rule(sheet: str, selector: str) -> str:
    return sheet.split(f"{selector} {{", 1)[1].split("}", 1)[0]
