"""The site with one route more: an empty POST, to know what any answer costs at least.

Served by the measurement only. The route goes through the same server, application and hooks as
an answer, and does nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eduapp import create_app

if TYPE_CHECKING:
    from flask import Flask

FLOOR_PATH = "/bench/floor"


def create() -> Flask:
    """Return the site with the floor route."""
    app = create_app()
    app.add_url_rule(FLOOR_PATH, "bench_floor", _nothing, methods=["POST"])
    return app


def _nothing() -> bytes:
    return b""
