"""Rules of links: whole https addresses, pages of this site that exist, places on the same page.

Only looks at links; that no other address gets through is also held by `markdown.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from eduapp.content.markdown import is_safe_link
from eduapp.content.problems import meant
from eduapp.content.shapes import walk

if TYPE_CHECKING:
    from eduapp.content.markdown import Renderer
    from eduapp.content.problems import Problems
    from eduapp.content.shapes import Found
    from eduapp.content.sources import Sources

_WRITTEN = re.compile(r"\]\(([^)\n]*)\)?")
_OTHER_KINDS = re.compile(r"\]\s?\[|^ {0,3}\[[^\]\n]+\]:", re.MULTILINE)
_PAGES = ("", "modules", "help", "travel")
"""Pages of the site that a lesson may lead to, after the language."""


def check_links(sources: Sources, renderers: dict[str, Renderer], problems: Problems) -> None:
    """Add every link that leads nowhere, or somewhere it should not, to `problems`."""
    for found in walk(sources):
        text = found.markdown
        if not text:
            continue
        made = renderers[found.language].render(text).links
        for target in dict.fromkeys((*map(str.strip, _WRITTEN.findall(text)), *made)):
            if complaint := _complaint(target, found, sources):
                problems.error(
                    found.file,
                    found.part.line_of(target),
                    f"the link “{target}” {complaint[0]}",
                    complaint[1],
                )
        for match in _OTHER_KINDS.finditer(text):
            problems.error(
                found.file,
                found.part.line_of(match[0]),
                "this way of linking is not read",
                "write [words](https://…)",
            )


def _complaint(target: str, found: Found, sources: Sources) -> tuple[str, str] | None:
    """Return what is wrong with a link and what to do, or None."""
    scheme = re.sub(r"[\s\x00-\x1f]", "", target).casefold()
    if scheme.startswith(("javascript:", "data:", "vbscript:")):
        return "would run code", "take it out"
    if scheme.startswith("http://"):
        return "is not encrypted", "write https://"
    if not is_safe_link(target) or target.startswith("tel:"):
        return (
            "is broken",
            "write a whole https:// address without spaces, #step or /nl/modules/m4",
        )
    if target.startswith("#"):
        place = target[1:]
        if place not in found.within.activities:
            return (
                "leads to no step of this module",
                f"{meant(place, found.within.activities)}take it out",
            )
    elif target.startswith("/"):
        return _inner_complaint(target, found, sources)
    return None


def _inner_complaint(target: str, found: Found, sources: Sources) -> tuple[str, str] | None:
    language, _, page = target[1:].partition("/")
    if language != found.language:
        return "leaves the language of this text", f"begin it with /{found.language}/"
    page = page.partition("#")[0].rstrip("/")
    if page in _PAGES:
        return None
    module = page.removeprefix("modules/")
    if page.startswith("modules/") and module in sources.modules:
        return None
    near = meant(module, sources.modules)
    return (
        "leads to no page of this site",
        f"{near}link to /{language}/modules/<id> or /{language}/help",
    )
