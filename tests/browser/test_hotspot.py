"""One laptop, a hotspot, no internet: a whole lesson over plain HTTP, not on a loopback address."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from config import ROOT
from tests.browser.hotspot_lesson import ADDRESS
from tests.languages import in_dutch_then_french

if TYPE_CHECKING:
    from pathlib import Path

NETWORK = (
    "ip link set lo up && ip link add hotspot type veth peer name device && "
    f"ip addr add {ADDRESS}/24 dev hotspot && ip link set hotspot up && ip link set device up && "
    'exec "$@"'
)
"""A cable between two ends in a network of its own: no route leads out of it."""


@in_dutch_then_french
def test_a_lesson_on_a_laptop_without_internet(tmp_path: Path, language: str) -> None:
    for tool, package in (("unshare", "util-linux"), ("ip", "iproute2")):
        if shutil.which(tool) is None:
            pytest.fail(f"`{tool}` is missing: install the Debian package `{package}`.")
    lesson = [sys.executable, "-m", "tests.browser.hotspot_lesson", str(tmp_path), language]

    played = subprocess.run(
        ["unshare", "--net", "--map-root-user", "sh", "-c", NETWORK, "sh", *lesson],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert played.returncode == 0, f"{played.stdout}\n{played.stderr}"
