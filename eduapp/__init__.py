"""Mijn beeld · Mon image: lessons about images and consent for a whole class, anonymously."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from config import Config


def create_app(config: Config | None = None) -> Flask:
    """Return the web application; without a config it is read from the environment.

    Raises `config.ConfigError` and `eduapp.content.ContentError` with everything that is wrong at
    once.
    """
    # Inside the function, so that importing a pure room such as eduapp.privacy loads no Flask.
    from eduapp.app import make_app  # noqa: PLC0415

    return make_app(config)
