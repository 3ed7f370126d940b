"""What can be chosen in the fields of a record: the records that it may name, and what others of its kind say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from faq.schemas import Column, Schema
from store import danger_texts, knowledge, places, searching
from store.db import Tx
from web.section_names import section_names

Pairs = Sequence[tuple[str, str]]
"""Values with what people read."""

SHORT: Final = 200
"""Letters of a text of which others' values are worth suggesting."""
_TYPED: Final = ("faq", "counters", "danger-lines")
"""What a column names by text that is typed, since there may be more than one looks through."""
MOST_ENTRIES: Final = 1_000
"""More entries are not sent along with a page; their id is typed."""


@dataclass(frozen=True, slots=True)
class Choices:
    """By the heading of the column."""

    named: Mapping[str, Pairs]
    """Records that the column names."""
    suggested: Mapping[str, Pairs]
    """What may be typed, among others."""

    def word_of(self, column: str, cell: str) -> str:
        """What people call the record that a cell names; empty where it names none."""
        return next((shown for value, shown in self.named.get(column, ()) if value == cell), "")


def names_of(tx: Tx, schema: Schema[Any]) -> Choices:
    """What the records are called that a kind names; nothing is suggested."""
    named = {
        column.name: _named(tx, column.refers_to)
        for column in schema.columns
        if column.refers_to and column.refers_to not in _TYPED
    }
    return Choices(MappingProxyType(named), MappingProxyType({}))


def choices_of(tx: Tx, schema: Schema[Any]) -> Choices:
    """What the fields of a kind offer."""
    suggested = {
        column.name: _suggested(tx, schema, column) for column in schema.columns if _is_short(column)
    }
    typed = {
        column.name: _named(tx, column.refers_to) for column in schema.columns if column.refers_to in _TYPED
    }
    return replace(names_of(tx, schema), suggested=MappingProxyType(suggested | typed))


def _is_short(column: Column) -> bool:
    return 0 < column.type.limit <= SHORT and not column.type.several


def _suggested(tx: Tx, schema: Schema[Any], column: Column) -> Pairs:
    if column.field == "section" and not column.refers_to:
        names = dict.fromkeys([*_section_words(tx), *searching.values_of(tx, schema.name, column.field)])
    else:
        names = dict.fromkeys(searching.values_of(tx, schema.name, column.field.rpartition(".")[2]))
    return [(name, "") for name in names]


def _section_words(tx: Tx) -> list[str]:
    return [each.name for each in places.all_sections(tx)]


def _named(tx: Tx, register: str) -> Pairs:
    match register:
        case "offices":
            return [(office.id, office.name) for office in places.all_offices(tx)]
        case "sections":
            return list(section_names(tx).items())
        case "programmes":
            return [(programme.id, programme.name) for programme in places.all_programmes(tx)]
        case "danger-lines":
            return [(line.id, line.name) for line in danger_texts.all_lines(tx)]
        case "counters":
            return _counters(tx)
        case "faq" if searching.counts(tx)["faq"] <= MOST_ENTRIES:
            return [(entry.id, entry.question) for entry in knowledge.all_entries(tx)]
        case _:
            return []


def _counters(tx: Tx) -> Pairs:
    """Kinds of office, then offices."""
    offices = places.all_offices(tx)
    kinds = dict.fromkeys(office.kind for office in offices if office.kind)
    return [*((kind, "") for kind in kinds), *((office.id, office.name) for office in offices)]
