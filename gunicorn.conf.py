"""How gunicorn serves the site: one process with threads, because the urn lives in its memory.

Host and port come from `config.Config`, so a wrong setting is named before anything starts.
Nothing here may write down an address, a browser or a URI of a request (docs/threat-model.md).
"""

from __future__ import annotations

import os
import resource
import socket
import struct
import sys
import traceback
from functools import partial
from typing import TYPE_CHECKING

from gunicorn import util
from gunicorn.glogging import Logger

from config import Config, ConfigError
from eduapp.web.addresses import lan_addresses

if TYPE_CHECKING:
    import logging

    from gunicorn.arbiter import Arbiter
    from gunicorn.config import Config as GunicornConfig
    from gunicorn.workers.base import Worker

STALLED_SECONDS = 5
"""How long a device may be silent in the middle of a request; it sends again by itself."""
LINGER_SECONDS = 0.05
"""How long the one thread that serves all connections waits for a device to close its side."""
OPEN_FILES = 8192
"""Enough for every connection below, the database and the static files."""
EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - to name it, not to listen on it


class QuietLogger(Logger):
    """A logger that tells nothing about requests.

    The parent process never sees a request, and neither does a worker that is still starting: they
    say what they like. Once a worker serves, a message may carry an address, a URI or what somebody
    sent. Then only exceptions are kept, and of those only the type and the place in the code.
    """

    serving = False

    def setup(self, cfg: GunicornConfig) -> None:
        """Set the handlers up as gunicorn does, behind the filter."""
        super().setup(cfg)
        self.error_log.addFilter(self.keep)

    def access(self, *_request: object) -> None:
        """Write nothing about a request, whatever the settings of the server ask for."""

    def keep(self, record: logging.LogRecord) -> bool:
        """Return whether a record may be written; cuts an exception down to type and place."""
        if not self.serving:
            return True
        kind, _, trace = record.exc_info or (None, None, None)
        if kind is None or issubclass(kind, OSError):
            # An OSError here is a device that went away.
            return False
        frames = traceback.extract_tb(trace)
        place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "unknown place"
        record.msg, record.args = "%s at %s", (kind.__name__, place)
        record.exc_info = record.exc_text = record.stack_info = None
        return True


def _address(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _raise_open_files() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _broken_promises(cfg: GunicornConfig) -> list[str]:
    """Return a sentence for each setting that command line or environment changed for the worse."""
    more = "Open rounds live in the memory of one process"
    log = "Nothing may be written down about a request"
    promises = {
        "workers: leave it out, and set WEB_CONCURRENCY with URN_URL for more than one.": (
            cfg.workers != site.processes
        ),
        f"worker_class: leave it at gthread. {more} with threads.": (
            cfg.worker_class_str != "gthread"
        ),
        f"preload_app, reload, max_requests: leave them out. {more}.": bool(
            cfg.preload_app or cfg.reload or cfg.max_requests
        ),
        f"accesslog, logconfig, syslog, statsd_host: leave them out. {log}.": bool(
            cfg.accesslog
            or cfg.logconfig
            or cfg.logconfig_dict
            or cfg.logconfig_json
            or cfg.syslog
            or cfg.statsd_host
        ),
        f"logger_class: leave it out. {log}.": cfg.logger_class.__name__ != QuietLogger.__name__,
    }
    return [promise for promise, is_broken in promises.items() if is_broken]


def on_starting(server: Arbiter) -> None:
    """Refuse to start with what GUNICORN_CMD_ARGS or the command line may have changed."""
    broken = _broken_promises(server.cfg)
    if broken:
        sys.exit("\n".join(["The site cannot start with these settings of gunicorn.", *broken]))


def when_ready(server: Arbiter) -> None:
    """Let no connection wait for ever in the middle of a request.

    Connections inherit the time limits of the socket that takes them. Without them sixteen devices
    that lose the network in the middle of a form would hold all sixteen threads.
    """
    limit = struct.pack("ll", STALLED_SECONDS, 0)
    for listener in server.LISTENERS:
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            listener.sock.setsockopt(socket.SOL_SOCKET, option, limit)


def post_worker_init(worker: Worker) -> None:
    """Say where the site is, once it is really there, and be quiet from then on."""
    if worker.age == 1:
        near = "127.0.0.1" if site.host in EVERYWHERE else site.host
        address = site.public_url or f"http://{_address(near, site.port)}"
        print(f"Mijn beeld · Mon image: {address}  (stop with Ctrl+C)", flush=True)  # noqa: T201
        if site.host in EVERYWHERE and site.public_url is None:
            for each in lan_addresses():
                print(f"On this network: http://{_address(each, site.port)}", flush=True)  # noqa: T201
    worker.log.serving = True  # type: ignore[attr-defined] # a `QuietLogger`, also after a reload


try:
    site = Config.from_env()
except ConfigError as error:
    sys.exit(f"The site cannot start with these settings.\n{error}")
_raise_open_files()
# gunicorn would wait two seconds for each device that fell silent in the middle of a request, and
# serve nobody else meanwhile: sixteen phones without network would stop a class for half a minute.
util.close_graceful = partial(util.close_graceful, timeout=LINGER_SECONDS)
# What the site writes is for its own account, also in a folder that was there before.
os.umask(0o077)

wsgi_app = "eduapp:create_app()"
bind = _address(site.host, site.port)
# More processes only with an urn outside them (URN_URL); more threads do not help two cores.
workers = site.processes
worker_class = "gthread"
threads = 16
# Every device of every class keeps one connection open between two looks at the state document.
worker_connections = 4000
keepalive = 75
backlog = 2048
graceful_timeout = 10

accesslog = None
loglevel = "warning"
logger_class = QuietLogger
# The proxies that may speak for a client are counted by the site itself (TRUSTED_PROXIES).
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
control_socket_disable = True

# The longest address of the site is under 200 characters, the largest header is one cookie.
limit_request_line = 2048
limit_request_fields = 64
limit_request_field_size = 8190
