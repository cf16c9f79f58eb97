"""YAML with lines: values, doubled keys, and any text at all."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eduapp.content.entries import read_entry, read_list
from eduapp.content.problems import Problems
from eduapp.content.raw import RawFact, RawModule, RawQuestion
from eduapp.content.yaml_files import parse_yaml
from tests.content.unhurried import unhurried

YAML_LIKE = st.text(st.sampled_from("ab1-:[]{}&*!|>'\"\n \t#,?%@.~"), max_size=80)


@unhurried
@given(st.text() | YAML_LIKE)
def test_no_text_is_too_odd_to_read(text: str) -> None:
    problems = Problems()

    tree = parse_yaml(text, "lessons/a.yaml", problems)

    assert tree is not None or problems.errors()
    assert all(p.line >= 1 for p in problems.all())


@unhurried
@given(st.text() | YAML_LIKE)
def test_no_yaml_is_too_odd_to_refuse(text: str) -> None:
    problems = Problems()
    tree = parse_yaml(text, "lessons/a.yaml", problems)

    if tree is not None:
        assert read_entry(RawModule, tree, problems) is None
        assert read_list(RawQuestion, tree, problems) == ()


def test_values_know_their_line() -> None:
    tree = parse_yaml("- id: a\n  options:\n    - x\n    - y\n- id: b\n", "a.yaml", Problems())

    assert tree is not None
    assert tree.data == [{"id": "a", "options": ["x", "y"]}, {"id": "b"}]
    assert tree.line(0, "options", 1) == 4
    assert tree.line(1, "id") == 5
    assert tree.line(1, "missing") == 5


def test_words_that_other_yaml_reads_as_something_else_stay_words() -> None:
    tree = parse_yaml("a: no\nb: 12:30\nc: 2026-11-22\nd: 12-14\n", "a.yaml", Problems())

    assert tree is not None
    assert tree.data == {"a": "no", "b": "12:30", "c": dt.date(2026, 11, 22), "d": "12-14"}


@pytest.mark.parametrize(
    "text", ["[" * 1200, "a: &x [*x]", "\x00", "a: !!python/none x", "- " * 999]
)
def test_hostile_yaml_is_refused_and_not_followed(text: str) -> None:
    problems = Problems()

    parse_yaml(text, "a.yaml", problems)

    assert problems.errors()


def test_one_bad_entry_hides_no_other() -> None:
    problems = Problems()
    good = "{id: U1, unit: none, year: 2024, who: a, population: b, source: 'https://a.be', "
    good += "read_on: 2026-01-01, review_by: 2026-02-01, use: [teacher]}"
    tree = parse_yaml(f"- {good}\n- {{id: U2}}\n- 7\n", "facts.yaml", problems)
    assert tree is not None

    entries = read_list(RawFact, tree, problems)

    assert [entry.raw.id for entry in entries] == ["U1"]
    assert {p.line for p in problems.errors()} == {2, 3}
