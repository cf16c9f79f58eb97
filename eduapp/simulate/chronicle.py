"""What a simulated class lived through, in numbers about the class as a whole.

Counts and times only: nothing here can hold which student chose what. Prints one line for each act
of the teacher and a summary. No network.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from eduapp.simulate.plan import percentile

if TYPE_CHECKING:
    from collections.abc import Callable

    from eduapp.simulate.following import State
    from eduapp.simulate.pages import Page

_HEADING_LETTERS = 60


@dataclass(slots=True)
class RoundCount:
    """One opening of one question, as the devices lived it."""

    due: int = 0
    """Devices that had the form and meant to answer."""
    acknowledged: int = 0
    """Devices of which the site acknowledged a ballot."""
    changed: int = 0
    retried: int = 0
    repeated: int = 0
    """Answers that the network brought a second time, late."""
    late: int = 0
    """Devices that were told that the round was closed already."""
    everyone: asyncio.Event = field(default_factory=asyncio.Event)
    """Set as soon as every device has the form."""

    @property
    def lost(self) -> int:
        """Return how many devices meant to answer and never heard that it worked."""
        return self.due - self.acknowledged - self.late


@dataclass(slots=True)
class _Sight:
    """What is known of one version of the class session."""

    state: State
    expected: int
    seen_at: list[float] = field(default_factory=list)
    looked: int = 0
    heading: str = ""
    results: tuple[str, ...] = ()
    is_told: bool = False


class Chronicle:
    """Collects and tells. Devices are numbered here only to know how far each has come."""

    def __init__(self, asked: int, write: Callable[[str], None], now: Callable[[], float]) -> None:
        """Expect `asked` devices; tell lines to `write`; `now` is a clock in seconds."""
        self._asked = asked
        self._write = write
        self._now = now
        self._sights: dict[tuple[str, int], _Sight] = {}
        self._acted_at: dict[int, float] = {}
        self._present: dict[int, int] = {}
        self._problems: dict[str, int] = {}
        self.rounds: defaultdict[str, RoundCount] = defaultdict(RoundCount)
        self.acknowledged_seconds: list[float] = []
        self.joined = 0
        self.full = asyncio.Event()
        self.latest_round: RoundCount | None = None

    @property
    def present(self) -> int:
        """Return the number of devices that take part now."""
        return len(self._present)

    def enter(self, device: int) -> None:
        """Note that a device is in."""
        self.joined += 1
        self._present[device] = -1
        if self.joined == self._asked:
            self.full.set()

    def leave(self, device: int) -> None:
        """Note that a device is done, for whatever reason."""
        self._present.pop(device, None)

    def acted(self, version: int, at: float) -> None:
        """Note when the teacher's act that made this version was acknowledged."""
        self._acted_at[version] = at

    def saw(self, state: State) -> None:
        """Note that one device knows of a state."""
        key = (state.boot, state.version)
        if key not in self._sights:
            self._tell_waiting()
            self._sights[key] = _Sight(state, self.present)
        self._sights[key].seen_at.append(self._now())

    def looked(self, state: State, page: Page, *, is_told: bool) -> None:
        """Note that one device has the page of a state before it; `is_told` words are told."""
        sight = self._sights[state.boot, state.version]
        if is_told or not sight.looked:
            sight.heading, sight.results = page.heading, page.results
        sight.looked += 1
        if sight.looked >= sight.expected:
            self._tell(sight)

    def has_form(self, token: str) -> RoundCount:
        """Note that one device is about to answer a round and return the count of that round."""
        count = self.latest_round = self.rounds[token]
        count.due += 1
        if count.due >= self.present:
            count.everyone.set()
        return count

    def handled(self, device: int, state: State) -> None:
        """Note that a device has nothing more to do in a state."""
        if device in self._present:
            self._present[device] = max(self._present[device], state.version)

    def is_settled(self, version: int) -> bool:
        """Say whether every device has done what there was to do in a version."""
        return all(handled >= version for handled in self._present.values())

    def say(self, text: str) -> None:
        """Tell a line of its own."""
        self._write(text)

    def problem(self, text: str) -> None:
        """Note something that is not as it should be; told once, counted always."""
        if text not in self._problems:
            self._write(f"! {text}")
        self._problems[text] = self._problems.get(text, 0) + 1

    def lags(self) -> list[float]:
        """Return the seconds from each act to each device.

        Where others steer, from the moment the first device knew.
        """
        found: list[float] = []
        for sight in self._sights.values():
            start = self._acted_at.get(sight.state.version, min(sight.seen_at))
            if self._acted_at and sight.state.version not in self._acted_at:
                continue  # the state that was there when the devices came in
            found += [max(0.0, at - start) for at in sight.seen_at]
        return found

    def summary(self, seconds: float) -> bool:
        """Tell how it went and return whether all is as it should be.

        `seconds` is how long it took.
        """
        self._tell_waiting()
        rounds = self.rounds.values()
        lost = sum(count.lost for count in rounds)
        lags, replies = self.lags(), self.acknowledged_seconds
        self._write("")
        self._write(f"joined                {self.joined} of {self._asked}")
        self._write(f"rounds                {len(self.rounds)}")
        self._write(f"ballots acknowledged  {sum(count.acknowledged for count in rounds)}")
        self._write(f"  changed             {sum(count.changed for count in rounds)}")
        self._write(f"  sent again          {sum(count.retried for count in rounds)}")
        self._write(f"  came twice          {sum(count.repeated for count in rounds)}")
        self._write(f"  too late            {sum(count.late for count in rounds)}")
        self._write(f"  lost                {lost}")
        self._write(f"acknowledged after    {_milliseconds(replies)}")
        self._write(f"act to device         {_milliseconds(lags)}")
        self._write(f"took                  {seconds:.0f} s")
        if lost:
            self.problem("a ballot was lost" if lost == 1 else f"{lost} ballots were lost")
        for text, times in self._problems.items():
            self._write(
                f"not as it should be   {text}" + (f" ({times} times)" if times > 1 else "")
            )
        return not lost and not self._problems and self.joined == self._asked

    def _tell_waiting(self) -> None:
        for sight in self._sights.values():
            self._tell(sight)

    def _tell(self, sight: _Sight) -> None:
        if sight.is_told:
            return
        sight.is_told = True
        state = sight.state
        phase = "paused" if state.is_paused else state.phase
        start = self._acted_at.get(state.version, min(sight.seen_at))
        seen = f"seen by {len(sight.seen_at)} in {max(0.0, max(sight.seen_at) - start):.1f} s"
        parts = [f"step {state.step:>2}", f"{phase:<9}", _devices(state.devices), seen]
        if sight.heading and state.phase in {"ready", "ended"}:
            parts.append(_short(sight.heading))
        if state.phase == "closed" and self.latest_round is not None:
            parts.append(_ballots(self.latest_round))
        self._write(" · ".join(parts))
        for row in sight.results if state.phase == "shown" else ():
            self._write(f"          {row}")


def _ballots(count: RoundCount) -> str:
    parts = [f"{count.acknowledged} of {count.due} ballots acknowledged"]
    parts += [f"{count.changed} changed"] if count.changed else []
    parts += [f"{count.retried} sent again"] if count.retried else []
    parts += [f"{count.repeated} came twice"] if count.repeated else []
    return ", ".join(parts)


def _devices(number: int) -> str:
    return f"{number} device" if number == 1 else f"{number} devices"


def _short(text: str) -> str:
    return text if len(text) <= _HEADING_LETTERS else text[: _HEADING_LETTERS - 1].rstrip() + "…"


def _milliseconds(seconds: list[float]) -> str:
    if not seconds:
        return "not measured"
    p50, p95 = percentile(seconds, 50) * 1000, percentile(seconds, 95) * 1000
    return f"p50 {p50:.0f} ms, p95 {p95:.0f} ms ({len(seconds)} times)"
