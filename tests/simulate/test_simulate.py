"""The command against a stub that can misbehave: every fault is noticed, nothing odd is sent."""

from __future__ import annotations

import threading

import pytest
from click.testing import CliRunner, Result

from eduapp.simulate.command import simulate
from tests.simulate.stub_site import StubSite, serving

QUICK = ["--students", "5", "--within", "0.1", "--breath", "0", "--at-most", "1"]


def play(site: StubSite, *options: str) -> Result:
    with serving(site) as base:
        return CliRunner().invoke(simulate, [base, *QUICK, *options])


def test_a_lesson_on_a_sound_site_ends_well() -> None:
    site = StubSite()

    result = play(site, "--lose-network", "0.3", "--change", "0.5", "--seed", "3")

    assert result.exit_code == 0, result.output
    assert site.phase == "ended"
    assert len(site.ballots) == 5
    assert site.asides == []
    assert "5 of 5 ballots acknowledged" in result.output
    assert "lost                0" in result.output


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("doubles", "the desk counts 6 answers, the devices 5"),
        ("breaks", "an answer was answered with 500"),
        ("elsewhere", "the site pointed to another one"),
    ],
)
def test_a_fault_of_the_site_is_told_and_ends_with_1(fault: str, told: str) -> None:
    result = play(StubSite(fault=fault), "--quiet")

    assert result.exit_code == 1
    assert told in result.output


def test_the_same_seed_answers_the_same() -> None:
    first, second = StubSite(), StubSite()
    # Enough time for everybody: who is too late on a busy machine says nothing about the seed.
    unhurried = ("--seed", "11", "--change", "0", "--at-most", "20")

    play(first, *unhurried)
    play(second, *unhurried)

    assert sorted(first.ballots.values()) == sorted(second.ballots.values())


def test_nothing_told_says_who_chose_what() -> None:
    result = play(StubSite())

    assert "choice" not in result.output
    assert "seat" not in result.output


def test_a_lesson_that_somebody_else_steers_is_followed_to_its_end() -> None:
    site = StubSite(phase="open")
    teacher = threading.Thread(target=site.end_when_answered, args=(5,))
    teacher.start()

    result = play(site, "--code", "bakos limu")

    teacher.join()
    assert result.exit_code == 0, result.output
    assert len(site.ballots) == 5
    assert "ended" in result.output


@pytest.mark.parametrize(
    "options",
    [
        ["ftp://127.0.0.1"],
        ["http://127.0.0.1:1/path"],
        ["--language", "nl:zero"],
        ["--code", "4711"],
        ["--change", "2"],
    ],
)
def test_an_option_that_makes_no_sense_is_refused(options: list[str]) -> None:
    assert CliRunner().invoke(simulate, options).exit_code == 2


def test_a_site_that_is_not_there_ends_with_1() -> None:
    result = CliRunner().invoke(simulate, ["http://127.0.0.1:9", *QUICK])

    assert result.exit_code == 1
    assert "no connection" in result.output
