"""Ways to break the YAML files of the builder's lessons folder, by name."""

from __future__ import annotations

from tests.content import sample_yaml

Change = tuple[str, str, str]
"""File, the piece that stands there once, what takes its place; an empty piece appends."""

_M, _Q, _S, _F, _H, _B = (
    "modules/m1.yaml",
    "questions.yaml",
    "scenarios/s2.yaml",
    "facts.yaml",
    "help.yaml",
    "blocked.yaml",
)
_NL, _FR = "nl/modules/m1.md", "fr/modules/m1.md"
_OPINION = """\
- {{id: N{n}, kind: opinion, reveal: class, options: [agree, disagree]}}
"""
_OPINION_PROSE = """
## N{n}

### question

Dit is stelling {letter}.

### option agree

Ja

### option disagree

Nee

### closing

Dank je.

### discuss

Waarom?
"""
_POLL = "  - {{id: poll-{n}, kind: poll, minutes: 1, part: core, question: N{n}}}\n"
_POLL_PROSE = """
## poll-{n}

### title

Stap

### say

Stem.

### moments

Wacht.
"""

YAML: dict[str, list[Change]] = {
    "not-yaml": [(_Q, "options: [believed, control]", "options: [believed, control")],
    "impossible-date": [
        (
            _F,
            "  read_on: 2026-11-22\n  review_by: 2027-05-22\n  use",
            "  read_on: 2026-13-45\n  review_by: 2027-05-22\n  use",
        )
    ],
    "alias": [(_Q, "options: [believed, control]", "options: &o [believed, control, *o]")],
    "doubled-key": [(_Q, "  rounds: 2\n", "  rounds: 2\n  rounds: 1\n")],
    "missing-key": [(_M, "weave: dots\n", "")],
    "unknown-key": [(_M, "weave: dots\n", "weave: dots\nweeve: dots\n")],
    "unknown-key-of-an-activity": [(_M, "skip: 1}", "skip: 1, minuts: 3}")],
    "wrong-type": [(_M, "joining_minutes: 5", 'joining_minutes: "5"')],
    "unknown-weave": [(_M, "weave: dots", "weave: tartan")],
    "unknown-kind": [(_M, "kind: fact", "kind: facts")],
    "malformed-id": [(_Q, "- id: K12", "- id: k 12")],
    "too-small": [(_M, "id: rules, kind: text, minutes: 3", "id: rules, kind: text, minutes: 0")],
    "malformed-source": [(_F, "https://example.org/study", "www.example.org/study")],
    "malformed-phone": [(_H, "phone: 116 000", "phone: 116/000")],
    "phone-as-number": [(_H, "phone: 116 000", "phone: 116000")],
    "empty-text": [(_F, "who: Thorn", 'who: ""')],
    "too-many-rounds": [(_Q, "rounds: 2", "rounds: 3")],
    "malformed-hash": [(_B, "hashed:\n", "hashed:\n  - abc\n")],
    "not-a-list": [(_Q, sample_yaml.QUESTIONS, "id: K12\n")],
    "id-is-not-the-file-name": [
        (_S, "id: s2\n", "id: s3\n"),
        (_M, "scenario: s2", "scenario: s3"),
        ("nl/scenarios.md", "## s2", "## s3"),
        ("fr/scenarios.md", "## s2", "## s3"),
    ],
    "doubled-id": [(_H, "", "- {id: awel, kind: youth, languages: [nl], source: awel.be}\n")],
    "not-a-language": [("notes/a.md", "", "A note.\n")],
    "stray-file": [("modules/m1.yml", "", "id: m1\n")],
}

MODULES: dict[str, list[Change]] = {
    "too-many-minutes": [(_M, "scenario, minutes: 8", "scenario, minutes: 15")],
    "nothing-to-skip": [(_M, ", skip: 1", "")],
    "too-many-minutes-for-a-band": [
        (_M, "scenario, minutes: 8, part: core", 'scenario, minutes: 15, part: core, band: "12-14"')
    ],
    "nothing-to-skip-for-a-band": [(_M, "skip: 1", 'skip: 1, band: "15-18"')],
    "same-skip-twice-for-a-band": [
        (_M, "question: K12", 'question: K12, band: "12-14", skip: 1'),
        (_M, "question: N06", 'question: N06, band: "15-18", skip: 2'),
    ],
    "band-of-another-module": [
        (_M, 'bands: ["12-14", "15-18"]', 'bands: ["12-14"]'),
        (_M, "question: N06", 'question: N06, band: "15-18"'),
    ],
    "too-many-opinions": [
        (_M, "", "".join(_POLL.format(n=n) for n in range(11, 16))),
        (_Q, "", "".join(_OPINION.format(n=n) for n in range(11, 16))),
        *[
            (
                f"{lang}/{file}",
                "",
                "".join(text.format(n=n, letter=chr(n + 86)) for n in range(11, 16)),
            )
            for lang in ("nl", "fr")
            for file, text in (("questions.md", _OPINION_PROSE), ("modules/m1.md", _POLL_PROSE))
        ],
    ],
    "doubled-activity": [
        (_M, "id: poll-2", "id: poll-1"),
        (_NL, "## poll-2", "#### poll-2"),
        (_FR, "## poll-2", "#### poll-2"),
    ],
    "same-question-twice": [(_M, "question: N06", "question: N05")],
    "same-skip-twice": [(_M, "question: N06", "question: N06, skip: 1")],
    "doubled-curriculum-key": [(_M, "curriculum: [fl-1.8]", "curriculum: [fl-1.8, fl-1.8]")],
    "reserved-activity": [
        (_M, "id: rules", "id: module"),
        (_NL, "## rules", "## module"),
        (_FR, "## rules", "## module"),
    ],
    "quiz-without-question": [(_M, ", question: K12", "")],
    "text-with-question": [
        (
            _M,
            "kind: text, minutes: 3, part: shell",
            "kind: text, minutes: 3, part: shell, question: K12",
        )
    ],
    "unknown-question": [(_M, "question: K12", "question: K13")],
    "unknown-scenario": [(_M, "scenario: s2", "scenario: s1")],
    "unknown-fact": [(_M, "facts: [U03]", "facts: [U30]")],
    "opinion-in-a-quiz": [
        (
            _M,
            "kind: poll, minutes: 4, part: core, question: N06",
            "kind: quiz, minutes: 4, part: core, question: N06",
        )
    ],
    "fact-for-another-band": [
        (_F, 'checked_by: null\n  use: ["12-14", "15-18"]', 'checked_by: null\n  use: ["15-18"]')
    ],
    "fact-for-another-band-than-the-step": [
        (_F, 'checked_by: null\n  use: ["12-14", "15-18"]', 'checked_by: null\n  use: ["15-18"]'),
        (_M, "facts: [U03]", 'facts: [U03], band: "12-14"'),
        (_M, "question: N05", 'question: N05, band: "15-18"'),
    ],
    "teacher-fact-on-screen": [(_NL, "We lachen **niet**.", "We lachen **niet**. {{fact F09}}")],
}

QUESTIONS: dict[str, list[Change]] = {
    "two-right-answers": [(_Q, "right: control", "right: [believed, control]")],
    "no-right-answer": [(_Q, "  right: control\n", "")],
    "right-is-no-option": [(_Q, "right: control", "right: kontrol")],
    "right-answer-of-an-opinion": [(_Q, "  reveal: class\n", "  reveal: class\n  right: agree\n")],
    "one-option": [
        (_Q, "options: [believed, control]", "options: [control]"),
        (
            "nl/questions.md",
            "### option believed\nAlleen als iemand het gelooft.\n\nVeel mensen denken dat.\n",
            "",
        ),
        (
            "fr/questions.md",
            "### option believed\nAlleen als iemand het gelooft.\n\nVeel mensen denken dat.\n",
            "",
        ),
    ],
    "doubled-option": [
        (_Q, "options: [believed, control]", "options: [believed, control, control]")
    ],
    "reserved-option": [
        (_Q, "options: [believed, control]", "options: [believed, control, unsure]")
    ],
    "knowledge-with-reveal": [(_Q, "  rounds: 2\n", "  rounds: 2\n  reveal: class\n")],
    "opinion-without-reveal": [(_Q, "  reveal: class\n", "")],
    "benchmark-of-a-class-question": [
        (_Q, "  reveal: class\n", "  reveal: class\n  benchmark: U03\n")
    ],
    "benchmark-with-two-rounds": [
        (_Q, "  reveal: benchmark\n", "  reveal: benchmark\n  rounds: 2\n")
    ],
    "benchmark-without-number": [
        (_F, "value: 84\n  unit: percent", "value: null\n  unit: none"),
        ("nl/facts.md", "{value} zegt", "Bijna iedereen zegt"),
        ("fr/facts.md", "{value} zegt", "Bijna iedereen zegt"),
    ],
    "experience-nl": [
        ("nl/questions.md", "Niet kijken is ook helpen.", "Heb je ooit zo’n beeld gekregen?")
    ],
    "experience-fr": [
        ("fr/questions.md", "Niet kijken is ook helpen.", "As-tu déjà reçu une telle image ?")
    ],
    "experience-in-a-discussion": [
        ("nl/modules/m1.md", "- Wat helpt?", "- Ken je iemand die zoiets maakte?")
    ],
}

SCENARIOS: dict[str, list[Change]] = {
    "start-is-no-node": [(_S, "start: class", "start: klass")],
    "dead-end": [(_S, "{id: greet, end: true}", "{id: greet}")],
    "two-ways-on": [(_S, "{id: greet, end: true}", "{id: greet, next: sorry, end: true}")],
    "unknown-node": [
        (_S, "next: sorry", "next: sory"),
        ("nl/scenarios.md", "### next sorry", "### next sory"),
        ("fr/scenarios.md", "### next sorry", "### next sory"),
    ],
    "unreachable-node": [
        (_S, "choices: [joke, greet]", "choices: [joke]"),
        ("nl/scenarios.md", "### choice greet\nGroeten\n", ""),
        ("fr/scenarios.md", "### choice greet\nGroeten\n", ""),
    ],
    "circle": [
        (_S, "{id: sorry, end: true}", "{id: sorry, next: joke}"),
        ("nl/scenarios.md", "### node sorry", "### next joke\nOpnieuw\n\n### node sorry"),
        ("fr/scenarios.md", "### node sorry", "### next joke\nOpnieuw\n\n### node sorry"),
    ],
    "doubled-node": [(_S, "", "  - {id: sorry, end: true}\n")],
    "doubled-choice": [(_S, "choices: [joke, greet]", "choices: [joke, greet, greet]")],
}

EVIDENCE: dict[str, list[Change]] = {
    "expired-review": [
        (_F, "review_by: 2027-05-22\n  checked_by", "review_by: 2026-11-22\n  checked_by")
    ],
    "reviewed-before-read": [
        (_F, "review_by: 2027-05-22\n  checked_by", "review_by: 2026-11-01\n  checked_by")
    ],
    "read-in-the-future": [
        (
            _F,
            "read_on: 2026-11-22\n  review_by: 2027-05-22\n  checked_by",
            "read_on: 2026-12-01\n  review_by: 2027-05-22\n  checked_by",
        )
    ],
    "number-without-unit": [(_F, "unit: percent", "unit: none")],
    "more-than-all": [(_F, "value: 84", "value: 840")],
    "sentence-without-number": [("nl/facts.md", "{value} zegt", "Iedereen zegt")],
    "place-without-number": [(_F, "value: 143868\n  unit: count", "value: null\n  unit: none")],
    "strip-without-phone": [(_H, 'phone: "102", ', "")],
    "half-a-check": [(_H, "  checked_by: An Editor\n", "")],
    "checked-in-the-future": [(_H, "checked_on: 2026-11-01", "checked_on: 2026-12-01")],
    "strip-without-youth": [(_H, "source: 103ecoute.be, strip: true", "source: 103ecoute.be")],
}
