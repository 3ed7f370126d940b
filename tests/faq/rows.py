"""Rows of a file by heading, and what is said of them."""

import json
from typing import Any

from faq.exchange import Records, parse
from faq.holdings import Holdings
from faq.problems import Refused
from faq.references import registers
from faq.schemas import Schema

Row = dict[str, object]


def row_of(schema: Schema[Any], record: object, **changed: object) -> Row:
    """The cells of a record, but for what is changed."""
    row: Row = {column.name: column.write(record) for column in schema.columns}
    assert set(changed) <= set(row)
    return row | changed


def parsed(schema: Schema[Any], *rows: Row, known: Holdings | None = None) -> Records[Any] | Refused:
    """What is read of a file with these rows."""
    return parse(schema, json.dumps(rows).encode(), registers(known) if known else None)


def reasons(found: object) -> list[tuple[str, str]]:
    """The column and the reason of each problem."""
    assert isinstance(found, Refused), found
    return [(problem.column, problem.reason) for problem in found.problems]
