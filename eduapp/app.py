"""The wiring: makes the application, connects database and classroom, and opens the doors.

The one file that sees every room. No route, no rule and no text lives here.
"""

from __future__ import annotations

import fcntl
import hmac
import secrets
import time
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

from flask import Flask

from config import ROOT, Config
from eduapp import web
from eduapp.accounts.current import register_who_may
from eduapp.accounts.second_step import RedisUsedCodes, UsedCodes
from eduapp.classroom import revisions
from eduapp.classroom.classroom import Classroom
from eduapp.classroom.following import Following
from eduapp.classroom.in_redis.clock import shared_seconds
from eduapp.classroom.in_redis.keys import Store
from eduapp.classroom.in_redis.memory import RedisMemory
from eduapp.classroom.in_redis.second_desks import RedisSecondDesks
from eduapp.classroom.memory import OwnMemory
from eduapp.classroom.second_desks import SecondDesks
from eduapp.content import load_content
from eduapp.db import Database
from eduapp.housekeeping import Housekeeper
from eduapp.learn.views import blueprint as learn
from eduapp.participate.short_way import ShortWay
from eduapp.participate.views import blueprint as participate
from eduapp.refusals import refuse_unsafe
from eduapp.school.views import blueprint as school
from eduapp.sources import Chance, Clock, school_today
from eduapp.teach.views import blueprint as teach
from eduapp.web.logs import register_watch, write_json_lines
from eduapp.web.metrics import Metrics
from eduapp.web.pace import Pace, RedisPace
from eduapp.web.preview import register_preview

if TYPE_CHECKING:
    import datetime as dt

    from eduapp.classroom.memory import Memory

_LOCK_PATIENCE_SECONDS = 15.0
PACES = {
    "code_pace": (120, 600),
    "key_pace": (20, 120),
    "start_pace": (30, 30),
    "rehearsal_pace": (30, 30),
    "password_pace": (10, 60),
    "known_pace": (10, 60),
    "name_pace": (40, 120),
    "code_of_app_pace": (10, 30),
}
"""How many tries at once, and how many an hour, an address has of each kind."""


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
    store = Store.connect(config.urn_url) if config.urn_url else None
    try:
        refuse_unsafe(app, database, store)
    except BaseException:
        database.close()
        raise
    config.instance_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    content = load_content(config.lessons_dir, clock.today(), config.law_checked_by)
    app.extensions["urn_lock"] = _hold_the_urn(config, database)
    database.migrate(ROOT / "migrations")
    chance = Chance()
    memory: Memory = OwnMemory(chance)
    if store is not None:
        clock = replace(clock, monotonic=shared_seconds(store))
        memory = RedisMemory(store, clock, chance)
    app.extensions["classroom"] = Classroom(
        database,
        config.secret_key,
        revisions.finder(database, content.modules),
        clock,
        chance,
        memory,
    )
    app.extensions["clock"] = clock
    app.extensions["database"] = database
    database.look_again()
    metrics = _keep_house(app, config, clock, memory)
    if store is None:
        app.extensions["used_codes"] = UsedCodes()
        app.extensions["second_desks"] = SecondDesks(clock, chance)
    else:
        app.extensions["used_codes"] = RedisUsedCodes(store.client)
        app.extensions["second_desks"] = RedisSecondDesks(store, chance)
    app.extensions["following"] = Following(clock.monotonic)
    _add_paces(app, config, clock, store)
    app.wsgi_app = ShortWay(app, metrics)  # type: ignore[method-assign]
    web.register(app, config, content)
    if config.preview:
        register_preview(app, config, clock.today)
    register_who_may(app)
    for door in (learn, participate, teach, school):
        app.register_blueprint(door)
    return app


def _add_paces(app: Flask, config: Config, clock: Clock, store: Store | None) -> None:
    """Pace wrong codes, wrong keys and starts; the numbers are those of docs/threat-model.md."""
    own_key = secrets.token_bytes(16)
    shared_key = hmac.digest(config.secret_key, b"pace", "sha256")
    for name, (burst, per_hour) in PACES.items():
        app.extensions[name] = (
            Pace(burst, per_hour, own_key, clock.monotonic)
            if store is None
            else RedisPace(name, burst, per_hour, shared_key, store.client)
        )


def _keep_house(app: Flask, config: Config, clock: Clock, memory: Memory) -> Metrics | None:
    """Start what time asks for and what says that the process is ready; return its figures."""
    keeper = Housekeeper(app.extensions["classroom"], app.extensions["database"], memory, clock)
    metrics = None if config.metrics_port is None else Metrics()
    keeper.then.append(lambda: renew_content(app, config, clock.today()))
    if metrics is not None and config.metrics_port is not None:
        metrics.serve(config.metrics_port, config.processes)
        keeper.then.append(metrics.publish)
    register_watch(app, metrics)
    app.extensions["is_ready"] = keeper.is_well
    if not config.testing:
        write_json_lines()
        keeper.start()
    return metrics


def renew_content(app: Flask, config: Config, today: dt.date) -> None:
    """Read the lessons again on the day on which a dated fact says something else.

    A class that runs keeps the lesson it began with.
    """
    changes_on = app.extensions["content"].good_until
    if changes_on is None or today < changes_on:
        return
    app.extensions["content"] = load_content(config.lessons_dir, today, config.law_checked_by)


def _hold_the_urn(config: Config, database: Database) -> ExitStack:
    """Return what says that this process runs, to close at the end.

    With the urn in its own memory it is alone: two processes would have two urns for one round.
    Waits a little for a predecessor that is stopping. Raises `AnotherProcessRuns`.
    """
    held = ExitStack()
    held.callback(database.close)
    is_alone = config.urn_url is None
    lock = held.enter_context((config.instance_dir / "urn.lock").open("w"))
    give_up_at = time.monotonic() + _LOCK_PATIENCE_SECONDS
    while not (_locks(lock, alone=is_alone) and database.hold(alone=is_alone)):
        if time.monotonic() > give_up_at:
            held.close()
            message = (
                f"Another process already runs on {config.instance_dir} or its database. "
                "Open rounds live in one process: run one worker, stop the other, or set URN_URL "
                "for all of them."
            )
            raise AnotherProcessRuns(message)
        time.sleep(0.2)
    return held


def _locks(lock: TextIO, *, alone: bool) -> bool:
    try:
        fcntl.flock(lock, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
