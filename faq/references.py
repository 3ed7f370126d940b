"""What a row of a file may name: the registers of ids, and what is said of a name that is in none."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Final

from faq.cells import Cell, Wrong
from faq.holdings import Holdings
from faq.schemas import Column
from faq.sentences import Fault


@dataclass(frozen=True, slots=True)
class Register:
    """The names that exist, for the columns that refer to them."""

    names: Set[str]
    reason: str
    """What is said of any other; may hold {value}."""

    def missing(self, value: object) -> str | None:
        """The first name in a cell's value, a name or several, that does not exist."""
        named = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
        return next((name for name in named if name not in self.names), None)

    def why_not(self, name: str) -> str:
        """What is said of a name that does not exist."""
        return self.reason.format(value=name)


Registers = Mapping[str, Register]
"""By the word in `Column.refers_to`."""


def read_cell(column: Column, cell: Cell, known: Registers) -> object | Wrong:
    """The value of a cell, where what it names exists; else why there is none."""
    value = column.parse(cell)
    register = known.get(column.refers_to)
    missing = register.missing(value) if register else None
    return Wrong(register.why_not(missing)) if register and missing else value


_REASONS: Final = {
    "faq": Fault.UNKNOWN_REFERENCE,
    "offices": Fault.UNKNOWN_OFFICE,
    "sections": Fault.UNKNOWN_SECTION,
    "programmes": Fault.UNKNOWN_PROGRAMME,
    "danger-lines": Fault.UNKNOWN_LINE,
}


def registers(holdings: Holdings) -> Registers:
    """The ids of each kind that is referred to; `counters` are offices and kinds of office."""
    found = {
        kind: Register(frozenset(record.id for record in holdings.of(kind)), reason)
        for kind, reason in _REASONS.items()
    }
    office_kinds = list(dict.fromkeys(office.kind for office in holdings.offices if office.kind))
    unknown = Fault.UNKNOWN_COUNTER.replace("{allowed}", "、".join(office_kinds))
    return found | {"counters": Register(found["offices"].names | set(office_kinds), unknown)}
