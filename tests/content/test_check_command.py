"""`eduapp check-content`: what an author sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from eduapp.commands import main
from tests.content.builder import a_lessons_folder

if TYPE_CHECKING:
    from pathlib import Path


def test_a_whole_folder_is_one_line_of_counts(tmp_path: Path) -> None:
    folder = a_lessons_folder(tmp_path)
    folder.replace("facts.yaml", "review_by: 2027-05-22\n  use", "review_by: 2999-05-22\n  use")
    folder.replace("facts.yaml", "review_by: 2027-05-22\n  c", "review_by: 2999-05-22\n  c")

    result = CliRunner().invoke(main, ["check-content", "--lessons", str(folder.path)])

    assert result.exit_code == 0
    assert result.output == (
        f"{folder.path}: modules 1, questions 3, facts 2, help lines 4, languages fr nl, "
        "minutes 39, warnings 0.\n"
    )


def test_warnings_are_said_and_stop_nothing(tmp_path: Path) -> None:
    folder = a_lessons_folder(tmp_path)
    folder.replace(
        "facts.yaml",
        "read_on: 2026-11-22\n  review_by: 2027-05-22\n  c",
        "read_on: 2020-11-22\n  review_by: 2021-05-22\n  c",
    )

    result = CliRunner().invoke(main, ["check-content", "--lessons", str(folder.path)])

    assert result.exit_code == 0
    assert "lessons/facts.yaml:9: warning: the review date of `U03` has passed" in result.output
    assert "warnings 1." in result.output


def test_errors_are_said_and_counted(tmp_path: Path) -> None:
    folder = a_lessons_folder(tmp_path)
    folder.replace("questions.yaml", "  right: control\n", "")

    result = CliRunner().invoke(main, ["check-content", "--lessons", str(folder.path)])

    assert result.exit_code == 1
    assert "lessons/questions.yaml:1: `K12` has no right answer → " in result.output
    assert "1 to repair" in result.output
