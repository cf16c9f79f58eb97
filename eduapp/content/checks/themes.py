"""Every theme of the article leads to lessons, facts and questions that are there.

Whether they really meet there is for `tests/content/test_coverage.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eduapp.content.problems import meant

if TYPE_CHECKING:
    from eduapp.content.problems import Problems
    from eduapp.content.sources import Sources


def check_themes(sources: Sources, problems: Problems) -> None:
    """Add to `problems` what a theme names that does not exist."""
    for entry in sources.themes.values():
        for key, known, is_whole in (
            ("modules", sources.modules, sources.is_whole("modules/")),
            ("facts", sources.facts, sources.is_whole("facts.yaml")),
            ("questions", sources.questions, sources.is_whole("questions.yaml")),
        ):
            for position, name in enumerate(getattr(entry.raw, key)):
                if name not in known and is_whole:
                    problems.error(
                        entry.file,
                        entry.line(key, position),
                        f"the theme `{entry.raw.id}` names `{name}`, which is not in {key}",
                        f"{meant(name, known)}write it, or take it out of the theme",
                    )
