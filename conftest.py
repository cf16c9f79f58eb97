"""What holds for every test: nothing leaves this machine, and the browser comes last.

No fixtures: those live in the folders of the tests that use them.
"""

from __future__ import annotations

import errno
import socket
import sys
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest

LOOPBACK_NAMES = frozenset({None, "", "localhost", socket.gethostname()})
LOOKUPS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})


def _is_loopback(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in LOOPBACK_NAMES:
        return True
    try:
        address = ip_address(str(host))
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _stay_here(event: str, args: tuple[Any, ...]) -> None:
    """Make every other machine look unreachable, as on a laptop without a network."""
    if event in {"socket.connect", "socket.sendto"}:
        address = args[1]
        if isinstance(address, tuple) and not _is_loopback(address[0]):
            raise OSError(errno.ENETUNREACH, f"Tests stay on this machine; not to {address[0]}")
    elif event in LOOKUPS and not _is_loopback(args[0]):
        raise socket.gaierror(socket.EAI_NONAME, f"Tests stay on this machine; not to {args[0]!r}")


sys.addaudithook(_stay_here)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser journeys last: they are slow, and their event loop stays for the session.

    Among them the long files come first, or one worker would be left alone with one at the end.
    """

    def place(item: pytest.Item) -> tuple[bool, bool]:
        is_in_browser = item.get_closest_marker("browser") is not None
        return is_in_browser, item.get_closest_marker("long") is None

    items.sort(key=place)
