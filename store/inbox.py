"""The inbox: every event that LINE was told has arrived, until its effect is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NewType

import sqlalchemy as sa

from store import inserting, origin, residents, work
from store.db import Tx
from store.keyring import Key
from store.origin import RequestId
from store.residents import ResidentId
from store.tables import inbox
from store.tables import residents as residents_table
from store.tables.work import waits

InboxId = NewType("InboxId", int)
MOST_AT_ONCE = 10
"""How many bubbles of one resident are looked at together."""
IN_HAND = 64
"""Turns that all workers together may be at."""
MOST_IN_ONE = 500
"""Events that are surely kept in one statement: SQLAlchemy cuts an insert after a thousand rows."""


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
    origin: RequestId | None = field(default_factory=origin.current)
    """The webhook call that brought it."""


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
_LINGERS = sa.and_(_WAITS, inbox.c.attempts == 0, inbox.c.not_before > sa.bindparam("now"))
_STOP_LINGERING = (
    inbox.update()
    .where(inbox.c.resident_id.in_(sa.bindparam("residents", expanding=True)), _LINGERS)
    .values(not_before=sa.bindparam("now"))
)
_SENDERS = residents.BY_LOOKUPS.add_columns(
    sa.exists().where(inbox.c.resident_id == residents_table.c.id, _LINGERS).label("lingers")
)
"""Made once, as those below: this is what LINE waits for."""


@dataclass(frozen=True, slots=True)
class _Senders:
    """Who wrote and is known, by address."""

    ids: Mapping[str, ResidentId]
    lingering: frozenset[ResidentId]
    """For whose next words something waits."""


def keep(tx: Tx, arrivals: Sequence[Arrival], now: datetime) -> frozenset[str]:
    """Keeps events; the ids of those that were not there already (LINE may send an event more than once)."""
    known = _known(tx, arrivals, now)
    # Made known in one order everywhere, so that no two machines wait for each other.
    strangers = (each for each in _addresses(arrivals) if each not in known.ids)
    met = {each: residents.meet(tx, each, now).id for each in strangers}
    rows = _rows(tx, arrivals, {**known.ids, **met}, now)
    new = inserting.all_unless_there(tx, inbox.c.event_id, rows)
    spoke = {row["resident_id"] for row in rows if row["event_id"] in new}
    if go_on := spoke & (known.lingering | set(met.values())):  # who is met is not always new
        tx.connection.execute(_STOP_LINGERING, {"residents": sorted(go_on), "now": now})
    return new


def keep_at_once(tx: Tx, arrivals: Sequence[Arrival], now: datetime) -> frozenset[str] | None:
    """As `keep`, where that takes a single statement that writes, and so no transaction around it: who wrote is known,
    and nothing waited for their words. None, and nothing is kept, where it takes more.
    """
    known = _known(tx, arrivals, now)
    is_simple = not known.lingering and known.ids.keys() == set(_addresses(arrivals))
    if not is_simple or len(arrivals) > MOST_IN_ONE:
        return None
    return inserting.all_unless_there(tx, inbox.c.event_id, _rows(tx, arrivals, known.ids, now))


def _addresses(arrivals: Sequence[Arrival]) -> list[str]:
    return sorted({each.address for each in arrivals if each.for_us and each.address})


def _known(tx: Tx, arrivals: Sequence[Arrival], now: datetime) -> _Senders:
    found = residents.with_addresses(tx, _addresses(arrivals), _SENDERS, {"now": now})
    lingering = frozenset(ResidentId(row.id) for row in found.values() if row.lingers)
    return _Senders({address: residents.read(tx, row).id for address, row in found.items()}, lingering)


def _rows(
    tx: Tx, arrivals: Sequence[Arrival], senders: Mapping[str, ResidentId], now: datetime
) -> list[dict[str, Any]]:
    return [
        _row(tx, each, senders.get(each.address or "") if each.for_us else None, now) for each in arrivals
    ]


def _row(tx: Tx, arrival: Arrival, resident: ResidentId | None, now: datetime) -> dict[str, Any]:
    return {
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
        "origin": arrival.origin,
    }


def claim(tx: Tx, now: datetime, resident: ResidentId | None = None) -> tuple[InboxId, ResidentId] | None:
    """The oldest event of a resident with whom nobody takes a turn; the resident is held until the transaction ends.

    With `resident`, that one's. Nothing is written: the turn belongs to this same transaction, so a kill leaves no
    lease to wait for.
    """
    if tx.connection.dialect.name == "postgresql":
        claimed = _CLAIM if resident is None else _CLAIM_OF
    else:
        claimed = _OLDEST if resident is None else _OLDEST_OF
    of = {"now": now, "most": IN_HAND, "resident": resident}
    found = tx.connection.execute(claimed, of).first()
    return None if found is None else (InboxId(found.id), ResidentId(found.resident_id))


def ripe(tx: Tx, now: datetime, most: int) -> tuple[ResidentId, ...]:
    """The residents whose turns are next, in the order of `claim`; nobody is held."""
    rows = tx.connection.execute(_OLDEST, {"now": now, "most": most})
    return tuple(ResidentId(row.resident_id) for row in rows)


def _oldest(*of: sa.ColumnElement[bool]) -> sa.Select[tuple[int, int]]:
    """The first of each resident, in their order."""
    ripe = (_WAITS, inbox.c.not_before <= sa.bindparam("now"), inbox.c.id == _first_of_resident(), *of)
    ordered = sa.select(inbox.c.id, inbox.c.resident_id).where(*ripe)
    return ordered.order_by(inbox.c.not_before, inbox.c.id).limit(sa.bindparam("most"))


def _first_of_resident() -> sa.ScalarSelect[int]:
    """Asked of each candidate. As "there is none before it" PostgreSQL would join it with all that waits, wherever its
    statistics are of a moment when little did: then each turn costs the more, the more has piled up.
    """
    other = inbox.alias()
    first = sa.select(other.c.id).where(other.c.resident_id == inbox.c.resident_id, waits(other))
    return first.order_by(other.c.occurred_at, other.c.id).limit(1).correlate(inbox).scalar_subquery()


def _held(oldest: sa.Select[tuple[int, int]]) -> sa.Select[tuple[int, int]]:
    """The first of these whose resident nobody holds, who is held from then on: each is tried in turn, no more are
    looked at. For PostgreSQL; SQLite has one writer.
    """
    each = oldest.subquery()
    whose = sa.select(residents_table.c.id).where(residents_table.c.id == each.c.resident_id)
    held = whose.with_for_update(key_share=True, skip_locked=True).lateral()
    return sa.select(each.c.id, each.c.resident_id).join(held, sa.true()).limit(1)


_OLDEST = _oldest()
_OLDEST_OF = _oldest(inbox.c.resident_id == sa.bindparam("resident"))
_CLAIM, _CLAIM_OF = _held(_OLDEST), _held(_OLDEST_OF)


ITEM = (
    inbox.c.id.label("item"),
    *(inbox.c[name] for name in ("event_id", "occurred_at", "received_at", "may_reply", "body", "origin")),
)
"""The columns of an event that waits."""
ORDER = (inbox.c.occurred_at, inbox.c.id)
_WAITING = (
    sa.select(*ITEM)
    .where(inbox.c.resident_id == sa.bindparam("resident"), _WAITS)
    .order_by(*ORDER)
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
    return tuple(item(row, key) for row in tx.connection.execute(_WAITING, {"resident": resident}))


def item(row: sa.Row[Any], key: Key) -> InboxItem:
    """A row of `ITEM`."""
    return InboxItem(
        InboxId(row.item),
        row.event_id,
        row.occurred_at,
        row.received_at,
        row.may_reply,
        key.open(row.body, "inbox"),
        row.origin,
    )


def done(tx: Tx, items: Sequence[InboxId], now: datetime, state: str = "done") -> None:
    """The events have had their effect; their text is forgotten, their ids are kept against a second coming."""
    for item in items:
        work.finish(tx, inbox, item, state, now)


def wait_until(tx: Tx, item: InboxId, moment: datetime) -> None:
    """Puts the event back until then, since more words are expected."""
    work.release(tx, inbox, item, moment, tried=False)


def try_again(tx: Tx, item: InboxId, now: datetime) -> int:
    """Puts the event back after a failure; how often it has now been tried."""
    tries: int = tx.connection.execute(sa.select(inbox.c.attempts).where(inbox.c.id == item)).scalar_one()
    work.release(tx, inbox, item, now + work.backoff(tries))
    return tries + 1


IS_RIPE = sa.exists().where(_WAITS, inbox.c.not_before <= sa.bindparam("now"))
"""Whether an event waits whose time has come at `now`."""


def counts(tx: Tx) -> dict[str, int]:
    """How many events are in each state."""
    return work.counts(tx, inbox)
