"""How a kind of file is declared: its columns, and where each goes in a record of `faq.models`.

The kinds themselves are in `faq.kinds`. A column's `field` is the path of an attribute: `provenance.source`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from faq import cells
from faq.cells import CellType, Form, Special, Wrong
from faq.sentences import Fault

T = TypeVar("T")

_REFUSED_FORMS: Final = {
    Form.FORMULA: Fault.FORMULA,
    Form.ERROR: Fault.EXCEL_ERROR,
    Form.NESTED: Fault.NESTED,
    Form.DATE: Fault.BECAME_A_DATE,
    Form.TIME: Fault.BECAME_A_TIME,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file."""

    name: str
    field: str
    type: CellType[Any]
    required: bool = False
    """Whether each row needs a value. The column itself always has to be there."""
    refers_to: str = ""
    """What this column names, of the registers in `faq.references`."""
    late: bool = False
    """Whether files from before there was this column lack it; it is empty then."""

    def parse(self, cell: cells.Cell) -> object | Wrong:
        """The value of a cell, or why there is none."""
        if isinstance(cell, Special):
            if cell.form is not self.type.welcome:
                return Wrong(_REFUSED_FORMS[cell.form])
            cell = cell.text
        if not cells.tidy(cell):
            return Wrong(Fault.EMPTY) if self.required else self.type.empty
        return self.type.parse(cell)

    def write(self, record: object) -> str:
        """The cell for this column of a record; `field` is followed as far as there is something."""
        value = record
        for name in self.field.split("."):
            value = getattr(value, name) if value is not None else None
        return "" if value is None else self.type.write(value)


@dataclass(frozen=True, slots=True)
class Part:
    """A record within the record, made of several columns."""

    field: str
    record: Callable[..., object]
    whole: bool = False
    """Given as a whole or not at all; else every column stands for itself."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong between the columns of one row."""

    column: str
    reason: str


def apart(value: object) -> object:
    """What a key's value tells a record apart by: of several words the first."""
    return value[0] if isinstance(value, tuple) else value


def _nothing(_: object) -> Iterable[Finding]:
    return ()


@dataclass(frozen=True, slots=True)
class Schema(Generic[T]):
    """A kind of file: `columns` in the order in which they are written."""

    name: str
    record: Callable[..., T]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """The fields that together tell rows apart."""
    parts: tuple[Part, ...] = ()
    distinct: tuple[str, ...] = ()
    """The fields whose texts may not come back in another row."""
    check: Callable[[T], Iterable[Finding]] = _nothing
    may_be_empty: bool = False
    """Whether a file without a row, taken in with `--replace`, removes all: the last closure is over."""

    def key_of(self, record: T) -> tuple[object, ...]:
        """What tells a record apart from the others."""
        return tuple(apart(getattr(record, field)) for field in self.key)

    def name_of(self, record: T) -> str:
        """The same as staff know it, such as an ID; of several words the first, by which the store keeps them."""
        columns = (column for column in self.columns if column.field in self.key)
        return " ".join(self._called(column, record) for column in columns)

    def _called(self, column: Column, record: T) -> str:
        value = getattr(record, column.field)
        return str(apart(value)) if isinstance(value, tuple) else column.write(record)

    def column(self, name: str) -> Column:
        """The column of that heading."""
        return next(column for column in self.columns if column.name == name)

    def build(self, values: dict[str, Any]) -> T | list[Finding]:
        """The record of one row, from the values of its columns by field."""
        if halves := [finding for part in self.parts if part.whole for finding in self._halves(part, values)]:
            return halves
        fields = {field: value for field, value in values.items() if "." not in field}
        for part in self.parts:
            inner = {path.partition(".")[2]: values[path] for path in self._paths(part)}
            absent = part.whole and all(value is None for value in inner.values())
            fields[part.field] = None if absent else part.record(**inner)
        record = self.record(**fields)
        return list(self.check(record)) or record

    def _paths(self, part: Part) -> list[str]:
        return [column.field for column in self.columns if column.field.startswith(part.field + ".")]

    def _halves(self, part: Part, values: dict[str, Any]) -> Iterator[Finding]:
        empty = [path for path in self._paths(part) if values[path] is None]
        if len(empty) < len(self._paths(part)):
            names = {column.field: column.name for column in self.columns}
            yield from (Finding(names[path], Fault.HALF_PLACE) for path in empty)
