"""A prepared lesson has no code and no day yet; the words of a state grow longer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let code and day be unknown."""
    with op.batch_alter_table("class_session") as table:
        table.alter_column("state", existing_type=sa.String(32), type_=sa.String(80))
        table.alter_column("join_code", existing_type=sa.String(9), nullable=True)
        table.alter_column("opened_on", existing_type=sa.Date(), nullable=True)


def downgrade() -> None:
    """Remove what the older tables cannot hold: lessons that nobody has opened."""
    op.execute("DELETE FROM class_session WHERE join_code IS NULL OR opened_on IS NULL")
    with op.batch_alter_table("class_session") as table:
        table.alter_column("opened_on", existing_type=sa.Date(), nullable=False)
        table.alter_column("join_code", existing_type=sa.String(9), nullable=False)
        table.alter_column("state", existing_type=sa.String(80), type_=sa.String(32))
