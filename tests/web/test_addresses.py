"""Where the site can be reached."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from flask import Flask, request

from eduapp import create_app
from eduapp.accounts.who_may import WHO_MAY, Who
from eduapp.web.addresses import (
    client_address,
    is_loopback,
    lan_addresses,
    public_base,
    reachable_base,
)

if TYPE_CHECKING:
    from config import Config


@pytest.mark.parametrize(
    ("base", "loopback"),
    [
        ("http://localhost:8000", True),
        ("http://127.0.0.1", True),
        ("http://127.1.2.3:8000", True),
        ("http://[::1]:8000", True),
        ("http://192.168.4.1:8000", False),
        ("https://lesson.example.be", False),
        ("http://localhost.example.be", False),
    ],
)
def test_loopback_is_what_other_devices_cannot_reach(base: str, *, loopback: bool) -> None:
    with Flask("addresses").test_request_context("/", base_url=base):
        assert is_loopback(request) is loopback


def test_students_use_the_address_the_browser_used(app: Flask) -> None:
    with app.test_request_context("/nl/", base_url="http://192.168.4.1:8000"):
        assert public_base(request) == "http://192.168.4.1:8000"


def test_students_use_the_public_address_where_there_is_one(config: Config) -> None:
    app = Flask("addresses")
    app.extensions["config"] = replace(config, public_url="https://lesson.example.be")
    with app.test_request_context("/nl/", base_url="http://10.0.0.5:8000"):
        assert public_base(request) == "https://lesson.example.be"


def test_the_addresses_on_the_network_can_be_reached_from_elsewhere() -> None:
    assert not [address for address in lan_addresses() if address.startswith("127.")]


@pytest.mark.parametrize(
    ("public_url", "reachable"),
    [
        ("http://localhost:8000", None),
        ("http://127.0.0.1:8000", None),
        ("https://lesson.example.be", "https://lesson.example.be"),
    ],
)
def test_a_public_address_of_this_machine_alone_reaches_nobody(
    config: Config, public_url: str, reachable: str | None
) -> None:
    app = Flask("addresses")
    app.extensions["config"] = replace(config, public_url=public_url)
    with app.test_request_context("/nl/", base_url="http://10.0.0.5:8000"):
        assert reachable_base(request) == reachable


@pytest.mark.parametrize(
    ("hops", "address"), [(0, "10.9.9.9"), (1, "203.0.113.7"), (2, "198.51.100.2")]
)
def test_a_forwarded_address_is_believed_for_as_many_hops_as_are_trusted(
    config: Config, hops: int, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(WHO_MAY, "who", Who.ANYBODY)
    app = create_app(replace(config, trusted_proxies=hops))

    @app.get("/who")
    def who() -> str:
        return client_address(request)

    response = app.test_client().get(
        "/who",
        headers={"X-Forwarded-For": "192.0.2.66, 198.51.100.2, 203.0.113.7"},
        environ_overrides={"REMOTE_ADDR": "10.9.9.9"},
    )

    assert response.get_data(as_text=True) == address
    app.extensions["urn_lock"].close()
