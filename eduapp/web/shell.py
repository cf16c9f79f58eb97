"""Wires the shell into an app: languages, headers, errors, static files, templates.

The one place that says what every template may use. Routes are the doors' business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint
from jinja2 import StrictUndefined
from markupsafe import Markup
from werkzeug.middleware.proxy_fix import ProxyFix

from config import ROOT
from eduapp.web.current import current_content
from eduapp.web.errors import register_errors
from eduapp.web.headers import register_headers
from eduapp.web.locale import current_language, language_name, register_locale, switch_links
from eduapp.web.results import weave_of
from eduapp.web.static_files import register_static_files

if TYPE_CHECKING:
    from flask import Flask

    from config import Config
    from eduapp.content.models import Content, HelpLine

QUICK_EXIT = "https://www.wikipedia.org/"
"""Where a quick exit leads: an ordinary site. Only a link, never loaded by us."""


def register(app: Flask, config: Config, content: Content) -> None:
    """Wire the shell into an app; comes before the doors are registered."""
    app.extensions["config"] = config
    app.extensions["content"] = content
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["html"] = as_markup
    app.jinja_env.globals.update(
        current_language=current_language,
        help_lines=help_lines,
        language_name=language_name,
        quick_exit_url=QUICK_EXIT,
        switch_links=switch_links,
        weave_of=weave_of,
    )
    app.register_blueprint(Blueprint("web", __name__, template_folder="templates"))
    register_locale(app, str(ROOT / "translations"))
    register_headers(app)
    register_static_files(app, config)
    register_errors(app)
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]


def as_markup(html: str) -> Markup:
    """Return HTML of a content field, sanitised when the lessons were read, for a page."""
    return Markup(html)  # noqa: S704 - sanitised by eduapp.content, and never from visitors


def help_lines() -> tuple[HelpLine, ...]:
    """Return the help strip of the reader's language."""
    return current_content().strip_for(current_language())
