"""What is measured on one page as it stands in a browser, and what is wrong with it.

Rules for every page (accessibility, widths, headings, other hosts) and for some (tap targets and
weight of student pages, the board). Which pages exist is in `tour.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.measures import AXE, BOARD, HEADINGS, SMALL_TARGETS

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page, Request

    from tests.browser.running_site import RunningSite

Rule = Literal["axe", "narrow", "heading", "elsewhere", "console", "tap", "weight", "board"]
Audience = Literal["student", "public", "staff", "board"]
Look = tuple[int, Literal["light", "dark"]]
PHONE_WIDTH = 360
LOOKS: dict[str, tuple[Look, Look]] = {
    "nl": ((PHONE_WIDTH, "light"), (1440, "dark")),
    "fr": ((PHONE_WIDTH, "dark"), (1440, "light")),
}
"""Every pair of language, width and scheme; not every triple, which would take twice as long."""
TURNS: tuple[dict[str, Look], ...] = (
    {"nl": (PHONE_WIDTH, "light"), "fr": (1440, "dark")},
    {"nl": (1440, "light"), "fr": (PHONE_WIDTH, "dark")},
    {"nl": (PHONE_WIDTH, "dark"), "fr": (1440, "light")},
    {"nl": (1440, "dark"), "fr": (PHONE_WIDTH, "light")},
)
"""For the many moments of a lesson: each in both languages, widths and schemes, pairs in turn."""
PROJECTORS = ((1920, 1080), (1366, 768), (1280, 720), (1024, 768))
WEIGHT_LIMIT = 60 * 1024
BY_LOOK = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
"""The rules whose outcome can change with width or scheme; the others look at the markup."""
WIDER_TEXT = (
    (
        "the spacing of WCAG 1.4.12",
        """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }""",
        320,
    ),
    ("text twice as large", "html { font-size: 200% !important; }", 640),
)
"""What readers set for themselves, and the width of the screen that must still hold it."""
WIDTH_WITH = """css => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
    const width = document.documentElement.scrollWidth;
    document.adoptedStyleSheets = [];
    return width;
}"""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong on one page."""

    rule: Rule
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class Inspector:
    """Visits pages in one browser window and keeps what is wrong with them."""

    def __init__(self, page: Page, site: RunningSite, half: int = 0) -> None:
        """Listen to the page from now on.

        Of two halves each has every page in one language: every second one in French.
        """
        self.page = page
        self.site = site
        self.findings: list[Finding] = []
        self.visited: list[str] = []
        self._half = half
        self._first: dict[str, int] = {}
        """The language of each page in the first half, by its name."""
        self.weights: dict[str, int] = {}
        self._where = ""
        self._look: Look | None = None
        self._turn: int | None = None
        self._bytes = 0
        self._asked: set[str] = set()
        """What this page asked for: what the page before it asked for may still arrive."""
        self._wire = page.context.new_cdp_session(page)
        self._wire.send("Network.enable")
        self._wire.on("Network.requestWillBeSent", self._ask)
        self._wire.on("Network.loadingFinished", self._count)
        page.on("request", self._on_request)
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self._find("console", str(error)))

    def visit(  # noqa: PLR0913 - what there is to say about a page
        self,
        name: str,
        path: str,
        audience: Audience,
        title: str | None = None,
        code: str = "",
        *,
        is_known: bool = False,
    ) -> None:
        """Open a page and inspect it; `title` where the page's own heading is not its title.

        Of a board like one seen before (`is_known`) only what its text can change is measured.
        """
        self.name(f"{name} ({path})")
        language = path[1:3]
        if not self._is_turn_of(language):
            return
        self._show(self._looks(language)[0])
        if audience == "student":
            self._wire.send("Network.clearBrowserCache")
        self.page.goto(f"{self.site.url}{path}")
        self.page.evaluate("document.fonts.ready.then(() => true)")
        if audience == "student":
            self._weigh()
        if is_known:
            self._check_heading(title)
        else:
            self.inspect(audience, language, title)
        if audience == "board":
            self._check_board(code)

    def inspect(self, audience: Audience, language: str, title: str | None = None) -> None:
        """Inspect the page as it stands."""
        if not self._is_turn_of(language):
            return
        self.visited.append(self._where)
        self._check_heading(title)
        self.page.evaluate(AXE_SCRIPT)
        first, *others = self._looks(language)
        for look in (first, *others):
            self._show(look)
            rules = BY_LOOK if look in others else TAGS
            for problem in self.page.evaluate(AXE, rules):
                self._find("axe", f"{look}: {problem}")
        self._check_narrow()
        if audience == "student":
            for problem in self.page.evaluate(SMALL_TARGETS):
                self._find("tap", problem)

    def next_moment(self) -> None:
        """From here on look at each page in one way; the next moment gets another one."""
        self._turn = 0 if self._turn is None else self._turn + 1

    def _is_turn_of(self, language: str) -> bool:
        name = self._where.partition(" (")[0]
        first = self._first.setdefault(name, len(self._first) % 2)
        return (first + self._half) % 2 == tuple(LOOKS).index(language)

    def _looks(self, language: str) -> tuple[Look, ...]:
        if self._turn is None:
            return LOOKS[language]
        return (TURNS[self._turn % len(TURNS)][language],)

    def name(self, name: str) -> None:
        """Say what the page shows now, after something was done on it."""
        self._where = name

    def _show(self, look: Look) -> None:
        if look == self._look:
            return
        self._look = look
        width, scheme = look
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        # A colour on its way to another one is not what anybody reads.
        self.page.evaluate("document.getAnimations().forEach(each => each.finish())")

    def _weigh(self) -> None:
        self.weights[self._where] = self._bytes
        if self._bytes > WEIGHT_LIMIT:
            self._find("weight", f"{self._bytes} bytes")

    def _check_heading(self, title: str | None) -> None:
        headings = self.page.evaluate(HEADINGS)
        if len(headings) != 1:
            self._find("heading", f"{len(headings)} first headings: {headings}")
            return
        real = " ".join(self.page.title().split())
        wanted = title or headings[0]
        if not real.startswith(f"{wanted} · "):
            self._find("heading", f"title {real!r} does not begin with {wanted!r}")
        for word in ("deepnude", "naakt"):
            if word in f"{real} {self.page.url}".lower():
                self._find("heading", f"{word} in title or address")

    def _check_narrow(self) -> None:
        self._look = None
        self._narrow_to(320)
        width = self.page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            self._find("narrow", f"{width} px wide on a screen of 320 px")
        for name, css, screen in WIDER_TEXT:
            self._narrow_to(screen)
            width = self.page.evaluate(WIDTH_WITH, css)
            if width > screen:
                self._find("narrow", f"{width} px wide on {screen} px with {name}")

    def _narrow_to(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 640})
        # A busy machine takes a moment until the page knows.
        self.page.wait_for_function("width => innerWidth === width", arg=width)

    def _check_board(self, code: str) -> None:
        self._look = None
        for width, height in PROJECTORS:
            self.page.set_viewport_size({"width": width, "height": height})
            seen: dict[str, Any] = self.page.evaluate(BOARD, code)
            for problem in seen["wrong"]:
                self._find("board", f"{width}x{height}: {problem}")
            if "lobby" in self._where and seen["code"] < 0.12:
                self._find("board", f"{width}x{height}: the code is {100 * seen['code']:.1f}vh")

    def _find(self, rule: Rule, what: str) -> None:
        self.findings.append(Finding(rule, self._where, what))

    def _ask(self, event: dict[str, Any]) -> None:
        if event["type"] == "Document":
            self._asked.clear()
            self._bytes = 0
        self._asked.add(event["requestId"])

    def _count(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self._asked:
            self._bytes += int(event["encodedDataLength"])

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if f"{parts.scheme}://{parts.netloc}" != self.site.url:
            self._find("elsewhere", request.url)

    def _on_console(self, message: ConsoleMessage) -> None:
        # A page that is itself an error is told as one by the browser.
        is_own_status = message.location.get("url") == self.page.url
        if message.type in {"error", "warning"} and not is_own_status:
            self._find("console", f"{message.text} {message.location.get('url')}")
