"""Lays the pictures out for a person: contact sheets of one audience and language, and an index.

The browser draws the sheets, and shows the papers as a reader of PDF would.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from tests.look.places import LOOK, opened_browser

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from playwright.sync_api import Page

    from tests.look.photographer import Shot

SHEET_SIDE = 1960
PICTURES_ON_A_SHEET = {"board": 110, "paper": 70}
OTHER_PICTURES_ON_A_SHEET = 40
MEDIA_BOX = re.compile(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)")
PIXELS_IN_A_POINT = 96 / 72
READER_MARGIN, READER_GAP = 46, 9
READER_MILLISECONDS, READER_LOOKS = 400, 20
"""The reader of PDF does not say when it has drawn: look again until there is something."""
EMPTY_SHEET = 9_000
"""Bytes of a picture of a sheet with nothing on it yet, and some to spare."""
STYLE = """
body { margin: 10px; font: 13px/1.3 sans-serif; color: #111; background: #b9bec4; }
.pages { display: flex; flex-wrap: wrap; gap: 8px 14px; }
h2 { font-size: 13px; margin: 0 0 2px; }
.shots { display: flex; flex-wrap: wrap; gap: 6px; align-items: flex-start; }
img { display: block; object-fit: cover; object-position: top; max-height: 350px; }
.page section, .board section { width: 955px; }
.page img[src*="-360-"] { width: 110px; }
.page img[src*="-1440-"] { width: 350px; }
.board img { width: 185px; }
.paper img { height: 190px; object-fit: contain; }
"""


def make_album(shots: Sequence[Shot]) -> None:
    """Draw the papers, the contact sheets and the index."""
    by_sheet: dict[tuple[str, str], list[Shot]] = defaultdict(list)
    with opened_browser() as browser:
        reader, page = browser.new_page(), browser.new_page()
        page.set_viewport_size({"width": SHEET_SIDE, "height": SHEET_SIDE})
        for shot in dict.fromkeys(shots):
            is_paper = shot.audience == "paper"
            by_sheet[shot.audience, shot.language].append(
                _drawn(reader, shot) if is_paper else shot
            )
        names = [
            name
            for (audience, language), found in sorted(by_sheet.items())
            for name in _contact_sheets(page, audience, language, found)
        ]
    (LOOK / "index.html").write_text(_index(names, by_sheet), encoding="utf-8")


def _drawn(page: Page, paper: Shot) -> Shot:
    """Draw a paper as a reader of PDF shows it, all sheets under each other."""
    boxes = MEDIA_BOX.findall(paper.path.read_bytes())
    width = max(float(wide) for wide, _ in boxes) * PIXELS_IN_A_POINT + READER_MARGIN
    height = sum(float(high) * PIXELS_IN_A_POINT + READER_GAP for _, high in boxes)
    page.set_viewport_size({"width": round(width), "height": round(height)})
    page.goto("about:blank")
    page.goto(f"{paper.path.as_uri()}#toolbar=0&navpanes=0&zoom=100")
    path = paper.path.with_suffix(".png")
    for _ in range(READER_LOOKS):
        page.wait_for_timeout(READER_MILLISECONDS)
        if len(page.screenshot(path=path)) > EMPTY_SHEET * len(boxes):
            break
    return replace(paper, path=path, sheets=len(boxes))


def _contact_sheets(
    page: Page, audience: str, language: str, shots: Iterable[Shot]
) -> Iterable[str]:
    """Draw the pictures of one audience and language small, each with its page's name."""
    pages = [list(group) for _, group in groupby(shots, key=lambda shot: shot.page)]
    most = PICTURES_ON_A_SHEET.get(audience, OTHER_PICTURES_ON_A_SHEET)
    number = 0
    while pages:
        number += 1
        together = [pages.pop(0)]
        while pages and sum(_size(each) for each in [*together, pages[0]]) <= most:
            together.append(pages.pop(0))
        kind = audience if audience in PICTURES_ON_A_SHEET else "page"
        source = LOOK / f"sheet-{audience}-{language}-{number}.html"
        sections = "\n".join(map(_section, together))
        source.write_text(_html(f'<div class="pages {kind}">{sections}</div>'), encoding="utf-8")
        page.goto(source.as_uri())
        page.screenshot(path=source.with_suffix(".png"))
        yield source.stem


def _size(shots: Sequence[Shot]) -> int:
    return sum(shot.sheets for shot in shots)


def _section(shots: Sequence[Shot]) -> str:
    """Show a page in all its pictures; of a paper each sheet beside the other."""
    pictures = ""
    for shot in shots:
        address = shot.path.relative_to(LOOK).as_posix()
        for sheet in range(shot.sheets):
            top, bottom = sheet / shot.sheets, 1 - (sheet + 1) / shot.sheets
            view = f"object-view-box: inset({top:.2%} 0 {bottom:.2%} 0)"
            style = f' style="{view}"' if shot.sheets > 1 else ""
            pictures += f'<a href="{address}"><img src="{address}" alt=""{style}></a>'
    return f'<section><h2>{escape(shots[0].page)}</h2><div class="shots">{pictures}</div></section>'


def _index(names: Sequence[str], by_sheet: dict[tuple[str, str], list[Shot]]) -> str:
    sheets = "".join(f'<li><a href="{name}.html">{name}</a></li>' for name in names)
    pictures = "".join(
        f'<li><a href="{address}">{address}</a></li>'
        for shots in by_sheet.values()
        for address in (shot.path.relative_to(LOOK).as_posix() for shot in shots)
    )
    return _html(f"<h1>Look</h1><ul>{sheets}</ul><h2>Pictures</h2><ul>{pictures}</ul>")


def _html(body: str) -> str:
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Look</title>'
        f"<style>{STYLE}</style>{body}</html>\n"
    )
