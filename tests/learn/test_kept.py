"""What we keep: the promise and its limits in words, and the tables as the database has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eduapp import create_app
from eduapp.privacy.parameters import SHOW_MIN, STORE_MIN, Kind
from tests.browse import BASE, Browse, words
from tests.conftest import a_config
from tests.content.readability import ease

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

LANGUAGES = ("nl", "fr")
in_each_language = pytest.mark.parametrize("language", LANGUAGES)


@in_each_language
def test_it_shows_every_table_and_column_that_the_database_has(
    app: Flask, browse: Browse, language: str
) -> None:
    seen = browse.get(f"/{language}/kept")

    shown = {
        str(section["aria-labelledby"]).removeprefix("table-"): [
            words(name) for name in section.select("dt")
        ]
        for section in seen.all(".kept-table")
    }
    columns = app.extensions["database"].columns()
    assert shown == {table: list(names) for table, names in columns.items()}
    assert "alembic_version" in shown
    assert all(words(text) for text in seen.all(".kept-table dd"))


def test_a_column_that_nobody_explained_is_shown_all_the_same(app: Flask, browse: Browse) -> None:
    database = app.extensions["database"]
    with database.transaction() as tx:
        tx.connection().exec_driver_sql("CREATE TABLE seen_by (who TEXT)")
    database.look_again()

    page = browse.get("/nl/kept")

    with database.transaction() as tx:
        tx.connection().exec_driver_sql("DROP TABLE seen_by")
    database.look_again()
    table = page.one("section[aria-labelledby=table-seen_by]")
    assert "who" in words(table)
    assert words(table).count("Niemand legde dit uit") == 2


@in_each_language
def test_it_says_what_is_not_protected_as_well(browse: Browse, language: str) -> None:
    seen = browse.get(f"/{language}/kept")

    safe = seen.one("section[aria-labelledby=safe]")
    unsafe = seen.one("section[aria-labelledby=unsafe]")
    assert len(safe.select("li")) == 6
    assert len(unsafe.select("li")) == 7
    text = seen.text
    for number in (STORE_MIN, SHOW_MIN[Kind.KNOWLEDGE], SHOW_MIN[Kind.OPINION]):
        assert str(number) in text
    assert "Set-Cookie" not in seen.response.headers


def test_looking_at_it_leaves_not_even_a_mark_of_a_reader_on_the_disk(
    app: Flask, browse: Browse
) -> None:
    folder = app.extensions["config"].instance_dir
    module = app.extensions["content"].modules["m4"]
    app.extensions["classroom"].start(module, "nl", None)
    before = {path.name: path.read_bytes() for path in folder.glob("test.sqlite3*")}

    browse.get("/nl/kept")

    assert {path.name: path.read_bytes() for path in folder.glob("test.sqlite3*")} == before


@in_each_language
@pytest.mark.parametrize(
    "path", ["/", "/join", "/help", "/modules", "/modules/m4/questions", "/nowhere"]
)
def test_every_page_for_students_and_others_leads_to_it(
    browse: Browse, language: str, path: str
) -> None:
    seen = browse.get(f"/{language}{path}")

    links = [str(a["href"]) for a in seen.all(".kept-link a")]
    assert links == [f"/{language}/kept", f"/{language}/accessibility"]


class TestOnALaptopInTheRoom:
    """The installation runs without encryption, as `ALLOW_PLAIN_HTTP` lets it."""

    @pytest.fixture
    def app(self, tmp_path: Path) -> Iterator[Flask]:
        app = create_app(a_config(tmp_path, allow_plain_http=True))
        yield app
        app.extensions["urn_lock"].close()

    @pytest.mark.parametrize(("language", "said"), [("nl", "wifi"), ("fr", "wifi")])
    def test_it_says_so(self, app: Flask, language: str, said: str) -> None:
        plain = Browse(app, "http://192.0.2.7:8000").get(f"/{language}/kept")
        safe = Browse(app, BASE).get(f"/{language}/kept")

        assert said in words(plain.one(".kept-part--limits .note"))
        assert not safe.all(".kept-part--limits .note")


@pytest.mark.parametrize(("language", "least"), [("nl", 75), ("fr", 80)])
def test_the_columns_are_explained_in_words_that_a_twelve_year_old_reads(
    browse: Browse, language: str, least: float
) -> None:
    seen = browse.get(f"/{language}/kept")

    explained = " ".join(words(tag) for tag in seen.all(".kept-table dd, .kept-table > p"))

    assert ease(explained, language) >= least
