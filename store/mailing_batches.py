"""The batches of a mailing: people of one language, to whom the same is sent in one request with its own retry key.

A batch is worked on by one sender at a time, and of a mailing one batch: so stopping stops within a batch. Until its
first try a batch loses who wants it no more; from then on its people and its body stay, since the retry key demands
the same request. Only who is erased is sent nothing more: LINE tells requests apart by the key alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

import sqlalchemy as sa

from nlp.language import Language
from store import mailings, residents, run_settings, subscriptions, work
from store.db import Tx
from store.mailings import Mailing, MailingId, State
from store.residents import ResidentId
from store.tables import mailing_batches as batches
from store.tables import mailing_recipients as recipients
from store.tables import mailings as table
from store.tables import resident_keys
from store.tables import residents as residents_table

BatchId = NewType("BatchId", int)


@dataclass(frozen=True, slots=True)
class Batch:
    """People to whom the same is sent in one request."""

    id: BatchId
    mailing: Mailing
    language: Language
    retry_key: str
    body: bytes | None
    """JSON, frozen at its first try; None before."""
    tried_at: datetime | None
    unsure: bool
    """LINE may have taken it at an earlier try."""
    attempts: int


def claim(tx: Tx, worker: str, now: datetime) -> Batch | None:
    """Takes the next batch of a mailing of which no other is on its way, and notes that it is tried."""
    # Who holds the row of a mailing keeps others from changing it until this transaction ends.
    ready = tx.connection.scalars(_ready(tx, now).with_for_update(skip_locked=True)).all()
    for mailing in map(MailingId, ready):
        if _is_on_its_way(tx, mailing, now):
            continue
        ripe = sa.select(batches.c.id).where(batches.c.mailing_id == mailing, work.is_ripe(batches, now))
        taken = work.claim(
            tx, batches, ripe.order_by(batches.c.not_before, batches.c.id).limit(1), worker, now
        )
        if taken is not None:
            return _load(tx, taken.id)
    return None


def is_any_ready(tx: Tx, now: datetime) -> bool:
    """Whether there may be a batch to claim: a look that takes no lock."""
    return tx.connection.scalar(_ready(tx, now)) is not None


def _ready(tx: Tx, now: datetime) -> sa.Select[int]:
    """The mailings that have a batch to be sent."""
    ripe = sa.exists().where(batches.c.mailing_id == table.c.id, work.is_ripe(batches, now))
    return (
        sa.select(table.c.id)
        .where(table.c.state == State.SENDING.value, table.c.not_after >= now, is_awake(tx, now), ripe)
        .order_by(table.c.urgent.desc(), table.c.begun_at, table.c.id)
        .limit(4)
    )


def _is_on_its_way(tx: Tx, mailing: MailingId, now: datetime) -> bool:
    """A statement of its own, so that it sees what the last holder of the mailing's lock has committed."""
    leased = sa.and_(
        batches.c.mailing_id == mailing, batches.c.state == "waiting", batches.c.leased_until >= now
    )
    return bool(tx.connection.scalar(sa.select(sa.func.count()).where(leased)))


def _load(tx: Tx, row_id: int) -> Batch:
    row = tx.connection.execute(sa.select(batches).where(batches.c.id == row_id)).one()
    return Batch(
        id=BatchId(row.id),
        mailing=mailings.one(tx, MailingId(row.mailing_id)),
        language=Language(row.language),
        retry_key=row.retry_key,
        body=row.body,
        tried_at=row.tried_at,
        unsure=row.unsure,
        attempts=row.attempts,
    )


def thin_out(tx: Tx, batch: Batch) -> int:
    """Takes out, before the first try, who wants it no more; how many people are left."""
    what = batch.mailing.what
    still = sa.select(residents_table.c.id).where(
        residents_table.c.id == recipients.c.resident_id, subscriptions.wants(what.topics, what.wards)
    )
    gone = tx.connection.execute(recipients.delete().where(_of(batch), ~still.exists())).rowcount
    left = tx.connection.scalar(sa.select(sa.func.count()).select_from(recipients).where(_of(batch))) or 0
    before = tx.connection.scalar(sa.select(batches.c.size).where(batches.c.id == batch.id)) or 0
    if gone or left != before:
        lost = table.update().where(table.c.id == batch.mailing.id).values(left=table.c.left + before - left)
        tx.connection.execute(lost)
        tx.connection.execute(batches.update().where(batches.c.id == batch.id).values(size=left))
    return left


def trying(tx: Tx, batch: Batch, body: bytes, now: datetime) -> None:
    """Notes that it is tried with this body, before it is: a kill cannot hide it."""
    values = {"body": body, "tried_at": batch.tried_at or now, "unsure": True}
    tx.connection.execute(batches.update().where(batches.c.id == batch.id).values(values))


def addresses(tx: Tx, batch: Batch) -> tuple[str, ...]:
    """Where to send it: LINE's user ids, in the same order each time, opened for this request alone."""
    return tuple(_addresses(tx, batch))


def _addresses(tx: Tx, batch: Batch) -> Iterator[str]:
    whose = recipients.c.resident_id == residents_table.c.id
    sealed = (
        sa.select(residents_table.c.id, residents_table.c.address, resident_keys.c.wrapped)
        .join(recipients, whose)
        .join(resident_keys, resident_keys.c.resident_id == residents_table.c.id)
        .where(_of(batch))
        .order_by(residents_table.c.id)
    )
    for row in tx.connection.execute(sealed):
        key = residents.unwrapped(tx, ResidentId(row.id), row.wrapped)
        yield key.open_text(row.address, "address")


def _of(batch: Batch) -> sa.ColumnElement[bool]:
    number = sa.select(batches.c.number).where(batches.c.id == batch.id).scalar_subquery()
    return sa.and_(recipients.c.mailing_id == batch.mailing.id, recipients.c.batch == number)


def holds(tx: Tx, batch: Batch, worker: str) -> bool:
    """Whether this sender may still say what became of the batch; the mailing is locked first, as all do."""
    tx.connection.execute(sa.select(table.c.id).where(table.c.id == batch.mailing.id).with_for_update())
    return work.holds(tx, batches, batch.id, worker)


def is_awake(tx: Tx, now: datetime) -> sa.ColumnElement[bool]:
    """Whether a mailing may go out at this hour."""
    return sa.true() if run_settings.read(tx).may_remind(now) else table.c.urgent


def free_all(tx: Tx) -> None:
    """Ends the leases that a killed process left; only where no other process works."""
    work.free_all(tx, batches)
