"""Modules as they were when a class began: a class session keeps its revision when files change.

One JSON file per module and revision, written once and never changed. Nothing of a class stands
in it.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from eduapp.content.models import Module
from eduapp.content.reader import revision_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NAME = re.compile(r"[a-z0-9-]+-[0-9a-f]{12}")


def keep(module: Module, folder: Path) -> None:
    """Write a module to the folder of revisions if this revision is not there yet.

    The file appears whole or not at all, also when two processes start together.
    """
    path = _path(folder, module.id, module.revision)
    if path is None:
        raise ValueError(f"{module.id}-{module.revision} is no name of a revision")
    if _read(path) is not None:
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=".writing-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(module.model_dump_json())
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def recall(folder: Path, module_id: str, revision: str) -> Module | None:
    """Return a module as it was, or None where it was never kept or can no longer be read."""
    path = _path(folder, module_id, revision)
    return None if path is None else _read(path)


def finder(modules: Mapping[str, Module], folder: Path) -> Callable[[str, str], Module | None]:
    """Return what finds a module by id and revision: among those of now, else as it was kept."""

    def find(module_id: str, revision: str) -> Module | None:
        module = modules.get(module_id)
        if module is not None and module.revision == revision:
            return module
        return recall(folder, module_id, revision)

    return find


def _path(folder: Path, module_id: str, revision: str) -> Path | None:
    """Return where a revision is kept; None for what is no id: no other file is ever opened."""
    name = f"{module_id}-{revision}"
    return folder / f"{name}.json" if _NAME.fullmatch(name) else None


def _read(path: Path) -> Module | None:
    """Return the module of a file if the file is whole and says what its name says."""
    try:
        module = Module.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
    is_itself = path.stem == f"{module.id}-{module.revision}"
    return module if is_itself and revision_of(module) == module.revision else None
