"""Excel workbooks (.xlsx) -> rows, and rows -> workbooks whose every cell is text.

The one importer of openpyxl, and imported only when a workbook is read or written: it is slow to load.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

import openpyxl
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from faq.cells import Cell, Form, Special
from faq.files import LARGEST, MEGABYTE, MOST_CELLS, Row, Sheet, table, too_many_cells
from faq.guard import unguarded
from faq.problems import Problem, of_file
from faq.sentences import Fault, Notice

_LARGEST_UNPACKED: Final = 8 * LARGEST
"""A workbook packs well; one that unpacks to more than this is not a table from staff."""
_MOST_TAGS: Final = 6_000_000
"""Of a part: each cell has two to six, and openpyxl holds those of a row all at once."""
_CHUNK: Final = 1 << 20
_ESCAPED: Final = re.compile("_x(005F|000D)_")
_TO_ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""Excel writes a letter that XML cannot hold as _xHHHH_ (ECMA-376, 22.9.2.19 ST_Xstring)."""


def sheet_of_workbook(data: bytes) -> Sheet | Problem:
    """The first visible sheet; formulas and error values are kept as such for the reader to refuse."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
            if size > _LARGEST_UNPACKED:
                limit = _LARGEST_UNPACKED // MEGABYTE
                return of_file(Fault.BOOK_TOO_LARGE.format(size=-(-size // MEGABYTE), limit=limit))
            if any(_tags(archive, part) > _MOST_TAGS for part in archive.infolist()):
                return too_many_cells()
        with warnings.catch_warnings():
            # openpyxl warns of features that it drops (validation lists and the like): no matter to a reader.
            warnings.simplefilter("ignore")
            return _first_sheet(data)
    except Exception:  # noqa: BLE001 -- a damaged workbook makes openpyxl, zlib and the XML parser raise at will
        return of_file(Fault.NOT_A_WORKBOOK)


def _tags(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """How many tags begin in a part, whatever it is called; a picture has few of these letters."""
    with archive.open(part) as file:
        return sum(chunk.count(b"<") for chunk in iter(lambda: file.read(_CHUNK), b""))


def _first_sheet(data: bytes) -> Sheet | Problem:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    try:
        sheets = book.worksheets
        if not sheets:
            return of_file(Fault.NO_SHEET)
        used = next((sheet for sheet in sheets if sheet.sheet_state == "visible"), sheets[0])
        used.reset_dimensions()  # what the file says of its size is not always true
        rows = _rows(used.iter_rows())
        if isinstance(rows, Problem):
            return rows
        several = Notice.SEVERAL_SHEETS.format(count=len(sheets), used=used.title)
        return _rectangular(table(rows, notes=(several,) if len(sheets) > 1 else ()))
    finally:
        book.close()


def _rows(sheet: Iterable[Sequence[object]]) -> list[Row] | Problem:
    """Those that hold something. What is left out in the file comes as empty: a row may be a million rows down, and
    a cell at the far end of each row; of a text that is kept once, any number of cells may be."""
    rows: list[Row] = []
    cells_seen = letters = 0
    for line, cells in enumerate(sheet, start=1):
        cells_seen += max(1, len(cells))
        letters += sum(len(value) for cell in cells if isinstance(value := getattr(cell, "value", None), str))
        if cells_seen > MOST_CELLS or letters > LARGEST:
            return too_many_cells()
        row = Row(line, tuple(map(_cell, cells)))
        if not row.is_blank():
            rows.append(row)
    return rows


def _rectangular(sheet: Sheet | Problem) -> Sheet | Problem:
    """A row in the file ends with its last cell; the table goes on to the last heading."""
    if isinstance(sheet, Problem) or sheet.heading is None:
        return sheet
    width = len(sheet.heading.cells)
    rows = (Row(row.line, row.cells + ("",) * (width - len(row.cells))) for row in sheet.rows)
    return replace(sheet, rows=tuple(rows))


def _cell(cell: object) -> Cell:
    value, kind = getattr(cell, "value", None), getattr(cell, "data_type", "n")
    if kind == "f":
        return Special(str(getattr(value, "text", value)), Form.FORMULA)
    if kind == "e":
        return Special(str(value), Form.ERROR)
    match value:
        case None:
            return ""
        case str():
            return unguarded(_ESCAPED.sub(lambda found: "_" if found[1] == "005F" else "\r", value))
        case bool():
            return str(value).upper()
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return Special(value.date().isoformat(), Form.DATE)
        case date():
            return Special(str(value), Form.DATE)
        case time():
            return _clock(timedelta(hours=value.hour, minutes=value.minute, seconds=value.second))
        case timedelta():
            return _clock(value)
        case _:
            return str(value)


def _clock(since_midnight: timedelta) -> Special:
    """A time as it is shown; Excel keeps a fraction of a day, and 25:00 is more than one."""
    minutes, seconds = divmod(round(since_midnight.total_seconds()), 60)
    return Special(f"{minutes // 60}:{minutes % 60:02}:{seconds:02}", Form.TIME)


def write_workbook(path: Path, title: str, rows: Iterable[Sequence[str]]) -> None:
    """Rows of text to a file; the first row stays in view. Nothing is left for Excel to guess at."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append(list(_text_cells(sheet, row)))
    book.save(path)


def _text_cells(sheet: WriteOnlyWorksheet, row: Sequence[str]) -> Iterator[SheetCell]:
    for text in row:
        cell = WriteOnlyCell(sheet, _TO_ESCAPE.sub("_x005F_", text))
        cell.data_type = "s"  # openpyxl takes "=..." for a formula and "#N/A" for an error
        cell.number_format = "@"
        yield cell
