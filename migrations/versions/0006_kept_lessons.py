"""Lessons as classes began with them stand in the database; before, in files beside it."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and take over the files that classes of now began with."""
    table = op.create_table(
        "lesson_revision",
        sa.Column("module_id", sa.String(32), primary_key=True),
        sa.Column("revision", sa.String(12), primary_key=True),
        sa.Column("text", sa.Text(), nullable=False),
    )
    connection = op.get_bind()
    database = connection.engine.url.database
    if connection.dialect.name != "sqlite" or not database:
        return
    folder = Path(database).parent / "revisions"
    for module_id, kept in connection.execute(
        sa.text("SELECT DISTINCT module_id, revision FROM class_session")
    ).all():
        file = folder / f"{module_id}-{kept}.json"
        if file.is_file():
            text = file.read_text(encoding="utf-8")
            op.bulk_insert(table, [{"module_id": module_id, "revision": kept, "text": text}])


def downgrade() -> None:
    """Undo."""
    op.drop_table("lesson_revision")
