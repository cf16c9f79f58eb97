"""The frame of every page: what only a rehearsal has, and help with the school's own first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from flask import render_template, render_template_string

if TYPE_CHECKING:
    from flask import Flask

STRIP = (
    '{% from "web/components/help_strip.html" import help_strip %}'
    "{{ help_strip(help_lines(), helper) }}"
)


@dataclass(frozen=True, slots=True)
class APage:
    audience: str
    title: str = "Les"


@dataclass(frozen=True, slots=True)
class ARehearsalPage(APage):
    is_rehearsal: bool = True


def rendered(app: Flask, page: APage, language: str = "nl") -> BeautifulSoup:
    with app.test_request_context(f"/{language}/"):
        return BeautifulSoup(render_template("web/layout.html", page=page), "html.parser")


@pytest.mark.parametrize("audience", ["student", "staff", "public", "board"])
@pytest.mark.parametrize(("language", "mark"), [("nl", "PROEFLES"), ("fr", "RÉPÉTITION")])
def test_a_rehearsal_is_marked_for_every_audience(
    app: Flask, audience: str, language: str, mark: str
) -> None:
    page = rendered(app, ARehearsalPage(audience), language)

    assert [each.text for each in page.select("body.page--rehearsal > aside.selvedge")] == [mark]
    assert [link["target"] for link in page.select(".bar__brand")] == ["_blank"]
    sheets = [str(link["href"]) for link in page.select("link[rel=stylesheet]")]
    assert sheets[-1].endswith("/css/selvedge.css")


@pytest.mark.parametrize("page", [APage("student"), ARehearsalPage("board", is_rehearsal=False)])
def test_no_other_page_carries_anything_of_the_mark(app: Flask, page: APage) -> None:
    assert "rehearsal" not in str(rendered(app, page))
    assert "selvedge" not in str(rendered(app, page))


@pytest.mark.parametrize(("helper", "first"), [("Els, lokaal 12", "Els, lokaal 12"), (None, None)])
def test_the_schools_own_helper_comes_first_where_there_is_one(
    app: Flask, helper: str | None, first: str | None
) -> None:
    with app.test_request_context("/nl/"):
        strip = BeautifulSoup(render_template_string(STRIP, helper=helper), "html.parser")

    names = [each.text for each in strip.select(".help-strip__name")]
    assert len(names) == (4 if helper else 3)
    assert (names[0] == first) is (helper is not None)
    assert strip.text.count("Op school:") == (1 if helper else 0)
