"""The database: engine, transactions and the base of all tables.

SQLAlchemy only. No table is defined here and no rule of the product lives here; nothing of a
ballot ever reaches this module.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, MetaData, StaticPool, create_engine, event, inspect, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection


IN_MEMORY = "sqlite://"
"""The address of a database that never touches the disk and ends with the process."""
_PATIENCE_MILLISECONDS = 10_000
_ONLY_READS = "only_reads"
"""Marks a connection whose transactions write nothing."""
_WRITERS, _ALONE = 0x6D696A6E, 0x6D696A6F
"""The numbers of the two locks that PostgreSQL keeps for this project: who writes now, and which
processes run on this database."""


class Base(DeclarativeBase):
    """The base of every table; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class NewerDatabase(Exception):  # noqa: N818 - named for the fact
    """The tables are those of a newer version of the program."""


class BrokenReferences(Exception):  # noqa: N818 - named for the fact
    """Rows refer to rows that do not exist."""


class Database:
    """One engine and the two ways to use it: read, and one short write at a time."""

    def __init__(self, url: str) -> None:
        """Connect lazily to `url`; statement parameters never reach a log."""
        options: dict[str, Any] = {}
        if not url.startswith("sqlite"):
            # PostgreSQL may have started anew since a connection was used last, or be away.
            patience = _PATIENCE_MILLISECONDS // 1000
            options = {
                "pool_pre_ping": True,
                "pool_timeout": patience,
                "connect_args": {
                    "connect_timeout": patience // 2,
                    # One that falls silent, as when a cable is cut, is given up as soon.
                    "tcp_user_timeout": _PATIENCE_MILLISECONDS,
                    "keepalives_idle": patience // 2,
                    "keepalives_interval": patience // 5,
                    "keepalives_count": 3,
                },
            }
        if url == IN_MEMORY:
            # What lives in memory lives in one connection, which all threads share: writers queue.
            options = {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}}
        self.engine: Engine = create_engine(url, hide_parameters=True, echo=False, **options)
        self._write_lock = threading.Lock()
        self.seen_columns: dict[str, tuple[str, ...]] = {}
        """What `columns` was at the last `look_again`.

        For visitors: their requests must not so much as move a mark of a reader on the disk.
        """
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_immediate)
        else:
            event.listen(self.engine, "connect", _prepare_postgresql)
            event.listen(self.engine, "begin", _wait_for_writers)
        self._alone: Connection | None = None

    @property
    def is_sqlite(self) -> bool:
        """Return whether the database is a file, or memory, of this process."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Give a session that commits at the end, or rolls back when the block raises.

        One writer at a time, on every machine: SQLite has only one, and PostgreSQL keeps a lock for
        it. So a sum that is read, added to and written back is never added to twice at once. Within
        a process writers queue on one lock, which is fair where SQLite's own back-off is not.
        """
        sessions = sessionmaker(self.engine, expire_on_commit=False)
        with self._write_lock, sessions.begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one moment of the database and keeps no writer waiting.

        A database in memory has one connection, for which a reader waits like a writer.
        """
        if str(self.engine.url) == IN_MEMORY:
            with self.transaction() as session:
                yield session
            return
        options: dict[str, Any] = {_ONLY_READS: True}
        if not self.is_sqlite:
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        connection = self.engine.connect().execution_options(**options)
        with connection, Session(connection) as session:
            yield session

    def columns(self) -> dict[str, tuple[str, ...]]:
        """Return the columns of every table and view that the database has, as it is now."""
        with self.reading() as tx:
            found = inspect(tx.connection())
            names = sorted([*found.get_table_names(), *found.get_view_names()])
            return {
                name: tuple(column["name"] for column in found.get_columns(name)) for name in names
            }

    def look_again(self) -> None:
        """Let `seen_columns` be what the database has now."""
        self.seen_columns = self.columns()

    def forget_log(self) -> bool:
        """Let what was deleted not be found in SQLite's write-ahead log or PostgreSQL's old rows.

        Returns whether that is done; while somebody else reads a file of SQLite it cannot be.
        """
        if not self.is_sqlite:
            with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as tx:
                tx.execute(text("VACUUM"))
            return True
        connection = self.engine.raw_connection()
        try:
            with self._write_lock:
                # Writers wait for this lock: whoever reads just now is not waited for as well.
                cursor = connection.cursor()
                cursor.execute("PRAGMA busy_timeout=0")
                is_busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
                cursor.execute(f"PRAGMA busy_timeout={_PATIENCE_MILLISECONDS}")
        finally:
            connection.close()
        return not is_busy

    def hold(self, *, alone: bool) -> bool:
        """Let PostgreSQL know that a process runs on this database, alone or beside others.

        Returns whether that can be: nobody runs beside one that is alone. Asked again, it holds on
        to what it has, or takes it anew after PostgreSQL was away. SQLite: always true, a process
        that is alone locks a file of its own.
        """
        if self.is_sqlite:
            return True
        held, self._alone = self._alone, None
        if held is not None:
            with suppress(OperationalError):
                held.exec_driver_sql("SELECT 1")
                self._alone = held
                return True
            held.invalidate()
            held.close()
        connection = self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        lock = "pg_try_advisory_lock" if alone else "pg_try_advisory_lock_shared"
        is_held = bool(connection.execute(text(f"SELECT {lock}({_ALONE})")).scalar())
        if is_held:
            self._alone = connection
        else:
            connection.close()
        return is_held

    def is_held(self) -> bool:
        """Return whether PostgreSQL knows of a process on this database; false for SQLite."""
        if self.is_sqlite:
            return False
        held = text(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = :number "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        with self.reading() as tx:
            return bool(tx.scalar(held, {"number": _ALONE}))

    def settings(self, *names: str) -> dict[str, str]:
        """Return what PostgreSQL was told about these names; empty for SQLite."""
        if self.is_sqlite:
            return {}
        with self.reading() as tx:
            return {name: str(tx.scalar(text(f"SHOW {name}"))) for name in names}

    def close(self) -> None:
        """Let go of every connection."""
        if self._alone is not None:
            self._alone.close()
            self._alone = None
        self.engine.dispose()

    def make_tables(self) -> None:
        """Make every table as the models have it now; for a database in memory."""
        Base.metadata.create_all(self.engine)

    def migrate(self, migrations: Path) -> None:
        """Bring the tables to the newest revision in the folder `migrations`.

        Raises `NewerDatabase`.
        """
        with self.engine.connect() as connection:
            with connection.begin():
                present, newest = _revision(connection), _newest(migrations)
                if present == newest:
                    return
                if present is not None and present > newest:
                    message = (
                        f"The database is of a newer version ({present}; this one knows {newest}): "
                        "start that version, or restore a backup that this one made."
                    )
                    raise NewerDatabase(message)
            with _loose_references(connection), connection.begin():
                # A process that started at the same moment may have been first.
                if _revision(connection) != _newest(migrations):
                    _upgrade(connection, migrations)


@contextmanager
def _loose_references(connection: Connection) -> Iterator[None]:
    """Let SQLite make a table anew without deleting what refers to its rows.

    Holds outside a transaction only; what is broken after all is refused.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        if cursor.execute("PRAGMA foreign_key_check").fetchall():
            message = "A migration left rows that refer to nothing: restore the backup."
            raise BrokenReferences(message)
    finally:
        cursor.execute("PRAGMA foreign_keys=ON")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _newest(migrations: Path) -> str:
    """Return the revision of the newest step; a step's file begins with its number."""
    return max(path.name.partition("_")[0] for path in migrations.glob("versions/[0-9]*_*.py"))


def _upgrade(connection: Connection, migrations: Path) -> None:
    # Imported only where there is something to migrate: it stays in memory with ten megabytes.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config as AlembicConfig  # noqa: PLC0415

    settings = AlembicConfig()
    settings.set_main_option("script_location", str(migrations))
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's connection
    # SQLAlchemy starts the transaction itself (below): the driver would start it too late and only
    # for some statements.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "secure_delete=ON",
        "foreign_keys=ON",
        f"busy_timeout={_PATIENCE_MILLISECONDS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy's event signature
    # A transaction that starts by reading and then writes fails at once when another wrote in
    # between.
    only_reads = connection.get_execution_options().get(_ONLY_READS, False)
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")


def _prepare_postgresql(connection: Any, _record: object) -> None:  # noqa: ANN401 - as above
    with connection.cursor() as cursor:
        # Whoever waits longer for another writer is told so, as with SQLite.
        cursor.execute(f"SET lock_timeout = {_PATIENCE_MILLISECONDS}")
        # A machine that vanishes in the middle of a transaction must not keep all writers waiting.
        cursor.execute(f"SET idle_in_transaction_session_timeout = {2 * _PATIENCE_MILLISECONDS}")
        cursor.execute("SET tcp_keepalives_idle = 5")
        cursor.execute("SET tcp_keepalives_interval = 2")
        cursor.execute("SET tcp_keepalives_count = 3")
    connection.commit()


def _wait_for_writers(connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy's event signature
    options = connection.get_execution_options()
    if not options.get(_ONLY_READS, False) and options.get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")
