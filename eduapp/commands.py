"""The command line, `eduapp …`: what a host or an author does without a browser.

Each command asks one room for one thing and prints the outcome. No pages and no rules.
"""

from __future__ import annotations

import datetime as dt
import fcntl
from collections import Counter
from pathlib import Path

import click
from sqlalchemy.exc import OperationalError

from config import ROOT, Config, ConfigError, Storage
from eduapp import backup
from eduapp.accounts import schools
from eduapp.accounts.models import NAME_LENGTH
from eduapp.accounts.roles import Role
from eduapp.accounts.tokens import Keyed
from eduapp.classroom import class_sessions, revisions
from eduapp.classroom import proof as proofs
from eduapp.classroom.proof_of_sums import Outcome, prove_sums
from eduapp.classroom.school_sums import school_year
from eduapp.content import Severity, check_content, load_content
from eduapp.db import Database
from eduapp.simulate.command import simulate
from eduapp.simulated_year import SimulatedYear
from eduapp.sources import school_today


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
    # A backup that somebody keeps may be of an earlier version.
    database.migrate(ROOT / "migrations")
    with database.transaction() as tx:
        gone = class_sessions.purge(tx, school_today())
        find_module = revisions.finder(database)
        opinions = class_sessions.purge_opinions(tx, school_today(), find_module)
        last_days = class_sessions.last_days(tx)
    click.echo(
        f"Removed: class sessions {gone.class_sessions}, rounds {gone.rounds}, "
        f"releases {gone.releases}. Of lessons that count for a school: rounds {opinions}."
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
    find_module = revisions.finder(database)
    with database.reading() as tx:
        proof = proofs.prove(
            tx,
            columns,
            find_module,
            school_today(),
            is_running=database.is_held() or _is_running(storage.instance_dir / "urn.lock"),
        )
        sums = prove_sums(tx, find_module) if not proof.problems else ()
    for each in proof.compared:
        outcome = "equal" if each.is_equal else "NOT EQUAL"
        click.echo(f"{each.public_id}  {each.question_id} round {each.round_no}: {outcome}")
    for problem in proof.problems:
        click.echo(problem, err=True)
    for sum_ in sums:
        if sum_.outcome is not Outcome.EQUAL:
            key = sum_.key
            click.echo(
                f"school {sum_.school_id}, {key.year}, {key.question_id} {key.moment}: "
                f"{sum_.outcome.value}"
            )
    outcomes = Counter(each.outcome for each in sums)
    different = sum(not each.is_equal for each in proof.compared)
    click.echo(
        f"Published numbers: {len(proof.compared) - different} equal, {different} not equal."
    )
    click.echo(f"Closed rounds of which no screen shows a number: {proof.not_published}.")
    click.echo(
        f"Gone: class sessions past their last day, shown nowhere, not removed yet: "
        f"{proof.expired}. What was removed left nothing behind to count."
    )
    click.echo(
        f"Sums of schools: {outcomes[Outcome.EQUAL]} equal, "
        f"{outcomes[Outcome.NOT_EQUAL]} not equal, {outcomes[Outcome.GONE]} that hold a class "
        "whose releases are gone, as they should be."
    )
    if not proof.is_good or outcomes[Outcome.NOT_EQUAL]:
        raise click.ClickException("Not everything is as promised.")
    click.echo("Tables, columns, rounds and noise are as promised.")


def _opened() -> tuple[Storage, Database]:
    """Return where this installation keeps things, and its database, which has to be there."""
    try:
        storage = Storage.from_env()
    except ConfigError as error:
        raise click.ClickException(str(error)) from error
    file = storage.database_file
    if file is not None and not file.is_file():
        raise click.ClickException(f"There is no database at {file}.")
    database = Database(storage.database_url)
    try:
        if not database.columns():
            raise click.ClickException("The database is empty: start the site once.")
    except OperationalError as error:
        raise click.ClickException("The database cannot be reached.") from error
    return storage, database


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


@main.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def write_backup(file: Path) -> None:
    """Write a copy of the database and the kept lessons to one new FILE.

    May run beside a running server. The secret key is not in it: keep that once, elsewhere. Keep a
    copy eight days at most.
    """
    storage, _database = _opened()
    try:
        size = backup.write(storage, file, school_today())
    except FileExistsError:
        raise click.ClickException(f"{file} is there already: name a new file.") from None
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}.") from error
    click.echo(f"Written: {file}, {size} bytes, nothing in it that was past its last day.")


@main.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def read_backup(file: Path) -> None:
    """Put a copy that `backup` wrote into INSTANCE_DIR, which may hold no database yet.

    Rows whose last day is over by now are removed before anything can serve them. Put the file
    secret_key back too: without it no lesson key opens a desk and no app of a head fits.
    """
    try:
        storage = Storage.from_env()
    except ConfigError as error:
        raise click.ClickException(str(error)) from error
    try:
        lessons = backup.read(file, storage, school_today())
    except backup.NotEmpty:
        raise click.ClickException(
            "There is a database already: stop the server and move it away."
        ) from None
    except backup.NoBackup:
        raise click.ClickException(f"{file} is no copy that `eduapp backup` wrote.") from None
    except PermissionError as error:
        raise click.ClickException(f"{error.filename} cannot be written.") from error
    where = storage.instance_dir if storage.database_file else "PostgreSQL"
    click.echo(f"Restored to {where}: lessons {lessons}.")
    if not (storage.instance_dir / "secret_key").exists():
        click.echo("Now put secret_key back, unless SECRET_KEY is set. Then start the server.")


@main.command("add-school")
@click.argument("name")
@click.option("--language", default="nl", show_default=True, help="The language of the page.")
def add_school(name: str, language: str) -> None:
    """Add a school and print the one link with which its first head makes an account.

    May run beside a running server. Takes SECRET_KEY and PUBLIC_URL as the server does.
    """
    config, database = _with_key()
    name = " ".join(name.split())
    if not 1 <= len(name) <= NAME_LENGTH:
        raise click.ClickException(f"A name has 1 to {NAME_LENGTH} characters.")
    try:
        with database.transaction() as tx:
            token = schools.add_school(tx, Keyed(config.secret_key), name, school_today())
    except schools.SchoolExists:
        raise click.ClickException(
            f"There is a school {name!r} already. For another head: eduapp invite-head {name!r}."
        ) from None
    _print_link(config, language, token, f"For the first head of {name}")


@main.command("invite-head")
@click.argument("school")
@click.option("--language", default="nl", show_default=True, help="The language of the page.")
def invite_head(school: str, language: str) -> None:
    """Print a link with which another head of a school makes an account."""
    config, database = _with_key()
    with database.transaction() as tx:
        try:
            school_id = schools.school_named(tx, " ".join(school.split()))
        except schools.UnknownSchool:
            names = ", ".join(repr(name) for name in schools.school_names(tx)) or "none"
            raise click.ClickException(
                f"There is no school {school!r}. There are: {names}."
            ) from None
        token = schools.invite(tx, Keyed(config.secret_key), school_id, Role.HEAD, school_today())
    _print_link(config, language, token, f"For a head of {school}")


@main.command("reset-password")
@click.argument("sign_in_name")
@click.option("--language", default="nl", show_default=True, help="The language of the page.")
def reset_password(sign_in_name: str, language: str) -> None:
    """Print a link with which somebody sets a new password, and their app anew.

    Until the link is used the old password goes on working.
    """
    config, database = _with_key()
    with database.transaction() as tx:
        staff = schools.staff_named(tx, sign_in_name.strip().lower())
        if staff is None:
            raise click.ClickException(f"Nobody signs in as {sign_in_name!r}.")
        try:
            token = schools.reset(tx, Keyed(config.secret_key), staff, school_today())
        except schools.UnknownSchool:
            raise click.ClickException(f"{sign_in_name!r} belongs to no school.") from None
    _print_link(config, language, token, f"For {sign_in_name}")


@main.command("simulate-year")
@click.option("--year", type=click.IntRange(2020, 2100), help="In which the school year begins.")
@click.option("--seed", default=7, show_default=True, help="Same seed, same answers.")
def play_year(year: int | None, seed: int) -> None:
    """Fill an empty installation with a made-up school year, to look at the school page.

    Takes INSTANCE_DIR and SECRET_KEY as the server does; the folder has to be empty of schools.
    """
    config, database = _with_key()
    with database.reading() as tx:
        if schools.school_names(tx):
            raise click.ClickException(
                f"There are schools in {config.instance_dir}. Name an empty folder in INSTANCE_DIR."
            )
    made_up = SimulatedYear(config, school_year(school_today()) if year is None else year, seed)
    outcomes = made_up.play()
    click.echo(f"Lessons: {outcomes.lessons}, answers: {outcomes.ballots}.")
    compared = ", ".join(f"{number} {name.value}" for name, number in outcomes.compared.items())
    click.echo(f"Sums compared with their releases on {outcomes.weeks} Mondays: {compared}.")
    click.echo(f"Sign in as {', '.join(outcomes.heads)}; the password is {outcomes.password}")
    if outcomes.compared[Outcome.NOT_EQUAL]:
        raise click.ClickException("Not every sum is what its releases add up to.")


def _with_key() -> tuple[Config, Database]:
    """Return the settings of the server and its database, which has to have its tables."""
    try:
        config = Config.from_env()
    except ConfigError as error:
        raise click.ClickException(str(error)) from error
    config.instance_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = Storage(config.instance_dir, config.database_url).database_file
    if file is not None and not file.exists():
        # Whoever meant the site that runs here, and gave no INSTANCE_DIR, should see it.
        click.echo(f"Made a new database: {file}", err=True)
    database = Database(config.database_url)
    database.migrate(ROOT / "migrations")
    return config, database


def _print_link(config: Config, language: str, token: str, whose: str) -> None:
    base = config.public_url or f"http://{config.host}:{config.port}"
    click.echo(f"{whose}, once, within {schools.INVITATION_DAYS} days:")
    click.echo(f"{base}/{language}/invitation/{token}")


main.add_command(simulate)
