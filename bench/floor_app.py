"""The site with two routes more: an empty POST, to know what an answer costs at least, and a write.

Served by the measurement only. Both go through the same server, application and hooks as an answer;
one does nothing, the other writes a row with a single statement, as sites do that keep answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, request
from sqlalchemy import text

from eduapp import create_app
from eduapp.accounts.who_may import WHO_MAY, Who

if TYPE_CHECKING:
    from flask import Flask

    from eduapp.db import Database

FLOOR_PATH = "/bench/floor"
UPSERT_PATH = "/bench/upsert"
_TABLE = "CREATE TABLE IF NOT EXISTS bench (device VARCHAR(64) PRIMARY KEY, choice INTEGER)"
_UPSERT = text(
    "INSERT INTO bench VALUES (:device, 1) ON CONFLICT (device) DO UPDATE SET choice = 1"
)


def create() -> Flask:
    """Return the site with the floor route."""
    app = create_app()
    # The table that says who may call what refuses what it does not know.
    WHO_MAY.update(bench_floor=Who.SEAT, bench_upsert=Who.SEAT)
    app.add_url_rule(FLOOR_PATH, "bench_floor", _nothing, methods=["POST"])
    app.add_url_rule(UPSERT_PATH, "bench_upsert", _write, methods=["POST"])
    database: Database = app.extensions["database"]
    with database.transaction() as tx:
        tx.execute(text(_TABLE))
    return app


def _write() -> bytes:
    database: Database = current_app.extensions["database"]
    # Without the one lock for all writers that the site has: the best that a write can do.
    with database.engine.begin() as connection:
        connection.execute(_UPSERT, {"device": request.headers["Cookie"][-24:]})
    return b""


def _nothing() -> bytes:
    return b""
