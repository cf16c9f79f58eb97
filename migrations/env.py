"""Runs migrations on the connection that `eduapp.db.Database.migrate` hands over."""

from __future__ import annotations

from alembic import context

import eduapp.accounts.models
import eduapp.classroom.models
from eduapp.db import Base

__all__ = ["eduapp"]

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
