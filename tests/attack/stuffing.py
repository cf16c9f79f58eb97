"""Stuffing the urn: one device, one ballot, whatever it sends, how often and when.

Ballots are sent over HTTP; the counts are read from the memory of the server or from the closed
round, to measure what became of them.
"""

from __future__ import annotations

import io
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from sqlalchemy import Engine, event
from werkzeug.test import EnvironBuilder, run_wsgi_app

from tests.attack.attack import Verdict, attack
from tests.attack.lesson import BASE, FORM, KNOWLEDGE, OPINION, TWICE, Lesson, a_lesson
from tests.builders import in_process

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

REPLAYS = 10_000
THREADS = 16
EARLY = 6
"""Ballots that are in before a race begins, so that every race leaves a release."""
SENT = 204


def _opened(folder: Path, devices: int, question: str = KNOWLEDGE) -> Lesson:
    lesson = a_lesson(folder, devices)
    lesson.go_to(question)
    lesson.act("open")
    return lesson


@attack(
    "replayed-ballot",
    who="a student with one seat and a script",
    tries="to count more than once by sending one ballot 10,000 times",
    is_long=True,
)
def replay(folder: Path) -> Verdict:
    """Replay the very bytes of one request; the rest of the class has answered before."""
    lesson = _opened(folder, EARLY)
    for device in lesson.devices[1:]:
        lesson.answer(device, 1)
    before = sum(lesson.counts)
    body = f"round={lesson.view.round_token}&choice=0".encode()
    builder = EnvironBuilder(
        f"/nl/class/{lesson.code}/answer",
        BASE,
        method="POST",
        content_type="application/x-www-form-urlencoded",
        headers=[("Cookie", f"__Host-seat={lesson.seats[0]}"), ("Accept", "*/*")],
    )
    environ = builder.get_environ() | {"CONTENT_LENGTH": str(len(body))}
    taken = 0
    for _ in range(REPLAYS):
        once = environ | {"wsgi.input": io.BytesIO(body)}
        _, status, _ = run_wsgi_app(lesson.app, once)
        taken += status.startswith(str(SENT))
    moved = sum(lesson.counts) - before
    return Verdict(
        taken == REPLAYS and moved == 1, f"{moved} ballot(s) from {taken} replays", "at most 1 (G7)"
    )


@attack(
    "parallel-votes",
    who="a student with one seat on sixteen connections at once",
    tries="to count more than once, or to count negatively, by changing the answer in a race",
)
def parallel(folder: Path) -> Verdict:
    """Let sixteen threads change the answer of one seat, each another way round."""
    lesson = _opened(folder, 1)
    seat = lesson.seats[0]

    def vote(thread: int) -> None:
        device = lesson.app.test_client()
        device.set_cookie("__Host-seat", seat, domain="lesson.example.be", secure=True)
        for number in range(12):
            assert lesson.answer(device, (thread + number) % 5).status_code == SENT

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(vote, range(THREADS)))
    counts = lesson.counts
    ballots = len(in_process(lesson.live.open_round.urn)) if lesson.live.open_round else 0
    return Verdict(
        sum(counts) == 1 and min(counts) == 0 and ballots == 1,
        f"counts {counts} from {THREADS * 12} ballots",
        "1 ballot, no count below 0 (G7)",
    )


@attack(
    "race-with-close",
    who="a class whose last answers and whose teacher's tap on close come in the same instant",
    tries="to be told that the answer is in without being counted, or to be counted unacknowledged",
)
def race(folder: Path) -> Verdict:
    """Close while sixteen threads send, five rounds; compare the receipts with the number kept."""
    lesson = a_lesson(folder, EARLY + THREADS)
    wrong, acknowledged, refused = 0, 0, 0
    for rounds, question in enumerate((OPINION, KNOWLEDGE, TWICE, TWICE, "N02")):
        if lesson.view.question is None or lesson.view.question.id != question:
            lesson.go_to(question)
        else:
            lesson.act("discuss")
        lesson.act("open")
        for device in lesson.devices[:EARLY]:
            assert lesson.answer(device, 0).status_code == SENT
        receipts = _race(lesson, lesson.devices[EARLY:], 0.002 * rounds)
        kept = _kept(folder, lesson.view.round_no, question)
        said = EARLY + receipts.count(SENT)
        wrong += kept != said
        acknowledged += receipts.count(SENT)
        refused += receipts.count(409)
        wrong += len(receipts) != receipts.count(SENT) + receipts.count(409)
    return Verdict(
        not wrong,
        f"{wrong} of 5 rounds differ ({acknowledged} in time, {refused} too late)",
        "0 differ: acknowledged is counted, refused is not (decision 6, R3)",
    )


def _race(lesson: Lesson, devices: list[FlaskClient], patience: float) -> list[int]:
    """Let the devices vote and close after so many seconds; return the receipts.

    The last device votes when the urn is empty and its release not yet written.
    """
    token = lesson.view.round_token
    gate = threading.Barrier(len(devices))
    receipts: list[int] = []

    def vote(device: FlaskClient) -> int:
        gate.wait()
        return lesson.answer(device, 1, token=token).status_code

    def vote_in_the_middle(*arguments: object) -> None:
        if "INSERT INTO release" in str(arguments[2]):
            receipts.append(lesson.answer(devices[-1], 1, token=token).status_code)

    event.listen(Engine, "before_cursor_execute", vote_in_the_middle)
    try:
        with ThreadPoolExecutor(len(devices)) as pool:
            voting = [pool.submit(vote, device) for device in devices[:-1]]
            gate.wait()
            time.sleep(patience)
            lesson.act("close")
            return receipts + [each.result() for each in voting]
    finally:
        event.remove(Engine, "before_cursor_execute", vote_in_the_middle)


def _kept(folder: Path, round_no: int, question: str) -> int:
    reader = sqlite3.connect(folder / "site.sqlite3")
    wanted = "SELECT n FROM round WHERE question_id = ? AND round_no = ?"
    number = reader.execute(wanted, (question, round_no)).fetchone()[0]
    reader.close()
    return int(number or 0)


@attack(
    "unwanted-ballots",
    who="anybody with a script: an outsider, a late student, a student with an old page",
    tries="to change a count by a ballot that is late, foreign, misshapen or of no option",
)
def unwanted(folder: Path) -> Verdict:
    """Send each of them, and hold the counts and the receipts against what must be."""
    lesson = _opened(folder, EARLY, TWICE)
    old = lesson.view.round_token or ""
    for device in lesson.devices:
        lesson.answer(device, 1)
    lesson.act("close", "discuss", "open")
    token = lesson.view.round_token or ""
    member, outsider = lesson.devices[0], lesson.app.test_client()
    shapes = [
        f"round={token}&choice={choice}"
        for choice in (
            "-1",
            "5",
            "9",
            "10",
            "00",
            "99999999999999999999",
            "a",
            "",
            "²",
            "1.0",
            "0x1",
        )
    ]
    shapes += [f"choice=1&round={token}", f"round={token}&choice=1&choice=2", f"round={token}", ""]
    shapes += [f"round={token}&choice=1\n", f"round={token.upper()}0&choice=1", "{}", "\0" * 40]
    replies = [lesson.ballot(member, shape.encode()).status_code for shape in shapes]
    odd = sum(status != 400 for status in replies)
    odd += lesson.answer(member, 1, token=old).status_code != 409
    odd += lesson.answer(outsider, 1).status_code != 403
    forged = lesson.app.test_client()
    forged.set_cookie("__Host-seat", "A" * 22, domain="lesson.example.be", secure=True)
    odd += lesson.answer(forged, 1).status_code != 403
    lesson.ballot(outsider, f"round={token}&choice=1".encode(), FORM)
    changed = sum(lesson.counts)
    lesson.act("close")
    odd += lesson.answer(member, 1, token=token).status_code != 409
    sent = len(shapes) + 5
    return Verdict(
        not changed and not odd,
        f"{changed} counted of {sent}, {odd} unexpected receipt(s)",
        "0 counted, each refused (R2, G7)",
    )


@attack(
    "stolen-cookie",
    who="thief of a student's seat cookie while the question is open",
    tries="to read what the student chose, by any page, reply or change of an answer",
)
def stolen_cookie(folder: Path) -> Verdict:
    """Let the student choose each option in turn and compare what the thief gets."""
    lesson = _opened(folder, 3, OPINION)
    victim = lesson.devices[0]
    thief = lesson.app.test_client()
    thief.set_cookie("__Host-seat", lesson.seats[0], domain="lesson.example.be", secure=True)
    page = f"/nl/class/{lesson.code}"
    looks = (page, f"{page}/sent?round={lesson.view.round_token}", f"{page}/answer", "/nl/")
    seen = set()
    for choice in range(4):
        lesson.answer(victim, choice)
        replies = [thief.get(address, base_url=BASE) for address in looks]
        replies += [thief.get(f"/state/{lesson.public_id}", base_url=BASE)]
        replies += [lesson.answer(thief, choice, accept) for accept in (FORM, {"Accept": "*/*"})]
        replies += [lesson.answer(thief, 0), lesson.answer(thief, 7)]
        seen.add(tuple((each.status_code, tuple(each.headers), each.data) for each in replies))
    return Verdict(
        len(seen) == 1, f"{len(seen)} answer(s) to 4 choices", "1: no page tells them apart (G6)"
    )
