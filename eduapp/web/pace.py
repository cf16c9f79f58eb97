"""Pacing of wrong codes, wrong keys and starts, per address.

It slows down and never locks out: an address has a purse of tries that fills again steadily.
Addresses are kept as keyed hashes in memory, with a key that dies with that memory: of the process,
or of Redis.
"""

from __future__ import annotations

import hmac
import ipaddress
import math
import secrets
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import redis

_MOST_ADDRESSES = 10_000
_IPV6 = 6
_KEY_SECONDS = 24 * 60 * 60
_PURSE = """
-- What is in the purse of an address now, before one try is taken from it.
-- KEYS purse; ARGV most, tries a second, tries to take, seconds until it is full.
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local purse = redis.call('HMGET', KEYS[1], 'tries', 'at')
local tries = tonumber(ARGV[1])
if purse[1] then tries = math.min(tries, purse[1] + (now - purse[2]) * ARGV[2]) end
if ARGV[3] == '1' then
  redis.call('HSET', KEYS[1], 'tries', math.max(tries - 1, 0), 'at', string.format('%.6f', now))
  redis.call('EXPIRE', KEYS[1], ARGV[4])
end
return tostring(tries)
"""


class Pace:
    """A purse of `burst` tries for each address that fills with `per_hour` tries an hour."""

    def __init__(
        self, burst: int, per_hour: int, key: bytes, monotonic: Callable[[], float]
    ) -> None:
        """Start with every purse full; `key` is random for this process."""
        self._burst = burst
        self._per_second = per_hour / 3600
        self._key = key
        self._monotonic = monotonic
        self._purses: dict[bytes, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def wait_seconds(self, address: str) -> float:
        """Return how long this address has to wait before its next try; 0.0 means go on."""
        with self._lock:
            tries = self._tries(self._mark(address))
        return 0.0 if tries >= 1 else (1 - tries) / self._per_second

    def spend(self, address: str) -> None:
        """Take one try from the purse of an address."""
        mark = self._mark(address)
        with self._lock:
            purse = (max(self._tries(mark) - 1, 0.0), self._monotonic())
            self._purses.pop(mark, None)
            if len(self._purses) >= _MOST_ADDRESSES:
                # The one that was used longest ago is the fullest.
                del self._purses[next(iter(self._purses))]
            self._purses[mark] = purse

    def _tries(self, mark: bytes) -> float:
        tries, at = self._purses.get(mark, (float(self._burst), self._monotonic()))
        return min(float(self._burst), tries + (self._monotonic() - at) * self._per_second)

    def _mark(self, address: str) -> bytes:
        return hmac.digest(self._key, _network(address).encode(), "sha256")[:16]


class RedisPace:
    """The same purse for several processes, whichever of them a try lands on."""

    def __init__(
        self, name: str, burst: int, per_hour: int, key: bytes, client: redis.Redis
    ) -> None:
        """Keep purses in `client` under `name`; `key` is the same in every process.

        It is half of what keys the hashes. The other half is random, lives in Redis alone and is
        another every day: neither the disk nor a look into Redis finds an address by trying all.
        """
        self._name = name
        self._burst = burst
        self._per_second = per_hour / 3600
        self._key = key
        self._client = client
        self._purse = client.register_script(_PURSE)

    def wait_seconds(self, address: str) -> float:
        """Return how long this address has to wait before its next try; 0.0 means go on."""
        tries = self._tries(address, spends=0)
        return 0.0 if tries >= 1 else (1 - tries) / self._per_second

    def spend(self, address: str) -> None:
        """Take one try from the purse of an address."""
        self._tries(address, spends=1)

    def _tries(self, address: str, *, spends: int) -> float:
        mark = hmac.digest(self._daily_key(), _network(address).encode(), "sha256")[:16]
        full_after = math.ceil(self._burst / self._per_second)
        asked = (self._burst, self._per_second, spends, full_after)
        return float(self._purse([f"pace:{self._name}:{mark.hex()}"], asked))

    def _daily_key(self) -> bytes:
        fresh = secrets.token_bytes(16)
        there = self._client.set("pace:key", fresh, nx=True, get=True, ex=_KEY_SECONDS)
        return hmac.digest(self._key, there if isinstance(there, bytes) else fresh, "sha256")


def _network(address: str) -> str:
    """Return the address, or of IPv6 the network of 64 bits: one household or school has one."""
    try:
        is_long = ipaddress.ip_address(address).version == _IPV6
    except ValueError:
        return address
    if not is_long:
        return address
    return str(ipaddress.ip_network((address, 64), strict=False).network_address)
