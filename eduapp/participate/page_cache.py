"""Rendered pages by state: every device in the same state and language gets the same bytes.

A small store in this process. A key names a state and never a device, so nothing here can differ
from one student to the next; that is also why these pages may be compressed.
"""

from __future__ import annotations

import gzip
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import Response, current_app, request

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

MOST_PAGES = 256
"""Twenty classes in four languages, each with its present and its last pages."""


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as it goes over the wire, plain and packed."""

    plain: bytes
    packed: bytes

    @classmethod
    def of(cls, text: str) -> RenderedPage:
        """Return a page packed once."""
        plain = text.encode()
        return cls(plain, gzip.compress(plain, mtime=0))


class PageCache:
    """The most recently used pages, oldest out first."""

    def __init__(self, most: int = MOST_PAGES) -> None:
        """Start empty."""
        self._most = most
        self._pages: OrderedDict[Hashable, RenderedPage] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, render: Callable[[], str]) -> RenderedPage:
        """Return the page of a state, rendered and packed only the first time.

        One thread renders at a time: when a teacher acts, a whole class asks for the same page in
        one second, and one rendering serves it.
        """
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                page = RenderedPage.of(render())
                self._pages[key] = page
                if len(self._pages) > self._most:
                    self._pages.popitem(last=False)
            else:
                self._pages.move_to_end(key)
            return page


def shared_page(key: Hashable, render: Callable[[], str], status: int = 200) -> Response:
    """Return the page that every device in this state gets, packed where a browser can read it."""
    return packed(cast("PageCache", current_app.extensions["class_pages"]).get(key, render), status)


def packed(page: RenderedPage, status: int = 200) -> Response:
    """Return the answer with a page, packed where a browser can read it.

    Only for pages in which nothing of the request stands: what packs well beside a secret tells it.
    """
    is_packed = request.accept_encodings.quality("gzip") > 0
    response = Response(page.packed if is_packed else page.plain, status)
    response.vary.add("Accept-Encoding")
    if is_packed:
        response.content_encoding = "gzip"
    return response
