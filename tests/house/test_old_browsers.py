"""Scripts run in browsers of 2020, or leave the page to its forms. Which ones: docs/browsers.md."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from config import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SCRIPTS = sorted((ROOT / "static/js").glob("*.mjs"))
NEWER = {
    "logical assignment": r"(\?\?|\|\||&&)=",
    "class fields": r"^\s+(static\s+)?#\w+",
    "top-level await": r"^await ",
    "numeric separators": r"\d_\d",
    "private methods": r"this\.#",
    "at()": r"\.at\(",
    "replaceAll": r"\.replaceAll\(",
    "replaceChildren": r"\.replaceChildren\(",
    "requestSubmit": r"\.requestSubmit\(",
    "structuredClone": r"\bstructuredClone\(",
    "Object.hasOwn": r"Object\.hasOwn\(",
    "AbortSignal.timeout": r"AbortSignal\.(timeout|any)",
    "Promise.any": r"Promise\.(any|withResolvers)",
    "crypto.randomUUID": r"randomUUID",
    "findLast": r"\.findLast",
    "array copies": r"\.(toSorted|toReversed|toSpliced|with)\(",
}
"""What Chrome 83 or Safari 13.1 does not know: a module with it does not run there, or stops."""


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_script_uses_nothing_that_browsers_of_2020_do_not_know(script: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", script.read_text(), flags=re.DOTALL)
    text = re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE)

    used = [name for name, pattern in NEWER.items() if re.search(pattern, text, re.MULTILINE)]

    assert used == []
