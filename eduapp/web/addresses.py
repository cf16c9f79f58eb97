"""Where this site can be reached, and from where a request came.

Addresses only; they are looked at and forgotten, nothing here is logged or kept.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psutil

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
    base = public_base(request)
    return None if is_loopback_host(urlsplit(base).hostname or "") else base


def is_loopback(request: Request) -> bool:
    """Return whether the browser uses an address that other devices cannot reach."""
    return is_loopback_host(urlsplit(f"//{request.host}").hostname or "")


def is_loopback_host(host: str) -> bool:
    """Return whether a name or address is this machine's own, for itself alone."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def lan_addresses() -> tuple[str, ...]:
    """Return the addresses of this machine on its networks, the likeliest for a class first.

    That is the one towards the internet; a hotspot without internet has none such.
    """
    found = [
        each.address
        for interface, addresses in psutil.net_if_addrs().items()
        if _is_up(interface)
        for each in addresses
        if each.family is socket.AF_INET and not ipaddress.ip_address(each.address).is_loopback
    ]
    towards_internet = _address_towards_internet()
    found.sort(key=lambda address: address != towards_internet)
    return tuple(found)


def _is_up(interface: str) -> bool:
    state = psutil.net_if_stats().get(interface)
    return state is not None and state.isup


def _address_towards_internet() -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(DOCUMENTATION_HOST)
        except OSError:
            return None
        return str(probe.getsockname()[0])


def client_address(request: Request) -> str:
    """Return the address that asks; the shell has put in what TRUSTED_PROXIES says of it."""
    return request.remote_addr or ""
