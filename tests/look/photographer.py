"""Takes pictures where an inspector would measure: the tours of the journeys lead the way.

A page in both widths and schemes, a board on every projector and once in grey, a paper as PDF.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from tests.browser.inspection import PHONE_WIDTH, PROJECTORS, Audience, Inspector
from tests.look.places import PICTURES

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.running_site import RunningSite

Scheme = Literal["light", "dark"]
WINDOWS = ((PHONE_WIDTH, 740), (1440, 900))
SCHEMES: tuple[Scheme, Scheme] = ("light", "dark")
GREY_PROJECTOR = (1280, 720)
PAPER = re.compile(r"/(teacher|cards|questions|letter|poster/\d|ict|task|emergency|sheet)$")


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture, or a paper as it would leave the printer."""

    audience: Audience | Literal["paper"]
    language: str
    page: str
    path: Path
    sheets: int = 1


class Photographer(Inspector):
    """Visits pages in one browser window and keeps a picture of each."""

    def __init__(self, page: Page, site: RunningSite) -> None:
        """Watch the console from now on, as every inspector does."""
        super().__init__(page, site)
        self.shots: list[Shot] = []

    def visit(self, name: str, path: str, audience: Audience, *_rest: Any, **_more: Any) -> None:
        """Open a page and photograph it; what else an inspector is told does not matter here."""
        self.name(name)
        self.page.goto(f"{self.site.url}{path}")
        self.page.evaluate("document.fonts.ready.then(() => true)")
        self.inspect(audience, path[1:3])
        if PAPER.search(path):
            self._print(path[1:3])

    def inspect(self, audience: Audience, language: str, title: str | None = None) -> None:
        """Photograph the page as it stands; one without a title has not arrived."""
        assert self.page.title().startswith(title or ""), self._where
        self.visited.append(self._where)
        if audience == "board":
            self._photograph_board(language)
            return
        for width, height in WINDOWS:
            for scheme in SCHEMES:
                self._stand(width, height, scheme)
                path = self._file(audience, language, f"{width}-{scheme}.png")
                self.page.screenshot(path=path, full_page=True, animations="disabled")

    def next_moment(self) -> None:
        """Look at every moment in every way: a person does not take turns."""

    def _photograph_board(self, language: str) -> None:
        for width, height in PROJECTORS:
            self._stand(width, height, "light")
            self._shoot_board(language, f"{width}x{height}-light.png")
            if (width, height) == GREY_PROJECTOR:
                self._see("achromatopsia")
                self._shoot_board(language, f"{width}x{height}-grey.png")
                self._see("none")

    def _shoot_board(self, language: str, look: str) -> None:
        self.page.screenshot(path=self._file("board", language, look), animations="disabled")

    def _see(self, deficiency: str) -> None:
        self._wire.send("Emulation.setEmulatedVisionDeficiency", {"type": deficiency})

    def _print(self, language: str) -> None:
        path = self._file("paper", language, "a4-print.pdf")
        path.write_bytes(self.page.pdf(format="A4", prefer_css_page_size=True))

    def _stand(self, width: int, height: int, scheme: Scheme) -> None:
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")

    def _file(self, audience: Audience | Literal["paper"], language: str, look: str) -> Path:
        name = re.sub(r" \(\w\w\)$", "", self._where)
        slug = re.sub(r"\W+", "-", name).strip("-").lower()
        path = PICTURES / audience / f"{slug}-{language}-{look}"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.shots.append(Shot(audience, language, name, path))
        return path
