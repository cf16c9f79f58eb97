"""Builds a tiny, complete lessons folder in which a test breaks one thing.

The folder has one module, one question of each kind, one scenario, facts and help lines, in Dutch
and French. Only text: nothing here knows how the engine reads it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.content.sample_prose import (
    FACTS_PROSE,
    HELP_PROSE,
    MODULE_PROSE,
    PAPERS_PROSE,
    QUESTIONS_PROSE,
    SCENARIO_PROSE,
)
from tests.content.sample_yaml import BLOCKED, FACTS, HELP, MODULE, QUESTIONS, SCENARIO

if TYPE_CHECKING:
    from pathlib import Path

TODAY = dt.date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class LessonsFolder:
    """A lessons folder on disk that a test may break."""

    path: Path

    def read(self, file: str) -> str:
        return (self.path / file).read_text(encoding="utf-8")

    def write(self, file: str, text: str) -> None:
        target = self.path / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def replace(self, file: str, old: str, new: str) -> None:
        """Change one piece of a file; it must stand there exactly once."""
        text = self.read(file)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        self.write(file, text.replace(old, new))

    def append(self, file: str, text: str) -> None:
        self.write(file, self.read(file) + text)

    def line_of(self, file: str, piece: str) -> int:
        """Return the line on which a piece stands first."""
        return self.read(file)[: self.read(file).index(piece)].count("\n") + 1


def a_lessons_folder(where: Path) -> LessonsFolder:
    """Write a lessons folder without problems below `where`."""
    folder = LessonsFolder(where / "lessons")
    folder.write("modules/m1.yaml", MODULE)
    folder.write("scenarios/s2.yaml", SCENARIO)
    folder.write("questions.yaml", QUESTIONS)
    folder.write("facts.yaml", FACTS)
    folder.write("help.yaml", HELP)
    folder.write("blocked.yaml", BLOCKED)
    folder.write("themes.yaml", "[]\n")
    for lang, word, youth in (("nl", "Onze", "awel"), ("fr", "Notre", "ecoute")):
        folder.write(f"{lang}/modules/m1.md", MODULE_PROSE.format(w=word, lang=lang))
        folder.write(f"{lang}/questions.md", QUESTIONS_PROSE)
        folder.write(f"{lang}/scenarios.md", SCENARIO_PROSE)
        folder.write(f"{lang}/facts.md", FACTS_PROSE)
        folder.write(f"{lang}/help.md", HELP_PROSE.format(youth=youth))
        folder.write(f"{lang}/papers.md", PAPERS_PROSE)
    return folder
