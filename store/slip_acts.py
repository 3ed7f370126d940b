"""What a section does about a slip: takes it, settles it, passes it on; of two who do it at once the second is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from faq.counters import SectionId
from store import audit
from store.audit import ByAccount, Kind
from store.db import Tx
from store.desk_words import sealed
from store.sight import Role, Viewer
from store.slips import PURPOSE, Slip, SlipId, State, find, is_kept_by, kept_by
from store.tables import slips


class Why(StrEnum):
    """Why nothing was done."""

    TAKEN = "taken"
    """Somebody else looks after it."""
    DONE = "done"
    NEW = "new"
    """Nobody looks after it, so nobody can hand it back."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was done; who looks after it, empty where nobody does."""

    why: Why
    shown: str


Came = Slip | Refused | None
"""What came of an act: the slip as it is now; None where there is none that is theirs."""


def take(tx: Tx, viewer: Viewer, slip: SlipId, now: datetime) -> Came:
    """One of the section looks after it, and nobody else."""
    mine = {"state": State.TAKEN.value, "taken_by": viewer.account, "taken_at": now}
    free = sa.or_(slips.c.state == State.NEW.value, _mine(viewer))
    return _act(tx, viewer, slip, free, mine, "slip.taken", now)


def hand_back(tx: Tx, viewer: Viewer, slip: SlipId, now: datetime) -> Came:
    """Leaves it to colleagues; an administrator takes it from another."""
    new = {"state": State.NEW.value, "taken_by": None, "taken_at": None}
    mine = slips.c.state == State.TAKEN.value if viewer.role is Role.ADMIN else _mine(viewer)
    return _act(tx, viewer, slip, mine, new, "slip.handed_back", now)


def pass_on(tx: Tx, viewer: Viewer, slip: SlipId, section: SectionId, now: datetime) -> Came:
    """Gives it to another section, whose it is: the viewer may see it no longer."""
    free = sa.or_(slips.c.state == State.NEW.value, _mine(viewer))
    values = {"section": section, "state": State.NEW.value, "taken_by": None, "taken_at": None}
    before = find(tx, viewer, slip)
    came = _act(tx, viewer, slip, free, values, "slip.passed_on", now, section=section)
    return before if came is None else came


def done(tx: Tx, viewer: Viewer, slip: SlipId, result: str, now: datetime) -> Came:
    """It is settled; `result` says how, masked, to the operator whom the caller may ask again."""
    free = sa.or_(slips.c.state == State.NEW.value, _mine(viewer))
    values = {
        "state": State.DONE.value,
        "taken_by": viewer.account,
        "taken_at": sa.func.coalesce(slips.c.taken_at, sa.literal(now, slips.c.taken_at.type)),
        "done_at": now,
        "result": sealed(tx, result, PURPOSE),
    }
    return _act(tx, viewer, slip, free, values, "slip.done", now)


def reopen(tx: Tx, viewer: Viewer, slip: SlipId, now: datetime) -> Came:
    """There is more to do: it is the viewer's again."""
    settled = slips.c.state == State.DONE.value
    values = {
        "state": State.TAKEN.value,
        "taken_by": viewer.account,
        "taken_at": now,
        "done_at": None,
        "result": None,
    }
    return _act(tx, viewer, slip, settled, values, "slip.reopened", now)


def _mine(viewer: Viewer) -> sa.ColumnElement[bool]:
    return sa.and_(slips.c.state == State.TAKEN.value, slips.c.taken_by == viewer.account)


def _act(
    tx: Tx,
    viewer: Viewer,
    slip: SlipId,
    may: sa.ColumnElement[bool],
    values: Mapping[str, Any],
    act: str,
    now: datetime,
    **detail: str,
) -> Came:
    """Changes one of the section's, where it `may` be; else says why not."""
    theirs = sa.and_(slips.c.id == slip, kept_by(viewer))
    if tx.connection.execute(slips.update().where(theirs, may).values(values)).rowcount:
        audit.record(tx, ByAccount(viewer.account), act, Kind.SLIP, str(slip), now, **detail)
        return find(tx, viewer, slip)
    found = find(tx, viewer, slip) if is_kept_by(tx, viewer, slip) else None
    return None if found is None else Refused(Why(found.state.value), found.taken_by_shown)
