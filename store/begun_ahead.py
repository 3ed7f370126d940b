"""What was begun by a clock that was ahead, once it is set right: it lasts as long as it was meant to.

Else who went away from a desk stays signed in for hours, and a place that was held for ten minutes is taken till then.
"""

from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from store import booked, notices, taking
from store.booked import BookingId
from store.db import Tx
from store.holding import HOLD
from store.refusals import State
from store.sessions import LIFE
from store.set_back import SKEW
from store.tables import bookings, links, sessions

LONGEST_HOLD: Final = 2 * HOLD
"""With its ten minutes more; what lasts longer was an offer."""
LONGEST_OFFER: Final = timedelta(days=1)
"""Three hours, and the night between them."""


def set_right(tx: Tx, now: datetime) -> None:
    """Sessions, links and holds end as if begun now; reminders that seemed too late are planned again."""
    _sessions(tx, now)
    _links(tx, now)
    _places(tx, now)
    _reminders(tx, now)


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
        until = place_ends(state, row.held_until, row.changed_at, now)
        taking.change(tx, which, state, now, held_until=until)
        if state is State.HELD:
            notices.drop(tx, which)
            notices.plan_warning(tx, booked.one(tx, which, now))


def place_ends(state: State, held_until: datetime, changed_at: datetime, now: datetime) -> datetime:
    """A hold's minutes count from now, and are not fewer than a right clock would leave. What was offered was told
    until when: that holds, unless it is so far away that no right clock could have said it.
    """
    counted = held_until - (changed_at - now)
    is_offered = state is State.OFFERED or held_until - changed_at > LONGEST_HOLD
    if is_offered:
        return held_until if held_until <= now + LONGEST_OFFER else counted
    return max(counted, min(held_until, now + HOLD))


def _reminders(tx: Tx, now: datetime) -> None:
    """Of bookings that stand as they did: what was cancelled or moved meanwhile is not spoken of again."""
    for notice, booking, begins in notices.reminders_dropped(tx, now + SKEW, now):
        found = booked.one(tx, booking, now)
        if found.state is State.CONFIRMED and found.slot and found.slot.starts_at.isoformat() == begins:
            notices.plan_again(tx, notice)
