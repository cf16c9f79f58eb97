"""Class sessions, their rounds and their releases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the three tables of a class session."""
    op.create_table(
        "class_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("module_id", sa.String(32), nullable=False),
        sa.Column("revision", sa.String(12), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("join_code", sa.String(9), nullable=False),
        sa.Column("desk_key_hash", sa.String(64), nullable=False),
        sa.Column("helper", sa.String(200), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("delete_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_class_session"),
        sa.UniqueConstraint("public_id", name="uq_class_session_public_id"),
        sa.UniqueConstraint("join_code", name="uq_class_session_join_code"),
        sa.UniqueConstraint("desk_key_hash", name="uq_class_session_desk_key_hash"),
    )
    op.create_table(
        "round",
        sa.Column("class_session_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question_id", sa.String(16), nullable=False),
        sa.Column("round_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.String(12), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("class_session_id", "question_id", "round_no", name="pk_round"),
        sa.ForeignKeyConstraint(
            ["class_session_id"],
            ["class_session.id"],
            name="fk_round_class_session_id_class_session",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("state IN ('open', 'stored', 'few', 'void')", name="ck_round_state"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "release",
        sa.Column("class_session_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question_id", sa.String(16), nullable=False),
        sa.Column("round_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("option_id", sa.String(32), nullable=False),
        sa.Column("noisy", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "class_session_id", "question_id", "round_no", "option_id", name="pk_release"
        ),
        sa.ForeignKeyConstraint(
            ["class_session_id", "question_id", "round_no"],
            ["round.class_session_id", "round.question_id", "round.round_no"],
            name="fk_release_class_session_id_round",
            ondelete="CASCADE",
        ),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop the three tables."""
    op.drop_table("release")
    op.drop_table("round")
    op.drop_table("class_session")
