"""A question about a student's own experience is refused, however it is worded (content, 6C)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eduapp.content import check_content
from tests.content.builder import TODAY, a_lessons_folder

if TYPE_CHECKING:
    from pathlib import Path

REFUSED = [
    ("nl", "Heb je ooit een vals beeld gekregen?"),
    ("nl", "HEB JIJ AL EENS zo’n beeld gemaakt?"),
    ("nl", "Stuurde je weleens zo’n beeld door?"),
    ("nl", "Heb je zo’n beeld al gekregen?"),
    ("nl", "Ben jij al te kijk gezet?"),
    ("nl", "Is er van jou een beeld gemaakt?"),
    ("nl", "Is dit jou overkomen?"),
    ("nl", "Ken je iemand op school die dat deed?"),
    ("nl", "Kennen jullie iemand die dat deed?"),
    ("fr", "As-tu déjà reçu une telle image ?"),
    ("fr", "Est-ce que tu as déjà partagé une telle image ?"),
    ("fr", "T’est-il arrivé d’en fabriquer une ?"),
    ("fr", "Ça t’est déjà arrivé ?"),
    ("fr", "T’a-t-on déjà montré cela ?"),
    ("fr", "As-tu été victime ?"),
    ("fr", "Connais-tu quelqu’un à qui c’est arrivé ?"),
]
WELCOME = [
    ("nl", "Wat kan Noor doen?"),
    ("nl", "Wat doe je als iemand dit stuurt?"),
    ("nl", "Een vals beeld doet pijn. Ben je het daarmee eens?"),
    ("nl", "Wie heeft er schuld?"),
    ("fr", "Que peut faire Noor ?"),
    ("fr", "Es-tu d’accord ?"),
    ("fr", "Que fais-tu si quelqu’un envoie cela ?"),
    ("fr", "Connais-tu le numéro de Child Focus ?"),
]


def refusals(tmp_path: Path, language: str, question: str) -> list[str]:
    folder = a_lessons_folder(tmp_path)
    folder.replace(f"{language}/questions.md", "Niet kijken is ook helpen.", question)
    return [str(problem) for problem in check_content(folder.path, TODAY)]


@pytest.mark.parametrize(("language", "question"), REFUSED)
def test_an_experience_is_never_asked(language: str, question: str, tmp_path: Path) -> None:
    said = refusals(tmp_path, language, question)

    assert len(said) == 1
    assert "asks for a student's own experience → never ask that in a class" in said[0]


@pytest.mark.parametrize(("language", "question"), WELCOME)
def test_other_questions_are_welcome(language: str, question: str, tmp_path: Path) -> None:
    assert refusals(tmp_path, language, question) == []
