"""Whatever stands in the files: the check answers, and what it lets through can be built."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from eduapp.content import Severity, check_content, load_content
from tests.content.builder import TODAY, a_lessons_folder
from tests.content.unhurried import unhurried

FILES = [
    "modules/m1.yaml",
    "questions.yaml",
    "scenarios/s2.yaml",
    "facts.yaml",
    "help.yaml",
    "blocked.yaml",
    "nl/modules/m1.md",
    "nl/questions.md",
    "nl/scenarios.md",
    "nl/facts.md",
    "nl/help.md",
    "nl/papers.md",
]
JUNK = st.text(max_size=60) | st.sampled_from(["## x\n", "### say\n", "- \n", "{{", "](", "null"])


@settings(unhurried, max_examples=60)
@given(st.sampled_from(FILES), st.data())
def test_a_damaged_file_is_a_problem_or_no_harm(file: str, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as where:
        folder = a_lessons_folder(Path(where))
        lines = folder.read(file).split("\n")
        first = data.draw(st.integers(0, len(lines) - 1))
        last = data.draw(st.integers(first, min(first + 3, len(lines))))
        folder.write(file, "\n".join([*lines[:first], data.draw(JUNK), *lines[last:]]))

        problems = check_content(folder.path, TODAY)

        for problem in problems:
            assert problem.line >= 1
            assert problem.what
            assert problem.do
        if all(problem.severity is Severity.WARNING for problem in problems):
            assert load_content(folder.path, TODAY).modules["m1"].revision
