"""A copy of what an installation keeps, in one file, and the way back from it.

A copy holds the database, not the secret key: who finds a copy has fingerprints without what makes
them. Rows whose last day is over are left out when
it is made, and removed again when it comes back: no copy brings anything back to life.
"""

from __future__ import annotations

import io
import os
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import exists, func, insert, select

from config import ROOT, SQLITE
from eduapp.accounts import schools
from eduapp.classroom import class_sessions, revisions
from eduapp.db import Base, Database

if TYPE_CHECKING:
    import datetime as dt

    from config import Storage

_DATABASE = "mijnbeeld.sqlite3"
_REVISIONS = "revisions"
"""Where copies of before migration 0006 have lessons as running classes know them."""
_SQLITE = b"SQLite format 3\0"


class NotEmpty(Exception):  # noqa: N818 - named for the fact
    """There is a database already."""


class NoBackup(Exception):  # noqa: N818 - named for the fact
    """The file is not a copy that `write` made."""


def write(storage: Storage, target: Path, today: dt.date) -> int:
    """Write a copy of an installation to a new file; return how many bytes it has.

    May run beside a running server. Nobody else may read the file. Raises `FileExistsError`.
    """
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with (
            os.fdopen(descriptor, "wb") as file,
            tempfile.TemporaryDirectory(dir=target.parent) as folder,
            tarfile.open(fileobj=file, mode="w:gz") as archive,
        ):
            copy = Path(folder) / _DATABASE
            _copy_database(storage, copy)
            _remove_expired(copy, today)
            archive.add(copy, _DATABASE, filter=_plain)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return target.stat().st_size


def read(source: Path, storage: Storage, today: dt.date) -> int:
    """Put a copy back where there is no database; return how many lessons came back.

    A copy of SQLite may come back into PostgreSQL, and the other way round: so an installation
    moves. Tables are brought up to date and expired rows removed before anything can serve them.
    Raises `NotEmpty` and `NoBackup`.
    """
    instance, file = storage.instance_dir, storage.database_file
    with closing(Database(storage.database_url)) as target:
        if file.exists() if file else _has_rows(target):
            raise NotEmpty
        contents = _contents(source)
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The database last, and rows in one transaction: a restore that was cut off begins again.
        database = file or instance / f"{_DATABASE}.restoring"
        for name in sorted(contents, key=lambda each: each == _DATABASE):
            _write_private(database if name == _DATABASE else instance / name, contents[name])
        with closing(Database(f"{SQLITE}{database}")) as restored:
            restored.migrate(ROOT / "migrations")
        left = _remove_expired(database, today)
        if file is None:
            target.migrate(ROOT / "migrations")
            with closing(Database(f"{SQLITE}{database}")) as restored:
                _copy_rows(restored, target)
            database.unlink()
    return left


def _has_rows(database: Database) -> bool:
    """Return whether a database keeps anything already; tables alone are nothing."""
    there = database.columns().keys()
    tables = [table for table in Base.metadata.sorted_tables if table.name in there]
    with database.reading() as tx:
        return any(tx.scalar(select(exists().select_from(table))) for table in tables)


def _contents(source: Path) -> dict[str, bytes]:
    """Return the files of a copy by name. Raises `NoBackup`."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            members = {member.name: member for member in archive.getmembers()}
            if _DATABASE not in members or not all(map(_is_ours, members.values())):
                raise NoBackup
            contents = {name: _bytes_of(archive, member) for name, member in members.items()}
    except (tarfile.TarError, EOFError, OSError) as error:
        raise NoBackup from error
    if not contents[_DATABASE].startswith(_SQLITE):
        raise NoBackup
    return contents


def _copy_database(storage: Storage, target: Path) -> None:
    """Copy one moment of a database that others may be writing into a file of SQLite."""
    source = storage.database_file
    if source is None:
        with (
            closing(Database(storage.database_url)) as running,
            closing(Database(f"{SQLITE}{target}")) as copied,
        ):
            copied.migrate(ROOT / "migrations")
            _copy_rows(running, copied)
        return
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as origin,
        closing(sqlite3.connect(target)) as copy,
    ):
        origin.backup(copy)
        # A copy is one file: it has no log beside it.
        copy.execute("PRAGMA journal_mode=DELETE")


def _copy_rows(source: Database, target: Database) -> None:
    """Copy every row into tables that are empty; new rows get numbers after those."""
    with source.reading() as whence, target.transaction() as tx:
        for table in Base.metadata.sorted_tables:
            rows = [dict(row) for row in whence.execute(select(table)).mappings()]
            if rows:
                tx.execute(insert(table), rows)
            numbered = table.autoincrement_column
            if rows and numbered is not None and not target.is_sqlite:
                highest = max(row[numbered.name] for row in rows)
                sequence = func.pg_get_serial_sequence(table.name, numbered.name)
                tx.execute(select(func.setval(sequence, highest)))


def _remove_expired(path: Path, today: dt.date) -> int:
    """Remove what may no longer be there, also from free pages; return how many lessons stay."""
    database = Database(f"{SQLITE}{path}")
    has_all = {"class_session", "lesson_revision", "staff"} <= database.columns().keys()
    left = 0
    if has_all:
        with database.transaction() as tx:
            class_sessions.purge(tx, today)
            class_sessions.purge_opinions(tx, today, revisions.finder(database))
            schools.purge(tx, today)
            left = len(class_sessions.last_days(tx))
    database.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA journal_mode=DELETE")
    return left


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Keep nothing of the machine that a copy was made on."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mtime = 0
    member.mode = 0o600
    return member


def _is_ours(member: tarfile.TarInfo) -> bool:
    """Return whether a copy may hold this: no folder, no link, no path that leads elsewhere."""
    folder, _slash, name = member.name.rpartition("/")
    is_revision = folder == _REVISIONS and name.endswith(".json") and not name.startswith(".")
    return member.isreg() and (is_revision or member.name == _DATABASE)


def _bytes_of(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(member) or io.BytesIO()
    return file.read()


def _write_private(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
