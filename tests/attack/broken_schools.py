"""Builds that show a school or a network too much, too early."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

from eduapp.classroom import publishing
from tests.attack.builds import broken

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


@broken("published-at-once", "each class appears on the school page when it ended", "week-by-week")
def published_at_once() -> AbstractContextManager[object]:
    """Show a head what there is, without waiting for others."""
    return patch.object(publishing, "may_publish", lambda n, classes: bool(n and classes))


@broken(
    "network-at-once",
    "what one school publishes appears in the network at once",
    "network-week-by-week",
)
def network_at_once() -> AbstractContextManager[object]:
    """Let the page of all schools follow each of them."""
    return patch.object(publishing, "NETWORK_SCHOOLS_MIN", 1)
