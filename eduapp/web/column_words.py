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
        "lesson_revision": (
            _("Lessons as they were"),
            _("One line for each lesson that a class began with. The same text for everybody."),
        ),
        "round": (_("Questions"), _("One line for each time a question was asked in a lesson.")),
        "release": (
            _("Numbers of a question"),
            _("One line for each answer that could be chosen, for the whole class together."),
        ),
        "school_sum": (
            _("Sums of a school"),
            _("One line for each answer to a question, over all classes of a school together."),
        ),
        "school_count": (
            _("How much a sum holds"),
            _("One line for each question of a school: how many answers and classes."),
        ),
        "school_reach": (
            _("Lessons of a school"),
            _("One line for each module that a grade of a school had."),
        ),
        "plan": (_("Plans of teachers"), _("One line for each lesson that a teacher plans.")),
        "school": (_("Schools"), _("One line for each school of this site.")),
        "staff": (
            _("School staff"),
            _("One line for each teacher, head or care worker with an account. No students."),
        ),
        "invitation": (
            _("Invitations for staff"),
            _("One line for each link that nobody has used yet."),
        ),
        "sign_in": (
            _("Staff who are signed in"),
            _("One line for each browser of school staff, until midnight."),
        ),
        "alembic_version": (_("The tables themselves"), _("One line for the whole site.")),
    }


def _columns() -> dict[str, dict[str, str]]:
    lesson, question = _("To which lesson it belongs."), _("Which question it was.")
    text_version = _("Which version of the text of the lesson it was.")
    time = _("Whether it was the first time or the second.")
    return {
        "class_session": _lesson_columns(text_version),
        "lesson_revision": {
            "module_id": _("Which of the lessons on this site it was."),
            "revision": text_version,
            "text": _("What the lesson said on the day the class began."),
        },
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
        **_school_columns(),
        **_staff_columns(),
        "alembic_version": {"version_num": _("Which form the tables have.")},
    }


def _school_columns() -> dict[str, dict[str, str]]:
    question = {
        "school_id": _("At which school."),
        "year": _("In which school year."),
        "question_id": _("Which question it was."),
        "form": _("A fingerprint of the answers that could be chosen."),
        "moment": _("Before talking, after talking, once, or weeks later."),
    }
    return {
        "school_sum": {
            **question,
            "option_id": _("Which of the answers this line is about."),
            "pending": _("The sum of the shaken numbers of classes that no page shows yet."),
            "published": _("The sum of the shaken numbers of classes that the school page shows."),
            "network": _("What of it the page of all schools of this site counts."),
        },
        "school_count": {
            **question,
            "pending_n": _("How many answers no page shows yet."),
            "pending_c": _("How many classes no page shows yet."),
            "published_n": _("How many answers the school page shows together."),
            "published_c": _("How many classes the school page shows together."),
            "network_n": _("How many of these answers the page of all schools counts."),
            "network_c": _("How many of these classes the page of all schools counts."),
            "entered_on": _("The day on which a class was added last."),
        },
        "school_reach": {
            "school_id": _("At which school."),
            "year": _("In which school year."),
            "grade": _("Which grade, 1 to 3."),
            "module_id": _("Which of the lessons on this site it was."),
            "lessons": _("How many lessons of it this grade had."),
        },
        "plan": {
            "staff_id": _("Which of the staff it is about."),
            "module_id": _("Which of the lessons on this site it was."),
            "week": _("The Monday of the week in which it is planned."),
        },
    }


def _staff_columns() -> dict[str, dict[str, str]]:
    school = _("At which school.")
    role = _("Teacher, head or care team.")
    person = _("Which of the staff it is about.")
    return {
        "school": {"id": _("A serial number."), "name": _("What the school is called.")},
        "staff": {
            "id": _("A serial number."),
            "school_id": school,
            "role": role,
            "name": _("The name that this person typed."),
            "sign_in_name": _("The name to sign in with."),
            "password_hash": _("A fingerprint of the password. The password itself is not kept."),
            "second_seed": _("Half of a secret for the app of a head. Alone it opens nothing."),
            "has_second_step": _("Whether that app was set up."),
        },
        "invitation": {
            "link_hash": _("A fingerprint of the link. The link itself is not kept."),
            "school_id": school,
            "role": role,
            "staff_id": _("Whose new password it is for; empty for an invitation."),
            "expires_on": _("The day from which the link no longer works."),
        },
        "sign_in": {
            "browser_hash": _("A fingerprint of what the browser holds."),
            "staff_id": person,
            "stage": _("Whether a head still owes the code of the app."),
            "ends_on": _("The day from which it no longer counts."),
        },
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
        "teacher_id": _("Who gave the lesson, if that person signed in; otherwise empty."),
        "school_id": _("For which school it counts, if the teacher signed in; otherwise empty."),
        "label": _("The grade of the class, 1 to 3, if the lesson counts for a school."),
    }
