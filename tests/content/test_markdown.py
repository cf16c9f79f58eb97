"""Markup: what Markdown becomes, and what never comes through."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eduapp.content.markdown import (
    TAGS,
    CitedFact,
    CitedHelp,
    Renderer,
    is_safe_link,
    sanitise,
)
from tests.content.unhurried import unhurried

FACT = CitedFact("84 % zegt: “a < b”.", "Thorn, 2024", "jongeren & ouders", "https://example.org/s")
NL = Renderer(
    "nl",
    {"U03": FACT},
    {
        "child-focus": CitedHelp("Child Focus", "116 000", "https://childfocus.be"),
        "awel": CitedHelp("Awel", None, "https://awel.be/"),
        "112": CitedHelp("112", "112", None),
        "cpms": CitedHelp("Ton CPMS", None, None),
    },
)

HOSTILE = st.text(
    st.sampled_from("<>/\"'=()[]!#*_`&;:\\ \n\t{}-+.1ajonscriptlehfdU03kv\x00\x0b\u2028"),
    max_size=120,
)
PIECES = st.lists(
    st.sampled_from(
        re.findall(
            r"\S+",
            """
            <script> </script> <img_src=x_onerror=a()> <a_href='javascript:a()'> <svg_onload=a()>
            [x](javascript:a()) [x](&#106;avascript:a()) ![x](https://a.be/b.png) [x]
            [x](<javascript:a()>) [x]:_javascript:a() <javascript:a()> [x](//a.be) [ ]( )
            <style> style='x' onclick=a() {{fact_U03}} {{help_awel}} ` ** * > - # \\
            [x](data:text/html,a) &lt;script&gt; <!-- -->
            """,
        )
    ).map(lambda piece: piece.replace("_", " "))
    | st.sampled_from(["\n\n", "\n", "    ", "[x](java\nscript:a())"]),
    max_size=14,
).map("".join)


class Seen(HTMLParser):
    """Notes every tag and attribute that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]


def assert_harmless(html: str) -> None:
    seen = Seen(html)
    assert seen.tags <= TAGS
    assert {name for _, name, _ in seen.attributes} <= {"href", "class", "rel", "start"}
    for tag, name, value in seen.attributes:
        if name == "href":
            assert tag == "a"
            assert is_safe_link(value)
        if name == "class":
            assert value in {"cite", "fact", "help", ""}


@unhurried
@given(HOSTILE | PIECES | st.text())
def test_nothing_harmful_comes_through_markdown(text: str) -> None:
    assert_harmless(NL.html(text))


@unhurried
@given(HOSTILE | PIECES | st.text())
def test_nothing_harmful_comes_through_the_sanitiser(text: str) -> None:
    assert_harmless(sanitise(text))


def test_paragraphs_lists_emphasis_and_quotations() -> None:
    html = NL.html("Een *zin* en **nog een**.\n\n- a\n- b\n\n3. c\n4. d\n\n> zei ze")

    assert html.replace("\n", "") == (
        "<p>Een <em>zin</em> en <strong>nog een</strong>.</p><ul><li>a</li><li>b</li></ul>"
        '<ol start="3"><li>c</li><li>d</li></ol><blockquote><p>zei ze</p></blockquote>'
    )


def test_headings_begin_below_those_of_the_page() -> None:
    levels = re.findall(r"<h(\d)", NL.html("# a\n\n## b\n\n### c\n\n#### d\n\n##### e\n\n###### f"))

    assert levels == ["3", "3", "3", "3", "4", "5"]


def test_html_and_images_are_text() -> None:
    assert NL.html("<b>vet</b>") == "<p>&lt;b&gt;vet&lt;/b&gt;</p>"
    assert "<img" not in NL.html("![kat](https://example.org/kat.png)")


def test_a_fact_is_its_sentence_with_who_year_population_and_source() -> None:
    assert NL.html("{{fact U03}}") == (
        '<p><span class="fact">84 % zegt: “a &lt; b”. <cite class="cite">'
        '<a href="https://example.org/s" rel="noopener noreferrer">Thorn, 2024</a>'
        " · jongeren &amp; ouders</cite></span></p>"
    )


@pytest.mark.parametrize(
    ("name", "html"),
    [
        (
            "child-focus",
            'Child Focus <a href="tel:116000" rel="noopener noreferrer">116&nbsp;000</a>',
        ),
        ("awel", 'Awel <a href="https://awel.be/" rel="noopener noreferrer">awel.be</a>'),
        ("112", "112"),
        ("cpms", "Ton CPMS"),
    ],
)
def test_a_help_line_is_its_name_and_its_number(name: str, html: str) -> None:
    assert NL.html(f"{{{{help {name}}}}}") == f'<p><span class="help">{html}</span></p>'


def test_an_unknown_citation_stays_as_it_was_typed() -> None:
    assert NL.html("{{fact U99}}") == "<p>{{fact U99}}</p>"


def test_links_are_noted_and_those_of_citations_are_not() -> None:
    text = "[a](https://a.be/x?y=1#z) {{fact U03}} [b](#b) [c](/nl/help) [d](http://d.be)"

    rendered = NL.render(text)

    assert rendered.links == ("https://a.be/x?y=1#z", "#b", "/nl/help", "http://d.be")
    assert "http://d.be" not in rendered.html


@pytest.mark.parametrize(
    ("href", "is_safe"),
    [
        ("https://childfocus.be", True),
        ("https://childfocus.be:8443/a/b?c=d#e", True),
        ("#steun", True),
        ("/nl/modules/m4", True),
        ("tel:116000", True),
        ("http://childfocus.be", False),
        ("https://", False),
        ("https://localhost", False),
        ("https://a b.be", False),
        ("//childfocus.be", False),
        ("/static/x", False),
        ("mailto:a@b.be", False),
        ("javascript:alert(1)", False),
        ("java script:alert(1)", False),
        ("JAVASCRIPT:alert(1)", False),
        ("data:text/html,x", False),
        ("", False),
    ],
)
def test_which_links_may_stand_in_a_lesson(href: str, is_safe: bool) -> None:  # noqa: FBT001
    assert is_safe_link(href) is is_safe


def test_french_spaces_are_set_by_the_engine() -> None:
    french = Renderer("fr", {}, {})

    assert french.html("« Ça va ? » Oui : super !") == (
        "<p>«&nbsp;Ça va\u202f?&nbsp;» Oui&nbsp;: super\u202f!</p>"
    )
    assert NL.html("Gaat het ?") == "<p>Gaat het ?</p>"
