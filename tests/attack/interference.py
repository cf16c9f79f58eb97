"""Non-interference: until a result is shown, nothing that anybody can fetch depends on an answer.

The same lesson is held three times with the same acts, taps, chance and clock. Only what is
answered differs, and in the third nobody answers at all. Every byte that any party can fetch is
kept and compared: status, headers and body.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.attack.attack import Verdict, attack
from tests.attack.lesson import BASE, FORM, OPINION, SCRIPT, TWICE, Lesson, a_lesson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    Choose = Callable[[int, int], int | None]
    Look = Callable[["Tape", Lesson, str], None]

DEVICES = 9
TAPS = (0, 1, 2, 3, 1, 4, 5, 6, 0)
"""Which device taps when: seven of them, two of which change their mind."""
ANSWERED, SILENT = 0, DEVICES - 1
LANGUAGES = ("nl", "fr")
DESK = "desk"
BOUND = "0 differ (privacy R1, R8)"


@dataclass(slots=True)
class Tape:
    """Every reply of one lesson in the order in which it was fetched, under a name."""

    replies: list[tuple[str, object]] = field(default_factory=list)
    marked: int = 0
    """How often a device that had answered got another page than one that had not."""

    def keep(self, name: str, reply: TestResponse) -> object:
        """Keep a reply, and return what was kept."""
        kept = (reply.status_code, tuple(reply.headers), reply.data)
        self.replies.append((name, kept))
        return kept

    def of_others(self) -> list[tuple[str, object]]:
        """Return what was fetched without a desk until the first close, ballots left out.

        Later a class in which nobody answered has drawn no noise, so its next token is another.
        """
        names = [name for name, _ in self.replies]
        until = next(index for index, name in enumerate(names) if name.endswith("closed"))
        return [each for each in self.replies[:until] if not each[0].startswith((DESK, "ballot"))]


def look_live(tape: Tape, lesson: Lesson, moment: str) -> None:
    """Fetch what moves during a lesson: as desk, board, both kinds of device and outsider."""
    outsider = lesson.app.test_client()
    tape.keep(f"state {moment}", outsider.get(f"/state/{lesson.public_id}", base_url=BASE))
    token = lesson.view.round_token
    for language in LANGUAGES:
        board = f"/{language}/board/{lesson.code}"
        tape.keep(f"board {moment}", outsider.get(board, base_url=BASE))
        page = f"/{language}/class/{lesson.code}"
        sent = f"{page}/sent?round={token}"
        for address in (page, sent):
            both = [
                tape.keep(f"device {moment}", device.get(address, base_url=BASE))
                for device in (lesson.devices[ANSWERED], lesson.devices[SILENT])
            ]
            tape.marked += both[0] != both[1]
        if moment != "closed":
            # The desk may know in which third the first round ended, to decide on a discussion.
            desk = f"/{language}/desk/{lesson.public_id}"
            for address in (f"{desk}?own=1", f"{desk}/progress"):
                tape.keep(f"{DESK} {moment}", lesson.desk.get(address, base_url=BASE))


def look_everywhere(tape: Tape, lesson: Lesson, moment: str) -> None:
    """Fetch every address of the site there is, as each party, new ones included."""
    look_live(tape, lesson, moment)
    parties = {
        "outsider": lesson.app.test_client(),
        "device": lesson.devices[ANSWERED],
        "silent": lesson.devices[SILENT],
    }
    if moment != "closed":
        parties[DESK] = lesson.desk
    for address in addresses_of(lesson):
        for name, client in parties.items():
            reply = client.get(address, base_url=BASE)
            tape.keep(f"{name} {address} {moment}", reply)


def addresses_of(lesson: Lesson) -> Iterator[str]:
    """Give every address of the site, filled in for a lesson, in both languages."""
    values: dict[str, object] = {
        "code": lesson.code,
        "public_id": lesson.public_id,
        "module_id": "m2",
        "token": "0" * 18,
        "number": 1,
        "staff_id": 1,
    }
    adapter = lesson.app.url_map.bind("lesson.example.be")
    for rule in lesson.app.url_map.iter_rules():
        for language in LANGUAGES:
            filled = values | {"lang": language}
            wanted = {name: filled[name] for name in rule.arguments}
            method = "GET" if "GET" in (rule.methods or ()) else "POST"
            address = adapter.build(rule.endpoint, wanted, method=method)
            yield f"{address}?round={lesson.view.round_token}" if "sent" in address else address


def _hold(folder: Path, choose: Choose, look: Look) -> Tape:
    """Hold the lesson: an opinion question, and one that the class votes on twice."""
    tape = Tape()
    lesson = a_lesson(folder, DEVICES)
    look(tape, lesson, "lobby")
    for question, acts in ((OPINION, ("open",)), (TWICE, ("open", "open"))):
        lesson.go_to(question)
        for round_no, act in enumerate(acts, 1):
            lesson.act(act)
            _vote(tape, lesson, choose, look)
            lesson.act("close")
            look(tape, lesson, "closed")
            if round_no < len(acts):
                lesson.act("discuss")
                look(tape, lesson, "discuss")
    return tape


def _vote(tape: Tape, lesson: Lesson, choose: Choose, look: Look) -> None:
    for tap, device in enumerate(TAPS):
        choice = choose(tap, device)
        if choice is not None:
            accept = FORM if device % 2 else SCRIPT
            client: FlaskClient = lesson.devices[device]
            tape.keep("ballot", lesson.answer(client, choice, accept))
        lesson.wait(3.0)
        if tap % 5 == 0:
            look_live(tape, lesson, "open")
    look(tape, lesson, "open")


def _compare(folder: Path, look: Look) -> Verdict:
    same = _hold(folder / "same", lambda _tap, _device: 0, look)
    other = _hold(folder / "other", lambda tap, device: (tap + device) % 4, look)
    silent = _hold(folder / "silent", lambda _tap, _device: None, look)
    pairs = list(zip(same.replies, other.replies, strict=True))
    pairs += zip(same.of_others(), silent.of_others(), strict=True)
    differing = [one[0] for one, two in pairs if one != two]
    differing += ["own page"] * (same.marked + other.marked)
    first = f", first: {differing[0]}" if differing else ""
    return Verdict(not differing, f"{len(differing)} of {len(pairs)} replies differ{first}", BOUND)


@attack(
    "non-interference",
    who="anybody: teacher, classmate, outsider, a thief of one seat cookie",
    tries="to see a byte before the result that depends on what, or whether, anybody answered",
)
def live_pages(folder: Path) -> Verdict:
    """Fetch the pages that move, in both languages, while two questions are open and between."""
    return _compare(folder, look_live)


@attack(
    "non-interference-everywhere",
    who="anybody: teacher, classmate, outsider, a thief of one seat cookie",
    tries="the same at every address of the site",
    is_long=True,
)
def every_address(folder: Path) -> Verdict:
    """Fetch every address that the site has, also those that are added later."""
    return _compare(folder, look_everywhere)
