"""The words of a state hold seats declared for devices that go round and for paper."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let the words of a state be longer."""
    with op.batch_alter_table("class_session") as table:
        table.alter_column("state", existing_type=sa.String(80), type_=sa.String(120))


def downgrade() -> None:
    """Remove the words that the shorter column has no place for."""
    rows = sa.table("class_session", sa.column("id"), sa.column("state"))
    connection = op.get_bind()
    for row_id, state in connection.execute(sa.select(rows.c.id, rows.c.state)).all():
        words = [word for word in state.split() if not word.startswith(("shared=", "paper="))]
        connection.execute(rows.update().where(rows.c.id == row_id).values(state=" ".join(words)))
    with op.batch_alter_table("class_session") as table:
        table.alter_column("state", existing_type=sa.String(120), type_=sa.String(80))
