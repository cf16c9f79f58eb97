"""The wiring: makes the application, connects database and classroom, and opens the doors.

The one file that sees every room. No route, no rule and no text lives here.
"""

from __future__ import annotations

import fcntl
import logging
import secrets
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

from flask import Flask

from config import ROOT, Config
from eduapp import web
from eduapp.accounts import plans, schools
from eduapp.accounts.current import register_who_may
from eduapp.accounts.second_step import UsedCodes
from eduapp.classroom.classroom import Classroom
from eduapp.classroom.following import Following
from eduapp.classroom.second_desks import SecondDesks
from eduapp.content import load_content, revisions
from eduapp.db import Database
from eduapp.learn.views import blueprint as learn
from eduapp.participate.views import blueprint as participate
from eduapp.refusals import refuse_unsafe
from eduapp.school.views import blueprint as school
from eduapp.sources import Chance, Clock, school_today
from eduapp.teach.views import blueprint as teach
from eduapp.web.pace import Pace
from eduapp.web.preview import register_preview

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

_LOCK_PATIENCE_SECONDS = 15.0
HOUSEKEEPING_SECONDS = 60.0
logger = logging.getLogger(__name__)


class AnotherProcessRuns(Exception):  # noqa: N818 - named for the fact
    """Another process holds the urn of this installation."""


def make_app(config: Config | None = None, clock: Clock | None = None) -> Flask:
    """Return the application of an installation, its tables up to date and its lessons checked."""
    config = config or Config.from_env()
    clock = clock or Clock(today=school_today)
    if config.preview:
        # Who writes the lessons sees what speaks of law too.
        config = replace(config, law_checked_by=config.law_checked_by or "preview")
    app = Flask("eduapp", static_folder=None, instance_path=str(config.instance_dir))
    app.config.update(TESTING=config.testing, SECRET_KEY=None)
    database = Database(config.database_url)
    refuse_unsafe(app, database)
    config.instance_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    content = load_content(config.lessons_dir, clock.today(), config.law_checked_by)
    app.extensions["urn_lock"] = _hold_the_urn(config.instance_dir / "urn.lock")
    kept = config.instance_dir / "revisions"
    for module in content.modules.values():
        revisions.keep(module, kept)
    database.migrate(ROOT / "migrations")
    app.extensions["classroom"] = Classroom(
        database, config.secret_key, revisions.finder(content.modules, kept), clock
    )
    app.extensions["clock"] = clock
    app.extensions["database"] = database
    database.look_again()
    if not config.testing:
        _keep_house(app, config, clock)
    app.extensions["used_codes"] = UsedCodes()
    app.extensions["second_desks"] = SecondDesks(clock, Chance())
    app.extensions["following"] = Following(clock.monotonic)
    _add_paces(app, clock)
    web.register(app, config, content)
    if config.preview:
        register_preview(app, config, clock.today)
    register_who_may(app)
    for door in (learn, participate, teach, school):
        app.register_blueprint(door)
    return app


def _add_paces(app: Flask, clock: Clock) -> None:
    """Pace wrong codes, wrong keys and starts; the numbers are those of docs/threat-model.md."""
    key = secrets.token_bytes(16)
    app.extensions["code_pace"] = Pace(120, 600, key, clock.monotonic)
    app.extensions["key_pace"] = Pace(20, 120, key, clock.monotonic)
    app.extensions["start_pace"] = Pace(30, 30, key, clock.monotonic)
    app.extensions["rehearsal_pace"] = Pace(30, 30, key, clock.monotonic)
    app.extensions["password_pace"] = Pace(10, 60, key, clock.monotonic)
    app.extensions["known_pace"] = Pace(10, 60, key, clock.monotonic)
    app.extensions["name_pace"] = Pace(40, 120, key, clock.monotonic)
    app.extensions["code_of_app_pace"] = Pace(10, 30, key, clock.monotonic)


def renew_content(app: Flask, config: Config, today: dt.date) -> None:
    """Read the lessons again on the day on which a dated fact says something else.

    A class that runs keeps the lesson it began with.
    """
    changes_on = app.extensions["content"].good_until
    if changes_on is None or today < changes_on:
        return
    content = load_content(config.lessons_dir, today, config.law_checked_by)
    for module in content.modules.values():
        revisions.keep(module, config.instance_dir / "revisions")
    app.extensions["content"] = content


def _keep_house(app: Flask, config: Config, clock: Clock) -> None:
    """Let a thread of its own do what time asks for, also when nobody visits."""
    classroom: Classroom = app.extensions["classroom"]
    database: Database = app.extensions["database"]

    def keep() -> None:
        while True:
            time.sleep(HOUSEKEEPING_SECONDS)
            try:
                classroom.tend()
                with database.transaction() as tx:
                    schools.purge(tx, clock.today())
                    plans.purge(tx, clock.today())
                database.look_again()
                renew_content(app, config, clock.today())
            except Exception as error:  # noqa: BLE001 - whatever it is, the next round tries again
                logger.error("%s in housekeeping", type(error).__name__)  # noqa: TRY400

    threading.Thread(target=keep, name="housekeeping", daemon=True).start()


def _hold_the_urn(path: Path) -> TextIO:
    """Return an open file that this process alone holds.

    Two processes would have two urns for one round.

    Waits a little for a predecessor that is stopping. Raises `AnotherProcessRuns`.
    """
    lock = path.open("w")
    give_up_at = time.monotonic() + _LOCK_PATIENCE_SECONDS
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > give_up_at:
                lock.close()
                message = (
                    f"Another process already runs on {path.parent}. "
                    "Open rounds live in one process: run one worker, or stop the other."
                )
                raise AnotherProcessRuns(message) from None
            time.sleep(0.2)
        else:
            return lock
