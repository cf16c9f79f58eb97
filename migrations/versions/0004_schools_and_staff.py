"""Schools, their staff, invitations and sign-ins."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ROLES = "role IN ('teacher', 'head', 'care')"


def upgrade() -> None:
    """Make the tables of accounts."""
    op.create_table(
        "school",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_school"),
        sa.UniqueConstraint("name", name="uq_school_name"),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(16), nullable=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("sign_in_name", sa.String(60), nullable=False),
        sa.Column("password_hash", sa.String(160), nullable=False),
        sa.Column("second_seed", sa.String(32), nullable=True),
        sa.Column("has_second_step", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("sign_in_name", name="uq_staff_sign_in_name"),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name="fk_staff_school_id_school", ondelete="SET NULL"
        ),
        sa.CheckConstraint(_ROLES, name="ck_staff_role"),
        sa.CheckConstraint("(school_id IS NULL) = (role IS NULL)", name="ck_staff_belongs"),
    )
    op.create_table(
        "invitation",
        sa.Column("link_hash", sa.String(64), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("link_hash", name="pk_invitation"),
        sa.ForeignKeyConstraint(
            ["school_id"],
            ["school.id"],
            name="fk_invitation_school_id_school",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_invitation_staff_id_staff", ondelete="CASCADE"
        ),
        sa.CheckConstraint(_ROLES, name="ck_invitation_role"),
    )
    op.create_table(
        "sign_in",
        sa.Column("browser_hash", sa.String(64), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(8), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("browser_hash", name="pk_sign_in"),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_sign_in_staff_id_staff", ondelete="CASCADE"
        ),
        sa.CheckConstraint("stage IN ('password', 'whole')", name="ck_sign_in_stage"),
    )


def downgrade() -> None:
    """Drop the tables of accounts, and with them every account."""
    for table in ("sign_in", "invitation", "staff", "school"):
        op.drop_table(table)
