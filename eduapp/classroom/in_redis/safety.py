"""What a Redis must not do with what it is given. Source: privacy 6 and 7."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eduapp.classroom.in_redis.keys import Store

_SAFE = {
    "save": ("", "it would write answers to a disk"),
    "appendonly": ("no", "it would write answers to a disk"),
    "slowlog-log-slower-than": ("-1", "it would remember commands with what was in them"),
    "hash-max-listpack-entries": ("0", "it would keep the order in which students answered"),
    "maxmemory-policy": ("noeviction", "it would throw away the urn of an open question"),
}
"""Setting, its one safe value, and what another would do. `deploy/redis.conf` has them all."""
_SAFE_WHERE_KNOWN = {
    "set-max-listpack-entries": ("0", "it would keep the order in which devices came in"),
}
"""The same for what came with Redis 7.2: before that no set of marks has an order."""


def unsafe_settings(store: Store) -> list[str]:
    """Return a sentence for everything in Redis that would break a promise."""
    found = []
    told = store.client.config_get(*_SAFE, *_SAFE_WHERE_KNOWN)
    known = {name: safe for name, safe in _SAFE_WHERE_KNOWN.items() if name in told}
    for name, (safe, danger) in (_SAFE | known).items():
        if told.get(name) != safe:
            shown = safe or '""'
            found.append(f"Redis: set {name} to {shown}; {danger}.")
    replication = store.client.info("replication")
    if replication["role"] != "master" or replication["connected_slaves"]:
        found.append("Redis: run one without replicas; each would hold a copy of the answers.")
    return found
