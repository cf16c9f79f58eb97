"""Where things stand in the lesson that the journeys take, and its words as a screen shows them."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from eduapp.content.models import QuestionKind, Reveal

if TYPE_CHECKING:
    from eduapp.content.models import Module, Question

_TAG = re.compile(r"<[^>]+>")


def plain(prose: str) -> str:
    """Return the words of a piece of HTML as a screen shows them."""
    return " ".join(html.unescape(_TAG.sub(" ", prose)).split())


def paragraph(prose: str) -> str:
    """Return the words of the first paragraph of a piece of HTML."""
    return plain(prose.partition("</p>")[0])


def first_quiz(module: Module) -> Question:
    """Return the first question that has a right answer."""
    return next(each for each in module.questions if each.kind is QuestionKind.KNOWLEDGE)


def vote_again(module: Module) -> Question:
    """Return the question that is made for a second round."""
    return next(each for each in module.questions if each.rounds > 1)


def class_poll(module: Module) -> Question:
    """Return the question that shows the class its own opinion."""
    return next(
        each
        for each in module.questions
        if each.kind is QuestionKind.OPINION and each.reveal is Reveal.CLASS
    )


def step_of(question: Question, module: Module) -> int:
    """Return the number of the step with a question; 1 is the first activity."""
    return next(
        number
        for number, activity in enumerate(module.activities, 1)
        if activity.question is not None and activity.question.id == question.id
    )


def quiz_step(module: Module) -> int:
    """Return the number of the step with the first quiz question."""
    return step_of(first_quiz(module), module)


def poll_step(module: Module) -> int:
    """Return the number of the step with the poll that shows the class."""
    return step_of(class_poll(module), module)
