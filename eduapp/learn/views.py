"""The open pages as plain views: pick content, build one page, render.

Nothing is read from a visitor but the address and, on `/`, the languages the browser asks for. Of
the database only which tables and columns it was seen to have; no request touches it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _

from eduapp.learn import pages, papers
from eduapp.learn.ballots import ballots_page
from eduapp.learn.kept import kept_page
from eduapp.learn.patterns import pattern_page
from eduapp.learn.travel_page import travel_page
from eduapp.web.addresses import reachable_base
from eduapp.web.cookies import is_plain
from eduapp.web.current import current_content, current_database
from eduapp.web.locale import current_language

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as BaseResponse

    from eduapp.content.models import Module

blueprint = Blueprint("learn", __name__, template_folder="templates")


@blueprint.get("/")
def root() -> BaseResponse:
    """Redirect to the home page in the language the browser asks for."""
    response = redirect(url_for("learn.home"))
    response.vary.add("Accept-Language")
    return response


@blueprint.get("/<lang>/")
def home() -> str:
    """Return the first page: the code field, the door for teachers, what this is."""
    first = next(iter(current_content().modules), None)
    page = pages.HomePage("student", _("Which code is on the board?"), first)
    return render_template("learn/home.html", page=page)


@blueprint.get("/<lang>/modules")
def modules() -> str:
    """Return the list of modules."""
    language = current_language()
    cards = tuple(pages.card(module, language) for module in current_content().modules.values())
    paths = current_content().papers["paths"]
    page = pages.ModulesPage("public", _("Choose a lesson"), cards, paths)
    return render_template("learn/modules.html", page=page)


@blueprint.get("/<lang>/modules/<module_id>")
def module(module_id: str) -> str:
    """Return what a module is, step by step, with every question; 404 for an unknown one."""
    found, language = _module(module_id), current_language()
    page = pages.module_page(found, language, found.title[language])
    return render_template("learn/module.html", page=page)


@blueprint.get("/<lang>/modules/<module_id>/teacher")
def teacher_page(module_id: str) -> str:
    """Return the printable page with all that a teacher needs; 404 for an unknown module."""
    found, language = _module(module_id), current_language()
    title = _("Teacher page: %(title)s", title=found.title[language])
    page = pages.module_page(found, language, title)
    return render_template("learn/teacher_page.html", page=page)


@blueprint.get("/<lang>/modules/<module_id>/read")
def read(module_id: str) -> str:
    """Return the module to read alone; nothing is sent. 404 for an unknown module."""
    found, language = _lesson(module_id), current_language()
    title = _("Read alone: %(title)s", title=found.title[language])
    page = pages.module_page(found, language, title)
    return render_template("learn/read.html", page=page)


@blueprint.get("/<lang>/modules/<module_id>/cards")
def cards(module_id: str) -> str:
    """Return the cards of a module to print and cut out; 404 for a module without cards."""
    page = papers.cards_page(_lesson(module_id), current_language())
    if not page.decks:
        abort(404)
    return render_template("learn/cards.html", page=page)


@blueprint.get("/<lang>/modules/<module_id>/paper")
def paper(module_id: str) -> str:
    """Return what a class prints to answer without devices; 404 for an unknown module."""
    page = ballots_page(_lesson(module_id), current_language(), request.args.get("band"))
    return render_template("learn/paper.html", page=page)


@blueprint.get("/<lang>/modules/<module_id>/questions")
def questions(module_id: str) -> str:
    """Return every question of a module and what is never shown; 404 for an unknown module."""
    page = papers.questions_page(_lesson(module_id), current_content(), current_language())
    return render_template("learn/questions.html", page=page)


@blueprint.get("/<lang>/modules/<module_id>/poster/<int:number>")
def poster(module_id: str, number: int) -> str:
    """Return one class sentence as a poster; 404 where the module has none of that number."""
    page = papers.poster_page(_module(module_id), number, current_language())
    if page is None:
        abort(404)
    return render_template("learn/poster.html", page=page)


@blueprint.get("/<lang>/modules/<module_id>/letter")
def letter(module_id: str) -> str:
    """Return the letter to parents about a module; 404 for an unknown module."""
    page = papers.letter_page(
        _module(module_id), current_content(), current_language(), reachable_base(request)
    )
    return render_template("learn/letter.html", page=page)


@blueprint.get("/<lang>/ict")
def ict() -> str:
    """Return the note for the ICT coordinator of a school."""
    page = papers.ict_page(current_content(), current_language(), reachable_base(request))
    return render_template("learn/ict.html", page=page)


@blueprint.get("/<lang>/accessibility")
def accessibility() -> str:
    """Return the statement on accessibility: what works, what does not, how that is known."""
    page = papers.statement_page(current_content(), current_language())
    return render_template("learn/statement.html", page=page)


@blueprint.get("/<lang>/article")
def article() -> str:
    """Return, theme by theme, what the article said, what is taught and what was corrected."""
    page = papers.article_page(current_content())
    return render_template("learn/article.html", page=page)


@blueprint.get("/<lang>/travel")
def travel() -> str:
    """Return how an image travels through a made-up school, as the address sets it."""
    return render_template("learn/travel.html", page=travel_page(request.args))


@blueprint.get("/<lang>/kept")
def kept() -> str:
    """Return what is protected and what is not, what is kept, and the tables of the database."""
    columns = current_database().seen_columns
    page = kept_page(current_content(), columns, is_plain=is_plain(request))
    return render_template("learn/kept.html", page=page)


@blueprint.get("/<lang>/help")
def help() -> str:  # noqa: A001 - the endpoint is called so
    """Return all help lines of the language and the five steps."""
    page = pages.help_page(current_content().help_for(current_language()))
    return render_template("learn/help.html", page=page)


@blueprint.get("/<lang>/patterns")
def patterns() -> str:
    """Return every component with one example; not for search engines."""
    return render_template("learn/patterns.html", page=pattern_page())


@blueprint.get("/health")
def health() -> Response:
    """Return `ok` while this process answers."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/ready")
def ready() -> Response:
    """Return `ready` while a proxy may send visitors here; asks no database."""
    if current_app.extensions["is_ready"]():
        return Response("ready\n", mimetype="text/plain")
    return Response("not ready\n", 503, mimetype="text/plain")


def _module(module_id: str) -> Module:
    module = current_content().modules.get(module_id)
    if module is None:
        abort(404)
    return module


def _lesson(module_id: str) -> Module:
    """Return what students get of a module: without what nobody checked yet."""
    return _module(module_id).for_band(None)
