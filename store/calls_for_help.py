"""Calls for help: an operator asks whoever leads to come, and sees that somebody does."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NewType

import sqlalchemy as sa

from store import audit
from store.accounts import of_contractor
from store.audit import ByAccount, Kind
from store.db import Tx
from store.desk_words import reader, sealed
from store.inserting import unless_there
from store.sight import AccountId, Viewer
from store.tables import accounts, calls_for_help

CallForHelpId = NewType("CallForHelpId", int)

LONGEST: Final = timedelta(hours=2)
"""Nobody waits for longer: one that was forgotten ends by itself."""
_PURPOSE: Final = "call for help"


@dataclass(frozen=True, slots=True)
class CallForHelp:
    """Somebody asks for help."""

    id: CallForHelpId
    operator: AccountId
    shown: str
    """The operator's name."""
    raised_at: datetime
    note: str
    """What about, masked; may be empty."""
    answered_by: str
    """The name of who comes; empty: nobody yet."""
    answered_at: datetime | None


class Refusal(StrEnum):
    """Why nothing was done."""

    ANSWERED = "answered"
    """Somebody else comes already."""


def seen_by(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Who supervises sees all, others their own; a contractor's lead sees the contractor's operators."""
    of = calls_for_help.c.operator_id
    if viewer.supervises and not viewer.outside:
        return sa.true()
    return of.in_(of_contractor()) if viewer.leads else of == viewer.account


def call(tx: Tx, viewer: Viewer, note: str, now: datetime) -> CallForHelpId:
    """Asks for help; who asks already asks on, whatever the note."""
    _end_forgotten(tx, now)
    values = {"operator_id": viewer.account, "raised_at": now, "note": sealed(tx, note, _PURPOSE)}
    made = unless_there(tx, calls_for_help, values)
    if made is None:
        mine = sa.and_(calls_for_help.c.operator_id == viewer.account, _IS_OPEN)
        return CallForHelpId(tx.connection.execute(sa.select(calls_for_help.c.id).where(mine)).scalar_one())
    _tell(tx, viewer, CallForHelpId(made), "call_for_help.raised", now)
    return CallForHelpId(made)


def answer(tx: Tx, viewer: Viewer, call: CallForHelpId, now: datetime) -> CallForHelp | Refusal | None:
    """Says that the viewer comes; whoever sees it, and not to themselves. None where there is none that waits."""
    waits = sa.and_(calls_for_help.c.id == call, _IS_OPEN, seen_by(viewer))
    another = sa.and_(calls_for_help.c.operator_id != viewer.account, calls_for_help.c.answered_by.is_(None))
    comes = {"answered_by": viewer.account, "answered_at": now}
    if tx.connection.execute(calls_for_help.update().where(waits, another).values(comes)).rowcount:
        _tell(tx, viewer, call, "call_for_help.answered", now)
        return _one(tx, waits)
    found = _one(tx, waits)
    return None if found is None or found.operator == viewer.account else Refusal.ANSWERED


def end(tx: Tx, viewer: Viewer, call: CallForHelpId, now: datetime) -> bool:
    """Ends it, by who asked or by who supervises; False where it is over, or not theirs."""
    waits = sa.and_(calls_for_help.c.id == call, _IS_OPEN, seen_by(viewer))
    if not tx.connection.execute(calls_for_help.update().where(waits).values(ended_at=now)).rowcount:
        return False
    _tell(tx, viewer, call, "call_for_help.ended", now)
    return True


def mine(tx: Tx, viewer: Viewer, now: datetime) -> CallForHelp | None:
    """What the viewer asks for now."""
    return _one(tx, sa.and_(_of_now(now), calls_for_help.c.operator_id == viewer.account))


def waiting(tx: Tx, viewer: Viewer, now: datetime) -> tuple[CallForHelp, ...]:
    """Who asks for help now, the longest first; those to whom somebody comes stand last."""
    return _all(tx, sa.and_(_of_now(now), seen_by(viewer)))


def _of_now(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(_IS_OPEN, calls_for_help.c.raised_at >= now - LONGEST)


def _end_forgotten(tx: Tx, now: datetime) -> None:
    forgotten = sa.and_(_IS_OPEN, calls_for_help.c.raised_at < now - LONGEST)
    tx.connection.execute(calls_for_help.update().where(forgotten).values(ended_at=now))


def _one(tx: Tx, which: sa.ColumnElement[bool]) -> CallForHelp | None:
    found = _all(tx, which)
    return found[0] if found else None


def _all(tx: Tx, which: sa.ColumnElement[bool]) -> tuple[CallForHelp, ...]:
    operator, helper = accounts.alias("operator"), accounts.alias("helper")
    query = (
        sa.select(calls_for_help, operator.c.shown, helper.c.shown.label("helper"))
        .join(operator, operator.c.id == calls_for_help.c.operator_id)
        .join(helper, helper.c.id == calls_for_help.c.answered_by, isouter=True)
        .where(which)
        .order_by(calls_for_help.c.answered_by.is_not(None), calls_for_help.c.raised_at, calls_for_help.c.id)
    )
    read = reader(tx, _PURPOSE)
    return tuple(_call_for_help(row, read(row.note)) for row in tx.connection.execute(query))


def _call_for_help(row: sa.Row[tuple[object, ...]], note: str) -> CallForHelp:
    return CallForHelp(
        id=CallForHelpId(row.id),
        operator=AccountId(row.operator_id),
        shown=row.shown,
        raised_at=row.raised_at,
        note=note,
        answered_by=row.helper or "",
        answered_at=row.answered_at,
    )


def _tell(tx: Tx, viewer: Viewer, call: CallForHelpId, act: str, now: datetime) -> None:
    audit.record(tx, ByAccount(viewer.account), act, Kind.CALL_FOR_HELP, str(call), now)


_IS_OPEN: Final = calls_for_help.c.ended_at.is_(None)
