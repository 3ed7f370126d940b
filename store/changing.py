"""How changes are kept: a row a record, what it was and what it is to be as the cells of its file."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from faq.changes import Change, Sort
from faq.kinds import KINDS
from faq.record_cells import Cells, cells_of, record_of
from store.db import Tx
from store.tables import proposal_changes, revisions


class Unreadable(Exception):
    """A record that an earlier version of the program kept, and that this one would not take."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many records of a kind were changed at once."""

    kind: str
    new: int
    changed: int
    removed: int

    @property
    def total(self) -> int:
        return self.new + self.changed + self.removed


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


def of_edition(tx: Tx, edition: int) -> Iterator[Change]:
    """What was changed at once, in its order. Raises Unreadable."""
    query = sa.select(revisions).where(revisions.c.edition_id == edition).order_by(revisions.c.id)
    for row in tx.connection.execute(query):
        yield Change(row.kind, row.key, _record(row.kind, row.before), _record(row.kind, row.after))


def counted(tx: Tx, whose: sa.Column[int], some: Iterable[int]) -> Mapping[int, tuple[Counted, ...]]:
    """How many changes each of these proposals or editions has; `whose` is the column that names them."""
    columns = whose.table.c
    which = whose, columns.kind, columns.sort
    query = sa.select(*which, sa.func.count()).where(whose.in_(list(some))).group_by(*which)
    found: dict[int, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for owner, kind, sort, count in tx.connection.execute(query):
        found[owner][kind][sort] = count
    return {owner: tuple(_by_kind(kinds)) for owner, kinds in found.items()}


def _by_kind(kinds: Mapping[str, Mapping[str, int]]) -> Iterator[Counted]:
    for kind in KINDS:
        if kind in kinds:
            yield Counted(kind, *(kinds[kind].get(sort.value, 0) for sort in Sort))


def _cells(kind: str, record: Any | None) -> Cells | None:
    return None if record is None else cells_of(KINDS[kind], record)


def _record(kind: str, cells: Cells | None) -> Any | None:
    found = None if cells is None else record_of(KINDS[kind], cells)
    if isinstance(found, tuple):
        raise Unreadable(f"{kind}: {'; '.join(map(str, found))}")
    return found
