"""The outbox: what is to be said, put there in the transaction that decided it, sent after.

A reply cannot carry a retry key: LINE takes its token once, so a try whose outcome is unknown is repeated with
the token (400 within its life: it was delivered), and pushed once the token has died. That is the one doubling
that can happen; it is marked `may_be_doubled` and counted. A push carries a key stored before its first try.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NewType

import sqlalchemy as sa

from store import origin, residents, work
from store.db import Tx
from store.inbox import InboxId, InboxItem
from store.keyring import Key
from store.origin import RequestId
from store.residents import Resident, ResidentId
from store.tables import inbox, outbox, resident_keys
from store.tables import residents as residents_table
from store.tables.work import waits

OutboxId = NewType("OutboxId", int)

ANSWER: Final = "answer"
"""What answers a resident: sent as a reply, or pushed where that came too late."""
REPLY_LIFE = timedelta(seconds=50)
"""LINE takes a reply token for one minute after the webhook; ten seconds are left for the way."""
SETTLES = timedelta(seconds=30)
"""What is left of a token when an answer is first tried with it: where that try ends unknown, because the process is
killed or LINE says nothing, another with the same token finds out. Later an answer is pushed from the first, with a
key that tells LINE a second time from a first."""
LEASE: Final = timedelta(seconds=6)
"""How long an item is left to its sender after it was last heard of. Who lives renews it: a send may take longer, and
who asked something of a machine that died is to be answered within ten seconds."""
RETRY_KEY_LIFE = timedelta(hours=23)
"""LINE forgets a retry key after 24 hours and would then send again."""


@dataclass(frozen=True, slots=True)
class ReplyToken:
    """What LINE gave for one answer to an event."""

    text: str
    until: datetime
    """Until when it is used."""


def _may_begin(until: datetime, now: datetime) -> bool:
    """Whether a first try may be made with a token."""
    return now < until - SETTLES


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """Messages to one resident, as LINE takes them."""

    id: OutboxId
    resident: ResidentId
    address: str
    follows: bool
    messages: bytes
    """JSON, frozen when it was put here: a retry key demands the same body each time."""
    reply_token: str | None
    """None where it is to be pushed."""
    unsure: bool
    """A reply was tried before and nobody knows whether it arrived."""
    pushed_at: datetime | None
    """When a push was first tried, before this try."""
    not_after: datetime | None
    """When it loses its point; None: never."""
    retry_key: str
    about: str
    """What it is: `ANSWER`, or the kind of a notice."""
    attempts: int
    origin: RequestId | None = None
    """The HTTP request that it goes back to: the webhook's, or of who answered at a desk."""
    asked_at: datetime | None = None
    """When what it answers arrived; None for what is said unasked."""


IN_HAND: Final = (
    *(
        "resident_id",
        "inbox_id",
        "about",
        "body",
        "reply_token",
        "reply_until",
        "retry_key",
        "origin",
        "created_at",
    ),
    *("state", "not_before", "not_after", "replied_at", "pushed_at", "leased_until", "leased_by"),
)
"""The columns of an answer that is put and taken at once."""
_PUT = outbox.insert()
_PUT_IN_HAND = _PUT.returning(outbox.c.id)


@dataclass(frozen=True, slots=True)
class InHand:
    """An answer that is put and taken at once, as `put` and `claim`: nothing may wait before it."""

    row: Mapping[str, Any]
    """The columns of `IN_HAND`."""
    to: Resident
    address: str
    messages: bytes
    reply_token: str | None
    asked_at: datetime

    def item(self, row_id: int) -> OutboxItem:
        """The answer, once it is there."""
        return OutboxItem(
            id=OutboxId(row_id),
            resident=self.to.id,
            address=self.address,
            follows=self.to.follows,
            messages=self.messages,
            reply_token=self.reply_token,
            unsure=False,
            pushed_at=None,
            not_after=self.row["not_after"],
            retry_key=self.row["retry_key"],
            about=ANSWER,
            attempts=0,
            origin=self.row["origin"],
            asked_at=self.asked_at,
        )


def put(
    tx: Tx,
    resident: ResidentId,
    messages: bytes,
    now: datetime,
    *,
    about: str = ANSWER,
    cause: InboxId | None = None,
    reply: ReplyToken | None = None,
    notice: int | None = None,
    not_after: datetime | None = None,
) -> None:
    """Queues messages. One event causes one item at the most (a unique constraint holds it).

    `notice`: the id of the one that this says; `not_after`: when it loses its point.
    """
    values = _values(tx, resident, messages, now, reply)
    of = {"about": about, "inbox_id": cause, "notice_id": notice, "not_after": not_after}
    tx.connection.execute(_PUT, values | of)


def in_hand(
    tx: Tx,
    to: Resident,
    address: str,
    messages: bytes,
    now: datetime,
    worker: str,
    *,
    cause: InboxItem,
    reply: ReplyToken | None,
    not_after: datetime,
) -> InHand:
    """An answer for this worker to send."""
    by_reply = reply is not None and _may_begin(reply.until, now)
    row = _values(tx, to.id, messages, now, reply)
    row |= {"about": ANSWER, "inbox_id": cause.id, "not_after": not_after, **_leased(worker, now)}
    row |= {"replied_at": now if by_reply else None, "pushed_at": None if by_reply else now}
    return InHand(row, to, address, messages, reply.text if reply and by_reply else None, cause.received_at)


def put_in_hand(tx: Tx, answer: InHand) -> OutboxItem:
    """Puts it and takes it, in one statement."""
    return answer.item(tx.connection.execute(_PUT_IN_HAND, answer.row).scalar_one())


def _values(
    tx: Tx, resident: ResidentId, messages: bytes, now: datetime, reply: ReplyToken | None
) -> dict[str, Any]:
    key = residents.key_of(tx, resident)
    return {
        "resident_id": resident,
        "body": key.seal(messages, "outbox"),
        "reply_token": key.seal(reply.text.encode(), "token") if reply else None,
        "reply_until": reply and reply.until,
        "retry_key": str(uuid.uuid4()),
        "origin": origin.current(),
        "created_at": now,
        "state": "waiting",
        "not_before": now,
    }


def _leased(worker: str, now: datetime) -> dict[str, Any]:
    return {"leased_until": now + LEASE, "leased_by": worker}


_RIPE = sa.and_(
    waits(outbox),
    outbox.c.not_before <= sa.bindparam("now"),
    sa.or_(outbox.c.leased_until.is_(None), outbox.c.leased_until < sa.bindparam("now")),
)


def _oldest(*of: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """The first of a resident to whom nothing is being sent, taken before anything is joined to it: see
    `store/inbox.py`.
    """
    other, whose = outbox.alias(), residents_table.c
    same = sa.select(other.c.id).where(other.c.resident_id == outbox.c.resident_id, waits(other))
    first = same.order_by(other.c.id).limit(1).correlate(outbox).scalar_subquery()
    ordered = (
        sa.select(outbox).where(_RIPE, outbox.c.id == first, *of).order_by(outbox.c.not_before, outbox.c.id)
    )
    taken = ordered.limit(1).with_for_update(skip_locked=True).subquery()
    return (
        sa.select(taken, whose.follows, whose.address, resident_keys.c.wrapped, inbox.c.received_at)
        .join(residents_table, whose.id == taken.c.resident_id)
        .join(resident_keys, resident_keys.c.resident_id == taken.c.resident_id)
        .outerjoin(inbox, inbox.c.id == taken.c.inbox_id)
    )


_CLAIM = _oldest()
_CLAIM_OF = _oldest(outbox.c.resident_id == sa.bindparam("resident"))
_TAKE = (
    outbox.update()
    .where(outbox.c.id == sa.bindparam("item"))
    .values(
        {
            name: sa.bindparam(name)
            for name in ("leased_until", "leased_by", "replied_at", "pushed_at", "may_be_doubled")
        }
    )
)
"""Made once, as those below: each answer needs them."""


def claim(tx: Tx, worker: str, now: datetime, resident: ResidentId | None = None) -> OutboxItem | None:
    """Takes the oldest item of a resident to whom nothing is being sent; of this one, where one is named.

    Decides the way of this try and notes it before it is tried, so that a kill cannot hide it.
    """
    oldest = _CLAIM if resident is None else _CLAIM_OF
    row = tx.connection.execute(oldest, {"now": now, "resident": resident}).first()
    if row is None:
        return None
    was_tried = row.replied_at is not None
    by_reply = row.reply_token is not None and (
        now < row.reply_until if was_tried else _may_begin(row.reply_until, now)
    )
    begun = {
        "replied_at": now if by_reply else row.replied_at,
        "pushed_at": row.pushed_at if by_reply else row.pushed_at or now,
        "may_be_doubled": row.may_be_doubled if by_reply else was_tried,
    }
    tx.connection.execute(_TAKE, {"item": row.id, **_leased(worker, now), **begun})
    return _item(residents.unwrapped(tx, row.resident_id, row.wrapped), row, by_reply)


def _item(key: Key, row: sa.Row[Any], by_reply: bool) -> OutboxItem:
    return OutboxItem(
        id=OutboxId(row.id),
        resident=ResidentId(row.resident_id),
        address=key.open_text(row.address, "address"),
        follows=row.follows,
        messages=key.open(row.body, "outbox"),
        reply_token=key.open(row.reply_token, "token").decode() if by_reply else None,
        unsure=row.replied_at is not None,
        pushed_at=row.pushed_at,
        not_after=row.not_after,
        retry_key=row.retry_key,
        about=row.about,
        attempts=row.attempts,
        origin=row.origin,
        asked_at=row.received_at,
    )


def stop_pushes(tx: Tx, resident: ResidentId, now: datetime) -> None:
    """Drops what waits for somebody who blocked the account."""
    waiting = sa.and_(outbox.c.resident_id == resident, outbox.c.state == "waiting")
    tx.connection.execute(outbox.update().where(waiting).values(state="dropped", done_at=now, body=None))


IS_RIPE = sa.exists().where(_RIPE)
"""Whether anything may be sent at `now` that nobody is sending."""


def counts(tx: Tx) -> dict[str, int]:
    """How many items are in each state, and how many replies `may_be_doubled`."""
    doubled = tx.connection.scalar(sa.select(sa.func.count()).where(outbox.c.may_be_doubled))
    return {**work.counts(tx, outbox), "may_be_doubled": doubled or 0}


def free_all(tx: Tx) -> None:
    """Ends the leases that a killed process left; only where no other process works."""
    work.free_all(tx, outbox)
