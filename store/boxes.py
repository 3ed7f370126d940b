"""Proposals by what somebody can do about them: to approve, come back, one's own, waiting for their time, over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final, assert_never

import sqlalchemy as sa

from store import keeping, proposal_lists
from store.db import Tx
from store.objections import State
from store.proposal_lists import Listed
from store.proposed import seen_by
from store.sight import Viewer
from store.tables import proposal_authors, proposal_changes, proposals

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
class Page:
    """Some of a list, and how many there are in all."""

    proposals: tuple[Listed, ...]
    total: int


_ORDER: Final[Mapping[Box, sa.ColumnElement[datetime]]] = MappingProxyType(
    {
        Box.TO_APPROVE: proposals.c.submitted_at.asc(),
        Box.RETURNED: proposals.c.changed_at.desc(),
        Box.MINE: proposals.c.changed_at.desc(),
        Box.WAITING: proposals.c.publish_at.asc(),
        Box.DONE: sa.func.coalesce(proposals.c.published_at, proposals.c.changed_at).desc(),
    }
)
_OVER: Final = (State.PUBLISHED, State.WITHDRAWN)


def page_of(tx: Tx, viewer: Viewer, box: Box, page: int = 0) -> Page:
    """What the viewer has in a box; what has waited longest is first where somebody waits. `page` counts from 0."""
    which = sa.and_(seen_by(viewer), _of_box(box, viewer))
    total = tx.connection.scalar(sa.select(sa.func.count()).select_from(proposals).where(which))
    order = _ORDER[box], proposals.c.id.asc()
    found = proposal_lists.ordered(tx, viewer, _of_box(box, viewer), order, PAGE, page * PAGE)
    return Page(found, total or 0)


def counts(tx: Tx, viewer: Viewer) -> Mapping[Box, int]:
    """How many there are in each box."""
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
    state = proposals.c.state
    match box:
        case Box.TO_APPROVE:
            return sa.and_(sa.not_(wrote), state == State.SUBMITTED)
        case Box.RETURNED:
            return sa.and_(wrote, state == State.RETURNED)
        case Box.MINE:
            return sa.and_(wrote, state.in_((State.DRAFT, State.SUBMITTED)))
        case Box.WAITING:
            return state == State.APPROVED
        case Box.DONE:
            return state.in_(_OVER)
        case _:
            assert_never(box)
