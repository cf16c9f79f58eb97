"""What the running app holds, for views and templates.

Only look-ups; what is looked up is made by `eduapp.app`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app

if TYPE_CHECKING:
    from config import Config
    from eduapp.content.models import Content
    from eduapp.db import Database


def current_content() -> Content:
    """Return the lessons of this process, read and checked at start."""
    return cast("Content", current_app.extensions["content"])


def current_config() -> Config:
    """Return the settings of this installation."""
    return cast("Config", current_app.extensions["config"])


def current_database() -> Database:
    """Return the database of this installation."""
    return cast("Database", current_app.extensions["database"])
