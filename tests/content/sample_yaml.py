"""The YAML files of the builder's lessons folder, without a mistake."""

from __future__ import annotations

MODULE = """\
id: m1
weave: dots
bands: ["12-14", "15-18"]
joining_minutes: 5
curriculum: [fl-1.8]
facts_for_teacher: [F09]
activities:
  - {id: rules, kind: text, minutes: 3, part: shell}
  - {id: label, kind: fact, minutes: 3, part: core, facts: [U03]}
  - {id: quiz-1, kind: quiz, minutes: 4, part: core, question: K12}
  - {id: story, kind: scenario, minutes: 8, part: core, scenario: s2}
  - {id: support, kind: discussion, minutes: 8, part: core, skip: 1}
  - {id: poll-1, kind: poll, minutes: 4, part: core, question: N05}
  - {id: poll-2, kind: poll, minutes: 4, part: core, question: N06}
"""

SCENARIO = """\
id: s2
start: class
nodes:
  - {id: class, choices: [joke, greet]}
  - {id: joke, next: sorry}
  - {id: greet, end: true}
  - {id: sorry, end: true}
"""

QUESTIONS = """\
- id: K12
  kind: knowledge
  rounds: 2
  right: control
  options: [believed, control]
- id: N05
  kind: opinion
  reveal: benchmark
  scale: true
  benchmark: U03
  options: [agree, disagree]
- id: N06
  kind: opinion
  reveal: class
  scale: true
  options: [agree, disagree]
"""

FACTS = """\
- id: U03
  value: 84
  unit: percent
  year: 2024
  who: Thorn
  population: us-13-20
  source: https://example.org/study
  read_on: 2026-11-22
  review_by: 2027-05-22
  checked_by: null
  use: ["12-14", "15-18"]
- id: F09
  value: 143868
  unit: count
  year: 2023
  who: Genius
  population: films
  source: https://example.org/count
  read_on: 2026-11-22
  review_by: 2027-05-22
  use: [teacher]
"""

HELP = """\
- id: danger
  kind: danger
  languages: [nl, fr]
  phone: "112"
  source: "1712.be"
  strip: true
- id: child-focus
  kind: line
  languages: [nl, fr]
  phone: 116 000
  url: https://childfocus.be
  free: true
  hours: "24/7"
  checked_on: 2026-11-01
  checked_by: An Editor
  source: childfocus.be
  strip: true
- {id: awel, kind: youth, languages: [nl], phone: "102", source: awel.be, strip: true}
- {id: ecoute, kind: youth, languages: [fr], phone: "103", source: 103ecoute.be, strip: true}
"""

# The hash is that of the two words "jan voorbeeld".
BLOCKED = """\
words:
  - word: uitlekken
    languages: [nl]
    why: it hides who did it
    instead: delen zonder toestemming
  - word: leven verwoest
    languages: [nl]
    why: it takes hope away
    instead: gevolgen
  - word: pédo
    languages: [fr]
    why: it insults
    instead: la personne
hashed:
  - 05aca9261ab26658cf998f9d2b4f51860959c5f3bed5cb3fb1ed20fe87b86e77
"""
