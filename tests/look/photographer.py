"""Takes pictures where an inspector would measure: the tours of the journeys lead the way.

A page in both widths and schemes, a board on every projector and once in grey, a paper as PDF.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from tests.browser.inspection import PHONE_WIDTH, PROJECTORS, Audience, Inspector
from tests.look.places import PICTURES
from tests.look.validity import keep_source

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.running_site import RunningSite

Scheme = Literal["light", "dark"]
WINDOWS = ((PHONE_WIDTH, 740), (1440, 900))
FURTHER = {
    "nl": ((320, "320"), (768, "768"), (1920, "1920")),
    "fr": ((PHONE_WIDTH, "360-large"), (1440, "1440-large"), (PHONE_WIDTH, "360-forced")),
}
"""One language each is enough to see what a narrow or wide window, text twice as large and forced
colours do to a page."""
LARGE_TEXT = """on => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(on ? "html { font-size: 200% !important; }" : "");
    document.adoptedStyleSheets = [sheet];
}"""
SCHEMES: tuple[Scheme, Scheme] = ("light", "dark")
GREY_PROJECTOR = (1280, 720)
WIDEST_PROJECTOR = 1920
PAPER = re.compile(
    r"/(teacher|read|cards|questions|paper|letter|poster/\d|ict|task|emergency|sheet|kept)$"
)


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
        reply = self.page.goto(f"{self.site.url}{path}")
        if reply is not None:
            keep_source(f"{audience} {name} {path[1:3]}", reply.text())
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
        for width, look in FURTHER.get(language, ()):
            self._photograph_further(audience, language, width, look)

    def _photograph_further(self, audience: Audience, language: str, width: int, look: str) -> None:
        self._stand(width, 900, "light")
        self.page.evaluate(LARGE_TEXT, look.endswith("large"))
        if look.endswith("forced"):
            self.page.emulate_media(forced_colors="active")
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            self._find("narrow", f"{wide} px wide: {look}")
        path = self._file(audience, language, f"{look}-light.png")
        self.page.screenshot(path=path, full_page=True, animations="disabled")
        self.page.emulate_media(forced_colors="none")
        self.page.evaluate(LARGE_TEXT, arg=False)

    def next_moment(self) -> None:
        """Look at every moment in every way: a person does not take turns."""

    def _photograph_board(self, language: str) -> None:
        for width, height in PROJECTORS:
            self._stand(width, height, "light")
            self._shoot_board(language, f"{width}x{height}-light.png")
            if width == WIDEST_PROJECTOR:
                self.page.emulate_media(forced_colors="active")
                self._shoot_board(language, f"{width}x{height}-forced.png")
                self.page.emulate_media(forced_colors="none")
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
