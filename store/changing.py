"""How changes are kept: a row a record, what it was and what it is to be as the cells of its file."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from faq.changes import Change
from faq.kinds import KINDS
from faq.record_cells import Cells, cells_of, record_of
from store.db import Tx
from store.tables import proposal_changes


class Unreadable(Exception):
    """A record that an earlier version of the program kept, and that this one would not take."""


def row_of(change: Change) -> Mapping[str, object]:
    """The columns of a change."""
    return {
        "kind": change.kind,
        "key": change.key,
        "sort": change.sort.value,
        "before": _cells(change.kind, change.before),
        "after": _cells(change.kind, change.after),
    }


def write(tx: Tx, proposal: int, changes: Sequence[Change]) -> None:
    """Puts the changes in the place of those that the proposal had."""
    tx.connection.execute(proposal_changes.delete().where(proposal_changes.c.proposal_id == proposal))
    rows = [{"proposal_id": proposal, "place": place, **row_of(each)} for place, each in enumerate(changes)]
    tx.connection.execute(proposal_changes.insert(), rows)


def of(tx: Tx, proposal: int) -> Iterator[Change]:
    """The changes of a proposal, in their order. Raises Unreadable."""
    mine = proposal_changes.c.proposal_id == proposal
    query = sa.select(proposal_changes).where(mine).order_by(proposal_changes.c.place)
    for row in tx.connection.execute(query):
        yield Change(row.kind, row.key, _record(row.kind, row.before), _record(row.kind, row.after))


def _cells(kind: str, record: Any | None) -> Cells | None:
    return None if record is None else cells_of(KINDS[kind], record)


def _record(kind: str, cells: Cells | None) -> Any | None:
    found = None if cells is None else record_of(KINDS[kind], cells)
    if isinstance(found, tuple):
        raise Unreadable(f"{kind}: {'; '.join(map(str, found))}")
    return found
