"""Traces in the browser: what a classmate finds who gets the same tablet after the lesson.

A real Chromium with a profile on disk. During the lesson the device goes back and forth; after it,
the thief presses Back, opens the storage, and searches every file of the profile. That the device
was in a lesson, and its expired code, stand in the history of any browser and are not hidden.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import zlib
from typing import TYPE_CHECKING
from urllib.parse import quote

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from tests.attack.attack import Verdict, attack
from tests.attack.forensics import bytes_of
from tests.attack.lesson import KNOWLEDGE, MODULE, the_app
from tests.attack.served import PlainDesk, ServedSite, a_served_site
from tests.browser.conftest import ARGUMENTS, NAMES
from tests.browser.jar import cookies_of
from tests.browser.student import Student

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserType

    from eduapp.content.models import Question

STEP, CHOICE = 6, 3
"""The step with the question, and the position that the device sends."""
BACK, TRIES = 6, 5
OVER = "De les is gedaan"


@attack(
    "browser-traces",
    who="whoever gets the device after the lesson, with its browser profile",
    tries="to find the choice by Back, in storage, in history or in any file; or the seat",
    is_long=True,
)
def traces(folder: Path) -> Verdict:
    """Take part with and without JavaScript, then search."""
    found: list[str] = []
    with a_served_site(folder) as site, sync_playwright() as playwright:
        for scripts in (True, False):
            profile = folder / f"profile-{scripts}"
            seat, seen = _take_part(playwright.chromium, site, profile, scripts=scripts)
            found += seen
            found += _in_profile(profile, seat)
    first = f": {', '.join(sorted(set(found)))}" if found else ""
    return Verdict(
        not found, f"{len(found)} trace(s){first}", "0 traces of choice or seat (decisions 10, 11)"
    )


def _take_part(
    chromium: BrowserType, site: ServedSite, profile: Path, *, scripts: bool
) -> tuple[str, list[str]]:
    """Take part in a lesson to its end; return the seat, and what could be seen afterwards."""
    path = next(filter(None, map(shutil.which, NAMES)))
    context = chromium.launch_persistent_context(
        profile,
        executable_path=path,
        args=ARGUMENTS,
        ignore_default_args=["--disable-back-forward-cache"],
        java_script_enabled=scripts,
    )
    desk = PlainDesk(site)
    student = Student(context.pages[0], site, has_scripts=scripts).join(desk.code)
    seat = student.cookies.partition("=")[2]
    desk.go_to(STEP)
    desk.act("open")
    student.is_asked()
    student.answer(CHOICE)
    found = _goes_back(student)
    student.is_asked()
    student.answer(CHOICE)
    desk.act("close")
    desk.act("end")
    student.is_headed(OVER)
    found += ["seat cookie"] * ("seat=" in cookies_of(student.page))
    found += _stored(student)
    for _ in range(BACK):
        student.page.go_back(wait_until="commit")
        found += _marked(student)
    context.close()
    return seat, found


def _goes_back(student: Student) -> list[str]:
    """Leave the open question and come back by the button; return what is still marked."""
    student.page.get_by_role("contentinfo").locator('a[href$="/help"]').click()
    student.page.wait_for_url("**/help")
    found = []
    while not student.page.url.endswith(student.path):
        student.page.go_back(wait_until="commit")
        found += _marked(student)
    # Back from memory, the page may need a moment to forget.
    student.page.wait_for_timeout(300)
    return found + _marked(student)


def _marked(student: Student) -> list[str]:
    """Return what a page gives away: a marked option, or a choice in its address."""
    found = ["choice in an address"] * ("choice" in student.page.url)
    for _ in range(TRIES):
        # A page that renews itself may cut in: then what it shows now is looked at.
        with contextlib.suppress(PlaywrightError):
            student.page.wait_for_timeout(150)
            return found + ["marked option"] * student.page.locator("input:checked").count()
    return [*found, "page that does not stand still"]


def _stored(student: Student) -> list[str]:
    """Return which kinds of storage of the site hold anything, service workers included."""
    kinds = {
        "sessionStorage": "sessionStorage.length",
        "localStorage": "localStorage.length",
        "databases": "indexedDB.databases().then((all) => all.length)",
        "caches": "caches.keys().then((all) => all.length)",
        "readable cookies": "document.cookie.length",
        "history state": "history.state === null ? 0 : 1",
    }
    return [kind for kind, count in kinds.items() if student.page.evaluate(count)]


def _in_profile(profile: Path, seat: str) -> list[str]:
    """Return what stands in the files of a profile, in any of the ways in which Chromium writes."""
    left = b"\n".join(_unpacked(bytes_of(profile)))
    question = next(each for each in _questions() if each.id == KNOWLEDGE)
    words = {option.text[language] for option in question.options for language in ("nl", "fr")}
    secrets = {f"choice={CHOICE}": "choice as sent", seat: "seat in a file"}
    secrets |= dict.fromkeys(words, "option in a file")
    secrets |= dict.fromkeys(question.text.values(), "page in a file")
    return [
        what
        for secret, what in secrets.items()
        for spelling in (secret.encode(), secret.encode("utf-16-le"), quote(secret).encode())
        if spelling in left
    ]


def _unpacked(left: bytes) -> Iterator[bytes]:
    """Give the bytes, and everything that lies packed in them, as in the cache of a browser."""
    yield left
    for start in re.finditer(rb"\x1f\x8b\x08", left):
        with contextlib.suppress(zlib.error):
            yield zlib.decompressobj(wbits=31).decompress(left[start.start() :], 1_000_000)


def _questions() -> tuple[Question, ...]:
    module = the_app().extensions["content"].modules[MODULE]
    return tuple(module.questions)
