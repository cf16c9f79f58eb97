"""One window of Firefox, used as a person does: addresses, clicks, keys, words on the page."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.firefox.bidi import Firefox

PATIENCE_SECONDS = 30.0
"""A device follows within two seconds; a machine that tests may be busy."""
KEYS = {"PageDown": "\ue00f", "Shift": "\ue008", "Tab": "\ue004", "Space": " "}


@dataclass(slots=True)
class Tab:
    """A window with cookies of its own: one person at one device.

    Not a tab: the page of one that is not in front rests, as it should.
    """

    firefox: Firefox
    base: str
    context: str = ""

    @classmethod
    def new(cls, firefox: Firefox, base: str, width: int = 360, height: int = 740) -> Tab:
        """Open a window for somebody new."""
        person = firefox.new_person()
        made = firefox.send("browsingContext.create", type="window", userContext=person)
        tab = cls(firefox, base, made["context"])
        size = {"width": width, "height": height}
        tab._send("browsingContext.setViewport", viewport=size)
        return tab

    def go(self, path: str) -> Tab:
        """Go to an address of the site."""
        self._send("browsingContext.navigate", url=f"{self.base}{path}", wait="complete")
        return self

    def reload(self) -> None:
        """Fetch the page again."""
        self._send("browsingContext.reload", wait="complete")

    def back(self) -> None:
        """Press "back" and wait until the page stands."""
        self._send("browsingContext.traverseHistory", delta=-1)
        self.until("document.readyState === 'complete'")

    def evaluate(self, expression: str) -> Any:
        """Return what the page answers, as JSON."""
        found = self._send(
            "script.evaluate",
            expression=f"JSON.stringify({expression})",
            target={"context": self.context},
            awaitPromise=True,
        )
        assert found["type"] == "success", found
        return json.loads(found["result"].get("value", "null"))

    def until(self, expression: str) -> None:
        """Wait until the page says yes."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not self._says(expression):
            assert time.monotonic() < end, f"never: {expression}\non {self.url}:\n{self.words()}"
            time.sleep(0.1)

    def sees(self, text: str) -> None:
        """Wait until these words stand in the page."""
        self.until(f"document.querySelector('main')?.innerText.includes({json.dumps(text)})")

    def words(self, css: str = "main") -> str:
        """Return the words that a part of the page shows."""
        return str(self.evaluate(f"document.querySelector({json.dumps(css)})?.innerText ?? ''"))

    def count(self, css: str) -> int:
        """Return how many of these the page has."""
        return int(self.evaluate(f"document.querySelectorAll({json.dumps(css)}).length"))

    @property
    def url(self) -> str:
        """Return the address of the page."""
        return str(self.evaluate("location.href"))

    def click(self, css: str) -> None:
        """Click the first of these that can be seen, once it is there."""
        self.until(f"!!({_visible(css)})")
        self.evaluate(
            f"void {_visible(css)}.scrollIntoView({{block: 'center', behavior: 'instant'}}) ?? true"
        )
        # A pointer aims at a place: nothing may still move, as it does when the fonts come.
        top = f"({_visible(css)}).getBoundingClientRect().top"
        seen = None
        while seen != (seen := self.evaluate(top)):
            time.sleep(0.05)
        nodes = self._send("browsingContext.locateNodes", locator={"type": "css", "value": css})
        every = f"[...document.querySelectorAll({json.dumps(css)})]"
        at = self.evaluate(f"{every}.indexOf({_visible(css)})")
        shared = {"sharedId": nodes["nodes"][at]["sharedId"]}
        origin = {"type": "element", "element": shared}
        self._act(
            "pointer",
            {"type": "pointerMove", "x": 0, "y": 0, "origin": origin},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        )

    def press(self, key: str, times: int = 1) -> None:
        """Press a key, some times."""
        value = KEYS.get(key, key)
        moves = [{"type": kind, "value": value} for kind in ("keyDown", "keyUp")]
        # Words stand before the scripts run that listen to keys.
        self.until("document.readyState === 'complete'")
        self._send("browsingContext.activate")
        self._act("key", *moves * times)

    def fill(self, css: str, text: str) -> None:
        """Type into a field."""
        self.click(css)
        self._act(
            "key",
            *({"type": kind, "value": sign} for sign in text for kind in ("keyDown", "keyUp")),
        )

    def _says(self, expression: str) -> bool:
        # While a page gives way to the next, there is none to ask.
        try:
            return bool(self.evaluate(expression))
        except Exception as error:
            if type(error).__name__ != "BidiError":
                raise
            return False

    def _act(self, kind: str, *moves: Mapping[str, object]) -> None:
        source = {"type": kind, "id": kind, "actions": list(moves)}
        self._send("input.performActions", actions=[source])
        self._send("input.releaseActions")

    def _send(self, method: str, **parameters: object) -> Any:
        return self.firefox.send(method, context=self.context, **parameters)


def _visible(css: str) -> str:
    seen = "each.offsetWidth > 0 || each.getClientRects().length > 0"
    return f"[...document.querySelectorAll({json.dumps(css)})].find((each) => {seen})"
