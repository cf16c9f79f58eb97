"""Logs: a whole lesson on a real server, rude requests included, and everything it wrote down.

The lesson is played by the simulated class over HTTP. Beside it comes a device from an address of
its own with a name of its own, which sends everything that makes servers talkative.
"""

from __future__ import annotations

import asyncio
import http.client
import re
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from eduapp.simulate.lesson import play
from eduapp.simulate.plan import Plan
from eduapp.simulate.teacher import choose_act, settle
from tests.attack.attack import Verdict, attack
from tests.attack.disk import hash_of
from tests.attack.forensics import bytes_of
from tests.attack.serve import FAIL
from tests.attack.served import PlainDesk, ServedSite, a_served_site
from tests.browser.crowd import Crowd
from tests.browser.running_site import FORM, HOST

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from eduapp.simulate.chronicle import Chronicle
    from eduapp.simulate.desk import Desk

ADDRESS = "127.0.0.77"
AGENT = "Quaghebeur-Phone/7.3"
QUERY = "qzx-in-the-query"
OPTION = "choice-qzx"
FORGED = "Zm9yZ2VkIHNlYXQgMTIzNA"
STUDENTS = 14
_FAILURE = re.compile(
    r"(\[[^\]]*\] \[\d+\] \[ERROR\] \w+ at /[\w<>:/.]*)"
    r'|(\{"level": "ERROR", "event": "\w+ at /[\w<>:/.]*"\})'
)
"""A line that may stand in the log: an exception's type and the route, its names unfilled."""


@dataclass(slots=True)
class Rude:
    """A device that sends what no browser sends."""

    site: ServedSite
    code: str
    seat: str = ""

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        more: Mapping[str, str] | None = None,
    ) -> int:
        """Return the status of a request, 0 where the server hung up."""
        address = (ADDRESS, 0)
        link = http.client.HTTPConnection(HOST, self.site.port, timeout=10, source_address=address)
        headers = {"User-Agent": AGENT, "Cookie": self.seat, **FORM}
        headers |= more or {}
        try:
            link.request(method, path, body, headers)
            reply = link.getresponse()
            reply.read()
            if not self.seat and (cookie := reply.headers["Set-Cookie"]):
                self.seat = cookie.partition(";")[0]
        except (OSError, http.client.HTTPException):
            return 0
        else:
            return reply.status
        finally:
            link.close()

    def shout(self, noise: bytes) -> None:
        """Put bytes on the socket that are no request."""
        with socket.create_connection((HOST, self.site.port), 5, (ADDRESS, 0)) as line:
            line.sendall(noise)
            line.settimeout(1)
            try:
                line.recv(4096)
            except OSError:
                return

    def misbehave(self) -> None:
        """Send everything."""
        page = f"/nl/class/{self.code}"
        token = "0" * 8
        ballot = f"round={token}&choice={OPTION}".encode()
        self.ask("POST", "/nl/join", urlencode({"code": self.code}).encode())
        for path in (page, f"{page}/sent?round={QUERY}", f"/j/{self.code}", f"{page}?{QUERY}"):
            self.ask("GET", path)
            self.ask("GET", path, None, {FAIL: "1"})
        for choice in (b"0", b"1"):
            self.ask("POST", f"{page}/answer", b"round=" + token.encode() + b"&choice=" + choice)
        self.ask("POST", f"{page}/answer", ballot, {FAIL: "1"})
        self.ask("POST", f"{page}/answer", ballot, {FAIL: "1", "Accept": "text/html"})
        for code in ("BAKOSLIMU", "%ff%fe", "..%2f..%2fetc", "x" * 1500, "<script>"):
            self.ask("GET", f"/nl/class/{code}?{QUERY}")
        self.ask("POST", f"{page}/answer", ballot * 5000)
        self.ask("POST", f"{page}/answer", ballot, {"Origin": f"https://{QUERY}.example"})
        self.ask("POST", f"{page}/answer", ballot, {"Content-Length": "-5"})
        self.ask("POST", f"{page}/answer", ballot, {"Transfer-Encoding": "chunked"})
        for method in ("DELETE", "TRACE", "QZX", "PROPFIND"):
            self.ask(method, f"{page}?{QUERY}", ballot)
        good, self.seat = self.seat, f"__Host-seat={FORGED}"
        self.ask("POST", f"{page}/answer", ballot)
        self.seat = f'__Host-seat="\\777{FORGED}; =;;{QUERY}'
        self.ask("GET", page)
        self.seat = good
        head = f"GET {page}?{QUERY} HTTP/1.1\r\nHost: x\r\nUser-Agent: {AGENT}\r\n".encode()
        for noise in (
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\xff" * 80,
            head.replace(b"HTTP/1.1", b"HTTP/9.9") + b"\r\n",
            head + b"Cookie" + b"\x00" * 40 + b"\r\n\r\n",
            head + b"X: " + b"y" * 10000 + b"\r\n\r\n",
            head.replace(QUERY.encode(), b"z" * 3000) + b"\r\n",
            head + b"Content-Length: 40\r\n\r\nround=",
            head + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        ):
            self.shout(noise)


@attack(
    "server-log",
    who="reader of everything that the server printed, and of its folder, after a lesson",
    tries="to find an address, a browser, a code, a seat, an option or a path in it",
    is_long=True,
)
def server_log(folder: Path) -> Verdict:
    """Play a lesson, misbehave beside it, and search what was written down."""
    with a_served_site(folder) as site:
        told: list[str] = []
        plan = Plan(
            base=site.url,
            students=STUDENTS,
            languages=(("nl", 0.7), ("fr", 0.3)),
            seed=7,
            within_seconds=0.3,
            change_share=0.2,
            lose_share=0.0,
            code=None,
            module="m2",
            breath_seconds=0.05,
            most_seconds=100.0,
        )
        is_whole = asyncio.run(play(plan, told.append, _hurry))
        # Another lesson: the first has ended, and an ended one says less.
        code = PlainDesk(site).code
        rude = Rude(site, code)
        rude.misbehave()
        seat = rude.seat.partition("=")[2]
    lines = site.log.read_text().splitlines()
    more = [line for line in lines[1:] if not _FAILURE.fullmatch(line)]
    failures = len(lines) - 1 - len(more)
    secrets = [ADDRESS, AGENT, AGENT.partition("/")[0], QUERY, OPTION, FORGED, seat, "round=0000"]
    written = bytes_of(site.instance)
    found = [each for each in secrets if each and each.encode() in written]
    found += ["the code in the log"] * (code in site.log.read_text())
    first = f": {(more + found)[0][:60]!r}" if more or found else ""
    return Verdict(
        is_whole and bool(failures) and bool(seat) and not more and not found,
        f"{failures} failures as type and route, {len(more)} other line(s), "
        f"{len(found)} secret(s){first}",
        "0 other lines, 0 secrets (decision 13)",
    )


async def _hurry(desk: Desk, plan: Plan, chronicle: Chronicle) -> None:
    """Take the class through its lesson as the simulated teacher does, without counting hands."""
    state = await desk.state()
    may_pause = True
    while state.phase != "ended":
        await settle(state.version, plan, chronicle)
        act = choose_act(state, desk.offered, may_pause=may_pause)
        assert act is not None, state.phase
        may_pause = may_pause and act != "pause"
        state, at = await desk.act(act, state)
        chronicle.acted(state.version, at)


@attack(
    "disk-stands-still-served",
    who="thief of the database file, its log and its shared memory of a real server",
    tries="to find a trace of a ballot in them, with nothing opened, closed or steered between",
    is_long=True,
)
def served_stands_still(folder: Path) -> Verdict:
    """Let a class answer under gunicorn; compare the files before the first and after the last."""
    with a_served_site(folder) as site:
        desk = PlainDesk(site)
        crowd = Crowd(site, desk.code, STUDENTS)
        desk.go_to(4)
        desk.act("open")
        before = hash_of(site.instance)
        crowd.answer([0, 1, 2, 3, 1])
        crowd.answer([2, 2, 0])
        after = hash_of(site.instance)
    return Verdict(
        before == after,
        f"{len({before, after})} state(s) of the files around {2 * STUDENTS} ballots",
        "1 state (privacy R2, 7)",
    )
