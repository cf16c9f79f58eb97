"""Ways to break the prose files of the builder's lessons folder, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.content.breaks_of_yaml import Change

_M, _F = "modules/m1.yaml", "facts.yaml"
_NL, _FR = "nl/modules/m1.md", "fr/modules/m1.md"
_SAY = "Praat samen."

PROSE: dict[str, list[Change]] = {
    "unknown-heading": [(_NL, "#### Een kopje", "# Een kopje")],
    "heading-without-space": [(_NL, "#### Een kopje", "##Een kopje")],
    "text-in-no-part": [(_NL, "## rules\n", "## rules\nZomaar iets.\n")],
    "part-in-no-block": [(_NL, "## module\n", "### los\nTekst.\n\n## module\n")],
    "doubled-block": [(_NL, "", "\n## rules\n\n### title\nNog eens\n")],
    "doubled-part": [(_NL, "### say\nPraat samen.", "### say\nPraat samen.\n\n### say\nNog eens.")],
    "missing-block": [("nl/questions.md", "## N06", "## N66")],
    "missing-block-in-every-language": [
        (file, "## skip\n### option\nIk sla over\n", "")
        for file in ("nl/questions.md", "fr/questions.md")
    ],
    "missing-translation": [("fr/questions.md", "### why\nSteun maakt het lichter.\n", "")],
    "missing-translation-of-an-optional-part": [
        (
            "nl/modules/m1.md",
            "### say\nLaat ze kiezen.",
            "### screen\nKies.\n\n### say\nLaat ze kiezen.",
        )
    ],
    "missing-why": [
        ("nl/questions.md", "### why\nSteun maakt het lichter.\n", ""),
        ("fr/questions.md", "### why\nSteun maakt het lichter.\n", ""),
    ],
    "option-without-feedback": [("nl/questions.md", "Veel mensen denken dat.\n", "")],
    "opinion-without-closing": [
        (file, "### closing\nDank je.\n\n### approval", "### approval")
        for file in ("nl/questions.md", "fr/questions.md")
    ],
    "opinion-without-discuss": [
        (file, "Tot slot.\n\n### discuss\nWaarom?\n", "Tot slot.\n")
        for file in ("nl/questions.md", "fr/questions.md")
    ],
    "benchmark-without-approval": [
        (file, "### approval\nDe meesten vinden dit. {{fact U03}}\n", "")
        for file in ("nl/questions.md", "fr/questions.md")
    ],
    "poll-without-moments": [
        (file, "Stem nu.\n\n### moments\nAls ze lachen: wacht.\n", "Stem nu.\n")
        for file in (_NL, _FR)
    ],
    "opinion-with-feedback": [
        (
            "nl/questions.md",
            "Niet kijken is ook helpen.\n\n### option agree\nJa\n",
            "Niet kijken is ook helpen.\n\n### option agree\nJa\n\nGoed zo.\n",
        )
    ],
    "unused-block": [(_NL, "", "\n## suport\n\n### title\nOud\n")],
    "unused-part": [(_NL, "### content-line", "### contentline")],
    "empty-part": [(_NL, "Toon het label. {{fact U03}}\n", "")],
    "two-paragraphs": [(_NL, "Dit gaat over beelden.", "Dit gaat over beelden.\n\nEn over meer.")],
    "no-list": [(_NL, "- Je weet meer.\n- Je durft meer.", "Je weet meer.")],
    "take-home-of-two": [(_NL, "- Derde zin.\n", "")],
    "class-sentences-of-six": [(_NL, "- Zin vijf.\n", "- Zin vijf.\n- Zin zes.\n")],
    "untranslated-item": [("fr/modules/m1.md", "- Je durft meer.\n", "")],
    "untranslated-heading": [
        (_NL, "Stem nu.", "**Eerst.** Stem nu.\n\n- Rustig."),
        (_FR, "Stem nu.", "Eerst: stem nu.\n\n- Rustig."),
    ],
    "missing-paper": [("fr/papers.md", "## never", "## jamais")],
    "prose-without-yaml": [("nl/modules/m2.md", "", "## module\n")],
}

TEXTS: dict[str, list[Change]] = {
    "html": [(_NL, _SAY, "Praat <b>samen</b>.")],
    "entity": [(_NL, _SAY, "Praat&nbsp;samen.")],
    "image": [(_NL, _SAY, "Praat samen. ![kat](https://example.org/kat.png)")],
    "marks-in-a-plain-text": [(_NL, "Dit gaat over beelden.", "Dit gaat over **beelden**.")],
    "no-citation": [(_NL, _SAY, "Praat samen. {{feit U03}}")],
    "unknown-citation": [(_NL, _SAY, "Praat samen. {{fact U04}}")],
    "unknown-help": [(_NL, _SAY, "Bel {{help childfocus}}.")],
    "help-of-another-language": [(_NL, _SAY, "Bel {{help ecoute}}.")],
    "citation-in-a-link": [(_NL, _SAY, "[Zie {{fact U03}}](https://example.org/x)")],
    "typed-percent": [(_NL, _SAY, "Bijna 84 % zegt dat.")],
    "typed-percent-in-words": [(_NL, _SAY, "Bijna tachtig procent zegt dat.")],
    "typed-pour-cent": [(_FR, _SAY, "Presque huit pour cent le disent.")],
    "typed-number": [(_NL, _SAY, "Er waren 143.868 films.")],
    "typed-phone": [(_NL, _SAY, "Bel 102.")],
}

LINKS: dict[str, list[Change]] = {
    "link-runs-code": [(_NL, _SAY, "[hier](javascript:alert)")],
    "link-runs-code-with-spaces": [(_NL, _SAY, "[hier]( java script:alert)")],
    "link-without-encryption": [(_NL, _SAY, "[hier](http://example.org/)")],
    "malformed-link": [(_NL, _SAY, "[hier](https://example)")],
    "link-to-another-host": [(_NL, _SAY, "[hier](//example.org/)")],
    "link-to-no-step": [(_NL, _SAY, "[hier](#suport)")],
    "link-to-a-step-of-another-band": [
        (_M, "core, skip: 1", 'core, skip: 1, band: "15-18"'),
        (_M, "question: K12", "question: K12, skip: 2"),
    ],
    "link-to-no-module": [(_NL, _SAY, "[hier](/nl/modules/m9)")],
    "link-to-another-language": [(_NL, _SAY, "[hier](/fr/modules/m1)")],
    "link-by-reference": [(_NL, _SAY, "[hier][1] en meer")],
}

WORDS: dict[str, list[Change]] = {
    "listed-word": [(_NL, _SAY, "Je liet het UITLÉKKEN.")],
    "listed-phrase": [(_NL, _SAY, "Haar leven\nverwoest.")],
    "hashed-pair": [(_NL, _SAY, "We noemen Jan Voorbeeld niet.")],
    "hashed-pair-in-a-source": [
        (_F, "https://example.org/study", "https://example.org/over-jan-voorbeeld")
    ],
    "listed-word-in-an-id": [
        (_M, "id: rules", "id: pedo"),
        (_NL, "## rules", "## pedo"),
        (_FR, "## rules", "## pedo"),
    ],
    "listed-word-in-a-value": [(_F, "who: Thorn", "who: Pédo Watch")],
    "loud-id": [
        (_M, "id: rules", "id: wat-nu"),
        (_NL, "## rules", "## wat-nu"),
        (_FR, "## rules", "## wat-nu"),
    ],
    "loud-title": [(_NL, "Onze titel", "Wat is een deepnude?")],
    "loud-title-of-a-paper": [("fr/papers.md", "Brief aan de ouders", "Deepnudes: brief")],
}
