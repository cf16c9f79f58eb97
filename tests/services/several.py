"""Two processes on one PostgreSQL and one Redis, for tests that build classrooms."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Self

from config import ROOT
from eduapp.classroom.in_redis.keys import Store
from eduapp.classroom.in_redis.memory import RedisMemory
from eduapp.db import Base, Database
from eduapp.sources import Chance
from tests.services.servers import postgresql, redis_server

if TYPE_CHECKING:
    from pathlib import Path

    from eduapp.classroom.memory import Memory
    from eduapp.sources import Clock

PROCESSES = 2
_spare: list[str] = []
"""Databases of this test process that are empty again."""


@functools.cache
def migrated() -> str:
    """Return the name of a database with all tables, to copy."""
    server = postgresql()
    name = server.new_database()
    database = Database(server.url(name))
    database.migrate(ROOT / "migrations")
    database.close()
    return name


class SeveralProcesses:
    """A database for each folder, gone after the test, and a Redis that starts empty."""

    def __init__(self) -> None:
        self._server = postgresql()
        self._redis = redis_server().client()
        self._names: dict[Path, str] = {}
        self._open: list[Database] = []

    def __enter__(self) -> Self:
        self._redis.flushall()
        return self

    def __exit__(self, *_error: object) -> None:
        for database in self._open:
            database.close()
        for name in self._names.values():
            self._empty(name)
        _spare.extend(self._names.values())
        self._redis.close()

    def database(self, folder: Path) -> Database:
        if folder not in self._names:
            # To empty one is ten times as fast as to make one.
            spare = _spare.pop() if _spare else None
            self._names[folder] = spare or self._server.new_database(migrated())
        database = Database(self._server.url(self._names[folder]))
        self._open.append(database)
        return database

    def _empty(self, name: str) -> None:
        with self._server.connect(name) as connection:
            tables = ", ".join(f'"{table}"' for table in Base.metadata.tables)
            connection.execute(f"TRUNCATE {tables} RESTART IDENTITY")

    def memories(self, clock: Clock, chance: Chance | None) -> list[Memory]:
        """Return the memory of each process; what an earlier start left in Redis is lost."""
        self._redis.flushall()
        return [
            RedisMemory(Store(self._redis), clock, chance or Chance()) for _ in range(PROCESSES)
        ]
