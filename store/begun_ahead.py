"""What was begun by a clock that was ahead, once it is set right: it lasts as long as it was meant to.

Else who went away from a desk stays signed in for hours, and a place that was held for ten minutes is taken till then.
"""

from datetime import datetime

import sqlalchemy as sa

from store import booked, notices, taking
from store.booked import BookingId
from store.db import Tx
from store.refusals import State
from store.sessions import LIFE
from store.set_back import SKEW
from store.tables import bookings, links, sessions


def set_right(tx: Tx, now: datetime) -> None:
    """Sessions, links and places end as if begun now; reminders that seemed too late are planned again."""
    _sessions(tx, now)
    _links(tx, now)
    _places(tx, now)
    notices.plan_again_what_was_late(tx, now + SKEW, now)


def _sessions(tx: Tx, now: datetime) -> None:
    """Also those that a second factor made longer by the clock as it was."""
    of = sessions.c
    seen_ahead = sa.select(of.id, of.begun_at, of.expires_at).where(of.seen_at > now + SKEW)
    for row in tx.connection.execute(seen_ahead.with_for_update()).all():
        begun = min(row.begun_at, now)
        until = min(row.expires_at - (row.begun_at - begun), now + LIFE)
        changed = sessions.update().where(of.id == row.id)
        tx.connection.execute(changed.values(begun_at=begun, seen_at=now, expires_at=until))


def _links(tx: Tx, now: datetime) -> None:
    of = links.c
    made_ahead = sa.select(of.digest, of.created_at, of.expires_at).where(of.created_at > now + SKEW)
    for row in tx.connection.execute(made_ahead.with_for_update()).all():
        until = row.expires_at - (row.created_at - now)
        changed = links.update().where(of.digest == row.digest)
        tx.connection.execute(changed.values(created_at=now, expires_at=until))


def _places(tx: Tx, now: datetime) -> None:
    """Holds and offers; of a hold the warning before its end is planned anew."""
    of = bookings.c
    ahead = sa.and_(of.held_until.is_not(None), of.changed_at > now + SKEW)
    kept = sa.select(of.id, of.state, of.held_until, of.changed_at).where(ahead).order_by(of.id)
    for row in tx.connection.execute(kept.with_for_update()).all():
        which, state = BookingId(row.id), State(row.state)
        taking.change(tx, which, state, now, held_until=row.held_until - (row.changed_at - now))
        if state is State.HELD:
            notices.drop(tx, which)
            notices.plan_warning(tx, booked.one(tx, which, now))
