"""Lists of proposals: what waits for whom, a line each, however many records one changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from faq.changes import RecordName
from faq.counters import SectionId
from faq.record_cells import Cells
from store import changing
from store.changing import Counted
from store.db import Tx
from store.objections import State
from store.proposed import ProposalId, seen_by
from store.sight import Viewer
from store.tables import accounts, proposal_authors, proposal_changes, proposals


@dataclass(frozen=True, slots=True)
class Listed:
    """A proposal in a list."""

    id: ProposalId
    version: int
    state: State
    why: str
    section: SectionId | None
    by_shown: str
    decided_by_shown: str
    """Empty where nobody has decided."""
    changed_at: datetime
    """When what is proposed was last changed."""
    submitted_at: datetime | None
    decided_at: datetime | None
    publish_at: datetime | None
    published_at: datetime | None
    first: RecordName
    """The first of the records that it changes."""
    first_cells: Cells
    """What it will be, or of one that goes what it was."""
    counts: tuple[Counted, ...]
    """Of what it changes, by kind."""
    is_author: bool
    """Whether the viewer has written at it, and leaves it to others to approve."""


def listed(
    tx: Tx, viewer: Viewer, states: Iterable[State], most: int, before: ProposalId | None = None
) -> tuple[Listed, ...]:
    """At most so many that the viewer may see, the newest first; with `before`, those before that one."""
    query = _select(viewer).where(proposals.c.state.in_([state.value for state in states]))
    if before is not None:
        query = query.where(proposals.c.id < before)
    return _found(tx, query.order_by(proposals.c.id.desc()).limit(most))


def ordered(
    tx: Tx,
    viewer: Viewer,
    which: sa.ColumnElement[bool],
    order: Sequence[sa.ColumnElement[Any]],
    most: int,
    offset: int,
) -> tuple[Listed, ...]:
    """At most so many of those that the viewer may see, in another order."""
    return _found(tx, _select(viewer).where(which).order_by(*order).limit(most).offset(offset))


def totals(tx: Tx, viewer: Viewer) -> Mapping[State, int]:
    """How many that the viewer may see stand where."""
    query = sa.select(proposals.c.state, sa.func.count()).where(seen_by(viewer)).group_by(proposals.c.state)
    found = {State(state): count for state, count in tx.connection.execute(query)}
    return {state: found.get(state, 0) for state in State}


def _select(viewer: Viewer) -> sa.Select[tuple[object, ...]]:
    by, decided_by = accounts.alias("by"), accounts.alias("decided_by")
    wrote = sa.exists().where(
        proposal_authors.c.proposal_id == proposals.c.id, proposal_authors.c.account_id == viewer.account
    )
    first = sa.and_(proposal_changes.c.proposal_id == proposals.c.id, proposal_changes.c.place == 0)
    columns = (
        proposals,
        by.c.shown.label("by_shown"),
        decided_by.c.shown.label("decided_by_shown"),
        proposal_changes.c.kind,
        proposal_changes.c.key,
        proposal_changes.c.before,
        proposal_changes.c.after,
        wrote.label("is_author"),
    )
    return (
        sa.select(*columns)
        .join(by, by.c.id == proposals.c.by_id)
        .outerjoin(decided_by, decided_by.c.id == proposals.c.decided_by_id)
        .join(proposal_changes, first)
        .where(seen_by(viewer))
    )


def _found(tx: Tx, query: sa.Select[tuple[object, ...]]) -> tuple[Listed, ...]:
    rows = tx.connection.execute(query).all()
    counts = changing.counted(tx, proposal_changes.c.proposal_id, [row.id for row in rows])
    return tuple(_listed(row, counts[row.id]) for row in rows)


def _listed(row: sa.Row[tuple[object, ...]], counts: tuple[Counted, ...]) -> Listed:
    return Listed(
        id=ProposalId(row.id),
        version=row.version,
        state=State(row.state),
        why=row.why,
        section=None if row.section is None else SectionId(row.section),
        by_shown=row.by_shown,
        decided_by_shown=row.decided_by_shown or "",
        changed_at=row.changed_at,
        submitted_at=row.submitted_at,
        decided_at=row.decided_at,
        publish_at=row.publish_at,
        published_at=row.published_at,
        first=RecordName(row.kind, row.key),
        first_cells=row.after or row.before,
        counts=counts,
        is_author=bool(row.is_author),
    )
