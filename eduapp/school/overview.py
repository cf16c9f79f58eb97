"""The page of a school and of the network, as page, as print and as files.

All of them show one report, for one school year, and nothing that is finer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import Response, render_template, request

from eduapp.accounts import schools
from eduapp.accounts.current import clock, current_staff, school_id
from eduapp.classroom.school_sums import school_year, schools_with_lessons
from eduapp.privacy.parameters import NETWORK_SCHOOLS_MIN
from eduapp.school.export import as_csv, as_xlsx
from eduapp.school.pages import NetworkPage, SchoolPage
from eduapp.school.report import Report, report_of
from eduapp.school.report_words import ReportWords, in_words
from eduapp.web.current import current_content, current_database
from eduapp.web.dates import date_words
from eduapp.web.locale import current_language

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_YEAR = re.compile("2[0-9]{3}")


def school() -> str:
    """Show what the school may know of one school year."""
    return render_template("school/school.html", page=_school_page())


def print_school() -> str:
    """Show the same on two pages of paper, for the school council."""
    return render_template("school/print.html", page=_school_page())


def network() -> str:
    """Show what all schools of this site together may know, where there are enough."""
    with current_database().reading() as tx:
        count = schools_with_lessons(tx, _asked_year())
        number = len(schools.school_names(tx))
    words = _words(_report(None))
    page = NetworkPage(
        title="",
        lang=current_language(),
        staff=current_staff(),
        report=words,
        today=date_words(clock().today()),
        schools=number,
        missing=max(NETWORK_SCHOOLS_MIN - count, 0),
    )
    return render_template("school/network.html", page=page)


def export_csv() -> ResponseReturnValue:
    """Send the numbers of the page as CSV."""
    words = _words(_report(school_id()))
    return _file(as_csv(words), "text/csv; charset=utf-8", words, "csv")


def export_xlsx() -> ResponseReturnValue:
    """Send the numbers of the page as a workbook."""
    words = _words(_report(school_id()))
    return _file(as_xlsx(words), _XLSX, words, "xlsx")


def _school_page() -> SchoolPage:
    staff = current_staff()
    return SchoolPage(
        title=staff.school or "",
        lang=current_language(),
        staff=staff,
        report=_words(_report(school_id())),
        today=date_words(clock().today()),
    )


def _report(of_school: int | None) -> Report:
    with current_database().reading() as tx:
        return report_of(
            tx,
            of_school,
            current_content().modules,
            school_year(clock().today()),
            _asked_year(),
        )


def _words(report: Report) -> ReportWords:
    return in_words(report, current_language(), clock().today())


def _asked_year() -> int:
    """Return the school year that the address asks for, the present one without."""
    typed = request.args.get("year", "")
    return int(typed) if _YEAR.fullmatch(typed) else school_year(clock().today())


def _file(content: bytes, kind: str, words: ReportWords, ending: str) -> Response:
    name = f"mijn-beeld-{words.year}-{words.year + 1}.{ending}"
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
