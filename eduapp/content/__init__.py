"""The lesson engine: reads the folder `lessons/`, checks all of it, and hands out frozen values.

Pure: files in, values out. May use Markdown, nh3, ruamel.yaml, pydantic and Babel; never Flask, a
database, the settings, the clock (today is an argument) or the network. Nothing of a class or a
student is known here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eduapp.content.checks import check
from eduapp.content.facts import renderers_of
from eduapp.content.problems import ContentError, Problem, Problems, Severity
from eduapp.content.reader import build
from eduapp.content.sources import read_sources

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from eduapp.content.models import Content

__all__ = ["ContentError", "Problem", "Severity", "check_content", "load_content"]


def check_content(lessons_dir: Path, today: dt.date) -> tuple[Problem, ...]:
    """Return every problem of a lessons folder, errors and warnings, in order of file and line."""
    problems = Problems()
    sources = read_sources(lessons_dir, problems)
    check(sources, renderers_of(sources, today), today, problems)
    return problems.all()


def load_content(lessons_dir: Path, today: dt.date, law_checked_by: str | None = None) -> Content:
    """Return the content of a lessons folder. Raises `ContentError` with every error at once.

    `today` decides which review dates have passed, whether opening hours may be shown and which
    sentence of a dated fact is true. Without `law_checked_by` what is about law is not given.
    """
    problems = Problems()
    sources = read_sources(lessons_dir, problems)
    renderers = renderers_of(sources, today)
    check(sources, renderers, today, problems)
    if errors := problems.errors():
        raise ContentError(errors)
    return build(sources, renderers, today, law_checked_by)
