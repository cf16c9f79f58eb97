"""The prose format: blocks, parts and their lines, for any text."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from eduapp.content.problems import Problems
from eduapp.content.prose_files import Part, parse_prose
from tests.content.unhurried import unhurried

IDS = st.text(string.ascii_letters + string.digits + "-.", min_size=1, max_size=12).filter(
    lambda text: text.strip("-.")
)
LINES = st.text(
    st.characters(codec="utf-8", exclude_characters="\n\r", exclude_categories=("Cs", "Cc", "Z")),
    min_size=1,
).filter(lambda line: not line.startswith("#"))
TEXTS = st.lists(LINES, max_size=5).map("\n\n".join)
FILES = st.dictionaries(IDS, st.dictionaries(IDS, TEXTS, max_size=4), max_size=4)


def write(blocks: dict[str, dict[str, str]]) -> str:
    pieces = []
    for block, parts in blocks.items():
        pieces.append(f"## {block}\n")
        pieces += [f"### {part}\n\n{text}\n" for part, text in parts.items()]
    return "\n".join(pieces)


@unhurried
@given(FILES)
def test_what_is_written_is_what_is_read(blocks: dict[str, dict[str, str]]) -> None:
    problems = Problems()

    prose = parse_prose(write(blocks), "lessons/nl/a.md", problems)

    assert problems.all() == ()
    assert {
        name: {part.name: part.text for part in block.parts.values()}
        for name, block in prose.blocks.items()
    } == blocks


@unhurried
@given(FILES)
def test_every_part_knows_its_line(blocks: dict[str, dict[str, str]]) -> None:
    text = write(blocks)
    lines = text.split("\n")

    prose = parse_prose(text, "lessons/nl/a.md", Problems())

    for block in prose.blocks.values():
        assert lines[block.line - 1] == f"## {block.id}"
        for part in block.parts.values():
            assert lines[part.line - 1] == f"### {part.name}"
            for piece in filter(None, part.text.split("\n")):
                assert piece in lines[part.line_of(piece) - 1]


@unhurried
@given(st.text())
def test_no_text_is_too_odd_to_read(text: str) -> None:
    problems = Problems()

    prose = parse_prose(text, "lessons/nl/a.md", problems)

    for block in prose.blocks.values():
        for part in block.parts.values():
            assert isinstance(part.items, tuple | None)
            assert part.rest in part.text
    assert all(1 <= p.line <= text.count("\n") + 1 for p in problems.all())


def test_a_part_splits_in_a_lead_and_a_rest() -> None:
    part = Part("option a", 3, "Een antwoord\nop twee regels.\n\nEerste.\n\nTweede.", 5)

    assert part.lead == "Een antwoord op twee regels."
    assert part.rest == "Eerste.\n\nTweede."


def test_a_list_may_break_its_lines() -> None:
    assert Part("goals", 1, "- een\n  en meer\n\n- twee", 2).items == ("een en meer", "twee")
    assert Part("goals", 1, "1. een\n2. twee", 2).items == ("een", "twee")
    assert Part("goals", 1, "een\n- twee", 2).items is None


def test_a_heading_inside_a_text_stays_in_the_text() -> None:
    prose = parse_prose("## a\n### say\n\n#### Kop\n\nTekst", "lessons/nl/a.md", Problems())

    assert prose.text("a", "say") == "#### Kop\n\nTekst"
