"""The inbox: every event that LINE was told has arrived, until its effect is done."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

import sqlalchemy as sa

from store import inserting, origin, residents, work
from store.db import Tx
from store.origin import RequestId
from store.residents import ResidentId
from store.tables import inbox
from store.tables import residents as residents_table
from store.tables.work import waits

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


_WAITS = waits(inbox)
_LINGERS = sa.and_(
    inbox.c.resident_id == sa.bindparam("resident"),
    _WAITS,
    inbox.c.attempts == 0,
    inbox.c.not_before > sa.bindparam("now"),
)
_LOOK = sa.select(
    sa.exists().where(inbox.c.event_id == sa.bindparam("event")).label("known"),
    sa.exists().where(_LINGERS).label("lingers"),
)
_STOP_LINGERING = inbox.update().where(_LINGERS).values(not_before=sa.bindparam("now"))
"""Made once, as those below: this is what LINE waits for."""


def keep(tx: Tx, arrival: Arrival, now: datetime) -> bool:
    """Keeps an event; False where it was there already (LINE may send an event more than once)."""
    address = arrival.address if arrival.for_us else None
    resident = residents.with_address(tx, address) if address else None
    of = {"event": arrival.event_id, "resident": resident and resident.id, "now": now}
    before = tx.connection.execute(_LOOK, of).one()
    if before.known:
        return False
    if address and resident is None:
        resident = residents.meet(tx, address, now)
    if not _insert(tx, arrival, None if resident is None else resident.id, now):
        return False
    if before.lingers:  # what waited for this resident's next words need not wait any longer
        tx.connection.execute(_STOP_LINGERING, of)
    return True


def _insert(tx: Tx, arrival: Arrival, resident: ResidentId | None, now: datetime) -> bool:
    values = {
        "event_id": arrival.event_id,
        "resident_id": resident,
        "kind": arrival.kind,
        "occurred_at": arrival.occurred_at,
        "received_at": now,
        "may_reply": arrival.may_reply,
        "body": None if resident is None else residents.key_of(tx, resident).seal(arrival.body, "inbox"),
        "state": "ignored" if resident is None else "waiting",
        "not_before": now,
        "done_at": now if resident is None else None,
        "origin": origin.current(),
    }
    return inserting.unless_there(tx, inbox, values) is not None


def claim(tx: Tx, now: datetime, resident: ResidentId | None = None) -> tuple[InboxId, ResidentId] | None:
    """The oldest event of a resident with whom nobody takes a turn; the resident is held until the transaction ends.

    With `resident`, that one's. Nothing is written: the turn belongs to this same transaction, so a kill leaves no
    lease to wait for.
    """
    oldest = _CLAIM if resident is None else _CLAIM_OF
    found = tx.connection.execute(oldest, {"now": now, "most": 1, "resident": resident}).first()
    return None if found is None else (InboxId(found.id), ResidentId(found.resident_id))


def ripe(tx: Tx, now: datetime, most: int) -> tuple[ResidentId, ...]:
    """The residents whose turns are next, in the order of `claim`; nobody is held."""
    rows = tx.connection.execute(_OLDEST, {"now": now, "most": most})
    return tuple(ResidentId(row.resident_id) for row in rows)


def _oldest() -> sa.Select[tuple[int, int]]:
    other = inbox.alias()
    same = sa.and_(other.c.resident_id == inbox.c.resident_id, waits(other))
    earlier = sa.or_(
        other.c.occurred_at < inbox.c.occurred_at,
        sa.and_(other.c.occurred_at == inbox.c.occurred_at, other.c.id < inbox.c.id),
    )
    return (
        sa.select(inbox.c.id, inbox.c.resident_id)
        .join(residents_table)
        .where(_WAITS, inbox.c.not_before <= sa.bindparam("now"), ~sa.exists().where(same, earlier))
        .order_by(inbox.c.not_before, inbox.c.id)
        .limit(sa.bindparam("most"))
    )


_OLDEST = _oldest()
_CLAIM = _OLDEST.with_for_update(of=residents_table, key_share=True, skip_locked=True)
_CLAIM_OF = _CLAIM.where(inbox.c.resident_id == sa.bindparam("resident"))


_WAITING = (
    sa.select(inbox)
    .where(inbox.c.resident_id == sa.bindparam("resident"), _WAITS)
    .order_by(inbox.c.occurred_at, inbox.c.id)
    .limit(MOST_AT_ONCE)
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
    rows = tx.connection.execute(_WAITING, {"resident": resident})
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


_NEXT_RIPE = sa.select(sa.func.min(inbox.c.not_before)).where(_WAITS)


def next_ripe(tx: Tx) -> datetime | None:
    """When the next waiting event may be taken."""
    ripe: datetime | None = tx.connection.scalar(_NEXT_RIPE)
    return ripe


def counts(tx: Tx) -> dict[str, int]:
    """How many events are in each state."""
    return work.counts(tx, inbox)
