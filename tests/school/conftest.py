"""An app whose day and half minutes a test moves by hand."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher

from eduapp import app as wiring
from eduapp.accounts import passwords
from eduapp.sources import Clock, school_today

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from config import Config


@dataclass
class Hands:
    """The hands of the clock of the app; seconds are those of UTC and of the paces."""

    day: dt.date = field(default_factory=school_today)
    seconds: float = field(default_factory=time.time)

    def pass_days(self, days: int) -> None:
        """Let days go by; half minutes pass too, so that the next code of an app is another."""
        self.day += dt.timedelta(days=days)
        self.seconds += 60

    @property
    def clock(self) -> Clock:
        return Clock(
            today=lambda: self.day,
            monotonic=lambda: self.seconds,
            utc_seconds=lambda: self.seconds,
        )


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords with little work: what argon2 costs is looked at in one test alone."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64))


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def app(config: Config, hands: Hands) -> Iterator[Flask]:
    app = wiring.make_app(config, hands.clock)
    yield app
    app.extensions["urn_lock"].close()
