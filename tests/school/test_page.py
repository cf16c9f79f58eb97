"""The page of a school, its print and its files: they say the same, and nothing finer."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from eduapp.accounts import schools
from eduapp.accounts.roles import Role
from eduapp.classroom.models import SchoolCountRow, SchoolSumRow
from eduapp.classroom.phases import Act, Phase
from eduapp.classroom.positions import Owner
from eduapp.content.models import Reveal
from eduapp.school.export import as_csv, as_xlsx
from eduapp.school.report_words import OutcomeBlock, ReportWords, StripLine, TableLine
from tests.school.staff import Person, a_person

if TYPE_CHECKING:
    from flask import Flask

    from tests.school.conftest import Hands

FORMULAS = ('=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0")
NUMBER = re.compile(r"(\d+)\s%\s±\s(\d+)")


def give(
    app: Flask, school_id: int, module_id: str, *, students: int = 16, grade: str = "1"
) -> None:
    """Give a lesson to a class that mostly picks the first option."""
    classroom = app.extensions["classroom"]
    module = app.extensions["content"].modules[module_id]
    started = classroom.start(
        module, "nl", None, band=module.bands[0], owner=Owner(1, school_id, grade)
    )
    seats = [classroom.new_seat() for _ in range(students)]
    for seat in seats:
        classroom.admit(started.public_id, seat)
    view = classroom.by_id(started.public_id)
    order = (Act.CLOSE, Act.DISCUSS, Act.OPEN, Act.SHOW, Act.EXPLAIN, Act.NEXT, Act.END)
    while view.phase is not Phase.ENDED:
        if view.phase is Phase.OPEN:
            for number, seat in enumerate(seats):
                classroom.put(view.public_id, view.round_token, seat, int(number >= 12))
        view = classroom.steer(
            view.public_id, next(act for act in order if act in view.acts), view.version
        )


@pytest.fixture
def head(app: Flask, hands: Hands) -> Person:
    hands.day = dt.date(2026, 11, 25)
    return a_person(app, Role.HEAD)


def school_of(app: Flask, name: str = "Atheneum") -> int:
    with app.extensions["database"].reading() as tx:
        return schools.school_named(tx, name)


def a_result(app: Flask, hands: Hands, module_id: str = "m2") -> None:
    for _ in range(3):
        give(app, school_of(app), module_id)
    hands.pass_days(7)
    app.extensions["classroom"].tend()


def test_an_empty_page_says_what_it_needs(head: Person) -> None:
    page = head.browse.get("/nl/school")

    assert page.h1 == "Atheneum"
    assert "Nog geen resultaat" in page.text
    assert "minstens drie klassen" in page.text
    assert page.all(".strip") == []


def test_the_page_says_how_far_it_is_from_a_first_result(
    app: Flask, head: Person, hands: Hands
) -> None:
    school_id = school_of(app)
    told = []
    for _ in range(3):
        give(app, school_id, "m2")
        told.append(head.browse.get("/nl/school").one("#waiting").parent)
    hands.pass_days(7)
    app.extensions["classroom"].tend()
    head.sign_in()

    texts = [each.get_text() for each in told if each is not None]
    assert "nog minstens 2 klassen" in texts[0]
    assert "nog minstens één klas" in texts[1]
    assert "Vanaf maandag" in texts[2]
    assert head.browse.get("/nl/school").all(".strip") != []


def test_fewer_than_three_lessons_of_a_grade_are_words(app: Flask, head: Person) -> None:
    school_id = school_of(app)
    for number, grade in ((1, "1"), (2, "2"), (3, "3")):
        for _ in range(number):
            give(app, school_id, "m3", students=0, grade=grade)

    cells = head.browse.get("/nl/school").all(".school-table--reach td")

    words = [re.sub(r"^.* graad", "", each.get_text()).strip() for each in cells]
    assert words == ["minder dan 3", "minder dan 3", "3"]


def test_knowledge_opinions_and_what_remains_are_shown_with_what_they_may_be_off(
    app: Flask, head: Person, hands: Hands
) -> None:
    a_result(app, hands)
    head.sign_in()

    page = head.browse.get("/nl/school")

    assert page.all("section[aria-labelledby=knowledge] .report__block") != []
    assert page.all("section[aria-labelledby=opinions] .report__block") != []
    ideas = page.all(".report__ideas > li")
    assert 1 <= len(ideas) <= 3
    assert all(each.select("a[href*='/teacher']") for each in ideas)
    for words in page.all(".report__words"):
        found = NUMBER.fullmatch(words.get_text())
        assert found is not None
        assert int(found[1]) % 5 == 0
        assert int(found[2]) >= 3


def test_no_answer_of_a_week_shows_before_the_next(app: Flask, head: Person) -> None:
    for _ in range(4):
        give(app, school_of(app), "m2")

    assert head.browse.get("/nl/school").all(".strip") == []


def test_a_school_sees_nothing_of_another(app: Flask, head: Person, hands: Hands) -> None:
    other = a_person(app, Role.HEAD, "Elders")
    a_result(app, hands)
    head.sign_in()
    other.sign_in()

    assert head.browse.get("/nl/school").all(".strip") != []
    seen = other.browse.get("/nl/school")
    assert seen.all(".strip") == []
    assert seen.all(".school-table--reach") == []


def test_print_and_files_hold_the_numbers_of_the_page_and_no_other(
    app: Flask, head: Person, hands: Hands
) -> None:
    a_result(app, hands)
    head.sign_in()
    page = head.browse.get("/nl/school")
    shown = set(NUMBER.findall(page.text))

    printed = set(NUMBER.findall(head.browse.get("/nl/school/print").text))
    text = _file(head, "csv").decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=";") if len(row) == 8]
    book = load_workbook(io.BytesIO(_file(head, "xlsx")))
    cells = [
        (str(row[5]), str(row[6]))
        for sheet in book.worksheets[1:]
        for row in sheet.iter_rows(min_row=2, values_only=True)
    ]

    assert printed <= shown
    in_csv = {(row[5], row[6]) for row in rows if row[5].isdecimal()}
    assert in_csv == set(cells) == shown
    assert len(book.worksheets) == 3


@pytest.mark.parametrize("path", ["school", "school/print", "network", "lessons", "account"])
def test_every_page_speaks_french_too(app: Flask, head: Person, hands: Hands, path: str) -> None:
    a_result(app, hands)
    head.sign_in()

    page = head.browse.get(f"/fr/{path}")

    assert page.status == 200
    assert page.one("html")["lang"] == "fr"


def test_earlier_school_years_stay(app: Flask, head: Person, hands: Hands) -> None:
    a_result(app, hands)
    hands.day = dt.date(2027, 9, 6)
    app.extensions["classroom"].tend()
    hands.seconds += 60
    head.sign_in()

    now = head.browse.get("/nl/school")
    before = head.browse.get("/nl/school?year=2026")

    assert "Schooljaar 2027–2028" in now.text
    assert now.all(".strip") == []
    assert "Schooljaar 2026–2027" in before.text
    assert before.all(".strip") != []


@pytest.mark.parametrize("year", ["", "abcd", "20261", "-1", "0000", "9999", "²⁰²⁶"])
def test_a_year_that_is_none_shows_an_empty_page(head: Person, year: str) -> None:
    assert head.browse.get(f"/nl/school?year={year}").status == 200


def test_the_page_reminds_before_the_end_of_july(app: Flask, head: Person, hands: Hands) -> None:
    give(app, school_of(app), "m2")
    reminded = []
    for day in (dt.date(2027, 5, 3), dt.date(2027, 6, 14)):
        hands.day = day
        hands.seconds += 60
        head.sign_in()
        reminded.append("nooit getoond" in head.browse.get("/nl/school").text)

    assert reminded == [False, True]


def test_a_question_that_reads_otherwise_by_now_is_left_out_and_said(
    app: Flask, head: Person, hands: Hands
) -> None:
    a_result(app, hands)
    head.sign_in()
    with app.extensions["database"].transaction() as tx:
        for table in (SchoolSumRow, SchoolCountRow):
            tx.execute(update(table).values(form="another"))

    page = head.browse.get("/nl/school")

    assert page.all(".strip") == []
    assert "klinken intussen anders" in page.text


def test_the_network_needs_three_schools(app: Flask, head: Person, hands: Hands) -> None:
    for name in ("Elders", "Verder"):
        a_person(app, Role.HEAD, name)
    ids = [school_of(app, name) for name in ("Atheneum", "Elders", "Verder")]
    seen = []
    for school_id in ids:
        for _ in range(3):
            give(app, school_id, "m2")
        hands.pass_days(7)
        app.extensions["classroom"].tend()
        head.sign_in()
        seen.append(head.browse.get("/nl/network"))

    assert [bool(page.all(".strip")) for page in seen] == [False, False, True]
    assert [bool(page.all(".school-table--reach")) for page in seen] == [False, False, True]
    assert "Uit 9 klassen, minstens 140 antwoorden" in seen[2].text


def test_a_question_that_no_class_sees_is_shown_by_the_network_alone(
    app: Flask, head: Person, hands: Hands
) -> None:
    ids = [school_of(app)]
    for name in ("Elders", "Verder"):
        a_person(app, Role.HEAD, name)
        ids.append(school_of(app, name))
    module_id, text = next(
        (module.id, question.text["nl"])
        for module in app.extensions["content"].modules.values()
        for question in module.questions
        if question.reveal is Reveal.BENCHMARK and not module.is_unchecked
    )
    for school_id in ids:
        for _ in range(3):
            give(app, school_id, module_id, students=36)
    hands.pass_days(7)
    app.extensions["classroom"].tend()
    head.sign_in()

    assert text not in head.browse.get("/nl/school").text
    assert text in head.browse.get("/nl/network").text


def a_report(text: str) -> ReportWords:
    share = StripLine(text, "dots", 55, 8, 47, 63, "55 % ± 8")
    block = OutcomeBlock(
        id="K1",
        question=text,
        module_id="m2",
        module=text,
        right=text,
        strips=(share,),
        moments=(text,),
        table=(TableLine(text, is_right=False, shares=(share,)),),
        basis=text,
        change=None,
    )
    return ReportWords(
        year=2026,
        year_words=text,
        years=(),
        grades=(text, text, text),
        reach=(),
        knowledge=(block,),
        opinions=(),
        misconceptions=(),
        waiting=(),
        reminder=None,
        older=0,
    )


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_can_become_a_formula(app: Flask, text: str) -> None:
    with app.test_request_context("/nl/school"):
        rows = list(
            csv.reader(io.StringIO(as_csv(a_report(text)).decode("utf-8-sig")), delimiter=";")
        )
        book = load_workbook(io.BytesIO(as_xlsx(a_report(text))))

    cells = [cell for row in rows for cell in row if cell]
    assert [cell for cell in cells if cell[0] in "=+-@\t\r"] == []
    assert any(text in cell for cell in cells)
    types = {
        cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value
    }
    assert types <= {"s", "n"}


def test_a_lesson_without_an_account_moves_nothing_on_the_page(
    app: Flask, head: Person, hands: Hands
) -> None:
    a_result(app, hands)
    head.sign_in()
    before = head.browse.get("/nl/school").text
    classroom = app.extensions["classroom"]
    module = app.extensions["content"].modules["m2"]
    started = classroom.start(module, "nl", None, band="12-14")
    view = classroom.by_id(started.public_id)
    classroom.steer(view.public_id, Act.END, view.version)

    assert head.browse.get("/nl/school").text == before


def _file(head: Person, ending: str) -> bytes:
    answer = head.browse.client.get(f"/nl/school/results.{ending}", base_url=head.browse.base)
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    return answer.get_data()
