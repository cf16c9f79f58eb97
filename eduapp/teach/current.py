"""What the views of this door take from the running application.

Short names for the classroom and the paces; no rules and no pages here.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, cast

from flask import current_app, request

from eduapp.web.addresses import client_address

if TYPE_CHECKING:
    from eduapp.classroom.classroom import Classroom
    from eduapp.web.pace import Pace

PaceName = Literal["code_pace", "key_pace", "rehearsal_pace", "start_pace"]


def classroom() -> Classroom:
    """Return the classroom of this application."""
    return cast("Classroom", current_app.extensions["classroom"])


def seconds_to_wait(pace: PaceName) -> int:
    """Return how many whole seconds this address waits before its next try; 0 is go on."""
    return math.ceil(_pace(pace).wait_seconds(client_address(request)))


def spend(pace: PaceName) -> None:
    """Take one try from this address."""
    _pace(pace).spend(client_address(request))


def _pace(name: PaceName) -> Pace:
    return cast("Pace", current_app.extensions[name])
