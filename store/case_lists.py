"""Lists of cases, as staff and operators see them."""

from datetime import datetime

import sqlalchemy as sa

from store import cases
from store.cases import OPEN, WAITING, Case
from store.db import Tx
from store.sight import Viewer
from store.tables import cases as table


def open_of(tx: Tx, viewer: Viewer) -> tuple[Case, ...]:
    """What is not closed of all that the viewer sees: the urgent first, then by the promise."""
    return cases.seen(tx, viewer, OPEN)


def mine(tx: Tx, viewer: Viewer) -> tuple[Case, ...]:
    """What the viewer looks after."""
    return cases.seen(tx, viewer, sa.and_(OPEN, table.c.taken_by == viewer.account))


def late(tx: Tx, viewer: Viewer, now: datetime) -> tuple[Case, ...]:
    """What was promised and has not come."""
    return cases.seen(tx, viewer, sa.and_(table.c.state.in_(WAITING), table.c.promised_at < now))


def closed_since(tx: Tx, viewer: Viewer, since: datetime) -> tuple[Case, ...]:
    """What was closed, the latest first."""
    found = cases.seen(tx, viewer, table.c.closed_at >= since)
    return tuple(sorted(found, key=lambda case: (case.closed_at, case.id), reverse=True))


def made_by(tx: Tx, viewer: Viewer, since: datetime) -> tuple[Case, ...]:
    """What the viewer handed over since then for callers, and what of it still stands; the newest first."""
    lately = sa.or_(OPEN, table.c.opened_at >= since)
    found = cases.seen(tx, viewer, sa.and_(lately, table.c.made_by == viewer.account))
    return tuple(sorted(found, key=lambda case: (case.opened_at, case.id), reverse=True))
