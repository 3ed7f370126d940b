"""Proposals in lists: one's own, those that wait for an approver, those that wait for their time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

import sqlalchemy as sa

from store import keeping
from store.db import Tx
from store.objections import State
from store.proposed import ProposalId, seen_by
from store.sight import Viewer
from store.tables import accounts, proposal_authors, proposal_changes, proposals

PAGE: Final = 50


class Box(StrEnum):
    """A list of proposals."""

    TO_APPROVE = "to_approve"
    """Handed in by others."""
    RETURNED = "returned"
    """One's own that came back."""
    MINE = "mine"
    """One's own that are drafts, or handed in."""
    WAITING = "waiting"
    """Approved, for a time to come."""
    DONE = "done"
    """Published or withdrawn, newest first."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A proposal in a line."""

    id: ProposalId
    state: State
    why: str
    by_shown: str
    changed_at: datetime
    submitted_at: datetime | None
    publish_at: datetime | None
    published_at: datetime | None
    records: int
    """How many records it changes."""
    kind: str
    key: str
    """Of the first record."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list, and how many there are in all."""

    proposals: tuple[Summary, ...]
    total: int


_ORDER: Final[Mapping[Box, sa.ColumnElement[datetime]]] = {
    Box.TO_APPROVE: proposals.c.submitted_at.asc(),
    Box.RETURNED: proposals.c.decided_at.desc(),
    Box.MINE: proposals.c.changed_at.desc(),
    Box.WAITING: proposals.c.publish_at.asc(),
    Box.DONE: sa.func.coalesce(proposals.c.published_at, proposals.c.changed_at).desc(),
}
_OVER: Final = (State.PUBLISHED.value, State.WITHDRAWN.value)


def listed(tx: Tx, viewer: Viewer, box: Box, page: int = 0) -> Listed:
    """A list as the viewer sees it: what has waited longest first; `page` counts from 0."""
    which = sa.and_(seen_by(viewer), _of_box(box, viewer))
    total = tx.connection.scalar(sa.select(sa.func.count()).select_from(proposals).where(which))
    some = _select().where(which).order_by(_ORDER[box], proposals.c.id).limit(PAGE).offset(page * PAGE)
    return Listed(tuple(_summary(row) for row in tx.connection.execute(some)), total or 0)


def counts(tx: Tx, viewer: Viewer) -> Mapping[Box, int]:
    """How many there are in each list."""
    each = [
        sa.select(sa.func.count())
        .select_from(proposals)
        .where(seen_by(viewer), _of_box(box, viewer))
        .scalar_subquery()
        for box in Box
    ]
    return dict(zip(Box, tx.connection.execute(sa.select(*each)).one(), strict=True))


def changing(tx: Tx, viewer: Viewer, kind: str, keys: Iterable[str]) -> frozenset[str]:
    """Those records of which a change is under way."""
    wanted, found = list(keys), set[str]()
    for first in range(0, len(wanted), keeping.AT_ONCE):
        some = (
            sa.select(proposal_changes.c.key)
            .join(proposals, proposals.c.id == proposal_changes.c.proposal_id)
            .where(proposal_changes.c.kind == kind)
            .where(proposal_changes.c.key.in_(wanted[first : first + keeping.AT_ONCE]))
            .where(proposals.c.state.not_in(_OVER), seen_by(viewer))
        )
        found |= set(tx.connection.scalars(some))
    return frozenset(found)


def _of_box(box: Box, viewer: Viewer) -> sa.ColumnElement[bool]:
    wrote = proposals.c.id.in_(
        sa.select(proposal_authors.c.proposal_id).where(proposal_authors.c.account_id == viewer.account)
    )
    match box:
        case Box.TO_APPROVE:
            return sa.and_(sa.not_(wrote), proposals.c.state == State.SUBMITTED.value)
        case Box.RETURNED:
            return sa.and_(wrote, proposals.c.state == State.RETURNED.value)
        case Box.MINE:
            return sa.and_(wrote, proposals.c.state.in_((State.DRAFT.value, State.SUBMITTED.value)))
        case Box.WAITING:
            return proposals.c.state == State.APPROVED.value
        case Box.DONE:
            return proposals.c.state.in_(_OVER)


def _select() -> sa.Select[tuple[object, ...]]:
    records = sa.select(sa.func.count()).where(proposal_changes.c.proposal_id == proposals.c.id)
    first = proposal_changes.alias("first")
    return (
        sa.select(
            proposals,
            accounts.c.shown.label("by_shown"),
            records.scalar_subquery().label("records"),
            first.c.kind,
            first.c.key,
        )
        .join(accounts, accounts.c.id == proposals.c.by_id)
        .join(first, sa.and_(first.c.proposal_id == proposals.c.id, first.c.place == 0))
    )


def _summary(row: sa.Row[tuple[object, ...]]) -> Summary:
    return Summary(
        id=ProposalId(row.id),
        state=State(row.state),
        why=row.why,
        by_shown=row.by_shown,
        changed_at=row.changed_at,
        submitted_at=row.submitted_at,
        publish_at=row.publish_at,
        published_at=row.published_at,
        records=row.records,
        kind=row.kind,
        key=row.key,
    )
