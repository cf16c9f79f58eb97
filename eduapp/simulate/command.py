"""The command `eduapp simulate`: reads its options and plays one lesson.

Speaks English on the terminal only; what it does is in `lesson.py`.
"""

from __future__ import annotations

import asyncio
import sys
from urllib.parse import urlsplit

import click

from eduapp.simulate.lesson import play
from eduapp.simulate.plan import LanguageShares, Plan, parse_languages

_SHARE = click.FloatRange(0, 1)


def _base(_context: click.Context, _option: click.Parameter, value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        raise click.BadParameter("give the address of a site, such as http://127.0.0.1:8000")
    return f"{parts.scheme}://{parts.netloc}"


def _languages(_context: click.Context, _option: click.Parameter, value: str) -> LanguageShares:
    try:
        return parse_languages(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def _code(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    code = "".join(letter for letter in value.upper() if letter not in " -")
    if not code.isascii() or not code.isalpha():
        raise click.BadParameter("a join code is made of letters")
    return code


@click.command()
@click.argument("base", metavar="[URL]", default="http://127.0.0.1:8000", callback=_base)
@click.option("--students", default=24, show_default=True, type=click.IntRange(1, 2000))
@click.option(
    "--language",
    "languages",
    default="nl:0.7,fr:0.3",
    show_default=True,
    callback=_languages,
    help="Languages of the devices and their shares; the lesson itself is in the first.",
)
@click.option("--seed", default=7, show_default=True, help="Same seed, same class.")
@click.option(
    "--code", callback=_code, help="Join this lesson. Without it: start one and steer it."
)
@click.option("--module", default="m4", show_default=True, help="The lesson to start.")
@click.option(
    "--within",
    "within_seconds",
    default=5.0,
    show_default=True,
    type=click.FloatRange(0, 600),
    metavar="SECONDS",
    help="Spread the answers to a question over this time; 0: all at once.",
)
@click.option(
    "--change",
    "change_share",
    default=0.2,
    show_default=True,
    type=_SHARE,
    help="Share that answers again.",
)
@click.option(
    "--lose-network",
    "lose_share",
    default=0.05,
    show_default=True,
    type=_SHARE,
    help="Chance that a device loses the network at a page or an answer.",
)
@click.option(
    "--repeat",
    "repeat_share",
    default=0.05,
    show_default=True,
    type=_SHARE,
    help="Chance that the network brings an answer a second time, late: behind newer ones too.",
)
@click.option(
    "--breath",
    "breath_seconds",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0, 600),
    metavar="SECONDS",
    help="Rest before each act of the simulated teacher.",
)
@click.option(
    "--at-most",
    "most_minutes",
    default=60.0,
    show_default=True,
    type=click.FloatRange(0.1, 240),
    metavar="MINUTES",
    help="Stop by itself after this time.",
)
@click.option("--quiet", is_flag=True, help="Tell only what is not as it should be.")
def simulate(*, quiet: bool, most_minutes: float, **options: object) -> None:
    """Play a class of simulated students at the site at URL.

    Ends with 1 when something is not as it should be: a ballot lost or counted twice, a device that
    could not join, an answer of the site that nobody expects.
    """
    plan = Plan(most_seconds=most_minutes * 60, **options)  # type: ignore[arg-type]  # click hands over what the options above declare
    lines = _Lines(is_quiet=quiet)
    if not asyncio.run(play(plan, lines.write)):
        sys.exit(1)


class _Lines:
    """Writes lines as they come; when quiet, only the warnings."""

    def __init__(self, *, is_quiet: bool) -> None:
        self._is_quiet = is_quiet

    def write(self, line: str) -> None:
        if not self._is_quiet or line.startswith("!"):
            click.echo(line)
