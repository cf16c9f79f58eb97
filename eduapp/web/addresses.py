"""Where this site can be reached, and from where a request came.

Addresses only; they are looked at and forgotten, nothing here is logged or kept.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING

from eduapp.web.current import current_config

if TYPE_CHECKING:
    from flask import Request

DOCUMENTATION_HOST = ("192.0.2.1", 9)
"""An address nobody has (RFC 5737): asking the way there sends nothing and names our own."""


def public_base(request: Request) -> str:
    """Return scheme and host that students should use: PUBLIC_URL, else what the browser used."""
    return current_config().public_url or request.host_url.rstrip("/")


def reachable_base(request: Request) -> str | None:
    """Return `public_base` where other devices can reach it; None where only this machine can."""
    is_here_only = current_config().public_url is None and is_loopback(request)
    return None if is_here_only else public_base(request)


def is_loopback(request: Request) -> bool:
    """Return whether the browser uses an address that other devices cannot reach."""
    host = request.host.rsplit("@", 1)[-1]
    host = host[1 : host.index("]")] if host.startswith("[") and "]" in host else host.split(":")[0]
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def lan_address() -> str | None:
    """Return the address of this machine on its own network, or None where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(DOCUMENTATION_HOST)
        except OSError:
            return None
        address = str(probe.getsockname()[0])
    return None if ipaddress.ip_address(address).is_loopback else address


def client_address(request: Request) -> str:
    """Return the address that asks; the shell has put in what TRUSTED_PROXIES says of it."""
    return request.remote_addr or ""
