"""Settings are read once and checked together; the secret key is made once and kept."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from config import Config, ConfigError

if TYPE_CHECKING:
    from pathlib import Path

EVERYWHERE = "0.0.0.0"  # noqa: S104 - a setting under test; nothing listens


def test_everything_has_a_working_default(tmp_path: Path) -> None:
    config = Config.from_env({"INSTANCE_DIR": str(tmp_path / "instance")})

    assert (config.host, config.port, config.public_url) == ("127.0.0.1", 8000, None)
    assert config.database_url.startswith("sqlite:///")


def test_the_secret_key_is_made_on_the_first_start_and_kept(tmp_path: Path) -> None:
    env = {"INSTANCE_DIR": str(tmp_path / "instance")}

    first, second = Config.from_env(env), Config.from_env(env)

    path = tmp_path / "instance" / "secret_key"
    assert first.secret_key == second.secret_key == path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_every_wrong_setting_is_named_at_once(tmp_path: Path) -> None:
    env = {
        "INSTANCE_DIR": str(tmp_path),
        "PORT": "many",
        "PUBLIC_URL": "lesson.example.be",
        "ALLOW_PLAIN_HTTP": "yes",
        "SECRET_KEY": "short",
        "DATABASE_URL": "mysql://x",
        "TRUSTED_PROXIES": "-1",
        "LESSONS_DIR": str(tmp_path / "nowhere"),
    }

    with pytest.raises(ConfigError) as caught:
        Config.from_env(env)

    for name in env.keys() - {"INSTANCE_DIR"}:
        assert f"{name}:" in str(caught.value)


@pytest.mark.parametrize(
    ("extra", "is_fine"),
    [
        ({}, False),
        ({"ALLOW_PLAIN_HTTP": "1"}, True),
        ({"PUBLIC_URL": "https://lesson.example.be"}, True),
        ({"PUBLIC_URL": "http://lesson.example.be"}, False),
        ({"PUBLIC_URL": "http://127.0.0.1:8000"}, False),
    ],
)
def test_answers_cross_a_network_unencrypted_only_when_that_was_asked_for(
    tmp_path: Path,
    extra: dict[str, str],
    is_fine: bool,  # noqa: FBT001 - a parametrised expectation
) -> None:
    env = {"INSTANCE_DIR": str(tmp_path), "HOST": EVERYWHERE, **extra}

    if is_fine:
        assert Config.from_env(env).host == EVERYWHERE
    else:
        with pytest.raises(ConfigError, match="ALLOW_PLAIN_HTTP"):
            Config.from_env(env)


def test_a_folder_that_cannot_be_written_asks_for_a_secret_key(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")

    with pytest.raises(ConfigError, match="SECRET_KEY"):
        Config.from_env({"INSTANCE_DIR": str(blocked / "instance")})
