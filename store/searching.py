"""Records of any kind, searched and filtered, a page at a time."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa

from faq.kinds import KINDS
from faq.models import Status
from store import knowledge
from store.db import Tx
from store.keeping import Kept

PAGE: Final = 50
MOST_VALUES: Final = 100
"""As many values are suggested or offered to choose from; a list that is longer helps nobody."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records are looked for; what is empty, None or false is any."""

    text: str = ""
    """Words that all stand somewhere in the record, in any case."""
    section: str = ""
    """As the records name it: an id, or with entries and procedures a name."""
    status: Status | None = None
    is_past: bool = False
    """Only those past their `valid_until`."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the records that were looked for, by their key, and how many there are in all."""

    records: tuple[Any, ...]
    total: int


_KEPT: Final[Mapping[str, Kept]] = MappingProxyType({kept.kind: kept for kept in knowledge.KEPT.values()})
_OWN: Final = ("tokens", "analyzer_version", "fingerprint")
"""Columns that the store keeps for itself."""


def counts(tx: Tx) -> dict[str, int]:
    """How many records of each kind there are."""
    each = [
        sa.select(sa.func.count()).select_from(_KEPT[kind].table).scalar_subquery().label(kind)
        for kind in KINDS
    ]
    row = tx.connection.execute(sa.select(*each)).one()
    return dict(zip(KINDS, row, strict=True))


def listed(tx: Tx, kind: str, wanted: Wanted, today: date, page: int = 0) -> Listed:
    """The records that are wanted; `page` counts from 0."""
    kept = _KEPT[kind]
    which = sa.and_(sa.true(), *_conditions(kept.table, wanted, today))
    total = tx.connection.scalar(sa.select(sa.func.count()).select_from(kept.table).where(which))
    some = _ordered(kept.table, which).limit(PAGE).offset(page * PAGE)
    return Listed(tuple(kept.parse(dict(row)) for row in tx.connection.execute(some).mappings()), total or 0)


def matching(tx: Tx, kind: str, wanted: Wanted, today: date) -> tuple[Any, ...]:
    """All of them, for a file."""
    kept = _KEPT[kind]
    found = _ordered(kept.table, sa.and_(sa.true(), *_conditions(kept.table, wanted, today)))
    return tuple(kept.parse(dict(row)) for row in tx.connection.execute(found).mappings())


def values_of(tx: Tx, kind: str, field: str) -> tuple[str, ...]:
    """What stands in a field of text, without repetition; nothing where there is more than people look through."""
    table = _KEPT[kind].table
    if field not in table.c or not isinstance(table.c[field].type, sa.String):
        return ()
    column = table.c[field]
    some = sa.select(column).where(column.is_not(None), column != "").distinct().order_by(column)
    found = tuple(tx.connection.scalars(some.limit(MOST_VALUES + 1)))
    return found if len(found) <= MOST_VALUES else ()


def _ordered(table: sa.Table, which: sa.ColumnElement[bool]) -> sa.Select[Any]:
    columns = [column for column in table.columns if column.name not in _OWN]
    return sa.select(*columns).where(which).order_by(*table.primary_key.columns)


def _conditions(table: sa.Table, wanted: Wanted, today: date) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    for word in wanted.text.split():
        found.append(sa.or_(*(_holds(column, word) for column in _searched(table))))
    if wanted.section and "section" in table.c:
        found.append(table.c.section == wanted.section)
    if wanted.status is not None and "status" in table.c:
        found.append(table.c.status == wanted.status.value)
    if wanted.is_past and "valid_until" in table.c:
        found.append(table.c.valid_until < today)
    return found


def _searched(table: sa.Table) -> list[sa.ColumnElement[Any]]:
    return [
        column
        for column in table.columns
        if column.name not in _OWN and isinstance(column.type, sa.String | sa.JSON)
    ]


def _holds(column: sa.ColumnElement[Any], word: str) -> sa.ColumnElement[bool]:
    if isinstance(column.type, sa.JSON):
        # Lists are kept as JSON, in which a letter beyond ASCII stands as its escape.
        column, word = sa.cast(column, sa.Text), json.dumps(word)[1:-1]
    return sa.func.lower(column).contains(word.lower(), autoescape=True)
