"""Callbacks: whom the city has promised to call back and when, and who does it.

Name and telephone are particulars (`store/particulars.py`): sealed by themselves, read with an audit, and gone on
their day. What it is about is masked before it comes here, and sealed under the desk's key.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, NewType, assert_never

import sqlalchemy as sa

from faq.counters import SectionId
from faq.retention import Purpose
from store import audit, particulars
from store.audit import ByAccount, Kind
from store.db import Tx
from store.desk_words import reader, sealed
from store.inserting import unless_there
from store.particulars import Field, ParticularsId
from store.sight import AccountId, Role, Viewer
from store.tables import accounts, callbacks

CallbackId = NewType("CallbackId", int)

REOPENED_WITHIN: Final = timedelta(minutes=10)
"""So long who settled one can take that back."""
_PURPOSE: Final = "callback"


class State(StrEnum):
    """How a callback stands."""

    WAITING = "waiting"
    """Somebody may have taken it."""
    DONE = "done"
    GIVEN_UP = "given_up"


class Reason(StrEnum):
    """Why one is given up."""

    NOT_REACHED = "not_reached"
    CAME_AGAIN = "came_again"
    """They called themselves."""
    WRONG_NUMBER = "wrong_number"
    PASSED_ON = "passed_on"
    """A section deals with it."""
    SLIP = "slip"
    """It was made by mistake."""


@dataclass(frozen=True, slots=True)
class CallbackDraft:
    """A promise as it is made."""

    by: AccountId
    once: str
    """Made for each form: what is sent twice is one promise. Up to 64 letters."""
    promised_at: datetime
    section: SectionId | None
    """Who is to call; None: the call centre."""
    about: str
    """In the operator's words, masked."""


@dataclass(frozen=True, slots=True)
class Callback:
    """A promise, and what has become of it."""

    id: CallbackId
    promised_at: datetime
    """When to call; after a try that reached nobody, when to try again."""
    section: SectionId | None
    about: str
    """Empty where the words are gone."""
    particulars: ParticularsId | None
    """None once they are deleted."""
    state: State
    made_by: AccountId
    made_by_shown: str
    made_at: datetime
    taken_by: AccountId | None
    """Who calls, or has settled it."""
    taken_by_shown: str
    """Empty where nobody has taken it."""
    tries: int
    """That reached nobody."""
    tried_at: datetime | None
    reason: Reason | None
    settled_at: datetime | None

    def is_late(self, now: datetime) -> bool:
        return self.state is State.WAITING and self.promised_at < now

    def can_be_reopened(self, viewer: Viewer, now: datetime) -> bool:
        """By who settled it, while a slip of the hand is fresh."""
        fresh = self.settled_at is not None and now <= self.settled_at + REOPENED_WITHIN
        return fresh and self.taken_by == viewer.account


def seen_by(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Operators keep all promises together, a section those that it was given; one's own stay in sight.

    A contractor's operator who may see no personal data cannot call anybody, and sees their own alone.
    """
    own = sa.or_(callbacks.c.made_by == viewer.account, callbacks.c.taken_by == viewer.account)
    if viewer.supervises:
        return sa.true()
    match viewer.role:
        case Role.OPERATOR | Role.ADMIN:
            return own if viewer.outside and not viewer.personal else sa.true()
        case Role.STAFF | Role.APPROVER:
            return sa.or_(own, callbacks.c.section.is_not_distinct_from(viewer.section))
        case _:
            assert_never(viewer.role)


def make(
    tx: Tx, draft: CallbackDraft, whom: Mapping[Field, str], delete_on: date, now: datetime
) -> CallbackId:
    """Keeps a promise, and until `delete_on` whom to call; sent again, it is the one that is there."""
    by = ByAccount(draft.by)
    made = unless_there(tx, callbacks, _columns(tx, draft, now))
    if made is None:
        same = sa.and_(callbacks.c.made_by == draft.by, callbacks.c.once == draft.once)
        return CallbackId(tx.connection.execute(sa.select(callbacks.c.id).where(same)).scalar_one())
    kept = particulars.keep(tx, Purpose.CALLBACK, whom, None, delete_on, by, now)
    tx.connection.execute(callbacks.update().where(callbacks.c.id == made).values(particulars_id=kept))
    audit.record(tx, by, "made", Kind.CALLBACK, str(made), now, section=draft.section or "")
    return CallbackId(made)


def find(tx: Tx, viewer: Viewer, callback: CallbackId) -> Callback | None:
    """A callback that the viewer may see."""
    found = _all(tx, viewer, callbacks.c.id == callback)
    return found[0] if found else None


def waiting(tx: Tx, viewer: Viewer) -> tuple[Callback, ...]:
    """What is still to be done, the soonest first: what is late stands on top."""
    return _all(tx, viewer, callbacks.c.state == State.WAITING.value)


def settled_since(tx: Tx, viewer: Viewer, since: datetime) -> tuple[Callback, ...]:
    """What was done or given up, by the time that was promised."""
    return _all(tx, viewer, callbacks.c.settled_at >= since)


def _all(tx: Tx, viewer: Viewer, which: sa.ColumnElement[bool]) -> tuple[Callback, ...]:
    maker, taker = accounts.alias("maker"), accounts.alias("taker")
    query = (
        sa.select(callbacks, maker.c.shown.label("made_by_shown"), taker.c.shown.label("taken_by_shown"))
        .join(maker, maker.c.id == callbacks.c.made_by)
        .join(taker, taker.c.id == callbacks.c.taken_by, isouter=True)
        .where(which, seen_by(viewer))
        .order_by(callbacks.c.promised_at, callbacks.c.id)
    )
    read = reader(tx, _PURPOSE)
    return tuple(_callback(row, read(row.about)) for row in tx.connection.execute(query))


def _columns(tx: Tx, draft: CallbackDraft, now: datetime) -> dict[str, object]:
    return {
        "made_by": draft.by,
        "once": draft.once,
        "made_at": now,
        "promised_at": draft.promised_at,
        "section": draft.section,
        "about": sealed(tx, draft.about, _PURPOSE),
        "state": State.WAITING.value,
        "tries": 0,
    }


def _callback(row: sa.Row[tuple[object, ...]], about: str) -> Callback:
    return Callback(
        id=CallbackId(row.id),
        promised_at=row.promised_at,
        section=None if row.section is None else SectionId(row.section),
        about=about,
        particulars=None if row.particulars_id is None else ParticularsId(row.particulars_id),
        state=State(row.state),
        made_by=AccountId(row.made_by),
        made_by_shown=row.made_by_shown,
        made_at=row.made_at,
        taken_by=None if row.taken_by is None else AccountId(row.taken_by),
        taken_by_shown=row.taken_by_shown or "",
        tries=row.tries,
        tried_at=row.tried_at,
        reason=None if row.reason is None else Reason(row.reason),
        settled_at=row.settled_at,
    )
