"""What every file of the tree must keep to, whoever wrote it."""

from __future__ import annotations

import json
import os
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MADE = frozenset(
    {".git", ".venv", "build", "instance", "node_modules", "vendor", "__pycache__"}
    | {".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache"}
)
LARGEST = 600_000
# Written in two halves, so that this file does not name what it looks for.
REGISTRIES = re.compile(
    "|".join(
        re.escape("".join(halves))
        for halves in (
            ("pypi", ".org"),
            ("pythonhosted", ".org"),
            ("registry.npmjs", ".org"),
            ("registry.yarnpkg", ".com"),
            ("index", "-url"),
            ("find", "-links"),
        )
    )
)
# A folder that only one machine has; not the middle of a web address or of a longer path.
MACHINE_PATHS = re.compile(
    r"(?<![\w.:/~}-])/(?:home|root|Users|work|tmp|opt|mnt|media|private)/[\w.-]+"
)
PLACES_THAT_MAY = frozenset({"docs/operations.md"})
"""An installation guide names folders of a server."""


def files_of_the_tree() -> list[Path]:
    found = []
    for folder, names, files in os.walk(ROOT):
        names[:] = [n for n in names if n not in MADE and not n.endswith(".egg-info")]
        found += [Path(folder) / file for file in files]
    return sorted(path for path in found if path.suffix not in {".mo", ".pyc"} and path.is_file())


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_file_is_large() -> None:
    large = [named(p) for p in files_of_the_tree() if p.stat().st_size > LARGEST]

    assert not large


def test_no_file_names_a_package_registry() -> None:
    naming = [named(p) for p in files_of_the_tree() if REGISTRIES.search(text_of(p))]

    assert not naming


def test_no_file_names_a_path_of_one_machine() -> None:
    naming = [
        (named(path), found.group())
        for path in files_of_the_tree()
        if named(path) not in PLACES_THAT_MAY
        for found in MACHINE_PATHS.finditer(text_of(path))
    ]

    assert not naming


def test_the_lock_of_the_fonts_has_hashes_and_no_addresses() -> None:
    lock = json.loads(text_of(ROOT / "package-lock.json"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}

    assert packages
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not [name for name, entry in packages.items() if "resolved" in entry]


def test_every_line_of_the_python_locks_is_pinned_with_hashes() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        entries = text_of(ROOT / name).replace("\\\n", " ").splitlines()

        loose = [e for e in entries if e and not re.match(r"[\w.-]+==\S+ .*--hash=sha256:", e)]

        assert entries
        assert not loose


def test_the_checks_run_on_the_versions_the_site_runs_on() -> None:
    runtime, everything = (
        {
            line.split("==")[0]: line.split()[0]
            for line in text_of(ROOT / name).splitlines()
            if re.match(r"\w", line)
        }
        for name in ("requirements.lock", "requirements-dev.lock")
    )

    assert runtime.items() <= everything.items()


def test_the_editable_install_needs_nothing_from_outside() -> None:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))

    assert project["project"]["scripts"]["eduapp"] == "eduapp.commands:main"
    assert re.search(r"^setuptools==", text_of(ROOT / "requirements.lock"), re.MULTILINE)
