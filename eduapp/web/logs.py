"""The log of the site: one line of JSON for what is not as it should be, nothing for the rest.

Never an address, a browser, a code, a name or what somebody typed: an error is its kind and the
places in our code. Of a student's path there is no place either (`errors.py`). That staff came and
went is not written down: no disk keeps when a head signed in.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from flask import g, request

if TYPE_CHECKING:
    from flask import Flask, Response

    from eduapp.web.metrics import Metrics

SLOW_SECONDS = 1.0
STAFF_DOORS = frozenset({"teach", "school"})
ROOT = Path(__file__).resolve().parents[2]
logger = logging.getLogger(__name__)


class JsonLines(logging.Formatter):
    """Each record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record: message, and kind and places of an exception."""
        line: dict[str, object] = {"level": record.levelname, "event": record.getMessage()}
        line |= getattr(record, "fields", {})
        kind, _error, trace = record.exc_info or (None, None, None)
        if kind is not None:
            line["error"] = kind.__name__
            line["at"] = [
                f"{Path(frame.filename).relative_to(ROOT)}:{frame.lineno}"
                for frame in traceback.extract_tb(trace)
                if Path(frame.filename).is_relative_to(ROOT / "eduapp")
            ]
        return json.dumps(line, ensure_ascii=False)


def write_json_lines() -> None:
    """Let everything that the site logs go to the terminal as lines of JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    ours = logging.getLogger("eduapp")
    ours.handlers = [handler]
    ours.propagate = False


def register_watch(app: Flask, metrics: Metrics | None) -> None:
    """Write down which staff page was slow, an ordinary one leaves no line; count all of them."""

    @app.before_request
    def _start() -> None:
        g.asked_at = time.perf_counter()

    @app.after_request
    def _end(response: Response) -> Response:
        if "asked_at" not in g:
            # An address that could not be read at all.
            return response
        took = time.perf_counter() - g.asked_at
        if metrics is not None:
            metrics.note(request.blueprint, response.status_code, took)
        if took >= SLOW_SECONDS and request.blueprint in STAFF_DOORS:
            fields = {
                "endpoint": request.endpoint,
                "method": request.method,
                "status": response.status_code,
                "ms": round(took * 1000),
            }
            logger.warning("slow", extra={"fields": fields})
        return response
