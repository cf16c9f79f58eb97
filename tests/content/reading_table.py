"""Writes docs/reading-ease.md: how easily each module reads, by language and band.

Run by `make reading`; a test fails where the table says something else than what is measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from config import ROOT
from eduapp.content.problems import Problems
from eduapp.content.sources import read_sources
from tests.content.readability import measure

if TYPE_CHECKING:
    from eduapp.content.sources import Sources

TABLE = ROOT / "docs" / "reading-ease.md"
HEAD = """\
# Reading ease

What students read, by module, language and age band. Dutch: Flesch-Douma, 75 or more for 12-14
and 60 for 15-18. French: Kandel-Moles, 80 and 65. Higher is easier. *Hardest* is the lowest score
of a block of a hundred words, the one that must reach the target; *with names* counts names and
explained words too. A score is a gate and no proof: no class has read these pages yet.
`make reading` writes this page.

| module | language | band | score | with names | hardest | words in a sentence | longest sentence |
|---|---|---|---|---|---|---|---|
"""


def table(sources: Sources) -> str:
    """Return the page of the docs."""
    rows = []
    for module in sorted(sources.modules, key=lambda name: (len(name), name)):
        for band in sources.modules[module].raw.bands:
            for language in ("nl", "fr"):
                found = measure(sources, module, language, band)
                scores = (found.ease, found.ease_of_everything, found.lowest_block_ease)
                shown = " | ".join(f"{score:.0f}" for score in scores)
                rows.append(
                    f"| {module} | {language} | {band} | {shown} "
                    f"| {found.mean_sentence:.1f} | {found.longest} |\n"
                )
    return HEAD + "".join(rows)


if __name__ == "__main__":
    TABLE.write_text(table(read_sources(ROOT / "lessons", Problems())), encoding="utf-8")
