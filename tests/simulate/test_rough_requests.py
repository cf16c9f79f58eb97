"""Rough requests get a clear answer in the reader's language, and leave nothing in the log."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from tests.browser.running_site import HOST, RunningSite

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    site = RunningSite(tmp_path_factory.mktemp("rough"))
    site.start()
    yield site
    site.stop()


def _send_raw(site: RunningSite, request: bytes) -> bytes:
    """Return what comes back before the connection closes or two quiet seconds have passed."""
    with socket.create_connection((HOST, site.port), timeout=2) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        received = b""
        try:
            while part := connection.recv(65536):
                received += part
        except (TimeoutError, ConnectionResetError):
            pass
        return received


def test_rough_requests_are_answered_and_leave_no_trace(site: RunningSite) -> None:
    quiet = site.log.read_bytes()
    cut_off = (
        b"POST /nl/join HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: 500\r\n\r\ncode=BAKOSLIMU"
    )

    wrong_code = site.send("/fr/join", {"code": "bakos limu"})
    large = site.send("/nl/join", {"code": "B" * 5_000_000})
    no_class = site.send("/nl/class/BAKOSLIMU/answer", {"round": "12345678", "choice": "1"})
    _send_raw(site, cut_off)
    _send_raw(site, b"GET /nl/class/BAKOSLIMU HTTP/9.9\r\n\r\n")
    _send_raw(site, b"\x16\x03\x01 not http at all \xff\r\n\r\n")
    _send_raw(site, b"GET /" + b"n" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    after = site.look("/nl/")

    assert wrong_code.status == 404
    assert "tableau" in wrong_code.text
    assert 'value="bakos limu"' in wrong_code.text
    assert large.status == 413
    assert "Dat was te veel in één keer" in large.text
    assert no_class.status == 403
    assert after.status == 200
    assert site.log.read_bytes() == quiet


def test_devices_that_go_silent_in_the_middle_of_a_request_stop_nobody(site: RunningSite) -> None:
    half = b"POST /nl/join HTTP/1.1\r\nHost: x\r\nContent-Length: 23\r\n\r\ncode=B"
    silent = [socket.create_connection((HOST, site.port)) for _ in range(20)]
    for number, connection in enumerate(silent):
        connection.sendall(half if number % 2 else b"GET /nl")

    after = site.look("/nl/join")

    for connection in silent:
        connection.close()
    assert after.status == 200
