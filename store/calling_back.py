"""What is done about a callback: taken, called, tried again, given up. Of two who take it the second is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from nlp.japan import today
from store import audit, particulars
from store.audit import ByAccount, Kind
from store.callbacks import REOPENED_WITHIN, Callback, CallbackId, Reason, State, find, seen_by
from store.db import Tx
from store.sight import Viewer
from store.tables import callbacks


class Why(StrEnum):
    """Why nothing was done."""

    TAKEN = "taken"
    """Somebody else has taken it."""
    SETTLED = "settled"
    FREE = "free"
    """Nobody has taken it, so nobody can hand it back."""
    TOO_LATE = "too_late"
    """To take back what was settled."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was done; who has taken or settled it, empty where nobody has."""

    why: Why
    shown: str


Came = Callback | Refused | None
"""What came of an act: the callback as it is now; None where there is none that is theirs."""


def take(tx: Tx, viewer: Viewer, callback: CallbackId, now: datetime) -> Came:
    """One calls, and nobody else: of two who take it at once the second is told who did."""
    mine = {"taken_by": viewer.account, "taken_at": now}
    return _act(tx, viewer, callback, _free(viewer), mine, "callback.taken", now)


def hand_back(tx: Tx, viewer: Viewer, callback: CallbackId, now: datetime) -> Came:
    """Leaves it to whoever is free; who supervises takes it from another."""
    taken = callbacks.c.taken_by.is_not(None) if viewer.supervises else callbacks.c.taken_by == viewer.account
    return _act(
        tx, viewer, callback, taken, {"taken_by": None, "taken_at": None}, "callback.handed_back", now
    )


def done(tx: Tx, viewer: Viewer, callback: CallbackId, now: datetime) -> Came:
    """They were called."""
    settled = {"state": State.DONE.value, "taken_by": viewer.account, "settled_at": now}
    return _act(tx, viewer, callback, _free(viewer), settled, "callback.done", now)


def give_up(tx: Tx, viewer: Viewer, callback: CallbackId, reason: Reason, now: datetime) -> Came:
    """They will not be called."""
    settled = {
        "state": State.GIVEN_UP.value,
        "taken_by": viewer.account,
        "settled_at": now,
        "reason": reason.value,
    }
    return _act(tx, viewer, callback, _free(viewer), settled, "callback.given_up", now, reason=reason.value)


def tried(tx: Tx, viewer: Viewer, callback: CallbackId, again_at: datetime, now: datetime) -> Came:
    """Nobody was reached: another try is due at that time, by whoever is free then."""
    values = {
        "tries": callbacks.c.tries + 1,
        "tried_at": now,
        "promised_at": again_at,
        "taken_by": None,
        "taken_at": None,
    }
    return _moved(tx, viewer, callback, values, again_at, "callback.tried", now)


def promise(tx: Tx, viewer: Viewer, callback: CallbackId, promised_at: datetime, now: datetime) -> Came:
    """Another time was agreed on."""
    return _moved(tx, viewer, callback, {"promised_at": promised_at}, promised_at, "callback.promised", now)


def reopen(tx: Tx, viewer: Viewer, callback: CallbackId, now: datetime) -> Came:
    """Takes back that it was settled: it is the viewer's to do again."""
    before = find(tx, viewer, callback)
    if before is None or before.state is State.WAITING:
        return before
    fresh = sa.and_(callbacks.c.taken_by == viewer.account, callbacks.c.settled_at >= now - REOPENED_WITHIN)
    which = sa.and_(callbacks.c.id == callback, fresh)
    again = {"state": State.WAITING.value, "settled_at": None, "reason": None}
    if not tx.connection.execute(callbacks.update().where(which).values(again)).rowcount:
        return Refused(Why.TOO_LATE, before.taken_by_shown)
    _tell(tx, viewer, callback, "callback.reopened", now)
    return find(tx, viewer, callback)


def _free(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Taken by nobody else."""
    return sa.or_(callbacks.c.taken_by.is_(None), callbacks.c.taken_by == viewer.account)


def _moved(
    tx: Tx,
    viewer: Viewer,
    callback: CallbackId,
    values: Mapping[str, Any],
    to: datetime,
    act: str,
    now: datetime,
) -> Came:
    """To another time; whom to call is kept for as many days longer."""
    before = find(tx, viewer, callback)
    came = _act(tx, viewer, callback, _free(viewer), values, act, now)
    if isinstance(came, Callback) and before is not None and came.particulars is not None:
        particulars.move_with(tx, came.particulars, today(to) - today(before.promised_at))
    return came


def _act(
    tx: Tx,
    viewer: Viewer,
    callback: CallbackId,
    may: sa.ColumnElement[bool],
    values: Mapping[str, Any],
    act: str,
    now: datetime,
    **detail: str,
) -> Came:
    """Changes one that waits, where it `may` be; else says why not."""
    waits = sa.and_(callbacks.c.id == callback, callbacks.c.state == State.WAITING.value, seen_by(viewer))
    if tx.connection.execute(callbacks.update().where(waits, may).values(values)).rowcount:
        _tell(tx, viewer, callback, act, now, **detail)
        # Who hands back what was neither made by them nor their section's sees it no longer.
        return find(tx, viewer, callback)
    found = find(tx, viewer, callback)
    return None if found is None else Refused(_why(found), found.taken_by_shown)


def _why(found: Callback) -> Why:
    if found.state is not State.WAITING:
        return Why.SETTLED
    return Why.FREE if found.taken_by is None else Why.TAKEN


def _tell(tx: Tx, viewer: Viewer, callback: CallbackId, act: str, now: datetime, **detail: str) -> None:
    audit.record(tx, ByAccount(viewer.account), act, Kind.CALLBACK, str(callback), now, **detail)
