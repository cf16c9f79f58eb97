"""`python -m tests.attack`: every attack on every build it concerns, and a report.

Without a build the site must withstand every attack, and every broken build must lose to the
attacks that are there for it. With `--build NAME` that build is held to the standard of the site:
it ends with 1 for each broken one.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor

import click

from config import ROOT
from tests.attack.catalogue import ATTACKS, BUILDS, SOUND
from tests.attack.runs import Run, run_one

REPORT = ROOT / "build" / "attack-report.txt"
WORKERS = 2


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--build", type=click.Choice(sorted(BUILDS)), help="Hold this build to the standard.")
@click.option(
    "--only", type=click.Choice(sorted(ATTACKS)), multiple=True, help="Only these attacks."
)
@click.option("--short", is_flag=True, help="Only the attacks that `make test` runs too.")
def main(build: str | None, only: tuple[str, ...], *, short: bool) -> None:
    """Attack the site and say how each attack ended."""
    chosen = [name for name in (only or ATTACKS) if not (short and ATTACKS[name].is_long)]
    if build is not None:
        wanted = BUILDS[build].caught_by or tuple(chosen)
        pairs = [(name, build) for name in chosen if name in wanted]
    else:
        pairs = [(name, SOUND.name) for name in chosen]
        pairs += [
            (name, each.name)
            for each in BUILDS.values()
            for name in each.caught_by
            if name in chosen
        ]
    # The longest first, so that no worker is left alone with one at the end.
    pairs.sort(key=lambda pair: not ATTACKS[pair[0]].is_long)
    with ProcessPoolExecutor(WORKERS, max_tasks_per_child=1) as pool:
        runs = list(pool.map(run_one, *zip(*pairs, strict=True))) if pairs else []
    runs.sort(key=lambda run: (run.build != SOUND.name, run.build, run.attack))
    text = _report(runs)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(text)
    click.echo(text)
    if build is not None:
        sys.exit(any(not run.verdict.holds for run in runs))
    sys.exit(any(not run.is_as_expected for run in runs))


def _report(runs: list[Run]) -> str:
    lines = ["THE SITE AS IT IS", ""]
    lines += _paragraphs([run for run in runs if run.build == SOUND.name], "withstood", "LOST")
    broken = [run for run in runs if run.build != SOUND.name]
    if broken:
        lines += ["BUILDS THAT ARE BROKEN ON PURPOSE", ""]
        lines += _paragraphs(broken, "NOT CAUGHT", "caught")
    seconds = sum(run.seconds for run in runs)
    bad = sum(not run.is_as_expected for run in runs)
    lines.append(f"{len(runs)} attacks, {bad} not as expected, {seconds:.0f} s of work.")
    return "\n".join(lines) + "\n"


def _paragraphs(runs: list[Run], held: str, lost: str) -> list[str]:
    lines = []
    for run in runs:
        attack = ATTACKS[run.attack]
        outcome = held if run.verdict.holds else lost
        lines.append(f"{outcome:>10}  {run.attack}  ({run.seconds:.1f} s)")
        if run.build == SOUND.name:
            lines.append(f"            {attack.who}: {attack.tries}")
        else:
            lines.append(f"            {run.build}: {BUILDS[run.build].breaks}")
        lines.append(f"            got {run.verdict.measured}; {run.verdict.bound}")
        lines.append("")
    return lines


if __name__ == "__main__":
    main()
