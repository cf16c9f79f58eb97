"""The command line, `eduapp …`: what a host or an author does without a browser.

Each command asks one room for one thing and prints the outcome. No pages and no rules.
"""

from __future__ import annotations

import datetime as dt
import fcntl
from pathlib import Path

import click

from config import ROOT, ConfigError, Storage
from eduapp.classroom import class_sessions
from eduapp.classroom import proof as proofs
from eduapp.classroom.sources import school_today
from eduapp.content import Severity, check_content, load_content
from eduapp.content.revisions import finder
from eduapp.db import Database
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


@main.command()
def purge() -> None:
    """Remove class sessions whose last day is over, from the log of the database too.

    A running server does this by itself, at start and every minute, and shows none of them; this
    command may run beside it. Takes INSTANCE_DIR and DATABASE_URL as the server does.
    """
    _storage, database = _opened()
    if "class_session" not in database.columns():
        click.echo("The database has no tables yet: nothing to remove.")
        return
    with database.transaction() as tx:
        gone = class_sessions.purge(tx, school_today())
        last_days = class_sessions.last_days(tx)
    click.echo(
        f"Removed: class sessions {gone.class_sessions}, rounds {gone.rounds}, "
        f"releases {gone.releases}."
    )
    click.echo(
        f"Left: class sessions {len(last_days)}"
        + (f"; the first of them goes at the end of {min(last_days)}." if last_days else ".")
    )
    if not database.forget_log():
        raise click.ClickException(
            "Somebody reads the database now, so its log still holds what was removed. "
            "Run this once more."
        )


@main.command()
def prove() -> None:
    """Compare what screens show with what the database holds, and say whether it is equal.

    Works out every published result a second time from the stored rows, checks that there is
    nothing in the database but what may be, and ends with 1 where something is not as promised.
    Prints no number of any class. Changes nothing; may run beside a running server.
    """
    storage, database = _opened()
    columns = database.columns()
    with database.reading() as tx:
        proof = proofs.prove(
            tx,
            columns,
            finder({}, storage.instance_dir / "revisions"),
            school_today(),
            is_running=_is_running(storage.instance_dir / "urn.lock"),
        )
    for each in proof.compared:
        outcome = "equal" if each.is_equal else "NOT EQUAL"
        click.echo(f"{each.public_id}  {each.question_id} round {each.round_no}: {outcome}")
    for problem in proof.problems:
        click.echo(problem, err=True)
    different = sum(not each.is_equal for each in proof.compared)
    click.echo(
        f"Published numbers: {len(proof.compared) - different} equal, {different} not equal."
    )
    click.echo(f"Closed rounds of which no screen shows a number: {proof.not_published}.")
    click.echo(
        f"Gone: class sessions past their last day, shown nowhere, not removed yet: "
        f"{proof.expired}. What was removed left nothing behind to count."
    )
    if not proof.is_good:
        raise click.ClickException("Not everything is as promised.")
    click.echo("Tables, columns, rounds and noise are as promised.")


def _opened() -> tuple[Storage, Database]:
    """Return where this installation keeps things, and its database, which has to be there."""
    try:
        storage = Storage.from_env()
    except ConfigError as error:
        raise click.ClickException(str(error)) from error
    if not storage.database_file.is_file():
        raise click.ClickException(f"There is no database at {storage.database_file}.")
    return storage, Database(storage.database_url)


def _is_running(lock: Path) -> bool:
    """Return whether a process holds the urn; waits for nobody and keeps nothing."""
    try:
        with lock.open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False


main.add_command(simulate)
