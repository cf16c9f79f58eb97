"""Cards to sort, to lay in a line, to write anew: what lesson files say of them and may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eduapp.content import check_content, load_content
from tests.content.builder import TODAY, a_lessons_folder

if TYPE_CHECKING:
    from pathlib import Path

    from eduapp.content.models import Deck
    from tests.content.builder import LessonsFolder

STEPS = """\
  - {id: bag, kind: sort, minutes: 1, part: core, bins: [ask], lines: [child-focus, awel, ecoute],
     cards: [photo, call], fits: {photo: [ask], call: [child-focus, awel, ecoute]}}
  - {id: row, kind: line, minutes: 1, part: core, cards: [soft, hard, bad]}
  - {id: anew, kind: rewrite, minutes: 1, part: core, cards: [push, nag]}
"""
SHELL = """
## {name}
### title
Een stap

### say
Praat samen.

### prompts
- Waarom daar?
"""
CARD = "\n### card {name}\nDit zegt kaart {name} : ja.\n\nDaarom **zo**.\n"


def a_folder_with_decks(where: Path) -> LessonsFolder:
    folder = a_lessons_folder(where)
    folder.append("modules/m1.yaml", STEPS)
    for language in ("nl", "fr"):
        prose = SHELL.format(name="bag") + "\n### bin ask\nVraag het\n"
        prose += "".join(CARD.format(name=name) for name in ("photo", "call"))
        prose += SHELL.format(name="row") + "\n### from\nZacht\n\n### to\nHard\n"
        prose += "".join(CARD.format(name=name) for name in ("soft", "hard", "bad"))
        prose += SHELL.format(name="anew")
        prose += "".join(CARD.format(name=name) for name in ("push", "nag"))
        folder.append(f"{language}/modules/m1.md", prose)
    return folder


def decks(where: Path) -> dict[str, Deck]:
    module = load_content(a_folder_with_decks(where).path, TODAY).modules["m1"]
    return {step.id: step.deck for step in module.activities if step.deck}


def test_only_steps_with_cards_have_a_deck(tmp_path: Path) -> None:
    assert list(decks(tmp_path)) == ["bag", "row", "anew"]


def test_a_card_says_something_and_something_can_be_said_about_it(tmp_path: Path) -> None:
    card = decks(tmp_path)["anew"].cards[0]

    assert card.text == {"nl": "Dit zegt kaart push : ja.", "fr": "Dit zegt kaart push\u00a0: ja."}
    assert card.feedback["nl"] == "<p>Daarom <strong>zo</strong>.</p>"


def test_headings_are_written_or_help_lines_that_speak_the_language(tmp_path: Path) -> None:
    bag = decks(tmp_path)["bag"]

    assert [each.id for each in bag.bins_in("nl")] == ["ask", "child-focus", "awel"]
    assert [each.id for each in bag.bins_in("fr")] == ["ask", "child-focus", "ecoute"]
    assert bag.bins_in("nl")[2].label["nl"].endswith("(102)")
    assert bag.fitting(bag.cards[0], "nl") == ("Vraag het",)
    assert len(bag.fitting(bag.cards[1], "fr")) == 2


def test_the_order_in_which_a_class_gets_a_line_gives_nothing_away(tmp_path: Path) -> None:
    row = decks(tmp_path)["row"]

    assert [card.id for card in row.cards] == ["soft", "hard", "bad"]
    assert [card.id for card in row.laid_out] == ["bad", "hard", "soft"]
    assert row.ends == ({"nl": "Zacht", "fr": "Zacht"}, {"nl": "Hard", "fr": "Hard"})


SAID = (
    "`anew` has 0 cards",
    "`bag` has 1 headings in nl",
    "`fits` names the card `foto`, which is not there",
    "`photo` fits `aks`, which is no heading here",
)
"""Messages that the guide for authors explains."""

M, NL = "modules/m1.yaml", "nl/modules/m1.md"


@pytest.mark.parametrize(
    ("file", "piece", "instead", "said"),
    [
        (M, "skip: 1}", "skip: 1, cards: [a, b]}", "a discussion has no `cards`"),
        (M, "cards: [push, nag]", "cards: [push, nag], bins: [ask]", "a rewrite has no `bins`"),
        (M, "cards: [push, nag]", "cards: []", SAID[0]),
        (M, "hard, bad]", "hard, bad, bad]", "`bad` stands in `cards` twice"),
        (
            M,
            "bins: [ask], lines: [child-focus, awel, ecoute]",
            "bins: [ask]",
            SAID[1],
        ),
        (M, "photo: [ask]", "foto: [ask]", SAID[2]),
        (M, "photo: [ask]", "photo: [aks]", SAID[3]),
        (M, "lines: [child-focus, awel,", "lines: [child-focus, owel,", "no help line `owel`"),
        (NL, "### card nag", "### card nagg", "`anew` has no part `card nag`"),
        (NL, "### to\n", "### towards\n", "`row` has no part `to`"),
        (NL, "### bin ask\n", "### bin aks\n", "`bag` has no part `bin ask`"),
        (NL, "Dit zegt kaart nag : ja.\n\nDaarom **zo**.\n", "Dit zegt kaart nag.\n", "feedback"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, file: str, piece: str, instead: str, said: str) -> None:
    folder = a_folder_with_decks(tmp_path)
    assert check_content(folder.path, TODAY) == ()
    folder.replace(file, piece, instead)

    assert said in "\n".join(map(str, check_content(folder.path, TODAY)))
