"""What a turn begins with: who speaks, what they sent, and what they were talking about; in one statement."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from store import conversations, inbox, present, residents
from store.conversations import IDLE, Conversation
from store.db import Tx
from store.inbox import InboxItem
from store.present import Present
from store.residents import Resident, ResidentId
from store.tables import bookings, cases, outbox, resident_keys
from store.tables import conversations as talks
from store.tables import inbox as events
from store.tables import residents as people
from store.tables.work import waits


@dataclass(frozen=True, slots=True)
class Past:
    """What was made of a resident's before a turn, be it over by now: what never was need not be looked for."""

    cases: bool = True
    bookings: bool = True


UNKNOWN_PAST: Final = Past()
"""Of whom nobody has looked: there may be anything."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A turn before anything is said. The resident is held by `inbox.claim`."""

    resident: Resident
    address: str
    """Where to send: LINE's user id."""
    waiting: tuple[InboxItem, ...]
    """What the resident sent and nobody has answered, oldest first; at most ten."""
    conversation: Conversation
    has_talked: bool
    """Whether anything is kept of a conversation, be it one that was left long ago."""
    is_told_first: bool
    """Whether something else waits to be sent to the resident, before what this turn says."""
    past: Past
    present: Present


_BEGUN = (
    sa.select(
        people,
        resident_keys.c.wrapped,
        talks.c.topic,
        talks.c.slots,
        talks.c.updated_at,
        sa.exists().where(outbox.c.resident_id == people.c.id, waits(outbox)).label("is_told_first"),
        sa.exists().where(cases.c.resident_id == people.c.id).label("has_cases"),
        sa.exists().where(bookings.c.resident_id == people.c.id).label("has_bookings"),
        *present.COLUMNS,
        *inbox.ITEM,
    )
    .join(resident_keys, resident_keys.c.resident_id == people.c.id)
    .outerjoin(talks, talks.c.resident_id == people.c.id)
    .outerjoin(events, sa.and_(events.c.resident_id == people.c.id, waits(events)))
    .where(people.c.id == sa.bindparam("resident"))
    .order_by(*inbox.ORDER)
    .limit(inbox.MOST_AT_ONCE)
)
"""Made once: each turn needs it."""


def begin(tx: Tx, resident: ResidentId, now: datetime) -> Begun:
    """The turn of a resident who is known."""
    rows = tx.connection.execute(_BEGUN, {"resident": resident}).all()
    first = rows[0]
    known = residents.read(tx, first)
    key = residents.key_of(tx, known.id)
    return Begun(
        resident=known,
        address=key.open_text(first.address, "address"),
        waiting=tuple(inbox.item(row, key) for row in rows if row.item is not None),
        conversation=IDLE if first.topic is None else conversations.read(key, first, now),
        has_talked=first.topic is not None,
        is_told_first=first.is_told_first,
        past=Past(first.has_cases, first.has_bookings),
        present=present.read(first),
    )
