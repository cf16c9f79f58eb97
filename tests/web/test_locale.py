"""The language of a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask import url_for
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eduapp.web.locale import current_language, language_name, switch_links

if TYPE_CHECKING:
    from flask import Flask

    from tests.browse import Browse


@pytest.mark.parametrize(
    ("language", "name"),
    [("nl", "Nederlands"), ("fr", "Français"), ("de", "Deutsch"), ("en", "English")],
)
def test_languages_are_named_in_themselves(language: str, name: str) -> None:
    assert language_name(language) == name


@pytest.mark.parametrize("path", ["/xx/", "/NL/", "/nl-BE/modules", "/en/"])
def test_an_unknown_language_is_not_found(browse: Browse, path: str) -> None:
    assert browse.get(path).status == 404


def test_a_page_without_a_language_follows_the_browser(browse: Browse) -> None:
    seen = browse.get("/no/where", headers={"Accept-Language": "nl"})

    assert seen.one("html")["lang"] == "nl"


def test_the_path_wins_over_the_browser(browse: Browse) -> None:
    seen = browse.get("/fr/", headers={"Accept-Language": "nl"})

    assert seen.one("html")["lang"] == "fr"


def test_addresses_get_the_language_of_the_page(app: Flask) -> None:
    with app.test_request_context("/fr/help"):
        app.preprocess_request()

        assert url_for("learn.modules") == "/fr/modules"
        assert url_for("learn.modules", lang="nl") == "/nl/modules"
        assert url_for("learn.health") == "/health"


def test_switching_keeps_what_is_asked(app: Flask) -> None:
    with app.test_request_context("/fr/modules/m4?from=list"):
        app.preprocess_request()

        links = {link.language: link.url for link in switch_links()}

    assert links == {"fr": "/fr/modules/m4?from=list", "nl": "/nl/modules/m4?from=list"}


def test_switching_after_a_form_goes_to_the_page_of_the_form(app: Flask) -> None:
    with app.test_request_context("/fr/join", method="POST"):
        app.preprocess_request()

        links = {link.language: link.url for link in switch_links()}

    assert links == {"fr": "/fr/join", "nl": "/nl/join"}


def test_switching_where_a_form_has_no_page_goes_home(app: Flask) -> None:
    with app.test_request_context("/fr/desk/abcdefghijkl/act", method="POST"):
        app.preprocess_request()

        assert {link.url for link in switch_links()} == {"/nl/", "/fr/"}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.text(alphabet=st.characters(codec="utf-8", exclude_characters="?#"), max_size=30))
def test_whatever_the_path_the_language_is_one_of_ours(app: Flask, path: str) -> None:
    with app.test_request_context("/" + path.lstrip("/")):
        assert current_language() in app.extensions["content"].languages


@pytest.mark.parametrize(
    "query", ["endpoint=1", "_method=PUT", "_scheme=x", "_external=1", "lang=x"]
)
def test_a_query_string_cannot_break_the_language_links(browse: Browse, query: str) -> None:
    seen = browse.get(f"/nl/join?{query}")

    assert seen.status == 200
