"""What became of a batch, and of a mailing: sent, refused, tried again, stopped, or over before all had it."""

from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from nlp.japan import today
from store import audit, sendings, work
from store.audit import SERVICE, Kind
from store.db import Tx
from store.mailing_batches import Batch
from store.mailings import MailingId, State
from store.sendings import Way
from store.tables import mailing_batches as batches
from store.tables import mailings as table

ABOUT: Final = "mailing"
"""As what it is counted among the pushes."""
RETRY_KEY_LIFE: Final = timedelta(hours=23)
"""LINE forgets a retry key after 24 hours and would then send again."""
FULL_WAIT: Final = timedelta(hours=1)
"""How long is waited where the month's messages are used up."""


def sent(tx: Tx, batch: Batch, now: datetime, status: int, request_id: str) -> None:
    """LINE has it; what it costs is counted."""
    size = tx.connection.scalar(sa.select(batches.c.size).where(batches.c.id == batch.id)) or 0
    sendings.count(tx, Way.PUSH, ABOUT, today(now), size)
    _full(tx, batch, None)
    _finish(tx, batch, "sent", now, status, request_id)


def nobody(tx: Tx, batch: Batch, now: datetime) -> None:
    """Of those in it nobody wants it any more."""
    _finish(tx, batch, "sent", now, 0, "")


def refused(tx: Tx, batch: Batch, now: datetime, status: int, request_id: str) -> None:
    """LINE refuses it for good."""
    _finish(tx, batch, "dead", now, status, request_id)


def given_up(tx: Tx, batch: Batch, now: datetime) -> None:
    """LINE would no longer know its retry key, and nobody knows whether it arrived."""
    _finish(tx, batch, "given_up", now, 0, "")


def later(tx: Tx, batch: Batch, now: datetime, status: int) -> None:
    """Nobody knows whether LINE took it: the same request comes again, unless the mailing was stopped."""
    _note(tx, batch, status, "")
    if _is_over(tx, batch):
        work.finish(tx, batches, batch.id, "unsure", now)
    else:
        work.release(tx, batches, batch.id, now + work.backoff(batch.attempts))
    close(tx, batch.mailing.id, now)


def not_taken(tx: Tx, batch: Batch, now: datetime, status: int, *, full: bool) -> None:
    """LINE surely did not take it this time (429); `full`: nor will it until the month is over, or the plan another."""
    _note(tx, batch, status, "")
    if not batch.unsure:
        fresh = {"unsure": False, "tried_at": None, "body": None}
        tx.connection.execute(batches.update().where(batches.c.id == batch.id).values(fresh))
    if _is_over(tx, batch):
        work.finish(tx, batches, batch.id, "unsure" if batch.unsure else "stopped", now)
        close(tx, batch.mailing.id, now)
        return
    work.release(tx, batches, batch.id, now + (FULL_WAIT if full else work.backoff(batch.attempts)))
    if full:
        _full(tx, batch, now)
        waiting = sa.and_(batches.c.mailing_id == batch.mailing.id, batches.c.state == "waiting")
        tx.connection.execute(batches.update().where(waiting).values(not_before=now + FULL_WAIT))


def _full(tx: Tx, batch: Batch, since: datetime | None) -> None:
    to = since and sa.func.coalesce(table.c.full_since, since)
    tx.connection.execute(table.update().where(table.c.id == batch.mailing.id).values(full_since=to))


def _is_over(tx: Tx, batch: Batch) -> bool:
    """Whether the mailing was stopped meanwhile, or its time is over."""
    state = tx.connection.scalar(sa.select(table.c.state).where(table.c.id == batch.mailing.id))
    return state != State.SENDING.value


def _finish(tx: Tx, batch: Batch, state: str, now: datetime, status: int, request_id: str) -> None:
    _note(tx, batch, status, request_id)
    work.finish(tx, batches, batch.id, state, now)
    close(tx, batch.mailing.id, now)


def _note(tx: Tx, batch: Batch, status: int, request_id: str) -> None:
    noted = {"http_status": status, "request_id": request_id}
    tx.connection.execute(batches.update().where(batches.c.id == batch.id).values(noted))


def close(tx: Tx, mailing: MailingId, now: datetime) -> None:
    """Ends a mailing of which no batch waits any more."""
    waits = sa.exists().where(batches.c.mailing_id == mailing, batches.c.state == "waiting")
    this = sa.and_(table.c.id == mailing, table.c.state == State.SENDING.value, ~waits)
    tx.connection.execute(table.update().where(this).values(state=State.SENT.value, ended_at=now))


def end(tx: Tx, mailing: MailingId, state: State, now: datetime) -> None:
    """Sends no further batch; what is on its way is settled by who sends it."""
    free = sa.or_(batches.c.leased_until.is_(None), batches.c.leased_until < now)
    idle = sa.and_(batches.c.mailing_id == mailing, batches.c.state == "waiting", free)
    becomes = sa.case((batches.c.unsure, "unsure"), else_=state.value)
    over = {"state": becomes, "done_at": now, "body": None, "leased_by": None, "leased_until": None}
    tx.connection.execute(batches.update().where(idle).values(over))
    this = sa.and_(table.c.id == mailing, table.c.ended_at.is_(None))
    tx.connection.execute(table.update().where(this).values(state=state.value, ended_at=now))


def is_any_over(tx: Tx, now: datetime) -> bool:
    """Whether `lapse` has anything to do: a look that takes no lock."""
    return bool(tx.connection.scalar(sa.select(sa.or_(_past(now).exists(), _left(now).exists()))))


def lapse(tx: Tx, now: datetime) -> None:
    """Ends mailings whose last moment is over, and what senders that were killed left of those that ended."""
    for each in tx.connection.scalars(_past(now).with_for_update(skip_locked=True)).all():
        end(tx, MailingId(each), State.LAPSED, now)
        audit.record(tx, SERVICE, "mailing.lapsed", Kind.MAILING, str(each), now)
    for each, state in tx.connection.execute(_left(now)).all():
        end(tx, MailingId(each), State(state), now)


def _past(now: datetime) -> sa.Select[int]:
    waiting = (State.APPROVED.value, State.SENDING.value)
    return sa.select(table.c.id).where(table.c.state.in_(waiting), table.c.not_after < now)


def _left(now: datetime) -> sa.Select[int, str]:
    over = (State.STOPPED.value, State.LAPSED.value)
    return (
        sa.select(table.c.id, table.c.state)
        .join(batches, batches.c.mailing_id == table.c.id)
        .where(table.c.state.in_(over), batches.c.state == "waiting", batches.c.leased_until < now)
        .distinct()
    )
