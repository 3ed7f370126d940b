"""Records of every kind <-> the cells of their files, as they are kept, compared and edited one at a time."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from faq.cells import Wrong
from faq.problems import Problem, shown
from faq.references import Registers, read_cell
from faq.schemas import Finding, Schema

T = TypeVar("T")

Cells = Mapping[str, str]
"""The text of each cell by its column's heading."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """What became of one cell of a record; empty where it had, or has, no value."""

    column: str
    before: str
    after: str


def cells_of(schema: Schema[T], record: T) -> dict[str, str]:
    """The cells of a record, every column in the order of the file; empty where there is no value."""
    return {column.name: column.write(record) for column in schema.columns}


def record_of(schema: Schema[T], cells: Cells, known: Registers | None = None) -> T | tuple[Problem, ...]:
    """The record, or all that has to be mended, without a line: the one row is before who wrote it.

    A column that is not among the cells is empty, and a cell of no column is left alone, so that what an earlier or
    later version of the program wrote can be read. What is referred to has to be in `known`, where that has its
    register.
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for column in schema.columns:
        cell = cells.get(column.name, "")
        value = read_cell(column, cell, known or {})
        if isinstance(value, Wrong):
            problems.append(Problem(0, column.name, shown(cell), value.reason))
        values[column.field] = value
    if problems:
        return tuple(problems)
    built = schema.build(values)
    return tuple(_at(cells, each) for each in built) if isinstance(built, list) else built


def differences(schema: Schema[T], before: Cells | None, after: Cells | None) -> tuple[CellChange, ...]:
    """The cells that became others, in the order of the columns; those of a column that is no more come last."""
    was, becomes = before or {}, after or {}
    names = dict.fromkeys((*(column.name for column in schema.columns), *was, *becomes))
    both = (CellChange(name, was.get(name, ""), becomes.get(name, "")) for name in names)
    return tuple(each for each in both if each.before != each.after)


def fingerprint(schema: Schema[T], record: T) -> str:
    """What tells a record from the same one changed, short enough for a form: 32 letters."""
    text = json.dumps(cells_of(schema, record), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _at(cells: Cells, finding: Finding) -> Problem:
    return Problem(0, finding.column, shown(cells.get(finding.column, "")), finding.reason)
