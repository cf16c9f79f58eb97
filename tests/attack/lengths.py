"""Lengths: an observer of the network sees sizes, also of what is encrypted.

So every ballot has one length, and every reply to a ballot too, whatever it says and whether it is
the first of a device or a change of mind.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.attack.attack import Verdict, attack
from tests.attack.lesson import BASE, FORM, KNOWLEDGE, OPINION, SCRIPT, Lesson, a_lesson

if TYPE_CHECKING:
    from pathlib import Path

    from werkzeug.test import TestResponse

_ROUND = re.compile(r'name="round" value="([^"]*)"')
_CHOICE = re.compile(r'name="choice" value="([^"]*)"')


@attack(
    "ballot-lengths",
    who="the school's network: sizes and times of everything, contents of nothing",
    tries="to tell options, or first answers from changed ones, by the size of request or reply",
)
def lengths(folder: Path) -> Verdict:
    """Send every option as first answer and as change, with and without JavaScript."""
    lesson = a_lesson(folder, 12)
    sizes: dict[str, set[tuple[int, ...]]] = {}
    ballots = 0
    for question in (OPINION, KNOWLEDGE):
        lesson.go_to(question)
        lesson.act("open")
        for language in ("nl", "fr"):
            bodies = _bodies_of_the_form(lesson, language)
            for way, accept in (("script", SCRIPT), ("form", FORM)):
                name = f"{question} {language} {way}"
                for device, body in zip(lesson.devices, bodies, strict=False):
                    # The first answer of a device, the same once more, and each other one.
                    for sent in (body, body, *bodies):
                        reply = lesson.ballot(device, sent, accept)
                        size = (len(sent), reply.status_code, _length(reply))
                        sizes.setdefault(name, set()).add(size)
                        ballots += 1
                        if accept is FORM:
                            page = device.get(reply.headers["Location"], base_url=BASE)
                            size = (0, page.status_code, _length(page))
                            sizes.setdefault(f"{name} after", set()).add(size)
        lesson.act("close")
    most = max(len(found) for found in sizes.values())
    return Verdict(
        most == 1,
        f"{ballots} ballots, {most} size(s) in one of {len(sizes)} kinds of exchange",
        "1 size and status for each kind of exchange (privacy R8, decision 12)",
    )


def _bodies_of_the_form(lesson: Lesson, language: str) -> list[bytes]:
    """Return what a browser sends for each option of the form as it is served."""
    address = f"/{language}/class/{lesson.code}"
    page = lesson.devices[0].get(address, base_url=BASE).get_data(as_text=True)
    token = _ROUND.findall(page)[0]
    return [f"round={token}&choice={choice}".encode() for choice in _CHOICE.findall(page)]


def _length(reply: TestResponse) -> int:
    """Return the length of a reply as it crosses the network."""
    lines = sum(len(name) + len(text) + 4 for name, text in reply.headers)
    return len(reply.status) + lines + len(reply.data)
