"""What the views of this door take from the running application besides accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app

if TYPE_CHECKING:
    from eduapp.classroom.classroom import Classroom


def classroom() -> Classroom:
    """Return the classroom of this application."""
    return cast("Classroom", current_app.extensions["classroom"])
