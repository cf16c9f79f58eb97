"""The tables of a class session: its row, lesson, rounds and releases, and the sums of a school.

No table or column here belongs to a student, and none is ever written by a student's request.
Dates are dates, never times. `tests/house/test_tables.py` fails on any column that the privacy
rules do not list.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from eduapp.db import Base


class ClassSessionRow(Base):
    """One teacher, one class, one sitting."""

    __tablename__ = "class_session"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    module_id: Mapped[str] = mapped_column(String(32))
    revision: Mapped[str] = mapped_column(String(12))
    step: Mapped[int]
    version: Mapped[int]
    state: Mapped[str] = mapped_column(String(120))
    """Phase, language, places, and what else is so: `open nl 40 met=7 almost paused`."""
    join_code: Mapped[str | None] = mapped_column(String(9), unique=True)
    """None until the door is opened: a prepared lesson takes no code."""
    desk_key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    helper: Mapped[str | None] = mapped_column(String(200))
    opened_on: Mapped[dt.date | None]
    """None for a prepared lesson."""
    delete_on: Mapped[dt.date]
    """The first day on which the row is refused and removed."""
    teacher_id: Mapped[int | None]
    """Who of the staff gave it; None for a lesson without an account (no key to that table: who
    leaves is forgotten here by `Classroom.forget_teacher`)."""
    school_id: Mapped[int | None]
    """The school whose sums it enters when it ends."""
    label: Mapped[str | None] = mapped_column(String(1))
    """The grade of the class, 1 to 3: chosen, never typed, and the only thing said of a class."""


class RevisionRow(Base):
    """A module as class sessions began with it: what its files said, in every language."""

    __tablename__ = "lesson_revision"

    module_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    revision: Mapped[str] = mapped_column(String(12), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class RoundRow(Base):
    """One opening of one question in one class session."""

    __tablename__ = "round"
    __table_args__ = (
        ForeignKeyConstraint(["class_session_id"], ["class_session.id"], ondelete="CASCADE"),
        CheckConstraint("state IN ('open', 'stored', 'few', 'void')", name="state"),
        {"sqlite_with_rowid": False},
    )

    class_session_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    question_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    round_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(8))
    n: Mapped[int | None]


class ReleaseRow(Base):
    """The noisy count of one option of one closed round; written once, never changed."""

    __tablename__ = "release"
    __table_args__ = (
        ForeignKeyConstraint(
            ["class_session_id", "question_id", "round_no"],
            ["round.class_session_id", "round.question_id", "round.round_no"],
            ondelete="CASCADE",
        ),
        {"sqlite_with_rowid": False},
    )

    class_session_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    question_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    round_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    option_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    noisy: Mapped[int]


class SchoolSumRow(Base):
    """What all classes of a school released for one option of one question, in one school year."""

    __tablename__ = "school_sum"
    __table_args__ = ({"sqlite_with_rowid": False},)

    school_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """The calendar year in which the school year began."""
    question_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    form: Mapped[str] = mapped_column(String(12), primary_key=True)
    """A fingerprint of kind, right answer and options: another form is another question."""
    moment: Mapped[str] = mapped_column(String(8), primary_key=True)
    option_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    pending: Mapped[int]
    published: Mapped[int]
    network: Mapped[int]
    """What of `published` the page of the whole network shows."""


class SchoolCountRow(Base):
    """How many answers and classes the sums of one question hold."""

    __tablename__ = "school_count"
    __table_args__ = ({"sqlite_with_rowid": False},)

    school_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    question_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    form: Mapped[str] = mapped_column(String(12), primary_key=True)
    moment: Mapped[str] = mapped_column(String(8), primary_key=True)
    pending_n: Mapped[int]
    pending_c: Mapped[int]
    published_n: Mapped[int]
    published_c: Mapped[int]
    network_n: Mapped[int]
    network_c: Mapped[int]
    entered_on: Mapped[dt.date]
    """The day on which the last class was added to what is pending."""


class SchoolReachRow(Base):
    """How many lessons of a module a grade of a school had in one school year."""

    __tablename__ = "school_reach"
    __table_args__ = ({"sqlite_with_rowid": False},)

    school_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    grade: Mapped[str] = mapped_column(String(1), primary_key=True)
    module_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    lessons: Mapped[int]
