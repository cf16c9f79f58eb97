"""The short attacks on the site as it is, and every short attack on the builds it must catch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.attack.catalogue import ATTACKS, BUILDS, SOUND, carry_out

if TYPE_CHECKING:
    from pathlib import Path

SHORT = [name for name, attack in ATTACKS.items() if not attack.is_long]
CAUGHT = [
    (build.name, name) for build in BUILDS.values() for name in build.caught_by if name in SHORT
]


@pytest.mark.parametrize("name", SHORT)
def test_the_site_withstands(name: str, tmp_path: Path) -> None:
    verdict = carry_out(ATTACKS[name], SOUND, tmp_path)

    assert verdict.holds, f"{verdict.measured}; {verdict.bound}"


@pytest.mark.parametrize(("build", "name"), CAUGHT)
def test_the_attack_catches_a_broken_build(build: str, name: str, tmp_path: Path) -> None:
    verdict = carry_out(ATTACKS[name], BUILDS[build], tmp_path)

    assert not verdict.holds, f"{BUILDS[build].breaks}: {verdict.measured}; {verdict.bound}"
