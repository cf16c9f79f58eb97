"""Where a photographer goes besides the tours: doors and papers that no rule needs to measure."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from tests.browser.desk import Desk
from tests.browser.jar import cookies_of, give_cookies
from tests.browser.tour import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from eduapp.content.models import Module
    from tests.look.photographer import Photographer


def further_stops(photographer: Photographer, modules: Iterable[Module]) -> None:
    """Visit every paper of every module, the second desk, and a rehearsal."""
    for language in LANGUAGES:
        photographer.visit("what we keep", f"/{language}/kept", "public")
        for module in modules:
            _papers(photographer, language, module)
        _second_desk(photographer, language)
        _rehearsal(photographer, language)


def _papers(photographer: Photographer, language: str, module: Module) -> None:
    own = f"/{language}/modules/{module.id}"
    for paper in ("teacher", "read", "questions", "paper", "letter"):
        photographer.visit(f"{paper}, {module.id}", f"{own}/{paper}", "public")
    for number in range(1, len(module.class_sentences[language]) + 1):
        photographer.visit(f"poster {number}, {module.id}", f"{own}/poster/{number}", "public")


def _second_desk(photographer: Photographer, language: str) -> None:
    site, page = photographer.site, photographer.page
    desk = Desk(page, site, language).start()
    reply = site.send(f"{desk.path}/second", {"own": "1"}, cookies_of(page))
    assert reply.status == HTTPStatus.SEE_OTHER, reply.text
    photographer.visit("desk, link for a second one", f"{desk.path}?own=1", "staff")
    found = re.search(rf"/{language}/desk/open/\w+", page.content())
    assert found is not None
    photographer.visit("second desk, at the door", found.group(), "staff")
    photographer.visit("what is kept of this class", f"{desk.path}/kept", "staff")


def _rehearsal(photographer: Photographer, language: str) -> None:
    site, page = photographer.site, photographer.page
    reply = site.send(f"/{language}/rehearse/m2", {"band": "12-14"})
    assert reply.status == HTTPStatus.SEE_OTHER, reply.text
    give_cookies(page, reply)
    path = reply.headers["Location"]
    photographer.visit("rehearsal", path, "staff")
    site.send(f"{path}/moment", {"moment": "laughter"}, cookies_of(page))
    photographer.visit("rehearsal, a hard moment", path, "staff")
