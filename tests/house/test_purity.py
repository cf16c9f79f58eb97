"""The pure rooms stay pure: in a fresh process they load no web and no database."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BANNED = ("flask", "werkzeug", "jinja2", "sqlalchemy", "alembic", "wtforms", "config")


@pytest.mark.parametrize("room", ["eduapp.privacy", "eduapp.content"])
def test_a_pure_room_loads_no_web_and_no_database(room: str) -> None:
    modules = sorted(
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / room.replace(".", "/")).rglob("*.py")
        if path.name != "__init__.py"
    )
    program = (
        f"import importlib, sys; [importlib.import_module(m) for m in {[room, *modules]!r}]; "
        f"print([m for m in {BANNED!r} if m in sys.modules])"
    )

    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert result.stdout.strip() == "[]"


def test_privacy_needs_nothing_but_the_standard_library() -> None:
    foreign = {
        (path.name, name)
        for path in (ROOT / "eduapp" / "privacy").rglob("*.py")
        for name in imported_by(path)
        if name.split(".")[0] not in sys.stdlib_module_names
        and not name.startswith("eduapp.privacy")
    }

    assert not foreign


def imported_by(path: Path) -> set[str]:
    """Return the full names of the modules a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add("eduapp.privacy" if node.level else node.module or "")
    return names
