"""Every rule that lesson files must keep, one file per kind of rule.

All of them run, whatever the others find. Reading and building happen elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eduapp.content.checks.decks import check_decks
from eduapp.content.checks.evidence import check_evidence
from eduapp.content.checks.law import check_law
from eduapp.content.checks.links import check_links
from eduapp.content.checks.prose import check_prose
from eduapp.content.checks.questions import check_questions
from eduapp.content.checks.scenarios import check_scenarios
from eduapp.content.checks.structure import check_structure
from eduapp.content.checks.texts import check_texts
from eduapp.content.checks.themes import check_themes
from eduapp.content.checks.words import check_words

if TYPE_CHECKING:
    import datetime as dt

    from eduapp.content.markdown import Renderer
    from eduapp.content.problems import Problems
    from eduapp.content.sources import Sources


def check(
    sources: Sources, renderers: dict[str, Renderer], today: dt.date, problems: Problems
) -> None:
    """Add everything that is wrong with the sources to `problems`."""
    check_structure(sources, problems)
    check_decks(sources, problems)
    check_questions(sources, problems)
    check_scenarios(sources, problems)
    check_evidence(sources, today, problems)
    check_prose(sources, problems)
    check_texts(sources, problems)
    check_links(sources, renderers, problems)
    check_words(sources, problems)
    check_themes(sources, problems)
    check_law(sources, problems)
