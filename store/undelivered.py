"""What LINE did not take, and who at the city sees that it was given up.

Each sees what is about cases, bookings and proposals that they see anyway; what belongs to no section, as the answer to
a question does, is the administrators'. Nobody sees the words, nor who was not told.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from store import booked, cases, collaborations
from store.booked import BookingId
from store.cases import CaseId
from store.collaborations import CollaborationId
from store.db import Tx
from store.delivery import Why
from store.outbox import OutboxId
from store.receipts import Receipt
from store.sight import Role, Viewer
from store.tables import bookings as bookings_table
from store.tables import cases as cases_table
from store.tables import collaboration_steps, notices
from store.tables import collaborations as collaborations_table
from store.tables import outbox as outbox_table
from store.tables import residents as residents_table
from store.tables import undelivered as table

STUCK: Final = timedelta(hours=1)
"""What LINE has not taken for so long is shown while it still waits."""
MOST: Final = 500
"""Rows of a list, and messages that are sent again at once."""


_NOBODYS: Final = sa.and_(*(of.c.id.is_(None) for of in (cases_table, bookings_table, collaborations_table)))
"""About no case, booking or proposal; or about one that is gone."""


@dataclass(frozen=True, slots=True)
class Undelivered:
    """Something that a resident was to be told, without its words."""

    id: OutboxId
    about: str
    """`outbox.ANSWER`, or the kind of a notice."""
    why: Why | None
    """None: it still waits for LINE."""
    said_at: datetime
    case: CaseId | None
    booking: BookingId | None
    collaboration: CollaborationId | None
    receipt: Receipt | None
    """Of what it is about; None where that is none of the three."""
    may_be_sent: bool
    """Whether it can go out again as a new message: it has its point and its words, and LINE would deliver it."""


def listed(tx: Tx, viewer: Viewer, now: datetime) -> tuple[Undelivered, ...]:
    """What nobody has seen to of all that the viewer sees, the oldest first."""
    query = _query(viewer).where(table.c.settled_at.is_(None)).order_by(outbox_table.c.id).limit(MOST)
    return tuple(read(row, now) for row in tx.connection.execute(query))


def stuck(tx: Tx, viewer: Viewer, now: datetime) -> tuple[Undelivered, ...]:
    """What still waits and has waited for long, the oldest first: it may be better told in another way."""
    old = sa.and_(outbox_table.c.state == "waiting", outbox_table.c.created_at < now - STUCK)
    query = _query(viewer, waiting=True).where(old).order_by(outbox_table.c.id).limit(MOST)
    return tuple(read(row, now) for row in tx.connection.execute(query))


def count(tx: Tx, viewer: Viewer) -> int:
    """How much waits for the viewer."""
    query = _query(viewer).where(table.c.settled_at.is_(None)).with_only_columns(sa.func.count())
    return tx.connection.scalar(query) or 0


def is_there(tx: Tx, viewer: Viewer, which: OutboxId) -> bool:
    """Whether the viewer sees that it was given up, also where somebody has seen to it."""
    query = _query(viewer).where(outbox_table.c.id == which).with_only_columns(outbox_table.c.id)
    return tx.connection.scalar(query) is not None


def of(tx: Tx, viewer: Viewer, which: OutboxId | str) -> list[Any]:
    """One that nobody has seen to, or all of a kind that are of no case, booking or proposal; what the viewer sees."""
    kind = sa.and_(outbox_table.c.about == which, _NOBODYS)
    these = kind if isinstance(which, str) else outbox_table.c.id == which
    query = _query(viewer).where(table.c.settled_at.is_(None), these)
    return list(tx.connection.execute(query.order_by(outbox_table.c.id).limit(MOST)).all())


def _query(viewer: Viewer, *, waiting: bool = False) -> sa.Select[Any]:
    joined = (
        outbox_table.join(residents_table)
        .join(table, isouter=waiting)
        .outerjoin(notices, notices.c.id == outbox_table.c.notice_id)
        .outerjoin(cases_table, cases_table.c.id == notices.c.case_id)
        .outerjoin(bookings_table, bookings_table.c.id == notices.c.booking_id)
        .outerjoin(collaboration_steps, collaboration_steps.c.id == notices.c.collaboration_step_id)
        .outerjoin(collaborations_table, collaborations_table.c.id == collaboration_steps.c.collaboration_id)
    )
    receipts = (about.c.receipt for about in (cases_table, bookings_table, collaborations_table))
    columns: tuple[sa.ColumnElement[Any], ...] = (
        *outbox_table.c,
        *(residents_table.c.follows, table.c.why),
        *(notices.c.case_id, notices.c.booking_id, collaboration_steps.c.collaboration_id),
        sa.func.coalesce(*receipts).label("receipt"),
    )
    return sa.select(*columns).select_from(joined).where(_seen_by(viewer))


def _seen_by(viewer: Viewer) -> sa.ColumnElement[bool]:
    return sa.or_(
        sa.and_(cases_table.c.id.is_not(None), cases.kept_by(viewer)),
        sa.and_(bookings_table.c.id.is_not(None), booked.seen_by(viewer)),
        sa.and_(collaborations_table.c.id.is_not(None), collaborations.kept_by(viewer)),
        _NOBODYS if viewer.role is Role.ADMIN else sa.false(),
    )


def read(row: Any, now: datetime) -> Undelivered:
    """A row of `of` as it stands at this moment."""
    has_point = row.booking_id is None or row.not_after is None or now < row.not_after
    case, booking, collaboration = row.case_id, row.booking_id, row.collaboration_id
    return Undelivered(
        id=OutboxId(row.id),
        about=row.about,
        why=Why(row.why) if row.why else None,
        said_at=row.created_at,
        case=None if case is None else CaseId(case),
        booking=None if booking is None else BookingId(booking),
        collaboration=None if collaboration is None else CollaborationId(collaboration),
        receipt=Receipt(row.receipt) if row.receipt else None,
        may_be_sent=bool(row.why and row.body is not None and row.follows and has_point),
    )
