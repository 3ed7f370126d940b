"""What came of a mailing, in numbers: no person is in them."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import sqlalchemy as sa

from faq.topics import TopicId
from store.db import Tx
from store.mailings import OPEN, MailingId, State
from store.residents import ResidentId
from store.tables import mailing_batches as batches
from store.tables import mailing_recipients as recipients
from store.tables import mailings as table

READ_EVERY: Final = timedelta(hours=6)
READ_FOR: Final = timedelta(days=14)
"""So long after it ended is looked how a mailing was read: LINE counts two weeks."""


class Outcome(StrEnum):
    """What became of a batch, as its row says it."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"
    """LINE refused it for good."""
    GIVEN_UP = "given_up"
    """Nobody knows whether it arrived, and LINE would send it a second time by now."""
    UNSURE = "unsure"
    """The mailing ended before anybody knew whether it had arrived."""
    STOPPED = "stopped"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Refused:
    """Batches that LINE refused with one status."""

    status: int
    people: int
    request_id: str
    """Of one of them, by which LINE knows the request."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How far a mailing has come, in people."""

    people: Counter[Outcome]
    left: int
    """Who wanted it no more when their turn came: stopped the topic, blocked the account, or had all erased."""
    refused: tuple[Refused, ...]
    helped: int
    """Who said that it helped."""
    turned_off: int
    """Who stopped its topics by its button."""
    seen: int | None
    """Who saw it; None: LINE does not say, since it is fewer than twenty, or not yet."""
    clicked: int | None
    read_at: datetime | None
    """When LINE was asked last."""

    @property
    def total(self) -> int:
        return self.people.total()

    @property
    def settled(self) -> int:
        """Of how many it is known what became, or that nobody will know."""
        return self.total - self.people[Outcome.WAITING]


def of(tx: Tx, mailing: MailingId) -> Figures:
    """The figures of a mailing that is there."""
    row = tx.connection.execute(sa.select(table).where(table.c.id == mailing)).one()
    sizes = sa.select(batches.c.state, sa.func.sum(batches.c.size)).where(batches.c.mailing_id == mailing)
    people = {Outcome(state): int(size) for state, size in tx.connection.execute(sizes.group_by("state"))}
    return Figures(
        people=Counter(people),
        left=row.left,
        refused=_refused(tx, mailing),
        helped=row.helped,
        turned_off=row.turned_off,
        seen=row.seen,
        clicked=row.clicked,
        read_at=row.read_at,
    )


def _refused(tx: Tx, mailing: MailingId) -> tuple[Refused, ...]:
    dead = (
        sa.select(batches.c.http_status, sa.func.sum(batches.c.size), sa.func.max(batches.c.request_id))
        .where(batches.c.mailing_id == mailing, batches.c.state == Outcome.DEAD.value)
        .group_by(batches.c.http_status)
        .order_by(batches.c.http_status)
    )
    return tuple(Refused(row[0] or 0, int(row[1]), row[2] or "") for row in tx.connection.execute(dead))


# Answers ------------------------------------------------------------------------------------------


class Answer(StrEnum):
    """What the buttons of its bubble say; the names of the columns that count them."""

    HELPED = "helped"
    TURNED_OFF = "turned_off"


def answered(tx: Tx, unit: str, resident: ResidentId, answer: Answer) -> tuple[TopicId, ...]:
    """Counts who pressed a button, once each; the topics of the mailing, none where no mailing has this name.

    That somebody answered stands with their place among the recipients, and goes with it; what they said does not.
    """
    found = tx.connection.execute(sa.select(table.c.id, table.c.topics).where(table.c.unit == unit)).first()
    if found is None:
        return ()
    mine = sa.and_(recipients.c.mailing_id == found.id, recipients.c.resident_id == resident)
    first = recipients.update().where(mine, ~recipients.c.answered).values(answered=True)
    if tx.connection.execute(first).rowcount:
        counted = table.c[answer.value]
        tx.connection.execute(table.update().where(table.c.id == found.id).values({counted: counted + 1}))
    return tuple(map(TopicId, found.topics))


# How it was read ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ToBeRead:
    """A mailing of which LINE may have more to say."""

    id: MailingId
    unit: str
    begun_at: datetime


def to_be_read(tx: Tx, now: datetime) -> ToBeRead | None:
    """The one of which LINE was asked longest ago, where any is due."""
    of = table.c
    due = (
        sa.select(of.id, of.unit, of.begun_at)
        .where(of.begun_at.is_not(None), of.begun_at > now - READ_FOR)
        .where(sa.or_(of.read_at.is_(None), of.read_at < now - READ_EVERY))
        .where(of.ended_at < now - timedelta(minutes=10))
        .order_by(of.read_at, of.id)
        .limit(1)
    )
    row = tx.connection.execute(due).first()
    return None if row is None else ToBeRead(MailingId(row.id), row.unit, row.begun_at)


def keep_reads(tx: Tx, mailing: MailingId, seen: int | None, clicked: int | None, now: datetime) -> None:
    """What LINE said; what it does not say any more stays as it was."""
    of = table.c
    values = {
        "seen": of.seen if seen is None else seen,
        "clicked": of.clicked if clicked is None else clicked,
        "read_at": now,
    }
    tx.connection.execute(table.update().where(of.id == mailing).values(values))


def is_any_unfinished(tx: Tx) -> bool:
    """Whether somebody writes a mailing, or waits for one."""
    unfinished = [state.value for state in (*OPEN, State.SENDING)]
    return bool(tx.connection.scalar(sa.select(sa.exists().where(table.c.state.in_(unfinished)))))
