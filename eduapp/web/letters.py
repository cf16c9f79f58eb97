"""The letters of the options: the same on the board, on paper and where slips are counted.

Only where a class answers without devices; a device shows options in an order of its own.
"""

from __future__ import annotations

from string import ascii_uppercase


def letter(position: int) -> str:
    """Return the letter of an option at a position in content order, from 0: A, B, C and so on."""
    return ascii_uppercase[position]
