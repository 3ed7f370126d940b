"""What comes of the tries to send what the outbox holds, noted by the worker that has the item in hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from nlp.japan import today
from store import sendings, work
from store.db import Tx
from store.outbox import LEASE, OutboxId, OutboxItem
from store.sendings import Way
from store.tables import outbox, undelivered


class Why(StrEnum):
    """Why an item was given up."""

    REFUSED = "refused"
    """LINE does not take it, now or later."""
    UNKNOWN = "unknown"
    """LINE gave no clear answer for so long that it would not know its retry key any more: it may have arrived."""
    LATE = "late"
    """It had lost its point before LINE took it."""


@dataclass(frozen=True, slots=True)
class GivenUp:
    """An item that is sent no more."""

    id: OutboxId
    why: Why
    status: int
    """LINE's; 0 where none came."""
    request_id: str
    """By which LINE knows the request."""


def holds(tx: Tx, item: OutboxItem, worker: str) -> bool:
    """Whether this worker may still say what became of the item."""
    return work.holds(tx, outbox, item.id, worker)


def renew(tx: Tx, held: Mapping[OutboxId, str], now: datetime) -> None:
    """Who holds these items, by the names they were claimed under, still sends them; what others took stays theirs."""
    mine = sa.tuple_(outbox.c.id, outbox.c.leased_by).in_(list(held.items()))
    waiting = outbox.c.state == "waiting"
    tx.connection.execute(outbox.update().where(mine, waiting).values(leased_until=now + LEASE))


_SENT = work.finish_held(outbox, "http_status", "request_id")
_HELD = _SENT.returning(outbox.c.id).cte("held")
_SENT_AND_COUNTED = sendings.count_of(_HELD).returning(sa.literal(1))
"""Both in one statement of PostgreSQL's: the day's row, which all answers count in, is locked for no longer."""


def sent(tx: Tx, item: OutboxItem, worker: str, now: datetime, status: int, request_id: str) -> bool:
    """LINE has it; what it costs is counted. False, and nothing is noted, where this worker holds it no longer.

    On PostgreSQL one statement, for `Database.write_one`.
    """
    way = Way.PUSH if item.reply_token is None else Way.REPLY
    ended = {"row": item.id, "worker": worker, "end": "sent", "now": now}
    ended |= {"http_status": status, "request_id": request_id}
    if tx.connection.dialect.name == "postgresql":
        count = {"on_day": today(now), "by_way": way.value, "of_what": item.about}
        return tx.connection.execute(_SENT_AND_COUNTED, ended | count).first() is not None
    if held := tx.connection.execute(_SENT, ended).rowcount == 1:
        sendings.count(tx, way, item.about, today(now))
    return held


def give_up(tx: Tx, item: OutboxItem, why: Why, now: datetime, status: int = 0, request_id: str = "") -> None:
    """It is sent no more, and stands on the list of staff; its words are kept until they have seen to it."""
    work.finish(tx, outbox, item.id, "dead", now, forget=False, http_status=status, request_id=request_id)
    tx.connection.execute(undelivered.insert().values(outbox_id=item.id, why=why.value, given_up_at=now))


def dropped(tx: Tx, item: OutboxItem, now: datetime) -> None:
    """Not sent, since the resident blocked the account."""
    work.finish(tx, outbox, item.id, "dropped", now)


def later(tx: Tx, item: OutboxItem, moment: datetime, status: int) -> None:
    """To be tried again at that moment: nobody knows whether it arrived. `status` 0: no answer came."""
    _note(tx, item, status, "")
    work.release(tx, outbox, item.id, moment)


def refused_for_now(tx: Tx, item: OutboxItem, moment: datetime, status: int) -> None:
    """To be tried again at that moment: LINE surely did not take it this time. It is as if it had not been tried, so
    an item that LINE never had grows no older by it.
    """
    later(tx, item, moment, status)
    untried: dict[str, None] = {} if item.unsure else {"replied_at": None}
    if item.pushed_at is None:
        untried["pushed_at"] = None
    if untried:
        tx.connection.execute(outbox.update().where(outbox.c.id == item.id).values(untried))


def push_instead(tx: Tx, item: OutboxItem, now: datetime) -> None:
    """LINE does not take the token, and nothing was sent with it: the next try is a push."""
    values = {"reply_token": None, "reply_until": None, "replied_at": None}
    tx.connection.execute(outbox.update().where(outbox.c.id == item.id).values(values))
    work.release(tx, outbox, item.id, now, tried=False)


def _note(tx: Tx, item: OutboxItem, status: int, request_id: str) -> None:
    tx.connection.execute(
        outbox.update().where(outbox.c.id == item.id).values(http_status=status, request_id=request_id)
    )


def given_up(tx: Tx, most: int) -> tuple[GivenUp, ...]:
    """The newest items that nobody has seen to."""
    query = (
        sa.select(outbox.c.id, undelivered.c.why, outbox.c.http_status, outbox.c.request_id)
        .join(undelivered)
        .where(undelivered.c.settled_at.is_(None))
        .order_by(outbox.c.id.desc())
        .limit(most)
    )
    return tuple(
        GivenUp(OutboxId(row.id), Why(row.why), row.http_status or 0, row.request_id or "")
        for row in tx.connection.execute(query)
    )
