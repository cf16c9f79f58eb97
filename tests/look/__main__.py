"""`python -m tests.look`: pictures, lessons and journeys played, Lighthouse; or only what is named.

Ends with 1 when a console spoke, a lesson got stuck or a page fell below a floor. What the pictures
show, a person sees.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor

import click

from config import ROOT
from tests.look.album import make_album
from tests.look.lessons import play_all
from tests.look.lighthouse import measure
from tests.look.places import LOOK, PICTURES
from tests.look.validity import SOURCES, validate
from tests.look.walks import WALKS, modules, take

PARTS = ("pictures", "validity", "lessons", "journeys", "lighthouse")


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("parts", nargs=-1, type=click.Choice(PARTS))
def main(parts: tuple[str, ...]) -> None:
    """Make what a person looks at, and say what is not as it should be."""
    LOOK.mkdir(parents=True, exist_ok=True)
    is_fine = True
    for part in parts or PARTS:
        began = time.monotonic()
        lines, is_part_fine = {
            "pictures": _pictures,
            "validity": validate,
            "lessons": _lessons,
            "journeys": _journeys,
            "lighthouse": _measure,
        }[part]()
        is_fine = is_fine and is_part_fine
        click.echo("\n".join([*lines, f"{part}: {time.monotonic() - began:.0f} s", ""]))
    sys.exit(not is_fine)


def _pictures() -> tuple[list[str], bool]:
    for earlier in (PICTURES, SOURCES):
        shutil.rmtree(earlier, ignore_errors=True)
    for sheet in LOOK.glob("sheet-*"):
        sheet.unlink()
    with ProcessPoolExecutor(2, max_tasks_per_child=1) as pool:
        walks = list(pool.map(take, WALKS))
    shots = [shot for found, _ in walks for shot in found]
    heard = [line for _, lines in walks for line in lines]
    make_album(shots)
    return [*heard, f"{len(shots)} pictures: {LOOK.relative_to(ROOT)}/index.html"], not heard


def _lessons() -> tuple[list[str], bool]:
    lines, problems = play_all(modules().values())
    return [*lines, *problems], not problems


def _journeys() -> tuple[list[str], bool]:
    """Take once more, in the other language, what the tests take in one."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "-m", "again"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    return lines if done.returncode else lines[-1:], done.returncode == 0


def _measure() -> tuple[list[str], bool]:
    return measure(modules()["m4"])


if __name__ == "__main__":
    main()
