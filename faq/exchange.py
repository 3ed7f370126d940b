"""Files from staff -> records of `faq.models`, all of them or none."""

import dataclasses
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from faq.cells import Special, Wrong, plain, tidy
from faq.files import Row, Sheet, load, sheet_of
from faq.kinds import KINDS
from faq.problems import Problem, Refused, of_file, shown
from faq.references import Registers, read_cell
from faq.schemas import Column, Finding, Schema, apart
from faq.sentences import Fault

T = TypeVar("T")
_SIMILAR: Final = 60.0
"""From which similarity, of 100, a heading is taken for a misspelling of another."""


@dataclass(frozen=True, slots=True)
class Records(Generic[T]):
    """What a file without a fault holds."""

    records: tuple[T, ...]
    notes: tuple[str, ...]
    """What staff should be told all the same, in Japanese."""
    lines: tuple[int, ...] = dataclasses.field(default=(), compare=False)
    """Where each record stands."""


@dataclass(frozen=True, slots=True)
class _Heading:
    columns: tuple[Column | str, ...]
    """What each cell of a row is; only the heading's text where it names no column, or one a second time."""
    absent: tuple[Column, ...]
    """Late columns that the file does not have."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    row: Row
    values: dict[str, Any]
    """By field; only what could be read."""
    problems: tuple[Problem, ...]


def read(schema: Schema[T], path: Path, known: Registers | None = None) -> Records[T] | Refused:
    """The records of a CSV, TSV, JSON or Excel file; the content, not the name, tells which it is.

    A column that refers to a register in `known` may name only what is in it. Whatever is wrong with the file,
    up to its not being there, is in the result; nothing is raised.
    """
    data = load(path)
    return Refused.because([data]) if isinstance(data, Problem) else parse(schema, data, known)


def parse(schema: Schema[T], data: bytes, known: Registers | None = None) -> Records[T] | Refused:
    """The same from bytes, such as an upload."""
    sheet = sheet_of(data)
    if isinstance(sheet, Problem):
        return Refused.because([sheet])
    if found := _other_kind(schema, sheet):
        return Refused.because([of_file(Fault.OTHER_KIND.format(found=found, given=schema.name))])
    heading = _heading(schema, sheet)
    registers = _with_own(schema, heading, sheet, known or {})
    lines = [_line(heading, row, registers) for row in sheet.rows]
    problems = [*sheet.problems, *heading.problems, *(problem for line in lines for problem in line.problems)]
    problems += [*_same_keys(schema, lines), *_same_phrasings(schema, lines)]
    records: list[T] = []
    numbers: list[int] = []
    for line in lines if not heading.problems else ():
        if not line.problems:
            built = schema.build(line.values)
            if isinstance(built, list):
                problems += [_at(schema, line, finding) for finding in built]
            else:
                records.append(built)
                numbers.append(line.row.line)
    return Refused.because(problems) if problems else Records(tuple(records), sheet.notes, tuple(numbers))


# The heading ---------------------------------------------------------------------------------------


def _names(heading: Row) -> list[str]:
    names = [plain(_text(cell)) for cell in heading.cells]
    while names and not names[-1]:
        names.pop()
    return names


def _other_kind(schema: Schema[T], sheet: Sheet) -> str | None:
    """The kind whose columns the file has, where that is another than was meant."""
    names = set(_names(sheet.heading)) if sheet.heading else set()
    if names == {column.name for column in schema.columns}:
        return None
    return next(
        (kind for kind, other in KINDS.items() if names == {each.name for each in other.columns}), None
    )


def _heading(schema: Schema[T], sheet: Sheet) -> _Heading:
    if sheet.heading is None:
        return _Heading(schema.columns, (), ())
    line = sheet.heading.line
    names = _names(sheet.heading)
    by_name = {column.name: column for column in schema.columns}
    missing = [name for name, column in by_name.items() if name not in names and not column.late]
    problems = [Problem(line, name, "", Fault.MISSING_COLUMN) for name in missing]
    columns: list[Column | str] = []
    for name in names:
        column = by_name.get(name, name)
        if column and column in columns:
            problems.append(Problem(line, shown(name), "", Fault.DOUBLE_COLUMN))
            column = name
        elif name and name not in by_name:
            problems.append(Problem(line, shown(name), "", _unknown(name, missing, list(by_name))))
        columns.append(column)
    absent = tuple(column for name, column in by_name.items() if column.late and name not in names)
    return _Heading(tuple(columns), absent, tuple(problems))


def _unknown(name: str, missing: Sequence[str], allowed: Sequence[str]) -> str:
    from rapidfuzz import process

    guess = process.extractOne(name.casefold(), missing, score_cutoff=_SIMILAR)
    if guess:
        return Fault.DID_YOU_MEAN.format(guess=guess[0])
    return Fault.UNKNOWN_COLUMN.format(allowed="、".join(allowed))


def _with_own(schema: Schema[T], heading: _Heading, sheet: Sheet, known: Registers) -> Registers:
    """The registers with the file's own names: a row may name one that comes with it."""
    if schema.name not in known or not any(column.refers_to == schema.name for column in schema.columns):
        return known
    key = next(column for column in schema.columns if column.field == schema.key[0])
    if key not in heading.columns:
        return known
    place, register = heading.columns.index(key), known[schema.name]
    own = {plain(_text(row.cells[place])) for row in sheet.rows if place < len(row.cells)}
    return {**known, schema.name: replace(register, names=register.names | own)}


# A row ---------------------------------------------------------------------------------------------


def _line(heading: _Heading, row: Row, known: Registers) -> _Line:
    cells, width = list(row.cells), len(heading.columns)
    while len(cells) > width and cells[-1] == "":
        cells.pop()
    absent = heading.columns[len(cells) :]
    if len(cells) > width or any(isinstance(column, Column) and column.required for column in absent):
        reason = Fault.WRONG_WIDTH.format(expected=width, found=len(cells))
        return _Line(row, {}, (Problem(row.line, "", "", reason),))
    # Excel leaves off empty cells at the end of a line when it writes text.
    cells += [""] * len(absent)
    values: dict[str, Any] = {column.field: column.type.empty for column in heading.absent}
    problems: list[Problem] = []
    for position, (column, cell) in enumerate(zip(heading.columns, cells, strict=True), start=1):
        if isinstance(column, str):
            problems += _beside(row, position, cell) if not column else ()
            continue
        value = read_cell(column, cell, known)
        if isinstance(value, Wrong):
            problems.append(Problem(row.line, column.name, shown(_text(cell)), value.reason))
        else:
            values[column.field] = value
    return _Line(row, values, tuple(problems))


def _beside(row: Row, position: int, cell: str | Special) -> Iterator[Problem]:
    """A value under no heading."""
    text = _text(cell)
    if tidy(text):
        yield Problem(row.line, "", shown(text), Fault.UNNAMED_COLUMN.format(position=position))


def _text(cell: str | Special) -> str:
    return cell.text if isinstance(cell, Special) else cell


def _at(schema: Schema[T], line: _Line, finding: Finding) -> Problem:
    column = schema.column(finding.column)
    value = line.values[column.field]
    written = "" if value is None else column.type.write(value)
    return Problem(line.row.line, column.name, shown(written), finding.reason)


# Between rows --------------------------------------------------------------------------------------


def _same_keys(schema: Schema[T], lines: Sequence[_Line]) -> Iterator[Problem]:
    column = next(column for column in schema.columns if column.field == schema.key[0])
    first: dict[tuple[object, ...], _Line] = {}
    for line in lines:
        if any(field not in line.values for field in schema.key):
            continue
        key = tuple(apart(line.values[field]) for field in schema.key)
        before = first.setdefault(key, line)
        if before is not line:
            reason = Fault.DUPLICATE.format(first=before.row.line, second=line.row.line)
            yield Problem(
                line.row.line, column.name, shown(column.type.write(line.values[column.field])), reason
            )


def _same_phrasings(schema: Schema[T], lines: Sequence[_Line]) -> Iterator[Problem]:
    names = {column.field: column.name for column in schema.columns}
    first: dict[str, _Line] = {}
    for line in lines:
        for field in schema.distinct:
            found = line.values.get(field, ())
            for phrasing in (found,) if isinstance(found, str) else found:
                before = first.setdefault(folded(phrasing), line)
                if before is not line:
                    owner = str(before.values.get(schema.key[0], ""))
                    reason = Fault.DOUBLE_PHRASING.format(first=before.row.line, id=owner)
                    yield Problem(line.row.line, names[field], shown(phrasing), reason)


def folded(phrasing: str) -> str:
    """The phrasing as far as a search can tell it from another."""
    return "".join(unicodedata.normalize("NFKC", phrasing).casefold().split())
