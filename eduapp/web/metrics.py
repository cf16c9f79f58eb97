"""Figures for whoever keeps the server running, in the format of Prometheus, on loopback only.

Of students there is one number without labels that moves once a minute: no figure follows a tap, a
class or an answer (privacy, decision 13). Of staff paths it is told how they do by door, never who.
"""

from __future__ import annotations

import threading

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client import start_http_server as start_server

from eduapp.web.logs import STAFF_DOORS

LOOPBACK = "127.0.0.1"
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
SERVER_ERROR = 500


class Metrics:
    """The figures of one process."""

    def __init__(self) -> None:
        """Start with everything at nought."""
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._students = Counter(
            "mijnbeeld_student_requests",
            "Requests of no staff page: devices, open pages, /health, /ready; moves once a minute.",
            registry=self.registry,
        )
        self._student_failures = Counter(
            "mijnbeeld_student_failures",
            "Those answered with 500 or more; moves once a minute.",
            registry=self.registry,
        )
        self._staff = Counter(
            "mijnbeeld_staff_requests",
            "Requests of desks, boards and accounts.",
            ["door", "status"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            "mijnbeeld_staff_request_seconds",
            "How long those took.",
            ["door"],
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._kept = Gauge(
            "mijnbeeld_housekeeping_timestamp_seconds",
            "When housekeeping last went well.",
            registry=self.registry,
        )
        self._lock = threading.Lock()
        self._waiting = [0, 0]

    def note(self, door: str | None, status: int, seconds: float) -> None:
        """Count one request: of staff now, of anybody else at the next `publish`."""
        if door in STAFF_DOORS:
            self._staff.labels(door, f"{status // 100}xx").inc()
            self._seconds.labels(door).observe(seconds)
            return
        with self._lock:
            self._waiting[0] += 1
            self._waiting[1] += status >= SERVER_ERROR

    def publish(self) -> None:
        """Let the numbers of students move: for housekeeping, once a minute."""
        with self._lock:
            requests, failures = self._waiting
            self._waiting = [0, 0]
        self._students.inc(requests)
        self._student_failures.inc(failures)
        self._kept.set_to_current_time()

    def serve(self, port: int, processes: int) -> int:
        """Tell the figures on the first free port of as many as there are processes; return it."""
        for each in range(port, port + processes):
            try:
                start_server(each, addr=LOOPBACK, registry=self.registry)
            except OSError:
                continue
            return each
        message = f"METRICS_PORT: no port from {port} on is free."
        raise OSError(message)
