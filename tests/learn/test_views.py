"""The open pages, each in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from config import ROOT
from eduapp.content.models import QuestionKind
from tests.browse import words

if TYPE_CHECKING:
    from flask import Flask

    from eduapp.content.models import Content, Module
    from tests.browse import Browse

LANGUAGES = ("nl", "fr")
PAGES = (
    "/",
    "/modules",
    "/modules/m4",
    "/modules/m4/teacher",
    "/modules/m4/read",
    "/modules/m4/questions",
    "/modules/m4/letter",
    "/modules/m4/poster/1",
    "/ict",
    "/accessibility",
    "/article",
    "/travel",
    "/help",
    "/patterns",
)
in_each_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def module(app: Flask) -> Module:
    content: Content = app.extensions["content"]
    return content.modules["m4"]


@in_each_language
@pytest.mark.parametrize("path", PAGES)
def test_every_open_page_stands_in_every_language(browse: Browse, language: str, path: str) -> None:
    seen = browse.get(f"/{language}{path}")

    assert seen.status == 200
    assert seen.one("html")["lang"] == language
    assert "Set-Cookie" not in seen.response.headers


@in_each_language
@pytest.mark.parametrize("path", PAGES)
def test_switching_the_language_keeps_the_reader_on_the_page(
    browse: Browse, language: str, path: str
) -> None:
    seen = browse.get(f"/{language}{path}")

    others = {str(tag["hreflang"]): str(tag["href"]) for tag in seen.all("[hreflang]")}

    assert others == {other: f"/{other}{path}" for other in LANGUAGES if other != language}


@pytest.mark.parametrize(
    ("asked", "home"),
    [("fr-BE,fr;q=0.9,nl;q=0.5", "/fr/"), ("nl-BE,nl;q=0.9", "/nl/"), ("fr", "/fr/")],
)
def test_the_root_follows_the_languages_of_the_browser(
    browse: Browse, asked: str, home: str
) -> None:
    seen = browse.get("/", headers={"Accept-Language": asked})

    assert seen.status == 302
    assert seen.location == home
    assert "Accept-Language" in seen.response.headers["Vary"]


@in_each_language
def test_home_begins_with_the_code_field(browse: Browse, language: str) -> None:
    seen = browse.get(f"/{language}/")

    form = seen.one("main form")
    assert form["action"] == f"/{language}/join"
    assert form["method"] == "post"
    assert [tag.get("name") for tag in form.select("input")] == ["code"]
    assert seen.one("#code")["autocapitalize"] == "characters"


@in_each_language
def test_home_is_light_enough_for_a_slow_phone(browse: Browse, app: Flask, language: str) -> None:
    seen = browse.get(f"/{language}/")
    sheets = [str(tag["href"]) for tag in seen.all("link[rel=stylesheet]")]

    css = [
        app.test_client().get(sheet, headers={"Accept-Encoding": "br"}, buffered=True).data
        for sheet in sheets
    ]

    assert len(sheets) == 1
    assert sum(map(len, css)) < 7_000
    assert len(seen.response.data) < 14_000
    assert b"Bricolage" not in css[0]


@in_each_language
def test_the_module_page_lists_every_question_and_every_step(
    browse: Browse, module: Module, language: str
) -> None:
    seen = browse.get(f"/{language}/modules/m4")

    listed = [words(tag) for tag in seen.all(".module-question__text")]
    assert sorted(listed) == sorted(_plain(q.text[language]) for q in module.questions)
    titles = [words(tag) for tag in seen.all(".module-step__title")][1:-1]
    assert titles == [_plain(activity.title[language]) for activity in module.activities]


@in_each_language
def test_the_teacher_page_holds_all_that_a_teacher_needs(
    browse: Browse, module: Module, language: str
) -> None:
    seen = browse.get(f"/{language}/modules/m4/teacher")

    assert len(seen.all(".lesson-step")) == len(module.activities)
    right = [words(tag) for tag in seen.all(".answer__option--right .answer__text")]
    knowledge = [q for q in module.questions if q.kind is QuestionKind.KNOWLEDGE]
    assert len(right) == len(knowledge)
    for goal in module.goals[language]:
        assert _plain(goal) in seen.text
    for fact in module.facts_for_teacher:
        assert _plain(fact.sentence[language]) in seen.text
        assert seen.all(f'a[href="{fact.source}"]')


@in_each_language
def test_reading_alone_sends_nothing(browse: Browse, module: Module, language: str) -> None:
    seen = browse.get(f"/{language}/modules/m4/read")

    assert not seen.all("form, input")
    assert "fetch" not in (ROOT / "static/js/reading.mjs").read_text()
    knowledge = [q for q in module.questions if q.kind is QuestionKind.KNOWLEDGE]
    assert len(seen.all(".alone__choice")) == sum(len(q.options) for q in knowledge)


@in_each_language
def test_the_help_page_shows_every_line_of_the_language(
    browse: Browse, app: Flask, language: str
) -> None:
    seen = browse.get(f"/{language}/help")

    content: Content = app.extensions["content"]
    names = sorted(_plain(line.name[language]) for line in content.help_for(language))
    assert sorted(words(tag) for tag in seen.all(".help-line__name")) == names


def test_the_pattern_page_is_not_for_search_engines(browse: Browse) -> None:
    seen = browse.get("/nl/patterns")

    assert seen.one('meta[name="robots"]')["content"] == "noindex"


def test_health_answers_in_plain_text(browse: Browse) -> None:
    seen = browse.get("/health")

    assert seen.response.data == b"ok\n"
    assert seen.response.mimetype == "text/plain"


@pytest.mark.parametrize("path", ["/nl/modules/m99", "/nl/modules/m99/teacher", "/nl/nowhere"])
def test_an_unknown_page_says_so_in_the_language_of_the_path(browse: Browse, path: str) -> None:
    seen = browse.get(path)

    assert seen.status == 404
    assert seen.h1 == "Pagina niet gevonden"


def _plain(text: str) -> str:
    return " ".join(text.split())


@in_each_language
@pytest.mark.parametrize(
    "path", ["/", "/join", "/kept", "/accessibility", "/help", "/modules/m4/read", "/nothing"]
)
def test_every_page_that_students_read_has_the_way_out_and_its_script(
    browse: Browse, language: str, path: str
) -> None:
    seen = browse.get(f"/{language}{path}")

    assert str(seen.one(".quick-exit")["href"]).startswith("https://")
    scripts = [str(each["src"]).rpartition("/")[2] for each in seen.all("script[type=module]")]
    assert len(scripts) == 1
    entry = (ROOT / "static/js" / scripts[0]).read_text(encoding="utf-8")
    assert 'from "./quick-exit.mjs"' in entry
