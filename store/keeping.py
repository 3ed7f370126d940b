"""How records of the knowledge are kept: rows of a table each, one version over all, and what came in.

Each change moves the version; every process compares it before a turn and takes up what is new.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa

from faq.changes import Change, Sort
from faq.kinds import KINDS
from faq.models import Place, Provenance, Status
from store.db import Tx
from store.inserting import unless_there
from store.tables import kinds, knowledge

Row = Mapping[str, Any]
Key = tuple[object, ...]
"""The values of the primary key, in the order of its columns."""

AT_ONCE = 500
"""Keys in one statement."""

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Kept:
    """How the records of one kind are kept."""

    kind: str
    """As the commands name it."""
    table: sa.Table
    key: Callable[[Any], Key]
    write: Callable[[Any], dict[str, Any]]
    parse: Callable[[Row], Any]


@dataclass(frozen=True, slots=True)
class Changes:
    """What an import did, counted in records."""

    new: int
    changed: int
    same: int
    removed: int


def claim(tx: Tx) -> None:
    """Keeps other imports waiting until this transaction ends, so that each is judged by what is there."""
    tx.connection.execute(sa.select(knowledge.c.version).with_for_update())


def difference(tx: Tx, kept: Kept, records: Sequence[Any], *, replace_all: bool) -> tuple[Change, ...]:
    """What the records would change: those are added, or changed, whose key is known.

    `replace_all` removes what is not among them.
    """
    given = {kept.key(record): record for record in records}
    before = {kept.key(known): known for known in map(kept.parse, rows_of(tx, kept.table, given))}
    gone = [key for key in _keys(tx, kept.table) if key not in given] if replace_all else []
    name = KINDS[kept.kind].name_of
    return (
        *(Change(kept.kind, name(each), None, each) for key, each in given.items() if key not in before),
        *(
            Change(kept.kind, name(each), before[key], each)
            for key, each in given.items()
            if key in before and before[key] != each
        ),
        *(
            Change(kept.kind, name(each), each, None)
            for each in map(kept.parse, rows_of(tx, kept.table, gone))
        ),
    )


def amend(tx: Tx, kept: Kept, changes: Sequence[Change], now: datetime) -> None:
    """Makes the changes, of this kind all of them, whose `before` is what is there; moves the version."""
    _delete(tx, kept.table, [kept.key(each.before) for each in changes if each.before is not None])
    if brought := [kept.write(each.after) for each in changes if each.after is not None]:
        tx.connection.execute(kept.table.insert(), brought)
    if changes:
        move_version(tx, now)
    own(tx, kept.kind, now)


def counted(changes: Iterable[Change], given: int) -> Changes:
    """The changes that came of so many records given."""
    counts = Counter(each.sort for each in changes)
    new, changed = counts[Sort.NEW], counts[Sort.CHANGED]
    return Changes(new, changed, given - new - changed, counts[Sort.REMOVED])


def owned(tx: Tx) -> frozenset[str]:
    """The kinds that have ever come in. For these the store is the truth, even where nothing is left."""
    return frozenset(tx.connection.scalars(sa.select(kinds.c.name)))


def own(tx: Tx, kind: str, now: datetime) -> None:
    """Notes that the store is the truth for a kind from now on; two processes that start may both come to it."""
    if kind not in owned(tx):
        unless_there(tx, kinds, {"name": kind, "kept_since": now})


def rows(tx: Tx, table: sa.Table) -> list[Row]:
    """All rows, by their key."""
    ordered = sa.select(table).order_by(*table.primary_key.columns)
    return list(_by_column(tx.connection.execute(ordered)))


def rows_of(tx: Tx, table: sa.Table, keys: Iterable[Key]) -> Iterator[Row]:
    """The rows that have these keys."""
    columns = list(table.primary_key.columns)
    whose = columns[0] if len(columns) == 1 else sa.tuple_(*columns)
    wanted = [key[0] if len(columns) == 1 else key for key in keys]
    for first in range(0, len(wanted), AT_ONCE):
        some = sa.select(table).where(whose.in_(wanted[first : first + AT_ONCE]))
        yield from _by_column(tx.connection.execute(some))


def _by_column(found: sa.CursorResult[Any]) -> Iterator[Row]:
    """A city has thousands of rows, and SQLAlchemy's own way to a dict takes four times as long."""
    columns = tuple(found.keys())
    return (dict(zip(columns, row, strict=True)) for row in found)


def _keys(tx: Tx, table: sa.Table) -> list[Key]:
    columns = table.primary_key.columns
    return [tuple(row) for row in tx.connection.execute(sa.select(*columns).order_by(*columns))]


def _delete(tx: Tx, table: sa.Table, keys: Sequence[Key]) -> None:
    for key in keys:
        mine = [column == value for column, value in zip(table.primary_key.columns, key, strict=True)]
        tx.connection.execute(table.delete().where(*mine))


def move_version(tx: Tx, now: datetime) -> int:
    """The new version. Whoever else moves it waits until this transaction ends, so that none has two meanings."""
    moved = knowledge.update().values(version=knowledge.c.version + 1, changed_at=now)
    if tx.connection.execute(moved).rowcount == 0:
        tx.connection.execute(knowledge.insert().values(id=1, version=1, changed_at=now))
    version: int = tx.connection.execute(sa.select(knowledge.c.version)).scalar_one()
    return version


# Between records and rows -------------------------------------------------------------------------


def write(record: Any) -> dict[str, Any]:
    """A record's fields by column; `provenance` and `place` are columns of their own."""
    row: dict[str, Any] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        match value:
            case Provenance():
                row |= write(value)
            case Place(latitude=latitude, longitude=longitude):
                row |= {"latitude": latitude, "longitude": longitude}
            case None if field.name == "place":
                row |= {"latitude": None, "longitude": None}
            case tuple():
                row[field.name] = list(value)
            case _:
                row[field.name] = value
    return row


def read(record: Callable[..., Record], row: Row, /, **parsed: object) -> Record:
    """The record of a row: its provenance, what is given as parsed, and every other field as it stands."""
    plain = {name: row[name] for name in _plain(record) if name not in parsed}
    return record(provenance=provenance(row), **plain, **parsed)


@cache
def _plain(record: Callable[..., Any]) -> tuple[str, ...]:
    """The fields of a record but its provenance, read once for the thousands of its kind."""
    names = (field.name for field in fields(record))  # type: ignore[arg-type]  # a dataclass, as all records
    return tuple(name for name in names if name != "provenance")


def provenance(row: Row) -> Provenance:
    """The columns that say where a row comes from."""
    return Provenance(
        source=row["source"],
        source_url=row["source_url"],
        published_on=row["published_on"],
        confirmed_on=row["confirmed_on"],
        valid_until=row["valid_until"],
        status=Status(row["status"]),
    )
