"""Attacks on what stands for students without a device: one that goes round, and slips of paper.

Whoever holds that device holds many seats, and whoever counts slips holds many answers: neither may
put more than was declared, nor find anything of the students before.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from eduapp.privacy.parameters import PASS_CODE_TRIES
from tests.attack.attack import Verdict, attack
from tests.attack.lesson import BASE, FORM, OPINION, SCRIPT, Lesson, a_lesson
from tests.builders import in_process

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from flask.testing import FlaskClient

DECLARED = 6
PRESSES = 40
TOKEN = re.compile(r'name="round" value="(\w{8})"')
CODE = re.compile(r'class="seats__code".*?<strong>(\w{4})</strong>', re.DOTALL)


def _declare(lesson: Lesson, shared: int, paper: int) -> None:
    form = {"shared": str(shared), "paper": str(paper), "version": str(lesson.view.version)}
    _desk(lesson, "seats", form)
    assert (lesson.view.shared, lesson.view.paper) == (shared, paper)


def _desk(lesson: Lesson, page: str, form: dict[str, str]) -> int:
    address = f"/nl/desk/{lesson.public_id}/{page}"
    reply = lesson.desk.post(address, data={"own": "1", **form}, base_url=BASE)
    return reply.status_code


def _tablet(lesson: Lesson, language: str = "nl") -> FlaskClient:
    """Return a device that goes round, with a code that the desk made for it."""
    _desk(lesson, "pass", {})
    desk = lesson.desk.get(f"/nl/desk/{lesson.public_id}?own=1", base_url=BASE)
    found = CODE.search(desk.get_data(as_text=True))
    assert found is not None
    tablet = lesson.app.test_client()
    _post(lesson, tablet, "share", {"pass_code": found.group(1)}, language)
    return tablet


def _post(
    lesson: Lesson, device: FlaskClient, page: str, form: dict[str, str], language: str = "nl"
) -> int:
    address = f"/{language}/class/{lesson.code}/{page}"
    return device.post(address, data=form, base_url=BASE).status_code


def _turn(lesson: Lesson, tablet: FlaskClient) -> str | None:
    """Press "it is my turn" and return the token that the page then holds, None without one."""
    _post(lesson, tablet, "next", {})
    page = tablet.get(f"/nl/class/{lesson.code}/turn", base_url=BASE)
    found = TOKEN.search(page.get_data(as_text=True))
    return found.group(1) if found else None


@attack(
    "shared-device-stuffing",
    who="a student who holds the device that goes round, with a script and all its tokens",
    tries="to put more ballots than the seats that were declared, one by one or in a race",
)
def stuffing(folder: Path) -> Verdict:
    """Press, answer and replay as often as one likes, on two devices and sixteen connections."""
    lesson = a_lesson(folder, 3)
    _declare(lesson, DECLARED, 0)
    tablets = [_tablet(lesson), _tablet(lesson)]
    cookies = [each.get_cookie("__Host-seat", "lesson.example.be") for each in tablets]
    lesson.go_to(OPINION)
    lesson.act("open")
    tokens: set[str] = {lesson.view.round_token or ""}

    def press(number: int) -> None:
        cookie = cookies[number % 2]
        assert cookie is not None
        device = lesson.app.test_client()
        device.set_cookie("__Host-seat", cookie.value, domain="lesson.example.be", secure=True)
        token = _turn(lesson, device)
        for each in [*tokens, token or "0" * 8, token or "0" * 8]:
            lesson.answer(device, number % 3, token=each)
        tokens.add(token or "0" * 8)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(press, range(PRESSES)))
    counted = sum(lesson.counts)
    return Verdict(
        counted == DECLARED,
        f"{counted} of {DECLARED} declared seats after {PRESSES} presses",
        "the declared seats and no more (decision 7, G7)",
    )


@attack(
    "secret-shared-device",
    who="a student with an own device who is not meant to hold more than one seat",
    tries="to make that device go round, by guessing the desk's code or without one",
)
def in_secret(folder: Path) -> Verdict:
    """Guess while a code works, then try that very code after too many guesses, then used."""
    lesson = a_lesson(folder, 2)
    _declare(lesson, DECLARED, 0)
    device = lesson.devices[0]
    gone_round = 0
    for guess in ("", "AAAA", *(f"Z{n}" for n in range(PASS_CODE_TRIES))):
        _desk(lesson, "pass", {}) if guess == "" else None
        gone_round += _post(lesson, device, "share", {"pass_code": guess}) != 403
    worn = lesson.live.pass_code
    gone_round += _post(lesson, device, "share", {"pass_code": worn.letters if worn else ""}) != 403
    _desk(lesson, "pass", {})
    fresh = lesson.live.pass_code
    letters = fresh.letters if fresh else ""
    assert _post(lesson, lesson.app.test_client(), "share", {"pass_code": letters}) == 303
    gone_round += _post(lesson, device, "share", {"pass_code": letters}) != 403
    return Verdict(
        not gone_round, f"{gone_round} of the tries let a device go round", "0 (decision 7)"
    )


def _hold(folder: Path, choices: Sequence[int]) -> list[object]:
    """Let four students answer on a device that goes round; return all that anybody fetches."""
    lesson = a_lesson(folder, 9)
    _declare(lesson, DECLARED, DECLARED)
    tablets = [_tablet(lesson), _tablet(lesson, "fr")]
    lesson.go_to(OPINION)
    lesson.act("open")
    seen: list[object] = []
    for number, choice in enumerate(choices):
        tablet = tablets[number % 2]
        token = _turn(lesson, tablet) or ""
        accept = FORM if number > 1 else SCRIPT
        reply = lesson.answer(tablet, choice, accept, token=token)
        seen.append((reply.status_code, tuple(reply.headers), reply.data))
        seen += _look(lesson, tablets)
        lesson.wait(3.0)
    slips = {"round": lesson.view.round_token or "", "slips_A": str(choices[0])}
    slips["slips_B"] = str(4 - choices[0])
    _desk(lesson, "slips", slips)
    seen += _look(lesson, tablets)
    lesson.act("close")
    return seen + _look(lesson, tablets)


def _look(lesson: Lesson, tablets: Sequence[FlaskClient]) -> list[object]:
    parties = [*tablets, lesson.devices[0], lesson.app.test_client()]
    pages = ("", "/turn", "/share", "/next", "/answer", f"/sent?round={lesson.view.round_token}")
    looks = [
        (party, f"/{language}/class/{lesson.code}{page}")
        for party in parties
        for language in ("nl", "fr")
        for page in pages
    ]
    desk = f"/nl/desk/{lesson.public_id}"
    looks += [
        (lesson.desk, desk),
        (lesson.desk, f"{desk}?own=1"),
        (lesson.desk, f"{desk}/progress"),
        (lesson.desk, f"{desk}/kept"),
        (lesson.desk, f"/nl/board/{lesson.code}"),
    ]
    replies = [party.get(address, base_url=BASE) for party, address in looks]
    return [(each.status_code, tuple(each.headers), each.data) for each in replies]


@attack(
    "shared-device-traces",
    who="the next person at the device that goes round, the teacher who typed the slips, anybody",
    tries="to see a byte before the result that depends on an answer of that device or on a slip",
)
def traces(folder: Path) -> Verdict:
    """Hold the same lesson with other answers and other slips, and compare every byte."""
    one = _hold(folder / "one", (0, 1, 2, 0))
    other = _hold(folder / "other", (2, 2, 0, 1))
    differing = sum(mine != theirs for mine, theirs in zip(one, other, strict=True))
    return Verdict(
        not differing,
        f"{differing} of {len(one)} replies differ",
        "0 differ (privacy R1, R8, decision 7)",
    )


@attack(
    "more-slips-than-seats",
    who="a teacher, or whoever holds the desk, with the forms of any moment",
    tries="to count more slips than declared seats, or to declare more while a question is open",
)
def more_slips(folder: Path) -> Verdict:
    """Type too many, in one go and bit by bit; change the seats in the middle."""
    lesson = a_lesson(folder, 3)
    _declare(lesson, 0, DECLARED)
    lesson.go_to(OPINION)
    lesson.act("open")
    token = lesson.view.round_token or ""
    for slips in ({"A": 6, "B": 1}, {"A": 6}, {"B": 6}, {"A": -1, "B": 7}, {"A": 3, "C": 3}):
        form = {f"slips_{letter}": str(number) for letter, number in slips.items()}
        _desk(lesson, "slips", {"round": token, **form})
    version = str(lesson.view.version)
    _desk(lesson, "seats", {"shared": "40", "paper": "40", "version": version})
    _desk(lesson, "slips", {"round": token, "slips_A": "20", "slips_B": "20"})
    urn = in_process(lesson.live.open_round.urn) if lesson.live.open_round else None
    ballots, seats = len(urn) if urn else 0, lesson.view.seats
    return Verdict(
        ballots == DECLARED and seats == 3 + DECLARED,
        f"{ballots} slips and {seats} seats, of {DECLARED} and {3 + DECLARED}",
        "the declared seats and no more (decision 7)",
    )
