"""What the check says about each kind of mistake: the whole message, word for word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from eduapp.content import ContentError, Severity, check_content, load_content
from eduapp.content.problems import Problem, Problems
from tests.content import test_decks, test_law
from tests.content.breaks import BREAKS, REMOVED
from tests.content.builder import TODAY, LessonsFolder, a_lessons_folder

HERE = Path(__file__).parent
AUTHORING = HERE.parents[1] / "docs" / "authoring.md"


def golden() -> dict[str, list[str]]:
    """Return the expected messages of `problems.txt` by the name of the mistake."""
    said: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in (HERE / "problems.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            said[line[3:]] = lines = []
        elif line:
            lines.append(line)
    return said


GOLDEN = golden()


def broken(folder: LessonsFolder, name: str) -> LessonsFolder:
    for file, old, new in BREAKS.get(name, ()):
        if old:
            folder.replace(file, old, new)
        else:
            folder.write(file, (folder.read(file) if (folder.path / file).exists() else "") + new)
    for file in REMOVED.get(name, ()):
        (folder.path / file).unlink()
    return folder


def test_a_whole_folder_has_no_problem(tmp_path: Path) -> None:
    folder = a_lessons_folder(tmp_path)

    assert check_content(folder.path, TODAY) == ()


@pytest.mark.parametrize("name", [*BREAKS, *REMOVED])
def test_a_mistake_is_said_with_file_line_and_what_to_do(name: str, tmp_path: Path) -> None:
    folder = broken(a_lessons_folder(tmp_path), name)

    problems = check_content(folder.path, TODAY)

    assert [str(problem) for problem in problems] == GOLDEN[name]
    assert problems
    assert all(re.fullmatch(r"lessons[^:]*:\d+: .+ → .+", str(problem)) for problem in problems)


def test_every_expected_message_belongs_to_a_mistake() -> None:
    assert list(GOLDEN) == [*BREAKS, *REMOVED]


@pytest.mark.parametrize(
    "name", ["no-right-answer", "not-yaml", "html", "missing-yaml", "expired-review", "loud-id"]
)
def test_an_error_stops_the_start_and_a_warning_does_not(name: str, tmp_path: Path) -> None:
    folder = broken(a_lessons_folder(tmp_path), name)
    errors = [p for p in check_content(folder.path, TODAY) if p.severity is Severity.ERROR]

    if not errors:
        assert load_content(folder.path, TODAY).modules
        return
    with pytest.raises(ContentError) as raised:
        load_content(folder.path, TODAY)

    assert list(raised.value.problems) == errors
    assert str(raised.value) == "\n".join(str(problem) for problem in errors)


def test_all_problems_are_found_at_once(tmp_path: Path) -> None:
    folder = a_lessons_folder(tmp_path)
    names = ["no-right-answer", "dead-end", "more-than-all", "missing-why", "loud-title", "html"]
    for name in names:
        broken(folder, name)

    said = {str(problem) for problem in check_content(folder.path, TODAY)}

    assert said == {line for name in names for line in GOLDEN[name]}


def test_a_file_that_is_not_utf_8_is_one_problem(tmp_path: Path) -> None:
    folder = a_lessons_folder(tmp_path)
    (folder.path / "nl" / "questions.md").write_bytes(b"## K12 \xff")

    problems = [str(problem) for problem in check_content(folder.path, TODAY)]

    assert problems == ["lessons/nl/questions.md:1: the file is not UTF-8 → save it again as UTF-8"]


def test_what_cannot_be_read_is_one_problem(tmp_path: Path) -> None:
    folder = a_lessons_folder(tmp_path)
    (folder.path / "nl" / "extra.md").mkdir()

    problems = [str(problem) for problem in check_content(folder.path, TODAY)]

    assert problems == [
        "lessons/nl/extra.md:1: the file cannot be read (Is a directory) → make it readable"
    ]


def test_a_folder_that_is_not_there_is_one_problem(tmp_path: Path) -> None:
    problems = check_content(tmp_path / "lessons", TODAY)

    assert len(problems) == 1
    assert "is no folder" in str(problems[0])


def test_a_folder_without_languages_says_so(tmp_path: Path) -> None:
    (tmp_path / "lessons").mkdir()

    problems = [str(problem) for problem in check_content(tmp_path / "lessons", TODAY)]

    assert "lessons:1: there is no language → make a folder like nl with prose files" in problems


def test_a_third_language_is_checked_like_the_others(tmp_path: Path) -> None:
    folder = a_lessons_folder(tmp_path)
    folder.write("de/questions.md", "## K12\n\n### question\n\nWarum?\n")

    problems = [str(problem) for problem in check_content(folder.path, TODAY)]

    assert any(
        line.startswith("lessons/de/modules/m1.md:1: the file is missing") for line in problems
    )
    assert any("lessons/de/questions.md:1: `K12` has no part `why`" in line for line in problems)
    assert not any(line.startswith(("lessons/nl", "lessons/fr")) for line in problems)


def test_problems_come_in_order_of_file_and_line_and_once() -> None:
    problems = Problems()
    problems.error("lessons/b.md", 10, "x", "y")
    problems.warning("lessons/b.md", 9, "x", "y")
    problems.error("lessons/a.md", 11, "x", "y")
    problems.error("lessons/a.md", 11, "x", "y")

    assert [(p.file, p.line) for p in problems.all()] == [
        ("lessons/a.md", 11),
        ("lessons/b.md", 9),
        ("lessons/b.md", 10),
    ]
    assert [p.line for p in problems.errors()] == [11, 10]


def test_a_hashed_name_is_in_no_message(tmp_path: Path) -> None:
    folder = broken(a_lessons_folder(tmp_path), "hashed-pair")

    assert not any("Jan" in str(problem) for problem in check_content(folder.path, TODAY))


def documented() -> list[re.Pattern[str]]:
    """Return the messages of the table in the guide for authors, `…` standing for anything."""
    table = AUTHORING.read_text(encoding="utf-8").split("## What the check says")[1]
    rows = re.findall(r"^\| (.+?) \| .+ \|$", table, re.MULTILINE)[2:]
    return [re.compile(".+".join(re.escape(piece) for piece in row.split("…"))) for row in rows]


@pytest.mark.parametrize("name", GOLDEN)
def test_the_guide_for_authors_has_every_message(name: str) -> None:
    patterns = documented()

    for line in GOLDEN[name]:
        what = re.sub(r"^[^ ]+ (warning: )?", "", line.split(" → ", maxsplit=1)[0])
        assert any(pattern.fullmatch(what) for pattern in patterns), what


def test_the_guide_for_authors_has_no_message_that_is_never_said() -> None:
    said = [
        re.sub(r"^[^ ]+ (warning: )?", "", line.split(" → ", maxsplit=1)[0])
        for lines in GOLDEN.values()
        for line in lines
    ]
    elsewhere = {
        "the file is not UTF-8",
        "there is no language",
        "the file cannot be read (Is a directory)",
        *test_decks.SAID,
        *test_law.SAID,
        "the theme `harm` names `m9`, which is not in modules",
    }

    never = [
        pattern.pattern
        for pattern in documented()
        if not any(pattern.fullmatch(what) for what in [*said, *elsewhere])
    ]

    assert never == []


def test_a_problem_says_whether_it_is_a_warning() -> None:
    assert str(Problem("lessons/a.md", 3, "x", "y")) == "lessons/a.md:3: x → y"
    assert (
        str(Problem("lessons/a.md", 3, "x", "y", Severity.WARNING))
        == "lessons/a.md:3: warning: x → y"
    )
