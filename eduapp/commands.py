"""The command line, `eduapp …`: what a host or an author does without a browser.

Each command asks one room for one thing and prints the outcome. No pages, no rules, no reading of
the environment.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from config import ROOT
from eduapp.content import Severity, check_content, load_content
from eduapp.simulate.command import simulate


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Check the lessons, play a class, tend the installation."""


@main.command("check-content")
@click.option(
    "--lessons",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    envvar="LESSONS_DIR",
    default=ROOT / "lessons",
    show_default="LESSONS_DIR, else lessons",
    help="The folder with the lesson files.",
)
def check_lessons(lessons: Path) -> None:
    """Say everything that is wrong with the lesson files, with file, line and what to do."""
    today = dt.datetime.now(tz=dt.UTC).date()
    problems = check_content(lessons, today)
    for problem in problems:
        click.echo(str(problem), err=problem.severity is Severity.ERROR)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    if errors:
        raise click.ClickException(f"{errors} to repair in {lessons}; no lesson starts until then.")
    content = load_content(lessons, today)
    modules = content.modules.values()
    questions = {question.id for module in modules for question in module.questions}
    click.echo(
        f"{lessons}: modules {len(modules)}, questions {len(questions)}, "
        f"facts {len(content.facts)}, "
        f"help lines {len(content.help_lines)}, languages {' '.join(content.languages)}, "
        f"minutes {sum(module.minutes for module in modules)}, warnings {len(problems)}."
    )


main.add_command(simulate)
