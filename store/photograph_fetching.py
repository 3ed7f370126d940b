"""Photographs that are to be fetched from LINE: claimed by one worker at a time, tried again, given up in the end.

LINE is asked between two transactions. Who is killed meanwhile is followed by the next, once the lease is over.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from faq.photograph import Jpeg
from store import photographs, work
from store.cases import CaseId
from store.db import Tx
from store.photographs import PhotographId, PhotographState, Why
from store.tables import photographs as table

LEASE: Final = timedelta(minutes=2)
"""Longer than LINE may take to give a picture, and the machine to make it anew."""
GIVE_UP: Final = timedelta(hours=6)
"""A try that fails after so long is the last: LINE keeps what was sent for a time that it does not tell."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture that this worker fetches."""

    id: PhotographId
    message_id: str
    made_at: datetime
    attempts: int


def is_any_ripe(tx: Tx, now: datetime) -> bool:
    """Whether one is to be fetched now: a look that writes nothing."""
    return tx.connection.scalar(_ripe(now).limit(1)) is not None


def claim(tx: Tx, worker: str, now: datetime) -> Wanted | None:
    """Takes the one that has waited the longest."""
    taken = work.claim(tx, table, _ripe(now).order_by(table.c.id).limit(4), worker, now, LEASE)
    if taken is None:
        return None
    row = tx.connection.execute(sa.select(table).where(table.c.id == taken.id)).one()
    return Wanted(PhotographId(row.id), row.message_id, row.made_at, taken.attempts)


def holds(tx: Tx, wanted: Wanted, worker: str) -> bool:
    """Whether this worker may still say what became of it; not once it was taken back or erased."""
    return work.holds(tx, table, wanted.id, worker)


def fetched(tx: Tx, wanted: Wanted, jpeg: Jpeg) -> None:
    """Keeps the picture."""
    photographs.seal(tx, wanted.id, jpeg)
    tx.connection.execute(_row(wanted).values(leased_until=None, leased_by=None))


def refused(tx: Tx, wanted: Wanted, why: Why, now: datetime) -> None:
    """There is none, and never will be; where it was sent with a case, its people and the resident are told."""
    ended = {
        "state": PhotographState.REFUSED.value,
        "why": why.value,
        "leased_until": None,
        "leased_by": None,
    }
    case = tx.connection.scalar(_row(wanted).values(ended).returning(table.c.case_id))
    if case is not None:
        photographs.tell_lost(tx, CaseId(case), now)


def later(tx: Tx, wanted: Wanted, now: datetime) -> None:
    """To be tried again; given up where it has been tried for hours."""
    if now - wanted.made_at >= GIVE_UP:
        refused(tx, wanted, Why.GONE, now)
    else:
        work.release(tx, table, wanted.id, now + work.backoff(wanted.attempts))


def free_all(tx: Tx) -> None:
    """Ends the leases that a killed process left; only where no other process works."""
    work.free_all(tx, table)


def _ripe(now: datetime) -> sa.Select[int]:
    return sa.select(table.c.id).where(work.is_ripe(table, now))


def _row(wanted: Wanted) -> sa.Update:
    return table.update().where(table.c.id == wanted.id)
