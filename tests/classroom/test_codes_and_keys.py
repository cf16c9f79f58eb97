"""Join codes and lesson keys: what is made is read back, however it is typed."""

from __future__ import annotations

import random
import secrets

from hypothesis import given
from hypothesis import strategies as st

from eduapp.classroom.join_codes import (
    LENGTH,
    SPACE,
    JoinCode,
    new_join_code,
    read_join_code,
    spoken,
)
from eduapp.classroom.lesson_keys import hash_of, new_lesson_key, read_lesson_key, written


@given(st.integers())
def test_a_code_is_read_back_however_it_is_typed(seed: int) -> None:
    code = new_join_code(random.Random(seed).choice, lambda _code: False)

    for typed in (code, code.lower(), spoken(code), "-".join(code), f"  {spoken(code).lower()}\n"):
        assert read_join_code(typed) == code


@given(st.text(max_size=30))
def test_what_has_no_such_shape_is_no_code(typed: str) -> None:
    code = read_join_code(typed)

    assert code is None or (len(code) == LENGTH and code.isascii() and code.isupper())


def test_a_taken_code_is_not_given_again() -> None:
    taken: set[JoinCode] = set()
    for _ in range(300):
        code = new_join_code(secrets.choice, taken.__contains__)
        assert code not in taken
        taken.add(code)


def test_no_code_holds_a_word_that_a_class_would_laugh_at() -> None:
    letters = iter("KUTABBAKOBAKOSLIMU")

    assert new_join_code(lambda _choices: next(letters), lambda _code: False) == "BAKOSLIMU"


def test_there_are_more_codes_than_the_privacy_rules_ask() -> None:
    assert SPACE >= 190_000_000


@given(st.integers())
def test_a_key_is_read_back_however_it_is_typed(seed: int) -> None:
    key = new_lesson_key(random.Random(seed).choice)

    for typed in (key, key.lower(), written(key), written(key).replace(" ", "-")):
        assert read_lesson_key(typed) == key


def test_the_kept_hash_of_a_key_needs_the_secret_of_the_installation() -> None:
    key = new_lesson_key(secrets.choice)

    assert hash_of(key, b"one") != hash_of(key, b"other")
    assert key not in hash_of(key, b"one")
