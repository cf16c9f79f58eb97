"""What speaks of law says so, so that no student reads it before somebody checked it.

Who checked is a setting of the host (`LAW_CHECKED_BY`), not of the lesson files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eduapp.content.markdown import CITATION
from eduapp.content.shapes import Reader, is_legal, walk

if TYPE_CHECKING:
    from eduapp.content.problems import Problems
    from eduapp.content.shapes import Found
    from eduapp.content.sources import Sources


def check_law(sources: Sources, problems: Problems) -> None:
    """Add to `problems` what cites the law to students without being marked."""
    legal = {name for name, entry in sources.facts.items() if entry.raw.legal}
    for entry in sources.modules.values():
        for position, activity in enumerate(entry.raw.activities):
            for fact in legal & set(activity.facts):
                if not is_legal(activity, sources):
                    problems.error(
                        entry.file,
                        entry.line("activities", position, "facts"),
                        f"`{fact}` is about law, and `{activity.id}` does not say so",
                        "add `legal: true` to the activity",
                    )
    for found in walk(sources):
        if found.shape.reader is not Reader.STUDENT or _is_marked(found, sources):
            continue
        for match in CITATION.finditer(found.part.text):
            if match[1] == "fact" and match[2] in legal:
                problems.error(
                    found.file,
                    found.part.line_at(match.start()),
                    f"`{match[2]}` is about law, and `{found.block}` does not say so",
                    "add `legal: true` to its YAML, or cite it where only the teacher reads",
                )


def _is_marked(found: Found, sources: Sources) -> bool:
    if found.path == "questions.md":
        question = sources.questions.get(found.block)
        return question is not None and question.raw.legal
    if found.path == "scenarios.md":
        scenario = sources.scenarios.get(found.block)
        return scenario is not None and scenario.raw.legal
    module = sources.modules.get(found.path.removeprefix("modules/").removesuffix(".md"))
    if module is None:
        return False
    steps = (step for step in module.raw.activities if step.id == found.block)
    return any(is_legal(step, sources) for step in steps)
