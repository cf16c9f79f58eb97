"""Every table and column of the database in plain words, for the pages that say what is kept.

Words only; which tables and columns there are is read from the database itself.
`tests/house/test_tables.py` fails where one has no words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from eduapp.privacy.parameters import STORE_MIN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class ColumnInWords:
    """One column: its name in the database, and what stands in it."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class TableInWords:
    """One table: its name in the database, what one line of it is, and its columns."""

    name: str
    title: str
    words: str
    columns: tuple[ColumnInWords, ...]


def tables_in_words(columns: Mapping[str, Sequence[str]]) -> tuple[TableInWords, ...]:
    """Return the tables of a database in words; what nobody explained says so."""
    titles = _titles()
    order = {name: place for place, name in enumerate(titles)}
    return tuple(
        TableInWords(
            name,
            *titles.get(name, (name, _unexplained())),
            tuple(ColumnInWords(column, column_words(name, column)) for column in columns[name]),
        )
        for name in sorted(columns, key=lambda name: (order.get(name, len(order)), name))
    )


def is_explained(table: str, column: str) -> bool:
    """Return whether a table and a column of it have words."""
    return table in _titles() and column in _columns().get(table, {})


def column_words(table: str, column: str) -> str:
    """Return what stands in a column."""
    return _columns().get(table, {}).get(column) or _unexplained()


def _unexplained() -> str:
    return str(_("Nobody has explained this. Ask who runs this site what it is for."))


def _titles() -> dict[str, tuple[str, str]]:
    return {
        "class_session": (_("Lessons"), _("One line for each lesson of a class.")),
        "round": (_("Questions"), _("One line for each time a question was asked in a lesson.")),
        "release": (
            _("Numbers of a question"),
            _("One line for each answer that could be chosen, for the whole class together."),
        ),
        "alembic_version": (_("The tables themselves"), _("One line for the whole site.")),
    }


def _columns() -> dict[str, dict[str, str]]:
    lesson, question = _("To which lesson it belongs."), _("Which question it was.")
    text_version = _("Which version of the text of the lesson it was.")
    time = _("Whether it was the first time or the second.")
    return {
        "class_session": _lesson_columns(text_version),
        "round": {
            "class_session_id": lesson,
            "question_id": question,
            "round_no": time,
            "revision": text_version,
            "state": _("Whether it is open, closed, dropped, or had too few answers."),
            "n": _(
                "How many devices answered, not which ones. Empty with fewer than %(minimum)s.",
                minimum=STORE_MIN,
            ),
        },
        "release": {
            "class_session_id": lesson,
            "question_id": question,
            "round_no": time,
            "option_id": _("Which of the answers this line is about."),
            "noisy": _(
                "Roughly how many chose it. Coins decided how far the number is off, so it can "
                "even be below zero."
            ),
        },
        "alembic_version": {"version_num": _("Which form the tables have.")},
    }


def _lesson_columns(text_version: str) -> dict[str, str]:
    return {
        "id": _("A serial number. It ties the questions to their lesson."),
        "public_id": _("A name made of random signs, for the address of the desk."),
        "module_id": _("Which of the lessons on this site it was."),
        "revision": text_version,
        "step": _("At which step the class is."),
        "version": _("How many times the teacher has moved the lesson on."),
        "state": _(
            "Whether a question is open or closed, whether there is a pause, the language, the "
            "age group, how many devices may come in, which steps the class came to, and of which "
            "ones the result was shown."
        ),
        "join_code": _("The code on the board."),
        "desk_key_hash": _("A fingerprint of the teacher's key. The key itself is not kept."),
        "helper": _("Who helps at school, as the teacher typed it."),
        "opened_on": _("The day of the lesson, without a time."),
        "delete_on": _("The day on which all of this is gone."),
    }
