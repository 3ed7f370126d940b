"""Erasing a resident: their keys and all that is theirs. What the city counts stays, with nobody's name on it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from store import audit, particulars, residents
from store.audit import Actor, Kind
from store.db import Tx
from store.residents import ResidentId
from store.tables import queries


@dataclass(frozen=True, slots=True)
class Erased:
    """What went, and what stays without a name."""

    particulars: int
    """Sets of particulars that went."""
    questions: int
    """Questions that are still counted; their words went."""


def weigh(tx: Tx, resident: ResidentId) -> Erased:
    """What erasing them would do."""
    asked = sa.select(sa.func.count()).select_from(queries).where(queries.c.resident_id == resident)
    return Erased(len(particulars.of_resident(tx, resident)), tx.connection.scalar(asked) or 0)


def erase(tx: Tx, resident: ResidentId, by: Actor, now: datetime) -> Erased:
    """Erases a resident who is there. Afterwards `Database.forget` clears SQLite's log of them.

    What was sealed under their key can then not be read from any copy of the database, also where
    somebody has `FIELD_KEYS`; only a copy of the keys themselves could open it (`store/keys_file.py`).
    """
    erased = weigh(tx, resident)
    for each in particulars.of_resident(tx, resident):
        particulars.erase(tx, each, by, now)
    mine = queries.c.resident_id == resident
    tx.connection.execute(queries.update().where(mine).values(text=None, message_ids=""))
    residents.erase(tx, resident)
    audit.record(tx, by, "resident.erased", Kind.RESIDENT, str(resident), now)
    return erased
