"""While somebody writes lessons: a saved file shows at once, with what the check says of it.

Only with `PREVIEW=1`, on this machine alone. A class is never given a lesson from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Response, render_template, request

from eduapp.content import ContentError, check_content, load_content
from eduapp.web.locale import current_language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from flask import Flask

    from config import Config
    from eduapp.content import Problem


@dataclass(frozen=True, slots=True)
class ProblemsPage:
    """What is to repair before the lessons can be shown again."""

    audience: str
    title: str
    problems: tuple[Problem, ...]


def register_preview(app: Flask, config: Config, today: Callable[[], dt.date]) -> None:
    """Look at the lesson files before each page, and let pages look whether they changed."""
    seen = [_stamp(config.lessons_dir)]
    problems: list[Problem] = []

    def read_again() -> Response | tuple[str, int] | None:
        if request.path == "/preview":
            return Response(_stamp(config.lessons_dir), mimetype="text/plain")
        if request.path.startswith("/static/") or request.method != "GET":
            return None
        stamp = _stamp(config.lessons_dir)
        if stamp != seen[0]:
            seen[0] = stamp
            problems[:] = check_content(config.lessons_dir, today())
            try:
                app.extensions["content"] = load_content(
                    config.lessons_dir, today(), config.law_checked_by
                )
            except ContentError as error:
                problems[:] = error.problems
                return _problems_page(problems), 500
        errors = [problem for problem in problems if problem.severity == "error"]
        return (_problems_page(problems), 500) if errors else None

    app.before_request(read_again)
    app.jinja_env.globals["preview"] = lambda: {"stamp": seen[0], "warnings": tuple(problems)}


def _problems_page(problems: list[Problem]) -> str:
    del problems[200:]
    page = ProblemsPage("public", "Preview", tuple(problems))
    return render_template("web/problems.html", page=page, lang=current_language())


def _stamp(folder: Path) -> str:
    """Return what changes when any file of the folder is saved, added or removed."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return f"{len(files)}-{max((path.stat().st_mtime_ns for path in files), default=0)}"
