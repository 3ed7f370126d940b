"""What staff are told: that a case came, that it waits, that somebody may be in danger. Once for each occasion.

A notice says that something is there, and where; never a word of the resident's. Who acts on a case puts it here in
the same transaction; who of the section is told, and how, is decided when it is handed to its contacts.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

import sqlalchemy as sa

from faq.counters import SectionId
from store.contacts import ContactId
from store.db import Tx
from store.inserting import unless_there
from store.tables import staff_notices, tellings

StaffNoticeId = NewType("StaffNoticeId", int)

FIRST: Final = 1
"""The rank of who is told first."""


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
UNTIL_TAKEN: Final = frozenset(
    {
        StaffNoticeKind.NEW,
        StaffNoticeKind.SENT_ON,
        StaffNoticeKind.BACK,
        StaffNoticeKind.REOPENED,
        StaffNoticeKind.REMINDER,
        StaffNoticeKind.CLIMBED,
    }
)
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


def tell(
    tx: Tx,
    about: int | OfAlarm | OfContact,
    kind: StaffNoticeKind,
    now: datetime,
    occasion: str,
    rank: int = FIRST,
) -> bool:
    """Plans to tell the section of a case (its number), of a danger or one contact; False where it was told before.

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


def _owner(about: int | OfAlarm | OfContact) -> dict[str, object]:
    match about:
        case OfAlarm(alarm, section):
            return {"alarm_id": alarm, "section": section}
        case OfContact(contact):
            return {"contact_id": contact}
        case int():
            return {"case_id": about}


def drop(tx: Tx, case: int, now: datetime) -> None:
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
