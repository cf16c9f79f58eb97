"""The plans of teachers: which module in which week. Every function takes the open transaction."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from eduapp.accounts.models import PlanRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

OLD = dt.timedelta(days=60)
"""How long a week that is over stays in a plan: the booster is counted from it."""


def plan_of(tx: Session, staff_id: int) -> dict[str, dt.date]:
    """Return the Monday of the week in which somebody plans each module, the soonest first."""
    rows = tx.scalars(
        select(PlanRow)
        .where(PlanRow.staff_id == staff_id)
        .order_by(PlanRow.week, PlanRow.module_id)
    )
    return {row.module_id: row.week for row in rows}


def keep_plan(tx: Session, staff_id: int, weeks: Mapping[str, dt.date]) -> None:
    """Keep this plan in the place of the one before."""
    tx.execute(delete(PlanRow).where(PlanRow.staff_id == staff_id))
    tx.add_all(
        PlanRow(staff_id=staff_id, module_id=module_id, week=week)
        for module_id, week in weeks.items()
    )


def purge(tx: Session, today: dt.date) -> None:
    """Remove what was planned for a week that is long over."""
    tx.execute(delete(PlanRow).where(PlanRow.week <= today - OLD))
