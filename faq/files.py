"""Files from staff, of any dialect -> rows of cells with the numbers of their lines.

The dialect is told by the content; the name of the file decides nothing. sqlite-utils reads rows as
dictionaries: line numbers, doubled headings and short rows are lost there, and those are what staff need
to be told, so text goes through `csv` and `json` themselves, Excel through openpyxl (`faq.workbooks`).
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from faq.cells import Cell, Form, Special
from faq.decoding import decode, lost_letters
from faq.guard import unguarded
from faq.problems import Problem, of_file
from faq.sentences import Fault, Notice

MEGABYTE: Final = 1_000_000
LARGEST: Final = 50 * MEGABYTE
WIDEST: Final = 500
"""Columns; no kind of ours has a tenth of it."""
MOST_CELLS: Final = 2_000_000
"""Of a table, as wide as its heading: a small file can spell out a table that no memory holds."""
_BLANK: Final = re.compile(r"\s*")
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Excel before 2007, and today's Excel under a password."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one record, and the line where it begins."""

    line: int
    cells: tuple[Cell, ...]

    def is_blank(self) -> bool:
        """Whether no cell holds anything but spaces."""
        return all(isinstance(cell, str) and not cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The table in a file."""

    heading: Row | None
    """None for a list of no objects, which is JSON's empty table."""
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def load(path: Path) -> bytes | Problem:
    """The bytes of a file, unless it is no file, too large or not to be opened."""
    try:
        if not path.exists():
            return of_file(Fault.NO_FILE)
        if not path.is_file():
            return of_file(Fault.A_DIRECTORY if path.is_dir() else Fault.NOT_A_FILE)
        size = path.stat().st_size
        return _too_large(size) if size > LARGEST else path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        return of_file(Fault.NOT_READABLE.format(error=getattr(error, "strerror", None) or error))


def sheet_of(data: bytes) -> Sheet | Problem:
    """The table in the bytes of an Excel, JSON, CSV or TSV file."""
    if len(data) > LARGEST:
        return _too_large(len(data))
    if data.startswith(_ZIP):
        from faq.workbooks import sheet_of_workbook

        return sheet_of_workbook(data)
    if data.startswith(_OLE):
        return of_file(Fault.OLD_EXCEL)
    text = decode(data)
    if isinstance(text, Problem):
        return text
    if text.lstrip()[:1] in ("[", "{"):
        return _of_json(text)
    lost = lost_letters(data, text)
    return _of_lines(text, (Notice.LOST_LETTERS.format(count=lost),) if lost else ())


def _too_large(size: int) -> Problem:
    return of_file(Fault.TOO_LARGE.format(size=-(-size // MEGABYTE), limit=LARGEST // MEGABYTE))


def too_many_cells() -> Problem:
    """Says that a table is beyond `WIDEST` or `MOST_CELLS`."""
    return of_file(Fault.TOO_MANY_CELLS.format(columns=WIDEST, cells=MOST_CELLS // 10_000))


def is_beyond(columns: int, rows: int) -> bool:
    """Whether a table of that size is not to be made."""
    return columns > WIDEST or columns * rows > MOST_CELLS


def table(
    rows: list[Row], notes: tuple[str, ...] = (), problems: tuple[Problem, ...] = ()
) -> Sheet | Problem:
    """The rows that hold something, the first of them as the heading."""
    filled = [row for row in rows if not row.is_blank()]
    if not filled:
        return problems[0] if problems else of_file(Fault.EMPTY_FILE)
    heading = Row(filled[0].line, filled[0].cells[: _width(filled[0])])
    if is_beyond(len(heading.cells), len(filled)):
        return too_many_cells()
    if len(filled) == 1 and not problems:
        notes = (*notes, Notice.NO_ROWS)
    return Sheet(heading, tuple(filled[1:]), notes, problems)


def _width(row: Row) -> int:
    """Up to the last cell that holds something."""
    return max((place for place, cell in enumerate(row.cells, start=1) if cell != ""), default=0)


def _of_lines(text: str, notes: tuple[str, ...]) -> Sheet | Problem:
    heading = text.lstrip().partition("\n")[0]
    delimiter = "\t" if heading.count("\t") > heading.count(",") else ","
    # csv counts the lines that it has taken, so a record begins one after the last of the record before.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    begins = 1
    limit = csv.field_size_limit(LARGEST)
    try:
        for cells in reader:
            rows.append(Row(begins, tuple(map(unguarded, cells))))
            begins = reader.line_num + 1
    except csv.Error:
        return table(rows, problems=(Problem(begins, "", "", Fault.OPEN_QUOTE),))
    finally:
        csv.field_size_limit(limit)
    return table(rows, notes)


def _of_json(text: str) -> Sheet | Problem:
    columns: dict[str, None] = {}
    objects: list[tuple[int, dict[str, Cell]]] = []
    problems: list[Problem] = []
    for line, found in _objects(text):
        if isinstance(found, dict):
            cells = {str(name): _json_cell(value) for name, value in found.items()}
            columns.update(dict.fromkeys(cells))
            objects.append((line, cells))
        else:
            problems.append(Problem(line, "", "", found))
    if is_beyond(len(columns), len(objects)):
        return too_many_cells()
    heading = Row(1, tuple(columns)) if objects else None
    rows = tuple(Row(line, tuple(cells.get(name, "") for name in columns)) for line, cells in objects)
    notes = () if objects or problems else (Notice.NO_ROWS,)
    return Sheet(heading, rows, notes, tuple(problems))


def _objects(text: str) -> Iterator[tuple[int, dict[str, object] | Fault]]:
    """Each object of a JSON list, or what stands in its place, with its line."""
    # Numbers stay as they are written: 0.10 is not for us to round.
    decoder = json.JSONDecoder(
        parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_object_of
    )
    at, line, counted = _skip(text, 0), 1, 0
    if text[at] != "[":
        yield 1, Fault.NOT_A_LIST
        return
    at = _skip(text, at + 1)
    while text[at : at + 1] != "]":
        line, counted = line + text.count("\n", counted, at), at
        try:
            found, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            yield line + text.count("\n", counted, getattr(error, "pos", at)), Fault.BAD_JSON
            return
        yield line, found if isinstance(found, dict | Fault) else Fault.NOT_AN_OBJECT
        at = _skip(text, at)
        more = _skip(text, at + 1) if text[at : at + 1] == "," else at
        if (more == at) != (text[more : more + 1] == "]"):
            yield line + text.count("\n", counted, more), Fault.BAD_JSON
            return
        at = more
    after = _skip(text, at + 1)
    if after < len(text):
        yield line + text.count("\n", counted, after), Fault.BAD_JSON


def _object_of(pairs: list[tuple[str, object]]) -> dict[str, object] | Fault:
    found = dict(pairs)
    return found if len(found) == len(pairs) else Fault.DOUBLE_KEY


def _skip(text: str, at: int) -> int:
    """The place of the next letter that is not blank."""
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _json_cell(value: object) -> Cell:
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case str():
            return value
        case list() if all(isinstance(item, str) for item in value):
            return "|".join(value)
        case _:
            return Special("", Form.NESTED)
