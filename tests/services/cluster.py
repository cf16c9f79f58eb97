"""Several machines in one: two servers of the site, PostgreSQL, Redis, and nginx in front.

nginx runs with `deploy/nginx.conf` itself; only names, ports and certificates are changed.
"""

from __future__ import annotations

import atexit
import re
import shutil
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from config import ROOT
from tests.browser.running_site import HOST, RunningSite, free_port
from tests.services.servers import (
    Server,
    own_folder,
    postgresql,
    program,
    start_redis,
    wait_for,
)
from tests.services.several import migrated

if TYPE_CHECKING:
    from pathlib import Path

    from tests.services.servers import PostgreSQL, Redis

SECRET_KEY = "only for tests, 32 characters or more"
MAIN = """daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log /dev/null crit;
worker_rlimit_nofile 20000;
events {{ worker_connections 18000; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def site_conf(text: str, folder: Path, port: int, ports: list[int]) -> str:
    """Return the nginx.conf of the project for these ports, without HTTPS."""
    server = next(line for line in text.splitlines(keepends=True) if "127.0.0.1:8000" in line)
    servers = (server.replace("127.0.0.1:8000", f"{HOST}:{each}") for each in ports)
    text = text.replace(server, "".join(servers))
    text = text.replace("/run/mijnbeeld-edge", f"{folder}/edge")
    text = text.replace("/var/www/mijnbeeld", str(folder))
    # The server that leads to HTTPS has nobody to lead here.
    text = re.sub(r"server \{\n[^{}]*listen 80 .*?\n\}\n", "", text, count=1, flags=re.DOTALL)
    text = re.sub(r"    listen \[::\]:443[^\n]*\n|    ssl_certificate[^\n]*\n", "", text)
    return text.replace("listen 443 ssl default_server", f"listen {HOST}:{port} default_server")


def start_nginx(ports: list[int], port: int) -> Server:
    """Start nginx in front of sites on these ports; it is gone with this process."""
    folder = own_folder("nginx")
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    (folder / "site.conf").write_text(site_conf(text, folder, port, ports))
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder))
    shutil.copy(ROOT / "deploy" / "away.html", folder)
    for path in folder.iterdir():
        path.chmod(0o644)
    command = [program("nginx", "nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    server = Server(folder, port, command, folder / "log")
    server.start()
    atexit.register(server.stop, signal.SIGKILL)
    wait_for(server, lambda: RunningSite(folder, port).look("/health"), OSError)
    return server


@dataclass(slots=True)
class Front(RunningSite):
    """nginx, as a browser knows it: the site."""

    behind: RunningSite = field(kw_only=True)

    def state(self, public_id: str) -> dict[str, Any]:
        return self.behind.state(public_id)


@dataclass(slots=True)
class Cluster:
    """An installation on several machines."""

    folder: Path
    database: PostgreSQL = field(default_factory=postgresql)
    redis: Redis = field(default_factory=start_redis)
    machines: int = 2
    port: int = field(default_factory=free_port)
    sites: list[RunningSite] = field(default_factory=list)
    nginx: Server | None = None
    name: str = ""

    def __enter__(self) -> Self:
        self.name = self.database.new_database(migrated())
        settings = {
            "DATABASE_URL": self.database.url(self.name),
            "URN_URL": self.redis.url(),
            "SECRET_KEY": SECRET_KEY,
            "PUBLIC_URL": self.url,
            "TRUSTED_PROXIES": "1",
        }
        self.sites = [
            RunningSite(self.folder / f"machine-{number}", settings=settings)
            for number in range(self.machines)
        ]
        with ThreadPoolExecutor() as together:
            list(together.map(RunningSite.start, self.sites))
        self.start_nginx()
        return self

    def __exit__(self, *_error: object) -> None:
        if self.nginx is not None:
            self.nginx.stop()
        with ThreadPoolExecutor() as together:
            list(together.map(RunningSite.stop, self.sites))
        self.redis.stop(signal.SIGKILL)
        self.database.drop_database(self.name)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def start_nginx(self) -> None:
        """Start nginx, or start it again."""
        self.nginx = start_nginx([site.port for site in self.sites], self.port)

    @property
    def front(self) -> RunningSite:
        """What a browser speaks with: nginx, which lets the machines take turns."""
        return Front(self.folder / "front", self.port, behind=self.sites[0])
