"""What staff are told: that a case came, that it waits, that somebody may be in danger. Once for each occasion.

A notice says that something is there, and where; never a word of the resident's. Who acts on a case puts it here in
the same transaction; who of the section is told, and how, is decided when it is handed to its contacts.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NewType

import sqlalchemy as sa

from faq.counters import SectionId
from store.cases import CaseId, State
from store.contacts import ContactId
from store.db import Tx
from store.inserting import unless_there
from store.receipts import Receipt
from store.tables import cases, staff_notices, tellings

StaffNoticeId = NewType("StaffNoticeId", int)

FIRST: Final = 1
"""The rank of who is told first."""
PAUSE: Final = timedelta(minutes=2)
"""So long a resident must have said nothing."""


class StaffNoticeKind(StrEnum):
    """What is told."""

    NEW = "new"
    """A case has come."""
    SAID = "said"
    """The resident has said more."""
    SENT_ON = "sent_on"
    """Another section has sent it here."""
    BACK = "back"
    """Who had taken it has handed it back, or let it lie."""
    REOPENED = "reopened"
    REMINDER = "reminder"
    """Nobody has taken it yet."""
    CLIMBED = "climbed"
    """Still nobody has: the next in the section are told."""
    ALARM = "alarm"
    """Somebody may be in danger."""
    DIGEST = "digest"
    """What stands, at the beginning of a contact's day."""
    TEST = "test"
    """Somebody tries whether a contact can be told."""


URGENT: Final = frozenset({StaffNoticeKind.ALARM})
"""Told at once, at any hour, also to who prefers a digest."""
ASKING: Final = frozenset(
    {StaffNoticeKind.NEW, StaffNoticeKind.SENT_ON, StaffNoticeKind.BACK, StaffNoticeKind.REOPENED}
)
"""What begins the time after which a section is reminded."""
UNTIL_TAKEN: Final = ASKING | {StaffNoticeKind.REMINDER, StaffNoticeKind.CLIMBED}
"""What loses its point once somebody has taken the case."""


class NoticeState(StrEnum):
    """What became of a notice."""

    WAITING = "waiting"
    """Nobody has been chosen yet."""
    SPREAD = "spread"
    """Handed to its contacts."""
    NOBODY = "nobody"
    """The section has no contact whom it could be told."""
    DROPPED = "dropped"
    """It lost its point before."""


@dataclass(frozen=True, slots=True)
class OfAlarm:
    """A present danger, which is told of without a case."""

    alarm: int
    section: SectionId
    """Who is told."""


@dataclass(frozen=True, slots=True)
class OfContact:
    """What is meant for one contact alone: a digest, or a try."""

    contact: ContactId


@dataclass(frozen=True, slots=True)
class OfCase:
    """A case, as far as a notice may know it."""

    case: CaseId
    receipt: Receipt
    section: SectionId
    state: State
    promised_at: datetime | None


@dataclass(frozen=True, slots=True)
class StaffNotice:
    """Something to be told."""

    id: StaffNoticeId
    kind: StaffNoticeKind
    about: OfCase | OfAlarm | OfContact
    rank: int
    """Who of the section is told."""
    made_at: datetime

    @property
    def is_pointless(self) -> bool:
        """Whether the case is over. What is told of one that somebody takes is dropped by who takes it."""
        return isinstance(self.about, OfCase) and self.about.state is State.CLOSED


def tell(
    tx: Tx,
    about: CaseId | OfAlarm | OfContact,
    kind: StaffNoticeKind,
    now: datetime,
    occasion: str,
    rank: int = FIRST,
) -> bool:
    """Plans to tell the section of a case or a danger, or one contact; False where it was told before.

    `occasion`, up to 64 letters, tells one event of a kind from the next: what is planned twice for an occasion is
    told once. `rank`: who of the section is told.
    """
    values = {
        **_owner(about),
        "kind": kind.value,
        "occasion": occasion,
        "rank": rank,
        "made_at": now,
        "state": NoticeState.WAITING.value,
    }
    return unless_there(tx, staff_notices, values) is not None


def was_told(tx: Tx, case: CaseId, kind: StaffNoticeKind, occasion: str) -> bool:
    """Whether this occasion was planned before, whatever became of it."""
    of = staff_notices.c
    same = sa.and_(of.case_id == case, of.kind == kind.value, of.occasion == occasion)
    return tx.connection.scalar(sa.select(of.id).where(same)) is not None


def _owner(about: CaseId | OfAlarm | OfContact) -> dict[str, object]:
    match about:
        case OfAlarm(alarm, section):
            return {"alarm_id": alarm, "section": section}
        case OfContact(contact):
            return {"contact_id": contact}
        case int():
            return {"case_id": about}


def waiting(tx: Tx, now: datetime, most: int) -> tuple[StaffNotice, ...]:
    """What nobody has been told of yet, for who tells it in this transaction; nobody else takes it meanwhile.

    Residents write in short pieces: what they say is told once they have paused.
    """
    _gather(tx, now)
    of = staff_notices.c
    ripe = sa.or_(of.kind != StaffNoticeKind.SAID.value, of.made_at <= now - PAUSE)
    query = (
        sa.select(staff_notices, cases.c.receipt, cases.c.promised_at)
        .add_columns(cases.c.section.label("held_by"), cases.c.state.label("stands"))
        .join(cases, cases.c.id == of.case_id, isouter=True)
        .where(of.state == NoticeState.WAITING.value, ripe)
        .order_by(of.made_at, of.id)
        .limit(most)
        .with_for_update(skip_locked=True, of=staff_notices)
    )
    return tuple(_notice(row) for row in tx.connection.execute(query))


def is_any_waiting(tx: Tx) -> bool:
    """Whether there is anything to tell, now or soon."""
    waits = staff_notices.c.state == NoticeState.WAITING.value
    return tx.connection.scalar(sa.select(staff_notices.c.id).where(waits).limit(1)) is not None


def _gather(tx: Tx, now: datetime) -> None:
    """Of several times that a resident said more the last is told."""
    this, later = staff_notices, staff_notices.alias("later")
    waits = [
        sa.and_(each.c.kind == StaffNoticeKind.SAID.value, each.c.state == NoticeState.WAITING.value)
        for each in (this, later)
    ]
    newer = sa.exists().where(waits[1], later.c.case_id == this.c.case_id, later.c.id > this.c.id)
    dropped = this.update().where(waits[0], newer)
    tx.connection.execute(dropped.values(state=NoticeState.DROPPED.value, settled_at=now))


def _notice(row: sa.Row[tuple[object, ...]]) -> StaffNotice:
    return StaffNotice(StaffNoticeId(row.id), StaffNoticeKind(row.kind), _about(row), row.rank, row.made_at)


def _about(row: sa.Row[tuple[object, ...]]) -> OfCase | OfAlarm | OfContact:
    if row.case_id is not None:
        section, state = SectionId(row.held_by), State(row.stands)
        return OfCase(CaseId(row.case_id), Receipt(row.receipt), section, state, row.promised_at)
    if row.alarm_id is not None:
        return OfAlarm(row.alarm_id, SectionId(row.section))
    return OfContact(ContactId(row.contact_id))


def settle(tx: Tx, notice: StaffNotice, state: NoticeState, now: datetime) -> None:
    """Notes what became of one that was waiting."""
    which = staff_notices.c.id == notice.id
    tx.connection.execute(staff_notices.update().where(which).values(state=state.value, settled_at=now))


@dataclass(frozen=True, slots=True)
class Untaken:
    """A case that nobody has taken."""

    case: CaseId
    section: SectionId
    since: datetime
    """When it last began to wait: it came, was sent on or handed back, or the resident said more after an answer."""


def untaken(tx: Tx) -> tuple[Untaken, ...]:
    """The cases that nobody looks after."""
    asking = sa.and_(
        staff_notices.c.case_id == cases.c.id,
        staff_notices.c.kind.in_([kind.value for kind in ASKING]),
    )
    asked = sa.select(sa.func.max(staff_notices.c.made_at)).where(asking).scalar_subquery()
    query = sa.select(cases.c.id, cases.c.section, cases.c.waits_since, asked.label("asked")).where(
        cases.c.state == State.NEW.value
    )
    return tuple(
        Untaken(CaseId(row.id), SectionId(row.section), max(row.waits_since, row.asked or row.waits_since))
        for row in tx.connection.execute(query.order_by(cases.c.id))
    )


def drop(tx: Tx, case: CaseId, now: datetime) -> None:
    """Somebody has taken the case, or it is over: what asks that somebody take it is told no more."""
    pointless = sa.and_(
        staff_notices.c.case_id == case, staff_notices.c.kind.in_([kind.value for kind in UNTIL_TAKEN])
    )
    theirs = sa.select(staff_notices.c.id).where(pointless)
    tx.connection.execute(
        tellings.update()
        .where(tellings.c.notice_id.in_(theirs), tellings.c.state == "waiting", tellings.c.begun_at.is_(None))
        .values(state="dropped", done_at=now, body=None)
    )
    tx.connection.execute(
        staff_notices.update()
        .where(pointless, staff_notices.c.state == NoticeState.WAITING.value)
        .values(state=NoticeState.DROPPED.value, settled_at=now)
    )
