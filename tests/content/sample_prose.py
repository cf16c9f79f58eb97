"""The prose files of the builder's lessons folder, without a mistake, alike in each language."""

from __future__ import annotations

MODULE_PROSE = """\
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

QUESTIONS_PROSE = """\
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
Tot slot.

### discuss
Waarom?
"""

SCENARIO_PROSE = """\
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

FACTS_PROSE = """\
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

HELP_PROSE = """\
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

PAPERS_PROSE = """\
## letter
### title
Brief aan de ouders

### text
Dag ouders. Bel {{help child-focus}}.

## ict
### title
Voor wie het netwerk beheert

### text
Alleen poort 443.

## never
### title
Wat we nooit tonen

### text
- Een lichaam.

## keep-safe
### title
Wat veilig is

### text
Je antwoord.

## keep-unsafe
### title
Wat niet veilig is

### text
Je scherm.

## keep-what
### title
Wat we bewaren

### text
Niets van jou.

## keep-device
### title
Op je toestel

### text
Een cookie.

## accessibility
### title
Toegankelijkheid

### text
Voor iedereen.

## paths
### title
In welke volgorde?

### text
Eerst de ene les, dan de andere.
"""
