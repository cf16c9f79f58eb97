"""Builds a tiny, complete lessons folder in which a test breaks one thing.

The folder has one module, one question of each kind, one scenario, facts and help lines, in Dutch
and French. Only text: nothing here knows how the engine reads it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TODAY = dt.date(2026, 11, 23)

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

_MODULE_PROSE = """\
## module

### title

{w} titel

### summary

{w} korte samenvatting.

### contains

- een verhaal
- een quiz

### content-line

Dit gaat over beelden.

### goals

- Je weet meer.
- Je durft meer.

### prepare

Lees dit eerst. {{{{fact F09}}}}

#### Een kopje

Zie [de stap](#support) of [de les](/{lang}/modules/m1).

### task

Teken een label.

### take-home

- Eerste zin.
- Tweede zin.
- Derde zin.

### class-sentences

- Zin een.
- Zin twee.
- Zin drie.
- Zin vier.
- Zin vijf.

## curriculum

### fl-1.8

Eindterm 1.8.

## rules

### title

Afspraken

### screen

We lachen **niet**. Bel {{{{help child-focus}}}}.

### say

Zeg dit rustig.

## label

### title

Een label

### say

Toon het label. {{{{fact U03}}}}

## quiz-1

### title

Een vraag

### say

Laat ze kiezen.

## story

### title

Een verhaal

### say

Lees het voor.

## support

### title

Steun

### say

Praat samen.

### prompts

- Wat helpt?
- Wie helpt?

## poll-1

### title

Wat vind je?

### say

Stem nu.

### moments

Als ze lachen: wacht.

## poll-2

### title

Wat vind je nog?

### say

Stem weer.

### moments

Als ze lachen: wacht.
"""

_QUESTIONS_PROSE = """\
## unsure

### option

Ik weet het niet.

Dat is eerlijk.

## skip

### option

Ik sla over

## K12

### question

Waarom doet het pijn?

### option believed

Alleen als iemand het gelooft.

Veel mensen denken dat.

### option control

Je hebt het niet in de hand.

Dat klopt.

### why

Steun maakt het lichter.

### discuss

Wat helpt?

## N05

### question

Een vals beeld doet pijn.

### option agree

Ja

### option disagree

Nee

### closing

Dank je.

### approval

De meesten vinden dit. {{fact U03}}

### discuss

Waarom?

## N06

### question

Niet kijken is ook helpen.

### option agree

Ja

### option disagree

Nee

### closing

Dank je.

### discuss

Waarom?
"""

_SCENARIO_PROSE = """\
## s2

### title

Aya komt terug

### node class

Aya komt binnen.

### choice joke

Een grap maken

### choice greet

Groeten

### node joke

Ze lachen.

### next sorry

Sorry zeggen

### node greet

Aya zit neer.

### node sorry

Het is goed.
"""

_FACTS_PROSE = """\
## U03

### sentence

{value} zegt: het doet pijn.

### population

jongeren van 13 tot 20

## F09

### sentence

Er waren {value} films.

### population

films op sites
"""

_HELP_PROSE = """\
## danger

### name

112

### for

Voor wie in gevaar is.

## child-focus

### name

Child Focus

### for

Voor wie jonger is dan 18.

## {youth}

### name

Een lijn

### for

Voor jongeren.
"""


@dataclass(frozen=True, slots=True)
class LessonsFolder:
    """A lessons folder on disk that a test may break."""

    path: Path

    def read(self, file: str) -> str:
        return (self.path / file).read_text(encoding="utf-8")

    def write(self, file: str, text: str) -> None:
        target = self.path / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def replace(self, file: str, old: str, new: str) -> None:
        """Change one piece of a file; it must stand there exactly once."""
        text = self.read(file)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        self.write(file, text.replace(old, new))

    def append(self, file: str, text: str) -> None:
        self.write(file, self.read(file) + text)

    def line_of(self, file: str, piece: str) -> int:
        """Return the line on which a piece stands first."""
        return self.read(file)[: self.read(file).index(piece)].count("\n") + 1


def a_lessons_folder(where: Path) -> LessonsFolder:
    """Write a lessons folder without problems below `where`."""
    folder = LessonsFolder(where / "lessons")
    folder.write("modules/m1.yaml", MODULE)
    folder.write("scenarios/s2.yaml", SCENARIO)
    folder.write("questions.yaml", QUESTIONS)
    folder.write("facts.yaml", FACTS)
    folder.write("help.yaml", HELP)
    folder.write("blocked.yaml", BLOCKED)
    for lang, word, youth in (("nl", "Onze", "awel"), ("fr", "Notre", "ecoute")):
        folder.write(f"{lang}/modules/m1.md", _MODULE_PROSE.format(w=word, lang=lang))
        folder.write(f"{lang}/questions.md", _QUESTIONS_PROSE)
        folder.write(f"{lang}/scenarios.md", _SCENARIO_PROSE)
        folder.write(f"{lang}/facts.md", _FACTS_PROSE)
        folder.write(f"{lang}/help.md", _HELP_PROSE.format(youth=youth))
    return folder
