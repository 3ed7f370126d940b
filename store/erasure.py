"""Erasing a resident: their keys and all that is theirs. What the city counts stays, with nobody's name on it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from store import (
    ahead,
    audit,
    bookings,
    case_erasing,
    case_saying,
    collaboration_drafts,
    collaboration_erasing,
    collaboration_opening,
    opinions,
    particulars,
    photographs,
    residents,
    subscriptions,
    told,
    undelivered_acts,
)
from store.audit import SERVICE, ByResident, Kind, Unattended
from store.db import Tx
from store.refusals import State
from store.residents import ResidentId
from store.tables import bookings as bookings_table
from store.tables import conversations, queries


@dataclass(frozen=True, slots=True)
class Erased:
    """What went, and what stays without a name."""

    particulars: int
    """Sets of particulars that went."""
    bookings: int
    """Bookings still to come, which are cancelled: nobody would know who comes."""
    questions: int
    """Questions that are still counted; their words went."""
    cases: int
    """Cases that are still counted; their words went, and those that stood are closed."""
    collaborations: int = 0
    """Proposals that are still counted; their words went, what was published stays."""


def weigh(tx: Tx, resident: ResidentId, now: datetime) -> Erased:
    """What erasing them would do."""
    asked = sa.select(sa.func.count()).select_from(queries).where(queries.c.resident_id == resident)
    return Erased(
        particulars=len(particulars.of_resident(tx, resident)),
        bookings=len(ahead.of_resident(tx, resident, now).bookings),
        questions=tx.connection.scalar(asked) or 0,
        cases=len(case_erasing.of_resident(tx, resident)),
        collaborations=len(collaboration_erasing.of_resident(tx, resident)),
    )


def erase(tx: Tx, resident: ResidentId, by: ByResident | Unattended, now: datetime) -> Erased:
    """Erases a resident who is there. Afterwards `Database.forget` clears SQLite's log of them.

    What was sealed under their key can then not be read from any copy of the database, also where
    somebody has `FIELD_KEYS`; only a copy of the keys themselves could open it (`store/keys_file.py`).
    """
    # What a turn of theirs is making meanwhile is found as well: a case keeps its key when its owner goes.
    residents.lock(tx, resident)
    erased = weigh(tx, resident, now)
    cancel_all(tx, resident, by, now)
    for case in case_erasing.of_resident(tx, resident):
        case_erasing.erase(tx, case, by, now)
    if by is not SERVICE:  # who only left has sent an opinion all the same: it is nobody's from now on
        _erase_opinions(tx, resident, by, now)
    for proposal in collaboration_erasing.of_resident(tx, resident):
        collaboration_erasing.erase(tx, proposal, by, now)
    for each in particulars.of_resident(tx, resident):
        particulars.erase(tx, each, by, now)
    theirs = sa.and_(bookings_table.c.resident_id == resident, bookings_table.c.state != State.ENTERED)
    tx.connection.execute(bookings_table.update().where(theirs).values(person=None))
    _forget_words(tx, resident)
    residents.erase(tx, resident)
    audit.record(tx, by, "resident.erased", Kind.RESIDENT, str(resident), now)
    return erased


def lighten(tx: Tx, resident: ResidentId, by: ByResident | Unattended, now: datetime) -> None:
    """Erases of a resident all that is not needed for what they still have before them."""
    residents.lock(tx, resident)
    coming = ahead.of_resident(tx, resident, now)
    standing = {each.id for each in coming.cases}
    for case in case_erasing.of_resident(tx, resident):
        if case not in standing:
            case_erasing.erase(tx, case, by, now)
    _erase_opinions(tx, resident, by, now)
    proposed = {each.id for each in coming.collaborations}
    for proposal in collaboration_erasing.of_resident(tx, resident):
        if proposal not in proposed:
            collaboration_erasing.erase(tx, proposal, by, now)
    collaboration_drafts.drop(tx, resident)
    needed = {each.particulars for each in coming.bookings} | {each.particulars for each in coming.cases}
    needed |= {each.particulars for each in coming.collaborations}
    for each in particulars.of_resident(tx, resident):
        if each not in needed:
            particulars.erase(tx, each, by, now)
    past = sa.and_(
        bookings_table.c.resident_id == resident,
        bookings_table.c.id.not_in([each.id for each in coming.bookings]),
        bookings_table.c.state != State.ENTERED,
    )
    tx.connection.execute(bookings_table.update().where(past).values(person=None, resident_id=None))
    photographs.drop(tx, [each.id for each in photographs.waiting_of(tx, resident)])
    told.take_back(tx, resident)
    subscriptions.give_up_all(tx, resident)
    _forget_words(tx, resident)
    undelivered_acts.forget_words(tx, resident)
    tx.connection.execute(conversations.delete().where(conversations.c.resident_id == resident))
    audit.record(tx, by, "resident.lightened", Kind.RESIDENT, str(resident), now)


def cancel_all(tx: Tx, resident: ResidentId, by: ByResident | Unattended, now: datetime) -> None:
    """Cancels what the resident has before them: bookings, and cases that stand."""
    coming = ahead.of_resident(tx, resident, now)
    for booking in coming.bookings:
        bookings.cancel(tx, booking.id, by, now)
    for case in coming.cases:
        case_saying.withdraw(tx, resident, case.id, now)
    for proposal in coming.collaborations:
        collaboration_opening.withdraw(tx, resident, proposal.id, now)


def _erase_opinions(tx: Tx, resident: ResidentId, by: ByResident | Unattended, now: datetime) -> None:
    for each in opinions.of_resident(tx, resident):
        opinions.erase(tx, each.id, by, now)


def _forget_words(tx: Tx, resident: ResidentId) -> None:
    mine = queries.c.resident_id == resident
    tx.connection.execute(queries.update().where(mine).values(text=None, message_ids=""))
