"""To whom a class session belongs, the sums of a school, and the plans of teachers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_QUESTION = (
    ("school_id", sa.Integer()),
    ("year", sa.Integer()),
    ("question_id", sa.String(16)),
    ("form", sa.String(12)),
    ("moment", sa.String(8)),
)
_REACH = (
    ("school_id", sa.Integer()),
    ("year", sa.Integer()),
    ("grade", sa.String(1)),
    ("module_id", sa.String(32)),
)


def upgrade() -> None:
    """Add the columns of an owner; make the tables of sums and plans."""
    op.add_column("class_session", sa.Column("teacher_id", sa.Integer(), nullable=True))
    op.add_column("class_session", sa.Column("school_id", sa.Integer(), nullable=True))
    op.add_column("class_session", sa.Column("label", sa.String(1), nullable=True))
    _make(
        "school_sum",
        (*_QUESTION, ("option_id", sa.String(32))),
        ("pending", "published", "network"),
    )
    _make(
        "school_count",
        _QUESTION,
        ("pending_n", "pending_c", "published_n", "published_c", "network_n", "network_c"),
        sa.Column("entered_on", sa.Date(), nullable=False),
    )
    _make("school_reach", _REACH, ("lessons",))
    op.create_table(
        "plan",
        sa.Column("staff_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("module_id", sa.String(32), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "module_id", name="pk_plan"),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_plan_staff_id_staff", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop the sums and plans, and forget to whom a class session belongs."""
    for table in ("plan", "school_reach", "school_count", "school_sum"):
        op.drop_table(table)
    with op.batch_alter_table("class_session") as batch:
        for column in ("label", "school_id", "teacher_id"):
            batch.drop_column(column)


def _make(
    name: str,
    key: tuple[tuple[str, sa.Integer | sa.String], ...],
    numbers: tuple[str, ...],
    *more: sa.Column[object],
) -> None:
    keys = [sa.Column(column, kind, autoincrement=False, nullable=False) for column, kind in key]
    op.create_table(
        name,
        *keys,
        *(sa.Column(number, sa.Integer(), nullable=False) for number in numbers),
        *more,
        sa.PrimaryKeyConstraint(*(column for column, _kind in key), name=f"pk_{name}"),
        sqlite_with_rowid=False,
    )
