"""Deciding on a mailing: handing in, approving by a second person, sending back, taking back, stopping."""

from datetime import datetime

import sqlalchemy as sa

from store import audit, mailing_outcomes, mailings
from store.audit import ByAccount, Kind
from store.db import Tx
from store.mailing_drafts import UNDECIDED
from store.mailings import LONGEST, Mailing, MailingId, No, Refusal, State
from store.sight import Role, Viewer
from store.tables import mailings as table


def submit(tx: Tx, viewer: Viewer, mailing: MailingId, version: int, now: datetime) -> Mailing | Refusal:
    """Hands a draft in for a second person to approve."""
    there = mailings.opened(tx, viewer, mailing, version)
    if not isinstance(there, Mailing):
        return there
    if there.state is not State.DRAFT:
        return No.NOT_NOW
    if is_too_late(there, now):
        return No.TOO_LATE
    return _set(tx, viewer, mailing, State.SUBMITTED, "mailing.submitted", now, submitted_at=now, reason="")


def approve(tx: Tx, viewer: Viewer, mailing: MailingId, version: int, now: datetime) -> Mailing | Refusal:
    """Lets the version that the viewer saw be sent, at once or at its time. Never by who wrote at it."""
    there = mailings.opened(tx, viewer, mailing, version)
    if not isinstance(there, Mailing):
        return there
    if refused := _undecidable(viewer, there):
        return refused
    if there.what.urgent and viewer.role is not Role.ADMIN:
        return No.NEEDS_ADMIN
    if is_too_late(there, now):
        return No.TOO_LATE
    decided = {"decided_by": viewer.account, "decided_at": now}
    return _set(tx, viewer, mailing, State.APPROVED, "mailing.approved", now, **decided)


def send_back(
    tx: Tx, viewer: Viewer, mailing: MailingId, version: int, reason: str, now: datetime
) -> Mailing | Refusal:
    """Returns to its authors what was handed in, and says why."""
    there = mailings.opened(tx, viewer, mailing, version)
    if not isinstance(there, Mailing):
        return there
    if refused := _undecidable(viewer, there):
        return refused
    if not reason.strip():
        return No.NEEDS_REASON
    decided = {**UNDECIDED, "decided_by": viewer.account, "decided_at": now, "reason": reason.strip()}
    return _set(tx, viewer, mailing, State.DRAFT, "mailing.returned", now, **decided)


def take_back(tx: Tx, viewer: Viewer, mailing: MailingId, version: int, now: datetime) -> Mailing | Refusal:
    """Makes a draft again of what was handed in or approved, and has not begun: nobody has got it."""
    there = mailings.opened(tx, viewer, mailing, version)
    if not isinstance(there, Mailing):
        return there
    if there.state not in (State.SUBMITTED, State.APPROVED):
        return No.NOT_NOW
    return _set(tx, viewer, mailing, State.DRAFT, "mailing.taken_back", now, **UNDECIDED)


def stop(tx: Tx, viewer: Viewer, mailing: MailingId, now: datetime) -> Mailing | Refusal:
    """Sends no further batch; the one that is on its way arrives. Whatever version they saw: to stop is never late."""
    theirs = sa.and_(table.c.id == mailing, mailings.seen_by(viewer))
    if tx.connection.scalar(sa.select(table.c.id).where(theirs).with_for_update()) is None:
        return No.NOT_YOURS
    if mailings.one(tx, mailing).state is not State.SENDING:
        return No.NOT_NOW
    mailing_outcomes.end(tx, mailing, State.STOPPED, now)
    by = {"stopped_by": viewer.account}
    return _set(tx, viewer, mailing, State.STOPPED, "mailing.stopped", now, **by)


def is_too_late(mailing: Mailing, now: datetime) -> bool:
    """Whether its last moment is over, comes before its first, or lies too far away."""
    begins = max(mailing.what.send_at or now, now)
    return not begins < mailing.what.not_after <= begins + LONGEST


def _undecidable(viewer: Viewer, there: Mailing) -> No | None:
    if viewer.role not in (Role.APPROVER, Role.ADMIN):
        return No.NEEDS_APPROVER
    if viewer.account in there.authors:
        return No.OWN_WORDS
    return None if there.state is State.SUBMITTED else No.NOT_NOW


def _set(
    tx: Tx, viewer: Viewer, mailing: MailingId, state: State, act: str, now: datetime, **values: object
) -> Mailing:
    tx.connection.execute(table.update().where(table.c.id == mailing).values(state=state.value, **values))
    audit.record(tx, ByAccount(viewer.account), act, Kind.MAILING, str(mailing), now)
    return mailings.one(tx, mailing)
