"""`eduapp prove` says equal for what the site stores, and finds what is not as promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eduapp.classroom import proof as proofs
from eduapp.classroom.phases import Act
from eduapp.classroom.rounds import releases_of
from eduapp.privacy.parameters import Kind
from eduapp.privacy.storage import ALLOWED_COLUMNS
from tests.builders import ATime, a_class, a_question, an_opinion

if TYPE_CHECKING:
    from pathlib import Path

    from eduapp.classroom.proof import Proof
    from tests.builders import AClass

TIME = ATime()


def prove(lesson: AClass, *, is_running: bool = True) -> Proof:
    database = lesson.classroom._database
    module = lesson.view.module
    with database.reading() as tx:
        return proofs.prove(
            tx,
            database.columns(),
            lambda _id, revision: module if revision == module.revision else None,
            TIME.day,
            is_running=is_running,
        )


def change(lesson: AClass, statement: str) -> None:
    with lesson.classroom._database.transaction() as tx:
        tx.connection().exec_driver_sql(statement)


@pytest.fixture
def lesson(tmp_path: Path) -> AClass:
    """A lesson with a quiz question in two rounds, a poll, and a poll with too few answers."""
    questions = (a_question("K1", rounds=2), an_opinion("N1"), an_opinion("N2"))
    lesson = a_class(tmp_path, *questions, devices=24, time=TIME, seed=3)
    lesson.go_to("K1")
    for ballots, acts in ((14, (Act.CLOSE, Act.DISCUSS)), (24, (Act.CLOSE, Act.SHOW))):
        lesson.act(Act.OPEN)
        lesson.answer(*[0, 1] * (ballots // 2))
        lesson.act(*acts)
    for question, ballots in (("N1", 24), ("N2", 4)):
        lesson.go_to(question)
        lesson.act(Act.OPEN)
        lesson.answer(*[0, 1, 2, 0, 0, 0] * (ballots // 6), *[0] * (ballots % 6))
        lesson.act(Act.CLOSE)
    return lesson


def test_what_the_site_stores_is_proven_equal(lesson: AClass) -> None:
    proof = prove(lesson)

    name = lesson.started.public_id
    assert proof.compared == [
        (name, "K1", 1, True),
        (name, "K1", 2, True),
        (name, "N1", 1, True),
    ]
    assert proof.not_published == 1
    assert proof.is_good


def test_a_screen_that_says_something_else_is_found(
    lesson: AClass, monkeypatch: pytest.MonkeyPatch
) -> None:
    site_reads = releases_of

    def reads_wrongly(*arguments: object) -> object:
        found = site_reads(*arguments)  # type: ignore[arg-type]
        release = found["N1", 1]
        assert release.noisy is not None
        wrong = type(release)(release.n, tuple(reversed(release.noisy)))
        return found | {("N1", 1): wrong}

    monkeypatch.setattr(proofs, "releases_of", reads_wrongly)

    proof = prove(lesson)

    assert [(c.question_id, c.is_equal) for c in proof.compared] == [
        ("K1", True), ("K1", True), ("N1", False),
    ]  # fmt: skip
    assert not proof.is_good


@pytest.mark.one_process
@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("ALTER TABLE round ADD COLUMN first_at TEXT", "round.first_at"),
        ("CREATE TABLE ballot (seat TEXT)", "ballot.seat"),
        ("CREATE VIEW who AS SELECT helper FROM class_session", "who.helper"),
        ("UPDATE round SET n = 4 WHERE question_id = 'N1'", "too few answers"),
        ("DELETE FROM release WHERE option_id = 'skip'", "exactly the options"),
        ("UPDATE round SET n = 4 WHERE question_id = 'N2'", "few and keeps numbers"),
        ("UPDATE round SET state = 'void' WHERE question_id = 'N1'", "no stored round"),
        ("UPDATE round SET state = 'open', n = NULL WHERE question_id = 'N2'", "no process runs"),
        ("UPDATE class_session SET revision = 'abcdefabcdef'", "lesson_revision"),
        (
            (
                "INSERT INTO round SELECT class_session_id, question_id, 2, revision, state, n "
                "FROM round WHERE question_id = 'N1'"
            ),
            "a round more",
        ),
    ],
)
def test_what_is_not_as_promised_is_said(lesson: AClass, statement: str, words: str) -> None:
    change(lesson, "PRAGMA foreign_keys=OFF")
    change(lesson, statement)

    proof = prove(lesson, is_running=False)

    assert [problem for problem in proof.problems if words in problem], proof.problems
    assert not proof.is_good


def test_an_open_round_is_no_fault_while_a_process_runs(lesson: AClass) -> None:
    change(lesson, "UPDATE round SET state = 'open' WHERE question_id = 'N2'")

    assert prove(lesson, is_running=True).is_good


def test_expired_lessons_are_counted_and_not_compared(lesson: AClass) -> None:
    change(lesson, "UPDATE class_session SET delete_on = '2026-11-23'")

    proof = prove(lesson)

    assert (proof.compared, proof.expired) == ([], 1)


def test_numbers_without_noise_and_clamped_numbers_are_found() -> None:
    opinion = Kind.OPINION
    exact = [proofs._Stored(opinion, 24, (24, 0, 0))] * 12
    noisy = [proofs._Stored(opinion, 24, (23, 0, -1)), proofs._Stored(opinion, 24, (25, 1, -2))]

    assert "clamped" in " ".join(proofs._unlikely(exact))
    assert "any noise" in " ".join(proofs._unlikely(exact))
    assert proofs._unlikely(noisy * 12) == []
    assert proofs._unlikely(exact[:2]) == []


def test_nothing_of_a_class_is_in_what_is_said(lesson: AClass) -> None:
    proof = prove(lesson)

    assert proof.compared[0]._fields == ("public_id", "question_id", "round_no", "is_equal")
    assert set(ALLOWED_COLUMNS) == set(lesson.classroom._database.columns())
