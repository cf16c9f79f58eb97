"""Modules as text, to keep as they were when a class began."""

from __future__ import annotations

from pydantic import ValidationError

from eduapp.content.models import Module
from eduapp.content.reader import revision_of


def written(module: Module) -> str:
    """Return a module as text that `recalled` reads."""
    return module.model_dump_json()


def recalled(text: str, module_id: str, revision: str) -> Module | None:
    """Return the module of a text if it is whole and is that revision; None where it is not."""
    try:
        module = Module.model_validate_json(text)
    except ValidationError:
        return None
    is_it = (module.id, module.revision) == (module_id, revision)
    return module if is_it and revision_of(module) == revision else None
