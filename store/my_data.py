"""What is kept about a resident: how much of it, to be said in the talk, and all of it, for their own eyes.

Nothing is in it of what came by telephone or at a counter: nobody there is known to be this resident.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import sqlalchemy as sa

from faq.models import EntryId
from faq.retention import Purpose
from nlp.language import Language
from store import (
    ahead,
    audit,
    booked,
    case_talk,
    cases,
    collaboration_drafts,
    collaboration_steps,
    collaborations,
    conversations,
    leaving,
    opinions,
    particulars,
    photographs,
    queries,
    residents,
    subscriptions,
    told,
)
from store.ahead import Ahead
from store.audit import ByResident, Kind
from store.booked import Booking
from store.case_talk import Entry
from store.cases import Case
from store.collaboration_steps import Step
from store.collaborations import Collaboration
from store.conversations import Conversation
from store.db import Tx
from store.leaving import Leaving
from store.opinions import Opinion
from store.particulars import Field
from store.photographs import Photograph
from store.queries import QueryId
from store.residents import ResidentId
from store.subscriptions import Subscription
from store.tables import conversations as conversations_table
from store.tables import inbox, mailing_batches, mailing_recipients, notices, outbox
from store.tables import queries as queries_table
from store.tables import residents as residents_table

MAILED: Final = "mailing"
"""What was sent, of a notice that they chose to hear of."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How much is kept, without opening any of it."""

    questions: int
    """Whose words are still there."""
    talks: bool
    """Whether a talk is open."""
    ahead: Ahead
    past: int
    """Bookings that are over."""
    closed: int
    """Cases that are closed and can still be read."""
    collaborations: int
    """Proposals that can still be read."""
    wishes: int
    """To be told of an answer."""
    subscription: Subscription
    """What they chose to hear of."""
    opinions: int
    """Of which the words are still there."""
    forms: int
    leaving: Leaving | None


@dataclass(frozen=True, slots=True)
class Question:
    """Something that was asked, in the masked words that are kept."""

    at: datetime
    words: str
    answered_by: EntryId | None


@dataclass(frozen=True, slots=True)
class Form:
    """What was told on a form."""

    purpose: Purpose
    told_at: datetime
    until: date
    """The day on which it goes."""
    fields: Mapping[Field, str]


@dataclass(frozen=True, slots=True)
class Handed:
    """A case, and what its resident has said and heard; what staff noted among themselves is not in it."""

    case: Case
    talk: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal to work together with the city, and the stages that it reached."""

    collaboration: Collaboration
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """That something was sent, or is to be; its words go when it is sent."""

    what: str
    """`answer`, or the kind of a notice."""
    at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Everything:
    """All of it, opened."""

    address: str
    """LINE's user id."""
    known_since: datetime
    last_seen: datetime
    language: Language | None
    """In which they are answered; None where nothing they wrote has shown it."""
    questions: tuple[Question, ...]
    talk: Conversation | None
    bookings: tuple[Booking, ...]
    """Also those that are over, as long as they are known to be theirs."""
    cases: tuple[Handed, ...]
    opinions: tuple[Opinion, ...]
    """On drafts of the city."""
    collaborations: tuple[Proposed, ...]
    collaboration_drafts: tuple[str, ...]
    """What was typed for a proposal that is not sent yet."""
    photographs: tuple[Photograph, ...]
    """Without what is on them."""
    wishes: tuple[datetime, ...]
    """When each was told: to be told of an answer."""
    subscription: Subscription
    forms: tuple[Form, ...]
    sent: tuple[Sent, ...]
    received: tuple[datetime, ...]
    """When something came from LINE; its words went when it was answered."""


def kept_of(tx: Tx, resident: ResidentId, now: datetime) -> Kept:
    """How much is kept of a resident who is there."""
    coming = ahead.of_resident(tx, resident, now)
    asked = sa.and_(queries_table.c.resident_id == resident, queries_table.c.text.is_not(None))
    talks = conversations_table.c.resident_id == resident
    return Kept(
        questions=_count(tx, queries_table, asked),
        talks=_count(tx, conversations_table, talks) > 0,
        ahead=coming,
        past=len(booked.all_of_resident(tx, resident, now)) - len(coming.bookings),
        closed=len(cases.of_resident(tx, resident)) - len(coming.cases),
        collaborations=len(collaborations.of_resident(tx, resident)),
        wishes=len(told.of_resident(tx, resident)),
        subscription=subscriptions.of_resident(tx, resident),
        opinions=len([each for each in opinions.of_resident(tx, resident) if each.words]),
        forms=len(particulars.of_resident(tx, resident)),
        leaving=leaving.of_resident(tx, resident),
    )


def everything_of(tx: Tx, resident: ResidentId, now: datetime) -> Everything:
    """All that is kept of a resident who is there, in a transaction that writes: the look is audited."""
    by = ByResident(resident)
    audit.record(tx, by, "resident.read", Kind.RESIDENT, str(resident), now)
    row = tx.connection.execute(sa.select(residents_table).where(residents_table.c.id == resident)).one()
    return Everything(
        address=residents.address(tx, resident),
        known_since=row.first_seen,
        last_seen=row.last_seen,
        language=Language(row.language) if row.language else None,
        questions=_questions(tx, resident),
        talk=conversations.kept(tx, resident),
        bookings=booked.all_of_resident(tx, resident, now),
        cases=tuple(
            Handed(case, case_talk.told_to(tx, resident, case.id)) for case in cases.of_resident(tx, resident)
        ),
        opinions=opinions.of_resident(tx, resident),
        collaborations=tuple(
            Proposed(each, collaboration_steps.of_collaboration(tx, each.id))
            for each in collaborations.of_resident(tx, resident)
        ),
        collaboration_drafts=collaboration_drafts.of_resident(tx, resident),
        photographs=photographs.of_resident(tx, resident),
        wishes=tuple(wish.asked_at for wish in told.of_resident(tx, resident)),
        subscription=subscriptions.of_resident(tx, resident),
        forms=_forms(tx, by, now),
        sent=_sent(tx, resident),
        received=_received(tx, resident),
    )


def _count(tx: Tx, table: sa.Table, which: sa.ColumnElement[bool]) -> int:
    return tx.connection.scalar(sa.select(sa.func.count()).select_from(table).where(which)) or 0


def _questions(tx: Tx, resident: ResidentId) -> tuple[Question, ...]:
    mine = sa.select(queries_table).where(queries_table.c.resident_id == resident)
    rows = tx.connection.execute(mine.order_by(queries_table.c.id)).all()
    words = queries.words(tx, [QueryId(row.id) for row in rows])
    return tuple(
        Question(row.asked_at, words[row.id], None if row.entry_id is None else EntryId(row.entry_id))
        for row in rows
        if row.id in words
    )


def _forms(tx: Tx, by: ByResident, now: datetime) -> tuple[Form, ...]:
    return tuple(
        Form(each.purpose, each.told_at, each.delete_on, particulars.read(tx, each.id, by, now))
        for each in particulars.sets_of(tx, by.resident)
    )


def _sent(tx: Tx, resident: ResidentId) -> tuple[Sent, ...]:
    """Answers and notices by when they were put out; notices that are only planned by when they are due."""
    of = sa.select(outbox.c.about, outbox.c.created_at, outbox.c.state).where(
        outbox.c.resident_id == resident
    )
    planned = sa.select(notices.c.kind, notices.c.due_at, notices.c.state).where(
        notices.c.resident_id == resident, notices.c.state == "planned"
    )
    batch = sa.and_(
        mailing_batches.c.mailing_id == mailing_recipients.c.mailing_id,
        mailing_batches.c.number == mailing_recipients.c.batch,
    )
    mailed = (
        sa.select(
            sa.literal(MAILED),
            sa.func.coalesce(mailing_batches.c.done_at, mailing_batches.c.not_before),
            mailing_batches.c.state,
        )
        .join(mailing_recipients, batch)
        .where(mailing_recipients.c.resident_id == resident)
    )
    rows = [each for which in (of, planned, mailed) for each in tx.connection.execute(which)]
    return tuple(sorted((Sent(*row) for row in rows), key=lambda sent: sent.at))


def _received(tx: Tx, resident: ResidentId) -> tuple[datetime, ...]:
    mine = sa.select(inbox.c.received_at).where(inbox.c.resident_id == resident)
    return tuple(tx.connection.scalars(mine.order_by(inbox.c.id)))
