"""The numbers of a report as files: what the page shows, and nothing that it does not.

No cell can become a formula: numbers are numbers, and a text that a spreadsheet would work out is
written as text.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from xlsxwriter import Workbook

if TYPE_CHECKING:
    from eduapp.school.report_words import OutcomeBlock, ReportWords

_Cell = str | int
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def as_csv(words: ReportWords) -> bytes:
    """Return the tables below each other, for a spreadsheet; with a mark for its encoding."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    for title, rows in _tables(words):
        writer.writerow([_plain(title)])
        writer.writerows([_plain(cell) for cell in row] for row in rows)
        writer.writerow([])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(words: ReportWords) -> bytes:
    """Return a workbook with a sheet for each table."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as workbook:
        bold = workbook.add_format({"bold": True, "text_wrap": True})
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        for title, rows in _tables(words):
            sheet = workbook.add_worksheet(title[:31])
            sheet.set_column(0, 0, 28)
            sheet.set_column(1, 2, 48)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    style = wrapped if number else bold
                    if isinstance(cell, int):
                        sheet.write_number(number, column, cell, style)
                    else:
                        sheet.write_string(number, column, cell, style)
    return file.getvalue()


def _tables(words: ReportWords) -> tuple[tuple[str, list[list[_Cell]]], ...]:
    reach: list[list[_Cell]] = [[_("Lesson"), *words.grades]]
    reach += [[line.module, *line.lessons] for line in words.reach]
    head: list[_Cell] = [
        _("Lesson"),
        _("Question"),
        _("Answer"),
        _("Right"),
        _("When"),
        _("Per cent"),
        _("More or less"),
        _("Rests on"),
    ]
    return (
        (_("Lessons given"), reach),
        (_("Knowledge"), [head, *_rows(words.knowledge)]),
        (_("How we think"), [head, *_rows(words.opinions)]),
    )


def _rows(blocks: tuple[OutcomeBlock, ...]) -> list[list[_Cell]]:
    return [
        [
            block.module,
            block.question,
            line.option,
            _("yes") if line.is_right else "",
            share.text,
            share.value,
            share.off,
            block.basis,
        ]
        for block in blocks
        for line in block.table
        for share in line.shares
    ]


def _plain(cell: _Cell) -> _Cell:
    """Return a cell that no spreadsheet works out: a sign in front keeps a text a text."""
    if isinstance(cell, str) and cell.startswith(_FORMULA_SIGNS):
        return f"'{cell}"
    return cell
