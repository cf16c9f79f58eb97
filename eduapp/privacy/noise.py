"""The coin noise that is added to the counts of a round once, when it closes.

Fair coins sample this noise exactly, with integers only, so no floating point leaks the count.
Nothing here stores, shows or logs a draw. Only the close of a round may import this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eduapp.privacy.parameters import COINS, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_WORD = 64
_ALL_HEADS = (1 << _WORD) - 1


def noisy_counts(
    counts: Sequence[int], kind: Kind, random_bits: Callable[[int], int]
) -> tuple[int, ...]:
    """Return the counts, each moved by its own draw of coin noise; negative ones must stay so.

    `random_bits(n)` returns n fair bits as an integer. Source: privacy R3, formula 4.1.
    """
    coins = COINS[kind]
    return tuple(
        count + _run_of_heads(coins, random_bits) - _run_of_heads(coins, random_bits)
        for count in counts
    )


def _run_of_heads(coins: int, random_bits: Callable[[int], int]) -> int:
    """Return how often in a row all `coins` coins show heads, in constant work."""
    heads = _ALL_HEADS
    for _ in range(coins):
        heads &= random_bits(_WORD)
    return (~heads & (heads + 1)).bit_length() - 1
