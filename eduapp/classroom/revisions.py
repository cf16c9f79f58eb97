"""The lessons as classes began with them, kept beside the classes for as long as one needs them.

In the database, so that every process finds them: also one that was started from other files.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from sqlalchemy import delete, exists

from eduapp.classroom.models import ClassSessionRow, RevisionRow
from eduapp.content.revisions import recalled, written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy.orm import Session

    from eduapp.content.models import Module
    from eduapp.db import Database


def keep(tx: Session, module: Module) -> None:
    """Keep a module as it is now, if this revision is not there yet."""
    if tx.get(RevisionRow, (module.id, module.revision)) is None:
        tx.add(RevisionRow(module_id=module.id, revision=module.revision, text=written(module)))


def finder(
    database: Database, modules: Mapping[str, Module] = MappingProxyType({})
) -> Callable[[str, str], Module | None]:
    """Return what finds a module by id and revision: among `modules`, else as it was kept."""

    def find(module_id: str, revision: str) -> Module | None:
        module = modules.get(module_id)
        if module is not None and module.revision == revision:
            return module
        with database.reading() as tx:
            row = tx.get(RevisionRow, (module_id, revision))
            return None if row is None else recalled(row.text, module_id, revision)

    return find


def purge(tx: Session) -> None:
    """Remove what no class session needs any more."""
    is_needed = exists().where(
        ClassSessionRow.module_id == RevisionRow.module_id,
        ClassSessionRow.revision == RevisionRow.revision,
    )
    tx.execute(delete(RevisionRow).where(~is_needed))
