"""What an application refuses to start with, whoever starts it and however.

Looked at in the finished application, not in the environment, so that no other way of starting goes
round it. Source: privacy 6 and 7. What the environment says is refused in `config.py`, what the
server says in `gunicorn.conf.py`.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from eduapp.classroom.in_redis.safety import unsafe_settings

if TYPE_CHECKING:
    from flask import Flask

    from eduapp.classroom.in_redis.keys import Store
    from eduapp.db import Database

_POSTGRESQL = (
    "log_statement",
    "log_min_duration_statement",
    "log_min_duration_sample",
    "log_parameter_max_length",
)
ACCESS_LOG = "gunicorn.access"
"""The logger that would write a line for every request."""


class UnsafeStart(Exception):  # noqa: N818 - named for the fact
    """The application would break a promise; the message says which, one sentence to a line."""


def refuse_unsafe(app: Flask, database: Database, store: Store | None) -> None:
    """Raise `UnsafeStart` with everything that stops this application from starting."""
    problems = _of_postgresql(database)
    if store is not None:
        problems += unsafe_settings(store)
    if app.debug:
        problems.append(
            "Debug is on: a page of errors shows what is in memory, answers included. Turn it off."
        )
    if database.engine.echo or logging.getLogger("sqlalchemy.engine").isEnabledFor(logging.INFO):
        problems.append(
            "SQL statements would be written to the log. "
            "Turn echo off, and the logger sqlalchemy.engine to WARNING."
        )
    # gunicorn marks the handlers that it made itself.
    if any(hasattr(handler, "_gunicorn") for handler in logging.getLogger(ACCESS_LOG).handlers):
        problems.append("The server keeps an access log: it names who asked for what. Turn it off.")
    if problems:
        raise UnsafeStart("\n".join(problems))


def _of_postgresql(database: Database) -> list[str]:
    told = database.settings(*_POSTGRESQL)
    problems = []
    if told.get("log_statement", "none") != "none":
        problems.append("PostgreSQL: set log_statement to none; statements would be in its log.")
    is_timing = any(
        told.get(name, "-1") != "-1"
        for name in ("log_min_duration_statement", "log_min_duration_sample")
    )
    if is_timing and told["log_parameter_max_length"] != "0":
        problems.append(
            "PostgreSQL: set log_parameter_max_length to 0; the log would hold what is in "
            "slow statements."
        )
    return problems
