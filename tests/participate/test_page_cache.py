"""Rendered pages: once for a state, and never more of them than there is room for."""

from __future__ import annotations

import gzip

from eduapp.participate.page_cache import PageCache


def test_a_state_is_rendered_once() -> None:
    cache = PageCache()
    cache.get("state", lambda: "page")

    assert cache.get("state", lambda: "never").plain == b"page"


def test_a_page_is_packed_the_same_way_every_time() -> None:
    one, other = PageCache().get("a", lambda: "é" * 999), PageCache().get("a", lambda: "é" * 999)

    assert one.packed == other.packed
    assert gzip.decompress(one.packed) == one.plain


def test_the_page_used_longest_ago_goes_first() -> None:
    cache = PageCache(most=2)
    cache.get("a", lambda: "a")
    cache.get("b", lambda: "b")
    cache.get("a", lambda: "never")

    cache.get("c", lambda: "c")

    assert cache.get("a", lambda: "new").plain == b"a"
    assert cache.get("b", lambda: "new").plain == b"new"
