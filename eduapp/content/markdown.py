"""The one place that makes markup: Markdown of the lesson files to sanitised HTML.

A small Markdown on purpose: paragraphs, lists, emphasis, quotations, headings, links, and
citations of facts and help lines. No images, no raw HTML, no code. Whatever comes out went
through nh3 with a short list of what may stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar
from xml.etree.ElementTree import Element, SubElement

import nh3
from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from eduapp.content.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Mapping

TAGS = {
    "p", "ul", "ol", "li", "em", "strong", "a", "h3", "h4", "h5", "h6", "blockquote", "br", "hr",
    "cite", "span",
}  # fmt: skip
CLASSES = {"cite": {"cite"}, "span": {"fact", "help"}}
CITATION = re.compile(r"\{\{\s*(fact|help)\s+([\w.-]+)\s*\}\}")

_EXTERNAL = re.compile(
    r"https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?\.[a-z]{2,}(:\d+)?([/?#][^\s\"'<>\\]*)?", re.IGNORECASE
)
_INTERNAL = re.compile(r"#[a-z0-9-]+|/[a-z]{2}/[a-z0-9/-]*(#[a-z0-9-]+)?")
_PHONE = re.compile(r"tel:\d+")
_OFF = {
    "preprocessors": ("html_block",),
    "block": ("code", "setextheader", "reference"),
    "inline": (
        "backtick", "reference", "image_link", "image_reference", "short_reference",
        "short_image_ref", "autolink", "automail", "html", "entity",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CitedFact:
    """What an inline citation of a fact shows."""

    sentence: str
    who_and_year: str
    population: str
    source: str


@dataclass(frozen=True, slots=True)
class CitedHelp:
    """What an inline mention of a help line shows; the phone wins over the address."""

    name: str
    phone: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Rendered:
    """Sanitised HTML, and what the text pointed at (for the check)."""

    html: str
    links: tuple[str, ...]


def is_safe_link(href: str) -> bool:
    """Say whether an address may stand in a lesson: https, inside this site, or a phone."""
    return any(pattern.fullmatch(href) for pattern in (_EXTERNAL, _INTERNAL, _PHONE))


@dataclass(slots=True)
class Renderer:
    """Makes HTML of the Markdown of one language; the same text is rendered once."""

    language: str
    facts: Mapping[str, CitedFact]
    help_lines: Mapping[str, CitedHelp]
    _done: dict[str, Rendered] = field(default_factory=dict)
    _made: tuple[Markdown, _Tidy] | None = None

    def html(self, text: str) -> str:
        """Return the sanitised HTML of a Markdown text."""
        return self.render(text).html

    def render(self, text: str) -> Rendered:
        """Return the sanitised HTML of a Markdown text with the links that were written in it."""
        if text not in self._done:
            self._done[text] = self._render(text)
        return self._done[text]

    def _render(self, text: str) -> Rendered:
        self._made = self._made or self._make_engine()
        engine, tidy = self._made
        html = engine.reset().convert(typeset(text, self.language))
        return Rendered(sanitise(html), tuple(tidy.links))

    def _make_engine(self) -> tuple[Markdown, _Tidy]:
        engine = Markdown(extensions=["sane_lists", "pymdownx.betterem"], output_format="html")
        for name in _OFF["preprocessors"]:
            engine.preprocessors.deregister(name)
        for name in _OFF["block"]:
            engine.parser.blockprocessors.deregister(name)
        for name in _OFF["inline"]:
            engine.inlinePatterns.deregister(name)
        engine.inlinePatterns.register(_Cite(self), "cite", 200)
        tidy = _Tidy(engine)
        engine.treeprocessors.register(tidy, "tidy", 0)
        return engine, tidy

    def element(self, kind: str, name: str) -> Element | None:
        """Return the markup of a citation, or None where nothing has that name."""
        if kind == "fact" and name in self.facts:
            return _fact_element(self.facts[name])
        if kind == "help" and name in self.help_lines:
            return _help_element(self.help_lines[name])
        return None


def sanitise(html: str) -> str:
    """Return HTML without anything that is not on the short list."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        allowed_classes=CLASSES,
        url_schemes={"https", "tel"},
        attribute_filter=_keep,
        link_rel="noopener noreferrer",
    )


def _keep(_tag: str, attribute: str, value: str) -> str | None:
    return value if attribute != "href" or is_safe_link(value) else None


class _Cite(InlineProcessor):
    """`{{fact U03}}` and `{{help child-focus}}`."""

    def __init__(self, renderer: Renderer) -> None:
        super().__init__(CITATION.pattern)
        self.renderer = renderer

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the name is Markdown's
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """Return the element of a citation; an unknown one stays as it was typed."""
        del data
        element = self.renderer.element(m[1], m[2])
        return (None, None, None) if element is None else (element, m.start(0), m.end(0))


class _Tidy(Treeprocessor):
    """Notes the links and moves headings below the page's own (h1, h2)."""

    highest: ClassVar[int] = 3

    def __init__(self, engine: Markdown) -> None:
        super().__init__(engine)
        self.links: list[str] = []

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        self.links = []
        for element in root.iter():
            if element.tag == "a" and element.get("data-cited") is None:
                self.links.append(element.get("href", ""))
            elif re.fullmatch("h[1-6]", element.tag):
                element.tag = f"h{max(self.highest, int(element.tag[1]) - 1)}"


def _fact_element(fact: CitedFact) -> Element:
    span = Element("span", {"class": "fact"})
    span.text = AtomicString(f"{fact.sentence} ")
    cite = SubElement(span, "cite", {"class": "cite"})
    link = SubElement(cite, "a", {"href": fact.source, "data-cited": "yes"})
    link.text = AtomicString(fact.who_and_year)
    link.tail = AtomicString(f" · {fact.population}")
    return span


def _help_element(line: CitedHelp) -> Element:
    span = Element("span", {"class": "help"})
    span.text = AtomicString(line.name)
    href, words = "", ""
    if line.phone:
        href, words = f"tel:{line.phone.replace(' ', '')}", line.phone.replace(" ", "\u00a0")
    elif line.url:
        href, words = line.url, line.url.removeprefix("https://").rstrip("/")
    if href and words != line.name:
        span.text = AtomicString(f"{line.name} ")
        link = SubElement(span, "a", {"href": href, "data-cited": "yes"})
        link.text = AtomicString(words)
    return span
