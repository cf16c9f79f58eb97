"""Guessing codes, links that are followed by machines, and a school behind one address.

The clock stands still until the attacker chooses to wait, so an hour of guessing takes a second.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from config import ROOT
from eduapp.classroom.join_codes import _NOT_IN_A_CLASS, CONSONANTS, SPACE, VOWELS
from tests.attack.attack import Verdict, attack
from tests.attack.interference import addresses_of
from tests.attack.lesson import BASE, Lesson, a_lesson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    Door = Callable[[FlaskClient, str], TestResponse]

HOUR = 3600.0
LIVE = (50, 2000)
"""Class sessions that run at the same time, as in docs/threat-model.md."""
_ROW = re.compile(r"^\| ([\d,]+) \| ([\d.]+) · 10⁻(\S) \| ([\d.]+) · 10⁻(\S) \|", re.MULTILINE)
_TRIES = re.compile(r"\| (\d+) tries \(first hour\) \| (\d+) tries \(each later hour\) \|")
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
CLASSES, IN_A_CLASS = 3, 30


def _looking(pattern: str) -> Door:
    return lambda client, code: client.get(
        pattern.format(code), base_url=BASE, headers={"X-Forwarded-For": _an_address()}
    )


def _joining(client: FlaskClient, code: str) -> TestResponse:
    headers = {"X-Forwarded-For": _an_address()}
    return client.post("/nl/join", data={"code": code}, base_url=BASE, headers=headers)


def _voting(client: FlaskClient, code: str) -> TestResponse:
    ballot = b"round=00000000&choice=1"
    return client.post(f"/nl/class/{code}/answer", data=ballot, base_url=BASE)


DOORS: tuple[Door, ...] = (
    _joining,
    _looking("/j/{}"),
    _looking("/j/{}.svg"),
    _looking("/nl/class/{}"),
    _looking("/fr/class/{}/sent"),
    _looking("/nl/board/{}"),
)
"""Every address that takes a code and answers who is in no class."""


def _an_address() -> str:
    return ".".join(str(random.randrange(256)) for _ in range(4))


def _guesses(seed: int) -> Iterator[str]:
    """Give well-formed codes without the words that no code has, as a good guesser would."""
    chance = random.Random(seed)
    while True:
        code = "".join(chance.choice(CONSONANTS if c == "C" else VOWELS) for c in "CVCVCCVCV")
        if not any(word in code for word in _NOT_IN_A_CLASS):
            yield code


def _tries_in_an_hour(lesson: Lesson, client: FlaskClient, guesses: Iterator[str]) -> int:
    """Guess without pause at every door in turn; wait only where the site says so."""
    tries = 0
    until = lesson.time.seconds + HOUR
    while lesson.time.seconds < until:
        reply = DOORS[tries % len(DOORS)](client, next(guesses))
        if reply.status_code == 429:
            lesson.time.seconds += int(reply.headers.get("Retry-After", "6"))
        else:
            tries += 1
        if tries > 2000:
            break
    return tries


@attack(
    "code-guessing",
    who="outsider with a script, one address and made-up X-Forwarded-For lines",
    tries="to find any class that runs now by trying codes for two hours, at every door in turn",
    is_long=True,
)
def guessing(folder: Path) -> Verdict:
    """Count the tries of two hours and hold their chance against docs/threat-model.md."""
    lesson = a_lesson(folder)
    client, guesses = lesson.app.test_client(), _guesses(4)
    tries = [_tries_in_an_hour(lesson, client, guesses) for _ in range(2)]
    text = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
    stated = _TRIES.search(text)
    assert stated is not None
    told = {
        int(row[0].replace(",", "")): [
            float(row[1]) / 10 ** _SUPERSCRIPTS.index(row[2]),
            float(row[3]) / 10 ** _SUPERSCRIPTS.index(row[4]),
        ]
        for row in _ROW.findall(text)
    }
    codes = SPACE * _share_of_codes_in_use()
    chances = {live: [hour * live / codes for hour in tries] for live in LIVE}
    # Written with two digits: up to a twentieth may be lost to rounding.
    is_told = all(
        chance <= stated_chance * 1.05
        for live in LIVE
        for chance, stated_chance in zip(chances[live], told[live], strict=True)
    )
    fits = tries[0] <= int(stated[1]) + 1 and tries[1] <= int(stated[2]) + 1
    return Verdict(
        fits and is_told,
        f"{tries[0]} and {tries[1]} tries an hour: "
        + ", ".join(f"{chances[live][0]:.2e} at {live} classes" for live in LIVE),
        f"{stated[1]} and {stated[2]}: "
        + ", ".join(f"{told[live][0]:.2e}" for live in LIVE)
        + " (docs/threat-model.md)",
    )


def _share_of_codes_in_use() -> float:
    """Return which part of all codes is given out: those with a bad word are not."""
    chance = random.Random(4)
    codes = (
        "".join(chance.choice(CONSONANTS if c == "C" else VOWELS) for c in "CVCVCCVCV")
        for _ in range(5000)
    )
    return sum(not any(word in code for word in _NOT_IN_A_CLASS) for code in codes) / 5000


@attack(
    "code-oracle",
    who="outsider whose purse of wrong codes is empty",
    tries="to tell a right code from a wrong one by any door that is not paced",
)
def oracle(folder: Path) -> Verdict:
    """Empty the purse, then knock with a right and a wrong code everywhere a code is taken."""
    lesson = a_lesson(folder)
    client, guesses = lesson.app.test_client(), _guesses(5)
    while _joining(client, next(guesses)).status_code != 429:
        pass
    doors = (*DOORS, _voting)
    telling = 0
    for door in doors:
        pair = []
        for code in (lesson.code, next(guesses)):
            reply = door(client, code)
            blurred = reply.get_data(as_text=True).replace(code, "CODE")
            lines = [(name, text.replace(code, "CODE")) for name, text in reply.headers]
            pair.append((reply.status_code, lines, blurred))
        telling += pair[0] != pair[1]
    return Verdict(
        not telling, f"{telling} of {len(doors)} doors tell", "0 tell (docs/threat-model.md)"
    )


@attack(
    "one-school-one-address",
    who="nobody: three classes that mistype in the same minute, all behind one address",
    tries="to get in, though a pace meant for guessers stands at the door",
)
def one_school(folder: Path) -> Verdict:
    """Let every device mistype once and then type the right code."""
    lesson = a_lesson(folder)
    lesson.order("room", lesson.view.version, places="1200")
    inside = 0
    for number in range(CLASSES * IN_A_CLASS):
        device = lesson.app.test_client()
        wrong = lesson.code[:-1] + ("A" if lesson.code[-1] != "A" else "E")
        _joining(device, wrong)
        inside += _joining(device, lesson.code).status_code == 303
        lesson.time.seconds += number % 2
    return Verdict(
        inside == CLASSES * IN_A_CLASS,
        f"{inside} of {CLASSES * IN_A_CLASS} get in",
        "all, without waiting (decision 9)",
    )


@attack(
    "link-preview",
    who="a messenger, virus scanner or browser that fetches a link before anybody taps it",
    tries="to take a place in the class, and so raise the number of devices",
)
def link_preview(folder: Path) -> Verdict:
    """Fetch every address that takes a code by GET and HEAD, as machines do."""
    lesson = a_lesson(folder)
    patterns = ("/j/{}", "/j/{}.svg", "/nl/class/{}", "/nl/class/{}/answer", "/nl/join?code={}")
    cookies = 0
    for pattern in patterns:
        for method in ("GET", "HEAD"):
            reply = lesson.app.test_client().open(
                pattern.format(lesson.code),
                method=method,
                base_url=BASE,
                follow_redirects=True,
                headers={"Sec-Purpose": "prefetch", "Purpose": "preview"},
            )
            cookies += "Set-Cookie" in reply.headers
    admitted = len(lesson.live.roster)
    return Verdict(
        not admitted and not cookies,
        f"{admitted} admitted, {cookies} cookies set",
        "0: only a POST admits (decision 7)",
    )


@attack(
    "only-a-post-changes",
    who="anybody who follows, previews or prefetches a link, with or without the desk",
    tries="to change or start anything by GET or HEAD at any address of the site",
)
def only_a_post_changes(folder: Path) -> Verdict:
    """Ask for every address there is, as outsider, device and desk, and look what moved."""
    lesson = a_lesson(folder, 3)
    before = _memory_of(lesson)
    moving = set()
    for address in addresses_of(lesson):
        for client in (lesson.app.test_client(), lesson.devices[0], lesson.desk):
            for method in ("GET", "HEAD"):
                client.open(address, method=method, base_url=BASE)
                after = _memory_of(lesson)
                if after != before:
                    moving.add(f"{method} {address}")
                    before = after
    told = f": {min(moving)}" if moving else ""
    return Verdict(not moving, f"{len(moving)} addresses change something{told}", "0 (decision 7)")


def _memory_of(lesson: Lesson) -> tuple[object, ...]:
    all_of_them = lesson.classroom._registry.all()
    return tuple((live.public_id, live.position, len(live.roster)) for live in all_of_them)
