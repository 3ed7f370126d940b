"""Tables that staff take away: CSV and Excel, in which no cell can run as a formula. The one importer of xlsxwriter."""

import io
from collections.abc import Sequence
from typing import Final

from faq.guard import delimited, guarded
from web.tables import Table

Rows = Sequence[Sequence[str]]
"""The heading first."""

_WIDEST: Final = 40
"""Letters of a column; longer cells are wrapped."""
_LONGEST_TITLE: Final = 31
"""Letters that Excel takes for the name of a sheet."""


def as_csv(rows: Rows) -> bytes:
    """In UTF-8 with its mark, by which alone Excel knows it, and CRLF."""
    return "".join(delimited(row, ",") for row in rows).encode("utf-8-sig")


def as_workbook(title: str, rows: Rows) -> bytes:
    """One sheet of text cells, for A4 across, with the heading on each page."""
    import xlsxwriter  # slow to load, and seldom needed

    file = io.BytesIO()
    nothing_guessed = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, {"in_memory": True, **nothing_guessed}) as book:
        head = book.add_format({"bold": True, "border": 1, "text_wrap": True})
        text = book.add_format({"num_format": "@", "border": 1, "text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(title)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, guarded(cell), text if at else head)
        for column, cells in enumerate(zip(*rows, strict=True)):
            sheet.set_column(column, column, min(max(map(_width, cells)) + 2, _WIDEST))
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
    return file.getvalue()


def as_book(tables: Sequence[Table]) -> bytes:
    """A workbook with a sheet a table, upright on A4; numbers are numbers, all else is text."""
    import xlsxwriter  # slow to load, and seldom needed

    file = io.BytesIO()
    nothing_guessed = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, {"in_memory": True, **nothing_guessed}) as book:
        cell = {"border": 1, "text_wrap": True, "valign": "top"}
        head, text = book.add_format({**cell, "bold": True}), book.add_format({**cell, "num_format": "@"})
        counted = book.add_format({**cell, "num_format": "#,##0"})
        for table in tables:
            sheet = book.add_worksheet(table.title[:_LONGEST_TITLE])
            sheet.write_row(0, 0, [guarded(each) for each in table.heading], head)
            for at, row in enumerate(table.rows, start=1):
                for column, value in enumerate(row):
                    if column >= table.words and value.isascii() and value.isdigit():
                        sheet.write_number(at, column, int(value), counted)
                    else:
                        sheet.write_string(at, column, guarded(value), text)
            for column, cells in enumerate(zip(table.heading, *table.rows, strict=True)):
                sheet.set_column(column, column, min(max(map(_width, cells)) + 2, _WIDEST))
            sheet.repeat_rows(0)
            sheet.set_paper(9)  # A4
            sheet.fit_to_pages(1, 0)
    return file.getvalue()


def _width(cell: str) -> int:
    """Japanese letters take two places."""
    return sum(1 if letter.isascii() else 2 for letter in cell)
