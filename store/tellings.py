"""Tellings: one notice to one contact of a section, worked on until the contact has it.

A try is noted before it begins. One of which nobody knows the end is made again, since a case that nobody hears of is
worse than two mails; that it may come twice is marked `may_be_doubled`. LINE holds a push to once by its retry key.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NewType

import sqlalchemy as sa

from store import contacts, work
from store.contacts import Contact, ContactId, Way
from store.db import Tx
from store.inserting import unless_there
from store.staff_notices import StaffNoticeId, StaffNoticeKind
from store.tables import staff_notices, tellings

TellingId = NewType("TellingId", int)

LEASE: Final = timedelta(minutes=2)
"""Longer than any try may take."""
GIVE_UP: Final = timedelta(hours=24)
"""A try that fails after so long is the last; LINE knows a retry key for as long."""


class Why(StrEnum):
    """Why a contact was not told."""

    NO_ANSWER = "no_answer"
    """Nobody there, or too slow."""
    NO_SUCH_HOST = "no_such_host"
    NOT_PUBLIC = "not_public"
    """An address within a network, to which nothing is sent from here."""
    NOT_HTTPS = "not_https"
    REDIRECTS = "redirects"
    NO_TLS = "no_tls"
    """The mail server does not offer to encrypt."""
    CERTIFICATE = "certificate"
    """It is not who it says."""
    SIGN_IN = "sign_in"
    """User and password, or the access token, are not taken."""
    REFUSED = "refused"
    BUSY = "busy"
    """It asks to wait."""
    MONTH_IS_FULL = "month_is_full"
    """The messages of LINE's plan are used up."""
    NOT_CONFIGURED = "not_configured"
    """There is no mail server, or no LINE channel: the log has it."""


class State(StrEnum):
    """How a telling stands."""

    WAITING = "waiting"
    SENT = "sent"
    LOGGED = "logged"
    """Told to the log alone."""
    DEAD = "dead"
    """Given up."""
    DROPPED = "dropped"
    """It lost its point before."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is told: frozen here, the same at each try."""

    subject: str
    """In a line; a mail's."""
    body: str
    """A mail's text, messages as LINE takes them, or a program's JSON."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One to be sent now."""

    id: TellingId
    contact: Contact
    kind: StaffNoticeKind
    words: Words
    retry_key: str
    """A UUID, the same at each try: by it the other side knows a try that comes twice."""
    made_at: datetime
    attempts: int


@dataclass(frozen=True, slots=True)
class Problem:
    """What kept a contact from being told; `status` is the answer's number, 0 where none came."""

    why: Why
    status: int = 0

    def __str__(self) -> str:
        return f"{self.why.value} ({self.status})" if self.status else self.why.value


def put(
    tx: Tx,
    notice: StaffNoticeId,
    contact: Contact,
    words: Words,
    urgent: bool,
    not_before: datetime,
    now: datetime,
) -> bool:
    """Queues one; False where this contact is told of this notice already."""
    values = {
        "notice_id": notice,
        "contact_id": contact.id,
        "way": contact.way.value,
        "urgent": urgent,
        "subject": words.subject,
        "body": words.body,
        "retry_key": str(uuid.uuid4()),
        "made_at": now,
        "not_before": not_before,
        "state": State.WAITING.value,
    }
    return unless_there(tx, tellings, values) is not None


def claim(tx: Tx, way: Way, worker: str, now: datetime) -> Telling | None:
    """Takes the most urgent and oldest that is due of a way, and notes that a try begins."""
    of = tellings.c
    candidates = (
        sa.select(of.id)
        .where(work.is_ripe(tellings, now), of.way == way.value)
        .order_by(of.urgent.desc(), of.id)
        .limit(4)
    )
    taken = work.claim(tx, tellings, candidates, worker, now, LEASE)
    if taken is None:
        return None
    told = sa.select(tellings, staff_notices.c.kind).join(staff_notices).where(of.id == taken.id)
    row = tx.connection.execute(told).one()
    begun: bool = row.begun_at is not None
    doubled = row.may_be_doubled or (begun and way is not Way.LINE_GROUP)
    tx.connection.execute(
        tellings.update().where(of.id == taken.id).values(begun_at=now, may_be_doubled=doubled)
    )
    return Telling(
        id=TellingId(row.id),
        contact=contacts.read(tx, ContactId(row.contact_id)),
        kind=StaffNoticeKind(row.kind),
        words=Words(row.subject, row.body),
        retry_key=row.retry_key,
        made_at=row.made_at,
        attempts=taken.attempts,
    )


def holds(tx: Tx, telling: Telling, worker: str) -> bool:
    """Whether this worker may still say what became of it."""
    return work.holds(tx, tellings, telling.id, worker)


def sent(tx: Tx, telling: Telling, now: datetime) -> None:
    """The contact has it; what went wrong before is forgotten."""
    _note(tx, telling, None)
    work.finish(tx, tellings, telling.id, State.SENT.value, now)


def logged(tx: Tx, telling: Telling, now: datetime) -> None:
    """The log has it: there is no way to the contact."""
    _note(tx, telling, Problem(Why.NOT_CONFIGURED))
    work.finish(tx, tellings, telling.id, State.LOGGED.value, now)


def dead(tx: Tx, telling: Telling, problem: Problem, now: datetime) -> None:
    """The contact cannot be told; it stays visible as dead."""
    _note(tx, telling, problem)
    work.finish(tx, tellings, telling.id, State.DEAD.value, now)


def later(
    tx: Tx, telling: Telling, problem: Problem, moment: datetime, now: datetime, *, unsure: bool
) -> None:
    """To be tried again at that moment; given up where that is too late. `unsure`: it may have arrived."""
    if moment > telling.made_at + GIVE_UP and telling.attempts:
        dead(tx, telling, problem, now)
        return
    _note(tx, telling, problem)
    if not unsure:
        tx.connection.execute(tellings.update().where(tellings.c.id == telling.id).values(begun_at=None))
    work.release(tx, tellings, telling.id, moment)


def _note(tx: Tx, telling: Telling, problem: Problem | None) -> None:
    noted = {"why": problem and problem.why.value, "status": problem and problem.status}
    tx.connection.execute(tellings.update().where(tellings.c.id == telling.id).values(noted))


def next_ripe(tx: Tx, way: Way) -> datetime | None:
    """When the next that waits may be sent."""
    waiting = sa.and_(tellings.c.state == State.WAITING.value, tellings.c.way == way.value)
    ripe: datetime | None = tx.connection.scalar(sa.select(sa.func.min(tellings.c.not_before)).where(waiting))
    return ripe


def counts(tx: Tx) -> dict[str, int]:
    """How many are in each state, and how many `may_be_doubled`."""
    doubled = tx.connection.scalar(sa.select(sa.func.count()).where(tellings.c.may_be_doubled))
    return {**work.counts(tx, tellings), "may_be_doubled": doubled or 0}


def free_all(tx: Tx) -> None:
    """Ends the leases that a killed process left; only where no other process works."""
    work.free_all(tx, tellings)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a telling stands, for people."""

    id: TellingId
    contact: ContactId
    state: State
    problem: Problem | None
    """What went wrong last; None where nothing did."""
    made_at: datetime
    done_at: datetime | None


def dead_ones(tx: Tx, most: int) -> tuple[Outcome, ...]:
    """The newest that were given up."""
    return _outcomes(tx, tellings.c.state == State.DEAD.value, most)


def last_try(tx: Tx, contact: ContactId) -> Outcome | None:
    """What became of the last try of a contact; None where there was none, or it has yet to be sent."""
    tries = sa.select(sa.func.max(staff_notices.c.id)).where(
        staff_notices.c.contact_id == contact, staff_notices.c.kind == StaffNoticeKind.TEST.value
    )
    found = _outcomes(tx, tellings.c.notice_id == tries.scalar_subquery(), 1)
    return found[0] if found else None


def _outcomes(tx: Tx, which: sa.ColumnElement[bool], most: int) -> tuple[Outcome, ...]:
    newest = sa.select(tellings).where(which).order_by(tellings.c.id.desc()).limit(most)
    return tuple(
        Outcome(
            TellingId(row.id),
            ContactId(row.contact_id),
            State(row.state),
            Problem(Why(row.why), row.status or 0) if row.why else None,
            row.made_at,
            row.done_at,
        )
        for row in tx.connection.execute(newest)
    )
