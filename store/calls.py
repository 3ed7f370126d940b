"""The operators' log: a row a call, by whatever channel it came, and what came of it.

The words are masked (`nlp/masking.py`) before they come here, and sealed under the service's key `desk`: a caller is
no resident whose key could seal them.
"""

import math
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, NewType

import sqlalchemy as sa

from faq.counters import SectionId
from faq.models import EntryId
from nlp.japan import JAPAN
from store import audit, queries
from store.accounts import of_contractor
from store.audit import ByAccount, Kind
from store.db import Tx
from store.desk_words import reader, sealed
from store.inserting import unless_there
from store.queries import Query
from store.sight import AccountId, Role, Viewer
from store.tables import accounts, calls

CallId = NewType("CallId", int)

UNDONE_WITHIN: Final = timedelta(seconds=10)
"""How long people are told that a call can be taken back."""
GRACE: Final = timedelta(seconds=2)
"""For the way to the server: who pressed in time is not refused."""
HANDLER: Final = "call"
"""What answered, in the row of `queries` that a call without an answer leaves."""
_PURPOSE: Final = "call"


class CallChannel(StrEnum):
    """How somebody asked, as the city counts it."""

    PHONE = "phone"
    FAX = "fax"
    MAIL = "mail"
    QUESTION_BOX = "question_box"
    COUNTER = "counter"
    WEB = "web"


class Sort(StrEnum):
    """What the city's yearly figures keep apart: 問合せ and 申込受付."""

    INQUIRY = "inquiry"
    APPLICATION = "application"


class Outcome(StrEnum):
    """What came of it."""

    ANSWERED = "answered"
    TRANSFERRED = "transferred"
    NONE = "none"
    """No answer was found."""
    APPLICATION = "application"
    """An application was taken."""


FIRST_ANSWERS: Final = (Outcome.ANSWERED, Outcome.APPLICATION)
"""What was settled where it came in."""


@dataclass(frozen=True, slots=True)
class CallDraft:
    """A call as it is logged. Raises ValueError where an application was taken and the sort is another."""

    operator: AccountId
    once: str
    """Made for each call: what is sent twice is logged once. Up to 64 letters."""
    channel: CallChannel
    sort: Sort
    outcome: Outcome
    text: str
    """The question in the operator's words, masked; may be empty."""
    began_at: datetime
    entry: EntryId | None = None
    section: SectionId | None = None
    """Whom it was handed to, or who is responsible."""
    counts: bool = True
    """For the first-answer rate."""

    def __post_init__(self) -> None:
        if self.outcome is Outcome.APPLICATION and self.sort is not Sort.APPLICATION:
            raise ValueError("an application that was taken is an application")


@dataclass(frozen=True, slots=True)
class Call:
    """A call in the log."""

    id: CallId
    operator: AccountId
    shown: str
    """The operator's name, for colleagues."""
    channel: CallChannel
    sort: Sort
    outcome: Outcome
    text: str
    """Empty where there are no words, or no longer."""
    entry: EntryId | None
    section: SectionId | None
    counts: bool
    began_at: datetime
    logged_at: datetime
    undone_at: datetime | None

    def can_be_undone(self, viewer: Viewer, now: datetime) -> bool:
        """By who logged it, while it is fresh."""
        fresh = now <= self.logged_at + UNDONE_WITHIN
        return fresh and self.undone_at is None and viewer.account == self.operator

    def seconds_left(self, now: datetime) -> int:
        """For how long it can still be taken back, in whole seconds; 0 where it is too late."""
        return max(0, math.ceil((self.logged_at + UNDONE_WITHIN - now).total_seconds()))


class Undo(StrEnum):
    """What came of taking a call back."""

    UNDONE = "undone"
    TOO_LATE = "too_late"


def seen_by(viewer: Viewer) -> sa.ColumnElement[bool]:
    """All calls for who leads operators, approvers and administrators; else one's own.

    Who leads for a contractor sees the calls of the contractor's operators.
    """
    own = calls.c.operator_id == viewer.account
    if viewer.outside:
        return calls.c.operator_id.in_(of_contractor()) if viewer.leads else own
    return sa.true() if viewer.leads or viewer.role in (Role.APPROVER, Role.ADMIN) else own


def log(tx: Tx, draft: CallDraft, now: datetime) -> CallId:
    """Logs a call; without an answer it is an unanswered question too. Sent again, it is the call that is there."""
    made = unless_there(tx, calls, _columns(tx, draft, now))
    if made is None:
        mine = sa.and_(calls.c.operator_id == draft.operator, calls.c.once == draft.once)
        return CallId(tx.connection.execute(sa.select(calls.c.id).where(mine)).scalar_one())
    if draft.outcome is Outcome.NONE:
        asked = Query(draft.text, HANDLER, queries.UNANSWERED, draft.entry)
        query = queries.record_of_nobody(tx, asked, now, channel=draft.channel.value)
        tx.connection.execute(calls.update().where(calls.c.id == made).values(query_id=query))
    audit.record(
        tx, ByAccount(draft.operator), "logged", Kind.CALL, str(made), now, outcome=draft.outcome.value
    )
    return CallId(made)


def undo(tx: Tx, viewer: Viewer, call: CallId, now: datetime) -> Undo | None:
    """Takes back a call of one's own, with its words and its unanswered question; None where there is none.

    Again, it is undone all the same: a press that is repeated is no failure.
    """
    mine = sa.and_(calls.c.id == call, calls.c.operator_id == viewer.account)
    row = tx.connection.execute(sa.select(calls).where(mine).with_for_update()).first()
    if row is None:
        return None
    if row.undone_at is not None:
        return Undo.UNDONE
    if now > row.logged_at + UNDONE_WITHIN + GRACE:
        return Undo.TOO_LATE
    tx.connection.execute(calls.update().where(mine).values(undone_at=now, text=None, query_id=None))
    if row.query_id is not None:
        queries.take_back(tx, row.query_id)
    audit.record(tx, ByAccount(viewer.account), "undone", Kind.CALL, str(call), now)
    return Undo.UNDONE


def fresh(tx: Tx, viewer: Viewer, now: datetime) -> Call | None:
    """The newest call that the viewer logged, while it can be taken back."""
    mine = sa.and_(calls.c.operator_id == viewer.account, calls.c.logged_at >= now - UNDONE_WITHIN)
    newest = _shown().where(mine, calls.c.undone_at.is_(None)).limit(1)
    found = _read(tx, newest)
    return found[0] if found else None


def of_day(tx: Tx, viewer: Viewer, day: date) -> tuple[Call, ...]:
    """The calls of a day in Japan that the viewer may see and nobody took back, the newest first."""
    begins = datetime.combine(day, time(), JAPAN)
    ends = datetime.combine(day + timedelta(days=1), time(), JAPAN)
    of_the_day = sa.and_(calls.c.logged_at >= begins, calls.c.logged_at < ends)
    return _read(tx, _shown().where(of_the_day, calls.c.undone_at.is_(None), seen_by(viewer)))


def _shown() -> sa.Select[tuple[object, ...]]:
    """Calls with the names of who logged them, the newest first."""
    return (
        sa.select(calls, accounts.c.shown)
        .join(accounts, accounts.c.id == calls.c.operator_id)
        .order_by(calls.c.logged_at.desc(), calls.c.id.desc())
    )


def _read(tx: Tx, query: sa.Select[tuple[object, ...]]) -> tuple[Call, ...]:
    read = reader(tx, _PURPOSE)
    return tuple(_call(row, read(row.text)) for row in tx.connection.execute(query))


def _columns(tx: Tx, draft: CallDraft, now: datetime) -> dict[str, object]:
    return {
        "operator_id": draft.operator,
        "once": draft.once,
        "channel": draft.channel.value,
        "sort": draft.sort.value,
        "outcome": draft.outcome.value,
        "text": sealed(tx, draft.text, _PURPOSE),
        "entry_id": draft.entry,
        "section": draft.section,
        "counts": draft.counts,
        "began_at": draft.began_at,
        "logged_at": now,
    }


def _call(row: sa.Row[tuple[object, ...]], text: str) -> Call:
    return Call(
        id=CallId(row.id),
        operator=AccountId(row.operator_id),
        shown=row.shown,
        channel=CallChannel(row.channel),
        sort=Sort(row.sort),
        outcome=Outcome(row.outcome),
        text=text,
        entry=None if row.entry_id is None else EntryId(row.entry_id),
        section=None if row.section is None else SectionId(row.section),
        counts=row.counts,
        began_at=row.began_at,
        logged_at=row.logged_at,
        undone_at=row.undone_at,
    )
