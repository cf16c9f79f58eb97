"""One way to break the builder's lessons folder for every problem the check knows.

`problems.txt` holds, under the same names, what the check then says. Add both together.
"""

from __future__ import annotations

from tests.content.breaks_of_prose import LINKS, PROSE, TEXTS, WORDS
from tests.content.breaks_of_yaml import EVIDENCE, MODULES, QUESTIONS, SCENARIOS, YAML

BREAKS = YAML | MODULES | QUESTIONS | SCENARIOS | EVIDENCE | PROSE | TEXTS | LINKS | WORDS

REMOVED = {
    "missing-yaml": ["blocked.yaml"],
    "missing-prose": ["fr/scenarios.md"],
    "no-module": ["modules/m1.yaml", "nl/modules/m1.md", "fr/modules/m1.md"],
}
"""Files that are taken away."""
