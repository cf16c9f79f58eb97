"""What is measured on one page as it stands in a browser, and what is wrong with it.

Rules for every page (accessibility, widths, headings, other hosts) and for some (tap targets and
weight of student pages, the board). Which pages exist is in `tour.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page, Request

    from tests.browser.running_site import RunningSite

Rule = Literal["axe", "narrow", "heading", "elsewhere", "console", "tap", "weight", "board"]
Audience = Literal["student", "public", "staff", "board"]
Look = tuple[int, Literal["light", "dark"]]
LOOKS: dict[str, tuple[Look, Look]] = {
    "nl": ((360, "light"), (1440, "dark")),
    "fr": ((360, "dark"), (1440, "light")),
}
"""Every pair of language, width and scheme; not every triple, which would take twice as long."""
PROJECTORS = ((1920, 1080), (1366, 768), (1280, 720), (1024, 768))
WEIGHT_LIMIT = 60 * 1024
BY_LOOK = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
"""The rules whose outcome can change with width or scheme; the others look at the markup."""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

_AXE = """async only => {
  const found = await axe.run({runOnly: only, resultTypes: ["violations"]});
  return found.violations.flatMap(each => each.nodes.map(
    node => `${each.id}: ${node.html.slice(0, 160)} ${(node.any[0] || {}).message || ""}`));
}"""
_HEADINGS = """() => [...document.querySelectorAll("h1")].filter(each => each.checkVisibility())
  .map(each => each.textContent.replace(/\\s+/g, " ").trim())"""
_SMALL_TARGETS = """() => {
  const small = [];
  const targets = "a[href], button, input:not([type=hidden]), summary, select";
  for (const each of document.querySelectorAll(targets)) {
    if (!each.checkVisibility({visibilityProperty: true})) continue;
    const target = each.type === "radio" || each.type === "checkbox" ? each.closest("label") : each;
    const box = target.getBoundingClientRect();
    if (box.bottom <= 0 || box.right <= 0) continue; // comes into view with the focus
    const line = each.closest("p, li, dd");
    const words = text => text.replace(/\\s+/g, "").length;
    const isInSentence = each.matches("a") && getComputedStyle(each).display === "inline"
      && line && words(line.textContent) > words(each.textContent);
    if (isInSentence) continue; // the exception of WCAG 2.5.8 for links in a line of text
    const [width, height] = [Math.round(box.width), Math.round(box.height)];
    if (width < 44 || height < 44)
      small.push(`${each.outerHTML.slice(0, 110)} ${width}x${height}`);
  }
  return small;
}"""
_BOARD = """code => {
  const wrong = [], height = innerHeight, root = document.documentElement;
  if (root.scrollHeight > height || root.scrollWidth > innerWidth)
    wrong.push(`scrolls: ${root.scrollWidth}x${root.scrollHeight}`);
  const isForListeners = element => {
    for (let each = element; each; each = each.parentElement) {
      const {width, height} = each.getBoundingClientRect();
      if (width < 2 || height < 2) return true;
    }
    return false;
  };
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  let largestCode = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode, words = node.data.trim(), element = node.parentElement;
    if (!words || !element.checkVisibility({visibilityProperty: true})) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (isForListeners(element)) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (words.replace(/\\s/g, "") === code) largestCode = Math.max(largestCode, size);
    if (element.closest("a, button, summary, dialog, [data-cover], #qr")) continue;
    if (box.bottom > height + 1 || box.right > innerWidth + 1 || box.top < -1 || box.left < -1)
      wrong.push(`outside the screen: ${words.slice(0, 60)}`);
    for (let each = element; each && each.tagName !== "MAIN"; each = each.parentElement) {
      const style = getComputedStyle(each), frame = each.getBoundingClientRect();
      const isOut = box.bottom > frame.bottom + 2 || box.right > frame.right + 2;
      if (style.overflow !== "visible" && isOut) wrong.push(`cut off: ${words.slice(0, 60)}`);
    }
    if (size < height * 0.04 - 0.01)
      wrong.push(`${(100 * size / height).toFixed(1)}vh: ${words.slice(0, 60)}`);
  }
  if (code && !largestCode) wrong.push("no join code");
  return {wrong, code: largestCode / height};
}"""


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

    def __init__(self, page: Page, site: RunningSite) -> None:
        """Listen to the page from now on."""
        self.page = page
        self.site = site
        self.findings: list[Finding] = []
        self.visited: list[str] = []
        self.weights: dict[str, int] = {}
        self._where = ""
        self._bytes = 0
        self._wire = page.context.new_cdp_session(page)
        self._wire.send("Network.enable")
        self._wire.on("Network.loadingFinished", self._count)
        page.on("request", self._on_request)
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self._find("console", str(error)))

    def visit(
        self, name: str, path: str, audience: Audience, title: str | None = None, code: str = ""
    ) -> None:
        """Open a page and inspect it; `title` where the page's own heading is not its title."""
        self._where = f"{name} ({path})"
        language = path[1:3]
        looks = LOOKS[language]
        self._show(looks[0])
        if audience == "student":
            self._wire.send("Network.clearBrowserCache")
        self._bytes = 0
        self.page.goto(f"{self.site.url}{path}")
        self.page.evaluate("document.fonts.ready.then(() => true)")
        if audience == "student":
            self._weigh()
        self.inspect(audience, language, title, code)

    def inspect(
        self, audience: Audience, language: str, title: str | None = None, code: str = ""
    ) -> None:
        """Inspect the page as it stands."""
        self.visited.append(self._where)
        self._check_heading(title)
        self.page.evaluate(AXE_SCRIPT)
        first = LOOKS[language][0]
        for look in LOOKS[language]:
            self._show(look)
            for problem in self.page.evaluate(_AXE, TAGS if look == first else BY_LOOK):
                self._find("axe", f"{look}: {problem}")
            if audience == "student" and look[0] < 500:
                for problem in self.page.evaluate(_SMALL_TARGETS):
                    self._find("tap", problem)
        self._check_narrow()
        if audience == "board":
            self._check_board(code)

    def name(self, name: str) -> None:
        """Say what the page shows now, after something was done on it."""
        self._where = name

    def _show(self, look: Look) -> None:
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
        headings = self.page.evaluate(_HEADINGS)
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
        self.page.set_viewport_size({"width": 320, "height": 640})
        width = self.page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            self._find("narrow", f"{width} px wide on a screen of 320 px")

    def _check_board(self, code: str) -> None:
        for width, height in PROJECTORS:
            self.page.set_viewport_size({"width": width, "height": height})
            seen: dict[str, Any] = self.page.evaluate(_BOARD, code)
            for problem in seen["wrong"]:
                self._find("board", f"{width}x{height}: {problem}")
            if "lobby" in self._where and seen["code"] < 0.12:
                self._find("board", f"{width}x{height}: the code is {100 * seen['code']:.1f}vh")

    def _find(self, rule: Rule, what: str) -> None:
        self.findings.append(Finding(rule, self._where, what))

    def _count(self, event: dict[str, Any]) -> None:
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
