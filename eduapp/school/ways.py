"""Where somebody goes on after signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import current_app, url_for
from werkzeug.exceptions import HTTPException

from eduapp.accounts.who_may import WHO_MAY

if TYPE_CHECKING:
    from eduapp.accounts.sign_ins import Staff


def first_page(staff: Staff) -> str:
    """Return where somebody begins who asked for nothing in particular."""
    if staff.role is None:
        return url_for("school.account")
    return url_for("school.school" if staff.role.sees_school else "school.lessons")


def safe_way_back(path: str | None) -> str | None:
    """Return a path of this site that needs an account, None for anything else."""
    if not path or not path.startswith("/") or path.startswith("//") or "\\" in path:
        return None
    if urlsplit(path).path != path:
        return None
    try:
        endpoint, _values = current_app.url_map.bind("").match(path, "GET")
    except HTTPException:
        return None
    who = WHO_MAY.get(endpoint)
    return path if who is not None and who.needs_account else None
