"""Every test of the classroom runs twice: in one process, and on PostgreSQL and Redis.

There two processes take turns: whatever a test does, each call lands on the other one. What is
about the files of SQLite or the memory of one process is marked `one_process`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import builders
from tests.services.several import SeveralProcesses

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE, SEVERAL = "one process", "several"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    is_marked = metafunc.definition.get_closest_marker("one_process") is not None
    metafunc.parametrize("_where", [ONE] if is_marked else [ONE, SEVERAL], indirect=True)


@pytest.fixture(autouse=True)
def _where(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # A state machine of Hypothesis is no function that could run twice.
    if getattr(request, "param", ONE) == ONE:
        yield
        return
    with SeveralProcesses() as several:
        monkeypatch.setattr(builders, "services", several)
        yield
