"""Which statements a piece of work makes, and how PostgreSQL would find their rows."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from store.db import Database

_KINDS = ("SELECT", "UPDATE", "DELETE", "INSERT", "WITH")


@dataclass(frozen=True, slots=True)
class Statement:
    """As it was sent, with one set of its values."""

    text: str
    values: Any = field(hash=False, compare=False)


@dataclass(frozen=True, slots=True, order=True)
class Scan:
    """A table that is read from its first row to its last."""

    table: str
    statement: str


@contextmanager
def heard(database: Database) -> Iterator[list[Statement]]:
    """The statements that are sent while this lasts, each once."""
    found: dict[Statement, None] = {}

    def note(_1: object, _2: object, text: str, values: object, _3: object, many: bool) -> None:
        if text.lstrip().upper().startswith(_KINDS):
            found[Statement(text, values[0] if many and isinstance(values, list) else values)] = None

    sa.event.listen(database.engine, "before_cursor_execute", note)
    made: list[Statement] = []
    try:
        yield made
    finally:
        sa.event.remove(database.engine, "before_cursor_execute", note)
        made += found


def scans(database: Database, statements: list[Statement], large: set[str], *, forced: bool) -> set[Scan]:
    """The large tables that some statement reads whole. `forced`: although an index would be taken wherever one serves,
    which shows on few rows what is missing for many.
    """
    return {
        Scan(node["Relation Name"], each.text)
        for each, root in _plans(database, statements, forced=forced)
        for node in _nodes(root)
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] in large
    }


def indexes(database: Database, statements: list[Statement]) -> set[str]:
    """The indexes by which PostgreSQL would find the rows of some statement."""
    plans = _plans(database, statements, forced=False)
    return {node["Index Name"] for _, root in plans for node in _nodes(root) if "Index Name" in node}


def _plans(
    database: Database, statements: list[Statement], *, forced: bool
) -> Iterator[tuple[Statement, dict[str, Any]]]:
    with database.engine.connect() as connection:
        connection.exec_driver_sql(f"SET enable_seqscan TO {'off' if forced else 'on'}")
        for each in statements:
            (plan,) = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {each.text}", each.values).one()
            yield each, (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
        connection.rollback()


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for each in node.get("Plans", ()):
        yield from _nodes(each)
