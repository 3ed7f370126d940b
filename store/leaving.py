"""Leaving: residents who want nothing of theirs to be kept, until it is erased.

It is erased once the last answer has gone out, since to send it needs their address; where they want it so, once what
they booked or asked is over, and until then only what that does not need.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from store import ahead, audit, erasure, keys_file, residents
from store.audit import ByResident, Kind
from store.db import Database, Tx
from store.residents import ResidentId
from store.tables import inbox, leaving, mailing_batches, mailing_recipients, outbox

PATIENCE: Final = timedelta(days=1)
"""So long it waits for an answer to go out: LINE may be away."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """A wish that nothing is kept."""

    resident: ResidentId
    asked_at: datetime
    waits: bool
    """Until what they have before them is over; False: at once."""
    lightened: bool
    """Whether all but what that needs has gone."""


def ask(tx: Tx, resident: ResidentId, now: datetime, *, waits: bool) -> None:
    """Notes the wish, in place of an earlier one. At once means that all they have before them is cancelled now."""
    tx.connection.execute(leaving.delete().where(leaving.c.resident_id == resident))
    row = {"resident_id": resident, "asked_at": now, "waits": waits, "lightened": False}
    tx.connection.execute(leaving.insert().values(row))
    by = ByResident(resident)
    audit.record(tx, by, "resident.leaving", Kind.RESIDENT, str(resident), now, waits=str(waits).lower())
    if not waits:
        erasure.cancel_all(tx, resident, by, now)


def take_back(tx: Tx, resident: ResidentId, now: datetime) -> bool:
    """They stay after all; False where they had not asked, or it is done."""
    gone = tx.connection.execute(leaving.delete().where(leaving.c.resident_id == resident)).rowcount
    if gone:
        audit.record(tx, ByResident(resident), "resident.stays", Kind.RESIDENT, str(resident), now)
    return bool(gone)


def of_resident(tx: Tx, resident: ResidentId) -> Leaving | None:
    """What they asked for and is not done yet."""
    row = tx.connection.execute(sa.select(leaving).where(leaving.c.resident_id == resident)).first()
    return None if row is None else _leaving(row)


def step(database: Database, now: datetime, keys: Path | None = None) -> int:
    """Erases what is to be erased by now, each resident in a transaction; how many something was erased of.

    `keys`: the copy of the keys (`store/keys_file.py`), which is written anew where there is one.
    """
    with database.read() as tx:
        due = [ResidentId(each) for each in tx.connection.scalars(_silent(now))]
    done = 0
    for resident in due:
        with database.write() as tx:
            done += _take(tx, resident, now)
    if done:
        keys_file.renew(database, keys)
    return done


def _take(tx: Tx, resident: ResidentId, now: datetime) -> bool:
    """Does what can be done for one; False where nothing is to be done yet, or another process was first."""
    residents.lock(tx, resident)  # before their wish, as a turn does in which they ask again
    still = _silent(now).where(leaving.c.resident_id == resident)
    tx.connection.execute(
        sa.select(leaving.c.resident_id).where(leaving.c.resident_id == resident).with_for_update()
    )
    row = tx.connection.execute(still.with_only_columns(*leaving.c)).first()
    if row is None:
        return False
    by = ByResident(resident)
    if not row.waits or ahead.of_resident(tx, resident, now).is_nothing:
        erasure.erase(tx, resident, by, now)
        return True
    if row.lightened:
        return False
    erasure.lighten(tx, resident, by, now)
    mine = leaving.c.resident_id == resident
    tx.connection.execute(leaving.update().where(mine).values(lightened=True))
    return True


def _silent(now: datetime) -> sa.Select[int]:
    """Those to whom nothing is being said: no answer of the last day is on its way, and no word of theirs waits."""
    since = now - PATIENCE
    said = sa.exists().where(
        outbox.c.resident_id == leaving.c.resident_id,
        outbox.c.state == "waiting",
        outbox.c.created_at > since,
    )
    heard = sa.exists().where(
        inbox.c.resident_id == leaving.c.resident_id,
        inbox.c.state == "waiting",
        inbox.c.received_at > since,
    )
    tried = (
        sa.exists()
        .where(mailing_recipients.c.resident_id == leaving.c.resident_id)
        .where(mailing_batches.c.mailing_id == mailing_recipients.c.mailing_id)
        .where(mailing_batches.c.number == mailing_recipients.c.batch, mailing_batches.c.state == "waiting")
        .where(mailing_batches.c.tried_at > since)  # its next try is to be the same request
    )
    return sa.select(leaving.c.resident_id).where(~said, ~heard, ~tried).order_by(leaving.c.resident_id)


def _leaving(row: sa.Row[tuple[object, ...]]) -> Leaving:
    return Leaving(ResidentId(row.resident_id), row.asked_at, row.waits, row.lightened)
