"""The one client for page tests: asks like a browser, and holds every page to one floor.

The floor: valid HTML, one h1 that begins the title, the language of the path, no duplicate id,
nothing inline, a name for every control, all security headers, no cookie outside
`docs/cookies.md`, no dead link.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from justhtml import JustHTML
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from config import ROOT
from eduapp.web.headers import FRAMED_HEADERS, FRAMING_HEADERS, SECURITY_HEADERS

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

BASE = "https://lesson.example.be"
STUDENT_TITLES = ("Les · Mijn beeld", "Leçon · Mon image")
QUIET = re.compile(r"deepnude|naakt|\bnu\b", re.IGNORECASE)
_CONTROLS = ("input", "select", "textarea")
_NAMELESS = {"hidden", "submit", "button"}


def documented_cookies() -> list[re.Pattern[str]]:
    """Return the cookie names of `docs/cookies.md` as patterns."""
    text = (ROOT / "docs" / "cookies.md").read_text(encoding="utf-8")
    names = re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)
    return [re.compile(re.escape(name).replace("<public_id>", r"[\w-]+")) for name in names]


@dataclass(frozen=True, slots=True)
class Seen:
    """What came back: the raw response, and the page where it is one."""

    response: TestResponse
    soup: BeautifulSoup

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def location(self) -> str:
        return self.response.headers["Location"]

    @property
    def h1(self) -> str:
        return words(self.one("h1"))

    @property
    def text(self) -> str:
        """The words of the page, each space one space."""
        return words(self.soup)

    def one(self, selector: str) -> Tag:
        """Return the only element that a CSS selector finds."""
        found = self.soup.select(selector)
        assert len(found) == 1, f"{len(found)} elements for {selector}"
        return found[0]

    def all(self, selector: str) -> list[Tag]:
        """Return every element that a CSS selector finds."""
        return list(self.soup.select(selector))


class Browse:
    """A browser without JavaScript: keeps cookies, sends forms, follows redirects when told."""

    def __init__(self, app: Flask, base: str = BASE) -> None:
        self.app = app
        self.base = base
        self.client: FlaskClient = app.test_client()
        self._cookies = documented_cookies()

    def get(
        self, path: str, *, follow: bool = False, headers: dict[str, str] | None = None
    ) -> Seen:
        """Return what an address shows, checked."""
        response = self.client.get(
            path, base_url=self.base, follow_redirects=follow, headers=headers
        )
        return self._seen(response)

    def post(
        self,
        path: str,
        form: dict[str, str] | None = None,
        *,
        follow: bool = False,
        headers: dict[str, str] | None = None,
    ) -> Seen:
        """Return what sending a form shows, checked; sends what a browser sends along."""
        sent = {
            "Accept": "text/html,*/*;q=0.8",
            "Origin": self.base,
            "Sec-Fetch-Site": "same-origin",
        } | (headers or {})
        response = self.client.post(
            path, base_url=self.base, data=form or {}, follow_redirects=follow, headers=sent
        )
        return self._seen(response)

    def another(self) -> Browse:
        """Return another device: the same app, no cookies."""
        return Browse(self.app, self.base)

    def _seen(self, response: TestResponse) -> Seen:
        check_headers(response)
        self._check_cookies(response)
        html = response.get_data(as_text=True) if response.mimetype == "text/html" else ""
        seen = Seen(response, BeautifulSoup(html, "html.parser"))
        if html and not 300 <= response.status_code < 400:
            check_page(html, seen)
            check_links(self.app, seen)
        return seen

    def _check_cookies(self, response: TestResponse) -> None:
        for line in response.headers.getlist("Set-Cookie"):
            name = line.split("=", 1)[0]
            assert any(known.fullmatch(name) for known in self._cookies), f"cookie {name}"
            parts = set(line.split("; "))
            assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= parts, line
            assert "Secure" in parts or not name.startswith("__Host-"), line


def words(tag: Tag) -> str:
    """Return the text of an element, each space one space."""
    return " ".join(tag.get_text(" ").split())


def check_headers(response: TestResponse) -> None:
    """Assert that a response has every security header exactly once, and says who may keep it.

    Only a page of a rehearsal, which says so itself, may stand in a frame of ours or show one; its
    papers do neither.
    """
    is_html = response.mimetype == "text/html"
    is_rehearsal = is_html and "page--rehearsal" in response.get_data(as_text=True)
    allowed: list[tuple[tuple[str, str], ...]] = [SECURITY_HEADERS]
    if is_rehearsal:
        allowed += [FRAMED_HEADERS, FRAMING_HEADERS]
    names = [name for name, _value in SECURITY_HEADERS]
    found = tuple((name, value) for name in names for value in response.headers.getlist(name))
    assert found in allowed, found
    assert "Cache-Control" in response.headers


def check_page(html: str, seen: Seen) -> None:
    """Assert what holds for every page, errors included."""
    JustHTML(html, strict=True)
    soup = seen.soup
    title = words(seen.one("title"))
    assert title in STUDENT_TITLES or title.startswith(seen.h1), f"{title!r} for {seen.h1!r}"
    assert not QUIET.search(title), title
    assert seen.one("main")
    path = seen.response.request.path
    assert not QUIET.search(path), path
    language = seen.one("html")["lang"]
    in_path = re.match(r"/([a-z]{2})/", path)
    assert in_path is None or seen.status == 404 or language == in_path[1], language
    ids = [tag["id"] for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
    _check_nothing_inline(soup)
    _check_names(soup)


def check_links(app: Flask, seen: Seen) -> None:
    """Assert that every address on the page that is ours leads somewhere."""
    here = seen.response.request.path
    pairs = [(tag[name], "GET") for name in ("href", "src") for tag in seen.all(f"[{name}]")]
    pairs += [
        (form.get("action") or here, str(form.get("method", "get")).upper())
        for form in seen.all("form")
    ]
    pairs += [(str(tag["formaction"]), "POST") for tag in seen.all("[formaction]")]
    for address, method in pairs:
        parts = urlsplit(str(address))
        if parts.scheme or parts.netloc:
            assert parts.scheme in {"https", "http", "tel", "mailto"}, address
        elif not parts.path:
            assert not parts.fragment or seen.all(f"#{parts.fragment}"), f"{address} on {here}"
        else:
            assert _resolves(app, parts.path, method), f"{method} {address} on {here}"


def _resolves(app: Flask, path: str, method: str) -> bool:
    if path.startswith("/static/"):
        return app.test_client().head(path).status_code == 200
    try:
        app.url_map.bind("").match(path, method)
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True


def _check_nothing_inline(soup: BeautifulSoup) -> None:
    assert not soup.select("style, [style], script:not([src])")
    for tag in soup.select("*"):
        handlers = [name for name in tag.attrs if name.startswith("on")]
        assert not handlers, f"{tag.name} {handlers}"
        for name in ("src", "href"):
            value = str(tag.get(name, ""))
            assert not value.startswith(("data:", "javascript:")), value
    for tag in soup.select("script[src], link[rel=stylesheet], link[rel=icon], img[src]"):
        assert str(tag.get("src") or tag.get("href")).startswith("/"), tag


def _check_names(soup: BeautifulSoup) -> None:
    for tag in soup.find_all(_CONTROLS):
        if tag.get("type") not in _NAMELESS:
            assert _has_name(tag, soup), f"no label: {tag}"
    for tag in soup.select("button:not([hidden][data-text]), a[href], summary"):
        assert words(tag) or tag.get("aria-label"), f"no words: {tag}"
    for tag in soup.select("img"):
        assert tag.get("alt") is not None, f"no alt: {tag}"


def _has_name(tag: Tag, soup: BeautifulSoup) -> bool:
    if tag.get("aria-label") or tag.find_parent("label"):
        return True
    if tag.get("id") and soup.select(f'label[for="{tag["id"]}"]'):
        return True
    others = str(tag.get("aria-labelledby", "")).split()
    return bool(others) and all(soup.select(f"#{other}") for other in others)
