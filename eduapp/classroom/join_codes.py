"""Join codes: nine letters in syllables that are easy to say in Dutch and in French.

Making, reading and speaking a code; which code belongs to which class session is in `classroom.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from collections.abc import Callable

JoinCode = NewType("JoinCode", str)

CONSONANTS = "BDFGKLMNPRSTVZ"
VOWELS = "AEIOU"
_SHAPE = "CVCVCCVCV"
_FIRST_WORD = 5
LENGTH = len(_SHAPE)
SPACE = len(CONSONANTS) ** _SHAPE.count("C") * len(VOWELS) ** _SHAPE.count("V")
"""How many codes there are: 336,140,000, more than the 1.9e8 that privacy 7 asks."""

_NOT_IN_A_CLASS = (
    "ANUS", "BITE", "BITO", "DIKE", "DILDO", "DOM", "FOK", "GEIL", "KAK", "KAKA", "KUT", "LUL",
    "MONGOL", "NAZI", "NEGER", "NEGRO", "NIK", "NUDE", "NUDITE", "PEDO", "PENIS", "PIK", "PIPI",
    "PISE", "POEP",
    "PORNO", "PUTE", "RAPE", "REET", "SALE", "SALOP", "SEKS", "SUSE", "TARE", "TET", "TITE",
    "VAGIN", "VIOL", "ZIZI", "ZOT",
)  # fmt: skip
_ACCENTS = str.maketrans("", "", " -_.\t\n\r\u00a0")


def new_join_code(choose: Callable[[str], str], is_taken: Callable[[JoinCode], bool]) -> JoinCode:
    """Return a free code without bad words; `choose` picks a letter of a string, all as likely."""
    while True:
        letters = "".join(choose(CONSONANTS if shape == "C" else VOWELS) for shape in _SHAPE)
        code = JoinCode(letters)
        if not any(word in letters for word in _NOT_IN_A_CLASS) and not is_taken(code):
            return code


def read_join_code(typed: str) -> JoinCode | None:
    """Return the code in what a student typed, spaces and dashes ignored; None if it is none."""
    letters = typed.translate(_ACCENTS).upper()
    if len(letters) != LENGTH:
        return None
    for letter, shape in zip(letters, _SHAPE, strict=True):
        if letter not in (CONSONANTS if shape == "C" else VOWELS):
            return None
    return JoinCode(letters)


def spoken(code: JoinCode) -> str:
    """Return the code as the two words that a board shows: `BAKOS LIMU`."""
    return f"{code[:_FIRST_WORD]} {code[_FIRST_WORD:]}"
