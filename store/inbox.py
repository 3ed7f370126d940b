"""The inbox: every event that LINE was told has arrived, until its effect is done."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from store import origin, residents, work
from store.db import Tx
from store.origin import RequestId
from store.residents import ResidentId
from store.tables import inbox
from store.tables import residents as residents_table

InboxId = NewType("InboxId", int)
MOST_AT_ONCE = 10
"""How many bubbles of one resident are looked at together."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An event as it came."""

    event_id: str
    address: str | None
    """LINE's user id; None for events of groups, or of nobody."""
    kind: str
    occurred_at: datetime
    may_reply: bool
    """False where its reply token belongs to another system."""
    for_us: bool
    """False for what is kept, but has no effect: standby, groups, unknown kinds."""
    body: bytes


@dataclass(frozen=True, slots=True)
class InboxItem:
    """An event that waits."""

    id: InboxId
    event_id: str
    occurred_at: datetime
    received_at: datetime
    may_reply: bool
    body: bytes
    origin: RequestId | None = None
    """The webhook call that brought it."""


def keep(tx: Tx, arrival: Arrival, now: datetime) -> bool:
    """Keeps an event; False where it was there already (LINE may send an event more than once)."""
    known = sa.select(inbox.c.id).where(inbox.c.event_id == arrival.event_id)
    if tx.connection.scalar(known) is not None:
        return False
    waits = arrival.for_us and arrival.address is not None
    resident = residents.meet(tx, arrival.address, now).id if waits and arrival.address else None
    values = {
        "event_id": arrival.event_id,
        "resident_id": resident,
        "kind": arrival.kind,
        "occurred_at": arrival.occurred_at,
        "received_at": now,
        "may_reply": arrival.may_reply,
        "body": residents.key_of(tx, resident).seal(arrival.body, "inbox") if resident else None,
        "state": "waiting" if waits else "ignored",
        "not_before": now,
        "done_at": None if waits else now,
        "origin": origin.current(),
    }
    insert = postgresql.insert if tx.connection.dialect.name == "postgresql" else sqlite.insert
    made = tx.connection.execute(insert(inbox).values(values).on_conflict_do_nothing().returning(inbox.c.id))
    if made.first() is None:
        return False
    if resident is not None:
        _stop_lingering(tx, resident, now)
    return True


def _stop_lingering(tx: Tx, resident: ResidentId, now: datetime) -> None:
    """What waited for this resident's next words need not wait any longer."""
    lingering = sa.and_(inbox.c.resident_id == resident, inbox.c.state == "waiting", inbox.c.attempts == 0)
    tx.connection.execute(inbox.update().where(lingering, inbox.c.not_before > now).values(not_before=now))


def claim(tx: Tx, now: datetime, resident: ResidentId | None = None) -> tuple[InboxId, ResidentId] | None:
    """The oldest event of a resident with whom nobody takes a turn; the resident is held until the transaction ends.

    With `resident`, that one's. Nothing is written: the turn belongs to this same transaction, so a kill leaves no
    lease to wait for.
    """
    oldest = _oldest(now).limit(1).with_for_update(of=residents_table, key_share=True, skip_locked=True)
    if resident is not None:
        oldest = oldest.where(inbox.c.resident_id == resident)
    found = tx.connection.execute(oldest).first()
    return None if found is None else (InboxId(found.id), ResidentId(found.resident_id))


def ripe(tx: Tx, now: datetime, most: int) -> tuple[ResidentId, ...]:
    """The residents whose turns are next, in the order of `claim`; nobody is held."""
    return tuple(ResidentId(row.resident_id) for row in tx.connection.execute(_oldest(now).limit(most)))


def _oldest(now: datetime) -> sa.Select[tuple[int, int]]:
    other = inbox.alias()
    same = sa.and_(other.c.resident_id == inbox.c.resident_id, other.c.state == "waiting")
    earlier = sa.or_(
        other.c.occurred_at < inbox.c.occurred_at,
        sa.and_(other.c.occurred_at == inbox.c.occurred_at, other.c.id < inbox.c.id),
    )
    return (
        sa.select(inbox.c.id, inbox.c.resident_id)
        .join(residents_table)
        .where(inbox.c.state == "waiting", inbox.c.not_before <= now, ~sa.exists().where(same, earlier))
        .order_by(inbox.c.not_before, inbox.c.id)
    )


def waiting_of(tx: Tx, resident: ResidentId) -> tuple[InboxItem, ...]:
    """What the resident sent and nobody has answered, oldest first; at most ten.

    Locks the resident until the transaction ends, so that one turn at a time is taken with each.
    """
    residents.lock(tx, resident)
    return peek(tx, resident)


def peek(tx: Tx, resident: ResidentId) -> tuple[InboxItem, ...]:
    """The same without a lock: it may be answered, or be more, when one looks again."""
    key = residents.key_of(tx, resident)
    rows = tx.connection.execute(
        sa.select(inbox)
        .where(inbox.c.resident_id == resident, inbox.c.state == "waiting")
        .order_by(inbox.c.occurred_at, inbox.c.id)
        .limit(MOST_AT_ONCE)
    )
    return tuple(
        InboxItem(
            InboxId(row.id),
            row.event_id,
            row.occurred_at,
            row.received_at,
            row.may_reply,
            key.open(row.body, "inbox"),
            row.origin,
        )
        for row in rows
    )


def done(tx: Tx, item: InboxId, now: datetime, state: str = "done") -> None:
    """The event has had its effect; its text is forgotten, its id kept against a second coming."""
    work.finish(tx, inbox, item, state, now)


def wait_until(tx: Tx, item: InboxId, moment: datetime) -> None:
    """Puts the event back until then, since more words are expected."""
    work.release(tx, inbox, item, moment, tried=False)


def try_again(tx: Tx, item: InboxId, now: datetime) -> int:
    """Puts the event back after a failure; how often it has now been tried."""
    tries: int = tx.connection.execute(sa.select(inbox.c.attempts).where(inbox.c.id == item)).scalar_one()
    work.release(tx, inbox, item, now + work.backoff(tries))
    return tries + 1


def next_ripe(tx: Tx) -> datetime | None:
    """When the next waiting event may be taken."""
    first = sa.select(sa.func.min(inbox.c.not_before)).where(inbox.c.state == "waiting")
    ripe: datetime | None = tx.connection.scalar(first)
    return ripe


def counts(tx: Tx) -> dict[str, int]:
    """How many events are in each state."""
    return work.counts(tx, inbox)
