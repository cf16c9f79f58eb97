"""docs/http.md names every route with its methods, and no route that is not there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from config import ROOT, SETTINGS
from eduapp.accounts.who_may import WHO_MAY

if TYPE_CHECKING:
    from flask import Flask


def _documented() -> dict[tuple[str, str], tuple[frozenset[str], str]]:
    """Return methods and who may call by route and endpoint."""
    text = (ROOT / "docs" / "http.md").read_text(encoding="utf-8")
    found = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        rule = re.fullmatch(r"`(/.*)`", cells[1]) if len(cells) == 6 else None
        if rule:
            methods = frozenset(cells[0].lstrip("| ").split(", "))
            found[rule[1], cells[2].strip("`")] = (methods, cells[3])
    return found


def test_every_route_is_documented_and_every_documented_route_exists(app: Flask) -> None:
    running: dict[tuple[str, str], set[str]] = {}
    for rule in app.url_map.iter_rules():
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        running.setdefault((rule.rule, rule.endpoint), set()).update(methods)

    documented = {route: set(methods) for route, (methods, _who) in _documented().items()}

    assert documented == running


def test_every_route_stands_in_the_table_of_who_may_call_it(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(WHO_MAY)


def test_the_page_says_of_every_route_what_the_table_says() -> None:
    said = {endpoint: who for (_rule, endpoint), (_methods, who) in _documented().items()}

    assert said == {endpoint: who.value for endpoint, who in WHO_MAY.items()}


def test_a_route_outside_the_table_is_refused_to_everybody(app: Flask) -> None:
    app.add_url_rule("/new", "learn.new", lambda: "secret")

    assert app.test_client().get("/new").status_code == 403


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")

    assert {name for name in SETTINGS if f"| `{name}` |" not in text} == set()


def test_every_setting_that_is_read_is_listed() -> None:
    source = (ROOT / "config.py").read_text(encoding="utf-8")
    read = set(re.findall(r'env(?:\.get\(|, )"([A-Z_]+)"', source))

    assert read == set(SETTINGS)
