"""The papers in docs/nl and docs/fr say the same, name only what is there, and nginx logs nothing.

That what they say is also true is the business of the tests and attacks that they name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from markdown import markdown

from config import ROOT
from tests.content.readability import ease, sentences_of, words
from tests.house.test_tables import ALLOWED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from werkzeug.routing import Rule

DOCS = ROOT / "docs"
PAPERS = sorted(path.name for path in (DOCS / "nl").iterdir())
ALL = [
    DOCS / "threat-model.md",
    *(DOCS / language / name for language in ("nl", "fr") for name in PAPERS),
]
BLANK = re.compile(r"\[(?:IN TE VULLEN|À COMPLÉTER)\s?:")
TEST = re.compile(r"`(tests/[\w/]+\.py)`")
ATTACK = re.compile(r"`attack ([\w-]+)`")
IN_WORDS = frozenset({"naam", "nom", "name"})
"""What stands for any attack where a paper explains how it names them."""
LEAST_EASE = {"nl": 75, "fr": 80}
LONGEST_SENTENCE = {"nl": 18, "fr": 20}
NGINX = ROOT / "deploy" / "nginx.conf"
AWAY = ROOT / "deploy" / "away.html"
VALUES = {"lang": "nl", "code": "BAKOSLIMU", "public_id": "0123456789ab", "token": "0" * 18}
ONCE = {"teach.open_desk", "school.invitation", "school.join"}
"""Addresses that hold a link that works once."""
SILENT = ("access_log off;", "error_log /dev/null crit;")


def paper(language: str, name: str) -> str:
    return (DOCS / language / name).read_text(encoding="utf-8")


def attacks() -> set[str]:
    """Return the names of all attacks, read and not imported: that would need a browser."""
    source = "".join(p.read_text(encoding="utf-8") for p in ROOT.glob("tests/attack/*.py"))
    return set(re.findall(r'^@attack\(\s*"([\w-]+)"', source, re.MULTILINE))


def test_both_languages_have_the_same_papers() -> None:
    assert sorted(path.name for path in (DOCS / "fr").iterdir()) == PAPERS


@pytest.mark.parametrize("name", PAPERS)
def test_both_languages_have_the_same_parts_and_the_same_proof(name: str) -> None:
    def shape(language: str) -> tuple[object, ...]:
        text = paper(language, name)
        levels = re.findall(r"^(#+) ", text, re.MULTILINE)
        items = re.findall(r"^(?:- \[ \]|-|\d+\.) ", text, re.MULTILINE)
        rows = [line.count("|") for line in text.splitlines() if line.startswith("|")]
        proof = TEST.findall(text), [each for each in ATTACK.findall(text) if each not in IN_WORDS]
        return levels, items, rows, len(BLANK.findall(text)), proof

    assert shape("nl") == shape("fr")


@pytest.mark.parametrize("path", ALL)
def test_every_test_attack_and_file_that_a_paper_names_is_there(path: str) -> None:
    text = (DOCS / path).read_text(encoding="utf-8")
    named = TEST.findall(text) + re.findall(r"`(deploy/[\w.-]+)`", text)
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text)]

    assert [each for each in named if not (ROOT / each).is_file()] == []
    assert [each for each in links if not ((DOCS / path).parent / each).is_file()] == []
    assert set(ATTACK.findall(text)) - IN_WORDS <= attacks()


def test_the_threat_model_names_every_attack_in_each_language() -> None:
    for path in (
        DOCS / "threat-model.md",
        DOCS / "nl/threat-model.md",
        DOCS / "fr/threat-model.md",
    ):
        assert attacks() - set(ATTACK.findall(path.read_text(encoding="utf-8"))) == set(), path


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_record_names_every_column_once(language: str) -> None:
    named: dict[str, list[str]] = {}
    for table, columns in re.findall(
        r"^\| `(\w+)` \| ([^|]+) \|", paper(language, "record-of-processing.md"), re.MULTILINE
    ):
        named.setdefault(table, []).extend(re.findall(r"`(\w+)`", columns))

    assert {table: sorted(columns) for table, columns in named.items()} == {
        table: sorted(columns) for table, columns in ALLOWED.items()
    }


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_students_of_twelve_can_read_theirs(language: str) -> None:
    page = BeautifulSoup(markdown(paper(language, "for-students.md")), "html.parser")
    texts = [" ".join(each.get_text().split()) for each in page.select("h1, h2, p, li")]
    closed = "\n".join(text if text[-1] in ".!?" else f"{text}." for text in texts)
    longest = max(sentences_of(closed), key=lambda sentence: len(words(sentence)))

    assert ease(closed, language) >= LEAST_EASE[language]
    assert len(words(longest)) <= LONGEST_SENTENCE[language], longest


# nginx


def blocks(text: str, kind: str) -> Iterator[tuple[str, str]]:
    """Give what stands before and between the braces of every block of a kind."""
    for found in re.finditer(rf"^[ ]*{kind}\b([^{{;]*)\{{", text, re.MULTILINE):
        depth, end = 1, found.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        yield found[1].strip(), text[found.end() : end - 1]


def nginx() -> str:
    """Return the configuration without its comments."""
    return re.sub(r"^\s*#.*\n", "", NGINX.read_text(encoding="utf-8"), flags=re.MULTILINE)


def without_blocks(text: str) -> str:
    return re.sub(r"\{[^{}]*\}", "", text)


def address_of(rule: Rule) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: VALUES[found[1]], rule.rule)


def test_no_server_of_nginx_keeps_a_log() -> None:
    servers = [inside for _, inside in blocks(nginx(), "server")]

    assert len(servers) == 2
    for inside in servers:
        for line in SILENT:
            assert line in without_blocks(inside)
        assert inside.count("access_log") == inside.count("access_log off;")
        assert inside.count("error_log") == inside.count("error_log /dev/null crit;")


def test_every_address_with_a_student_or_a_code_has_a_rule_without_a_log(app: Flask) -> None:
    rules = [
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("participate.")
        or rule.endpoint in ONCE
        or (rule.endpoint.startswith("teach.board") and "code" in rule.arguments)
    ]
    secure = next(inside for _, inside in blocks(nginx(), "server") if "listen 443" in inside)
    patterns = [
        (re.compile(head.removeprefix("^").removeprefix("~").strip()), inside)
        for head, inside in blocks(secure, "location")
        if head.startswith(("~", "^~ /state/"))
    ]

    assert len(rules) > 10
    assert "teach.board" in {rule.endpoint for rule in rules}
    for rule in rules:
        inside = next((i for pattern, i in patterns if pattern.search(address_of(rule))), "")
        assert all(line in inside for line in SILENT), rule


def test_nothing_of_a_request_or_a_reply_reaches_a_file_of_nginx() -> None:
    secure = next(inside for _, inside in blocks(nginx(), "server") if "listen 443" in inside)
    sizes = dict(re.findall(r"(client_\w+_size) (\w+);", secure))

    assert sizes == {"client_max_body_size": "64k", "client_body_buffer_size": "64k"}
    assert "proxy_max_temp_file_size 0;" in secure


def test_nginx_keeps_only_what_is_the_same_for_everybody_and_only_in_memory() -> None:
    secure = next(inside for _, inside in blocks(nginx(), "server") if "listen 443" in inside)
    keeping = {head for head, inside in blocks(secure, "location") if "proxy_cache " in inside}

    assert keeping == {"^~ /state/", "^~ /static/"}
    assert secure.count("proxy_cache ") == len(keeping)
    for head, inside in blocks(secure, "location"):
        if head in keeping:
            assert 'proxy_set_header Cookie "";' in inside
    # /run is a file system in memory on every Linux with systemd.
    assert re.findall(r"proxy_cache_path (\S+)", nginx()) == ["/run/mijnbeeld-edge"]
    assert "use_temp_path=off" in nginx()


def test_what_a_client_says_about_its_address_ends_at_nginx() -> None:
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in nginx()
    assert "$proxy_add_x_forwarded_for" not in nginx()
    # A block that sets one header takes none of those above it: it has to set them all.
    for head, inside in blocks(nginx(), "location"):
        if "proxy_set_header" in inside:
            for name in ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded"):
                assert f"proxy_set_header {name} " in inside, (head, name)


# The page of nginx for when no machine answers


def away() -> BeautifulSoup:
    return BeautifulSoup(AWAY.read_text(encoding="utf-8"), "html.parser")


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_page_without_a_site_has_the_help_lines_of_every_student_page(
    app: Flask, language: str
) -> None:
    strip = app.extensions["content"].strip_for(language)
    half = away().select_one(f"main [lang={language}]")
    assert half is not None

    shown = [(" ".join(each.get_text().split()), each.a) for each in half.select("li")]

    assert [(text, link and link["href"]) for text, link in shown] == [
        (f"{line.name[language]} {line.phone}", f"tel:{line.phone.replace(' ', '')}")
        for line in strip
    ]


def test_the_page_without_a_site_needs_nothing_else() -> None:
    page, text = away(), AWAY.read_text(encoding="utf-8")
    loading = "script, img, link, iframe, object, embed, form, [src], [srcset], [style], [onload]"

    assert page.select(loading) == []
    assert {str(link["href"])[:4] for link in page.select("[href]")} == {"tel:"}
    assert not re.search(r"url\(|@import|http-equiv|//", text)
    assert len(text.encode()) < 2500
    assert f"location = /{AWAY.name}" in nginx()
