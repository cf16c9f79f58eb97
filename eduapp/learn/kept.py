"""What the page *what we keep* shows: the promise and its limits, and the tables as they are.

The text is content; the tables and columns are those that the running database was seen to have, at
the start and every minute since. No row is read here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from eduapp.privacy.parameters import SHOW_MIN, STORE_MIN, Kind
from eduapp.web.column_words import TableInWords, tables_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from eduapp.content.models import Content, Paper


@dataclass(frozen=True, slots=True)
class KeptPage:
    """What is protected and what is not, what is kept, and every table and column."""

    audience: str
    title: str
    care: tuple[str, ...]
    safe: Paper
    unsafe: Paper
    what: Paper
    device: Paper
    minimums: str
    is_plain: bool
    """True where the lesson crosses the room's network unencrypted (privacy, decision 10)."""
    tables: tuple[TableInWords, ...]


def kept_page(
    content: Content, columns: Mapping[str, Sequence[str]], *, is_plain: bool
) -> KeptPage:
    """Return the page for a database with these columns."""
    papers = content.papers
    return KeptPage(
        audience="student",
        title=_("What we keep"),
        care=(
            _("no name"),
            _("no account"),
            _("no answer of one person"),
            _("rough numbers of the class"),
            _("gone the day after the lesson"),
        ),
        safe=papers["keep-safe"],
        unsafe=papers["keep-unsafe"],
        what=papers["keep-what"],
        device=papers["keep-device"],
        minimums=_(
            "With fewer than %(store)s answers no number of a question is kept. A quiz shows a "
            "result from %(quiz)s answers, a poll from %(poll)s.",
            store=STORE_MIN,
            quiz=SHOW_MIN[Kind.KNOWLEDGE],
            poll=SHOW_MIN[Kind.OPINION],
        ),
        is_plain=is_plain,
        tables=tables_in_words(columns),
    )
