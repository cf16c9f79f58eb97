"""The walks of a photographer, each with a browser and a site of its own."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from config import ROOT
from eduapp.content import load_content
from tests.browser.running_site import LAW_CHECKED_BY, RunningSite
from tests.browser.tour import LessonTour, MomentsTour, open_pages
from tests.browser.tour_sharing import SharingTour
from tests.browser.tour_staff import StaffTour, fill
from tests.look.photographer import Photographer, Shot
from tests.look.places import opened_browser, running_site
from tests.look.stops import further_stops

if TYPE_CHECKING:
    from eduapp.content.models import Module

WALKS = ("lesson", "doors", "moments", "staff")
"""The longest first: two at a time are under way."""


def modules() -> dict[str, Module]:
    """Return every lesson as its files say it."""
    return load_content(ROOT / "lessons", dt.datetime.now(tz=dt.UTC).date(), LAW_CHECKED_BY).modules


def take(name: str) -> tuple[list[Shot], list[str]]:
    """Take one walk; return its pictures, and what was heard on the console."""
    if name == "staff":
        return _staff()
    lessons = modules()
    with running_site() as site, opened_browser() as browser:
        first, second = (Photographer(browser.new_context().new_page(), site) for _ in range(2))
        if name == "lesson":
            LessonTour(first, second, lessons["m4"]).go()
        elif name == "moments":
            MomentsTour(first, lessons["m2"].for_band("12-14")).go()
            SharingTour(first, lessons["m4"]).go()
        else:
            open_pages(first)
            further_stops(first, lessons.values())
    heard = [str(finding) for each in (first, second) for finding in each.findings]
    return first.shots + second.shots, heard


def _staff() -> tuple[list[Shot], list[str]]:
    """Walk through a made-up school year as its heads."""
    with tempfile.TemporaryDirectory() as folder, opened_browser() as browser:
        outcomes = fill(Path(folder))
        site = RunningSite(Path(folder))
        site.start()
        try:
            photographer = Photographer(browser.new_context().new_page(), site)
            StaffTour(photographer, outcomes).go()
        finally:
            site.stop()
    return photographer.shots, [str(finding) for finding in photographer.findings]
