"""The language of a request: in the path, never guessed once a page has an address.

Rules write `<lang>`; views never see it, because it is taken from the URL values here and put
back by `url_for`. Which languages exist is said by the content, nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from babel import Locale
from flask import abort, current_app, g, has_request_context, request, url_for
from flask_babel import Babel
from werkzeug.exceptions import HTTPException

from eduapp.web.current import current_content

if TYPE_CHECKING:
    from flask import Flask

_NAMES: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class SwitchLink:
    """The same page in another language."""

    language: str
    name: str
    url: str
    is_current: bool


def language_name(language: str) -> str:
    """Return the name of a language in that language, capitalised: Nederlands, Français."""
    if language not in _NAMES:
        name = Locale.parse(language).get_display_name(language) or language
        _NAMES[language] = name[:1].upper() + name[1:]
    return _NAMES[language]


def current_language() -> str:
    """Return the language of the page: from the path, else the best that the browser asks for."""
    language: str | None = g.get("language")
    if language is None:
        language = _best_language() if has_request_context() else current_content().languages[0]
        g.language = language
    return language


def _best_language() -> str:
    """Return the language of a path that leads nowhere, else the best that the browser asks for."""
    languages = current_content().languages
    first = request.path[1:].split("/", 1)[0]
    if first in languages:
        return first
    return request.accept_languages.best_match(languages) or languages[0]


def switch_links() -> tuple[SwitchLink, ...]:
    """Return this page in every language, by native name; home where it has no language."""
    endpoint, values = _readable_endpoint()
    present = current_language()
    links = (
        SwitchLink(
            language=language,
            name=language_name(language),
            url=url_for(endpoint, **{**values, "lang": language}),
            is_current=language == present,
        )
        for language in current_content().languages
    )
    return tuple(sorted(links, key=lambda link: link.name))


def _readable_endpoint() -> tuple[str, dict[str, Any]]:
    """Return endpoint and values of the page at this address; a form's address may not be one."""
    rule, values = request.url_rule, request.view_args or {}
    if rule is None or "lang" not in rule.arguments:
        return "learn.home", {}
    if rule.methods is not None and "GET" in rule.methods:
        # Names that mean something to url_for are not taken over from a visitor.
        asked = {k: v for k, v in request.args.items() if k[:1] != "_" and k != "endpoint"}
        return rule.endpoint, asked | values
    try:
        endpoint, found = current_app.url_map.bind("").match(request.path, "GET")
    except HTTPException:
        return "learn.home", {}
    return endpoint, dict(found)


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values is None or "lang" not in values:
        return
    language = values.pop("lang")
    if language not in current_content().languages:
        abort(404)
    g.language = language


def _put_language(endpoint: str, values: dict[str, Any]) -> None:
    if "lang" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values["lang"] = current_language()


def register_locale(app: Flask, translations: str) -> None:
    """Give the app its languages: messages from a folder of catalogues, `<lang>` in URLs."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "nl")
    Babel(
        app,
        default_translation_directories=translations,
        default_domain="messages",
        locale_selector=current_language,
    )
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_put_language)
