"""What an application refuses to start with, whoever starts it and however.

Looked at in the finished application, not in the environment, so that no other way of starting goes
round it. Source: privacy 6 and 7. What the environment says is refused in `config.py`, what the
server says in `gunicorn.conf.py`.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from eduapp.db import Database

ACCESS_LOG = "gunicorn.access"
"""The logger that would write a line for every request."""


class UnsafeStart(Exception):  # noqa: N818 - named for the fact
    """The application would break a promise; the message says which, one sentence to a line."""


def refuse_unsafe(app: Flask, database: Database) -> None:
    """Raise `UnsafeStart` with everything that stops this application from starting."""
    problems = []
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
