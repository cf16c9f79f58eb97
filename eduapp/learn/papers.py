"""The papers that come with a lesson: print cards, open questions, posters, letters.

One frozen value for each paper, made from content. Nothing here knows a class or a visitor.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil
from textwrap import wrap
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from eduapp.content.models import QuestionKind, Reveal
from eduapp.learn.pages import band_words, care_items, kind_words, minutes
from eduapp.privacy.parameters import SHOW_MIN, Kind

if TYPE_CHECKING:
    from eduapp.content.models import Activity, Content, HelpLine, Module, Paper, Question, Theme

CARDS_ON_A_SHEET = 10
"""Two columns of five are the smallest cards that a group around a table still reads."""
FEWEST_ROWS = 3
CARD_LENGTHS = (45, 90)
"""Characters up to which a card's text is large or middle; a longer one is small."""
POSTER_SIZES = range(15, 6, -1)
"""Type sizes of a poster, in percent of its width; `poster.css` has a rule for each."""
POSTER_WIDTH, POSTER_HEIGHT = 80, 46
"""Room for the sentence, in the same measure."""
LETTER_WIDTH, LINE_HEIGHT = 0.43, 1.06
"""A wide guess at a letter, and the height of a line, in parts of the type size."""
NEXT_SENTENCE = re.compile(r"(?<=[.?!”»])\s+(?=[^\W\d_a-zà-ÿ])")
"""Where a text that holds two sentences breaks: after an end sign, before a capital."""


@dataclass(frozen=True, slots=True)
class PrintCard:
    """One card to cut out; `size` names how large its text is set."""

    text: str
    size: str


@dataclass(frozen=True, slots=True)
class Deck:
    """The cards of one activity, spread over sheets with the same number of rows each."""

    activity: Activity
    title: str
    band: str | None
    minutes: str
    prompts: tuple[str, ...]
    count: int
    rows: int
    sheets: tuple[tuple[PrintCard, ...], ...]


@dataclass(frozen=True, slots=True)
class CardsPage:
    """How to use the cards of a module, and the cards."""

    audience: str
    title: str
    module: Module
    decks: tuple[Deck, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question as anybody may read it, and what the class sees of its answers."""

    number: int
    question: Question
    kind: str
    band: str | None
    right: str | None
    afterwards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    """Every question of a module, for those who are not in the room."""

    audience: str
    title: str
    module: Module
    care: tuple[str, ...]
    questions: tuple[OpenQuestion, ...]
    never: Paper


@dataclass(frozen=True, slots=True)
class PosterPage:
    """One class sentence, as large as a sheet of paper allows."""

    audience: str
    title: str
    module: Module
    parts: tuple[str, ...]
    """The sentence, or two where the text holds two: each begins on a line of its own."""
    size: int
    others: tuple[tuple[int, str], ...]
    """The other sentences with their numbers."""


@dataclass(frozen=True, slots=True)
class LetterPage:
    """The letter to parents about one module."""

    audience: str
    title: str
    paper: Paper
    module: Module
    help_lines: tuple[HelpLine, ...]
    site: str | None
    """Where parents reach this site; None where the address works on one machine only."""


@dataclass(frozen=True, slots=True)
class IctPage:
    """The note for whoever looks after the network of the school."""

    audience: str
    title: str
    paper: Paper
    site: str | None


@dataclass(frozen=True, slots=True)
class StatementPage:
    """What everybody may know of how usable the site is for them."""

    audience: str
    title: str
    paper: Paper


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """What the article said, what the lessons teach and what they corrected."""

    audience: str
    title: str
    themes: tuple[Theme, ...]
    modules: dict[str, Module]


def article_page(content: Content) -> ArticlePage:
    """Return the page on the article that the lessons grew from."""
    title = _("What the article said, and what we teach")
    return ArticlePage("staff", title, content.themes, content.modules)


def decks(module: Module, language: str) -> tuple[Deck, ...]:
    """Return the cards of a module, one deck for each activity that has cards."""
    return tuple(_deck(a, a.deck.texts(language), language) for a in module.activities if a.deck)


def cards_page(module: Module, language: str) -> CardsPage:
    """Return the print cards of a module; without decks where it has none."""
    title = _("Print cards: %(title)s", title=module.title[language])
    return CardsPage("staff", title, module, decks(module, language))


def questions_page(module: Module, content: Content, language: str) -> QuestionsPage:
    """Return every question of a module in the order of the lesson."""
    asked = ((a, a.question) for a in module.activities if a.question is not None)
    return QuestionsPage(
        audience="public",
        title=_("Every question: %(title)s", title=module.title[language]),
        module=module,
        care=care_items(module, language),
        questions=tuple(
            OpenQuestion(
                number=number,
                question=question,
                kind=kind_words(activity),
                band=band_words(activity.band),
                right=_right(question, language),
                afterwards=_afterwards(question),
            )
            for number, (activity, question) in enumerate(asked, 1)
        ),
        never=content.papers["never"],
    )


def poster_page(module: Module, number: int, language: str) -> PosterPage | None:
    """Return the poster of a class sentence, counted from 1; None where there is none."""
    sentences = module.class_sentences[language]
    if not 1 <= number <= len(sentences):
        return None
    # A hyphen that may not break: a line never ends inside a word.
    parts = tuple(NEXT_SENTENCE.split(sentences[number - 1].replace("-", "\u2011")))
    return PosterPage(
        audience="public",
        title=_("Poster %(number)s: %(title)s", number=number, title=module.title[language]),
        module=module,
        parts=parts,
        size=_poster_size(parts),
        others=tuple((i, other) for i, other in enumerate(sentences, 1) if i != number),
    )


def letter_page(module: Module, content: Content, language: str, site: str | None) -> LetterPage:
    """Return the letter to parents about a module."""
    paper = content.papers["letter"]
    return LetterPage(
        audience="public",
        title=paper.title[language],
        paper=paper,
        module=module,
        help_lines=content.strip_for(language),
        site=site,
    )


def ict_page(content: Content, language: str, site: str | None) -> IctPage:
    """Return the note for the ICT coordinator."""
    paper = content.papers["ict"]
    return IctPage("public", paper.title[language], paper, site)


def statement_page(content: Content, language: str) -> StatementPage:
    """Return the statement on accessibility."""
    paper = content.papers["accessibility"]
    return StatementPage("student", paper.title[language], paper)


def _deck(activity: Activity, texts: tuple[str, ...], language: str) -> Deck:
    sheets = ceil(len(texts) / CARDS_ON_A_SHEET)
    rows = max(FEWEST_ROWS, ceil(len(texts) / sheets / 2))
    cards = tuple(PrintCard(text, _size(text)) for text in texts)
    return Deck(
        activity=activity,
        title=activity.title[language],
        band=band_words(activity.band),
        minutes=minutes(activity.minutes),
        prompts=activity.prompts[language] if activity.prompts else (),
        count=len(cards),
        rows=rows,
        sheets=tuple(cards[i : i + 2 * rows] for i in range(0, len(cards), 2 * rows)),
    )


def _size(text: str) -> str:
    large, middle = CARD_LENGTHS
    return "large" if len(text) <= large else "middle" if len(text) <= middle else "small"


def _poster_size(parts: tuple[str, ...]) -> int:
    """Return the largest type size at which a sentence stays on its poster."""
    return next((size for size in POSTER_SIZES if _fits(parts, size)), POSTER_SIZES[-1])


def _fits(parts: tuple[str, ...], size: int) -> bool:
    letters = int(POSTER_WIDTH / (LETTER_WIDTH * size))
    words = (word for part in parts for word in part.split(" "))
    lines = sum(len(wrap(part, letters, break_on_hyphens=False)) for part in parts)
    return max(map(len, words)) <= letters and lines * size * LINE_HEIGHT <= POSTER_HEIGHT


def _right(question: Question, language: str) -> str | None:
    position = question.right_position
    return None if position is None else question.options[position].text[language]


def _afterwards(question: Question) -> tuple[str, ...]:
    """Return what the class sees when a question is closed (privacy, R5 and decision 5)."""
    if question.reveal is Reveal.BENCHMARK:
        instead = (
            _("Instead, it sees what young people said in a large study.")
            if question.benchmark
            else _("Instead, it reads the sentence below.")
        )
        return (
            _("The class never sees its own result, and the choice does not leave the device."),
            instead,
        )
    if question.kind is QuestionKind.OPINION:
        return (
            _(
                "From %(num)s answers on: the class as a whole, in five steps, from “few or "
                "nobody” to “almost everybody, maybe everybody”.",
                num=SHOW_MIN[Kind.OPINION],
            ),
            _("With fewer answers there is no result. The class talks about the question."),
        )
    again = _(
        "The class talks and votes again. The first result stays hidden until the second round "
        "is closed."
    )
    return (
        _(
            "From %(num)s answers on: roughly how many chose each option.",
            num=SHOW_MIN[Kind.KNOWLEDGE],
        ),
        *((again,) if question.rounds > 1 else ()),
        _("With fewer answers there is no result. The right answer and why are shown anyway."),
    )
