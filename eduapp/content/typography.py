"""Spaces that a language keeps together, set by the engine so that authors type ordinary ones.

Only spaces change; no word and no mark is added or taken away.
"""

from __future__ import annotations

import re

WIDE = "\u00a0"
NARROW = "\u202f"


def typeset(text: str, language: str) -> str:
    """Return a text with the unbreakable spaces of its language.

    French keeps a space before `: ; ! ?` and inside guillemets; every language keeps a number
    with its percent sign.
    """
    text = re.sub(r"(?<=\d) (?=%)", WIDE, text)
    if language == "fr":
        text = re.sub(r"(?<=\S) (?=[;!?])", NARROW, text)
        text = re.sub(r"(?<=\S) (?=[:»])", WIDE, text)
        text = re.sub(r"(?<=«) (?=\S)", WIDE, text)
    return text
