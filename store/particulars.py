"""Particulars: what a person told the city for one purpose, each field sealed under a key of the set's own.

To erase a set is to delete its key, in every copy of the database. A field is sealed for its set and its name, so that
a ciphertext cannot be moved to another person or to a field that more people see. Each look is audited.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

import sqlalchemy as sa

from faq.retention import Purpose
from store import audit
from store.audit import Actor, Kind
from store.db import Tx
from store.keyring import Key, new_key
from store.residents import ResidentId
from store.tables import particulars, particulars_fields, particulars_keys

__all__ = [
    "Field",
    "KeptSet",
    "ParticularsId",
    "Purpose",
    "erase",
    "keep",
    "move_with",
    "of_resident",
    "read",
    "sets_of",
]

ParticularsId = NewType("ParticularsId", int)


class Field(StrEnum):
    """What may be asked; a form asks for as little as its purpose needs."""

    NAME = "name"
    KANA = "kana"
    TELEPHONE = "telephone"
    BIRTH_DATE = "birth_date"
    POSTCODE = "postcode"
    ADDRESS = "address"
    SUBJECT = "subject"
    OPPOSING_PARTY = "opposing_party"
    ACCOMMODATIONS = "accommodations"
    REMARKS = "remarks"
    CONVENIENT = "convenient"
    """When somebody can be reached by telephone."""
    GROUP = "group"
    """The group that somebody speaks for."""


@dataclass(frozen=True, slots=True)
class KeptSet:
    """A set as such, without what is in it."""

    id: ParticularsId
    purpose: Purpose
    told_at: datetime
    delete_on: date


def keep(
    tx: Tx,
    purpose: Purpose,
    fields: Mapping[Field, str],
    resident: ResidentId | None,
    delete_on: date,
    by: Actor,
    now: datetime,
) -> ParticularsId:
    """Keeps a set until the day that `Retention.delete_on` gives for its purpose; empty fields are left out.

    `resident`: who told it in LINE; None where it was told by telephone or at a counter.
    """
    values = {"purpose": purpose.value, "resident_id": resident, "created_at": now, "delete_on": delete_on}
    made = tx.connection.execute(particulars.insert().values(values)).inserted_primary_key
    assert made is not None
    kept = ParticularsId(made[0])
    key = new_key()
    wrapped = tx.keyring.wrap(key, _key_purpose(kept))
    tx.connection.execute(particulars_keys.insert().values(particulars_id=kept, wrapped=wrapped))
    _put(tx, kept, key, fields)
    audit.record(tx, by, "particulars.kept", Kind.PARTICULARS, str(kept), now, purpose=purpose.value)
    return kept


def read(tx: Tx, kept: ParticularsId, by: Actor, now: datetime) -> Mapping[Field, str]:
    """What was told, in a transaction that writes: the look is audited. Empty once it was erased."""
    key = _key_of(tx, kept)
    if key is None:
        return {}
    audit.record(tx, by, "particulars.read", Kind.PARTICULARS, str(kept), now)
    rows = tx.connection.execute(
        sa.select(particulars_fields).where(particulars_fields.c.particulars_id == kept)
    )
    return {Field(row.field): key.open_text(row.value, _purpose(kept, Field(row.field))) for row in rows}


def move_with(tx: Tx, kept: ParticularsId, later: timedelta) -> None:
    """Moves the day of deletion along with what it was told for: by whole days, negative for an earlier one."""
    this = particulars.c.id == kept
    delete_on = tx.connection.scalar(sa.select(particulars.c.delete_on).where(this))
    if delete_on is not None:
        tx.connection.execute(particulars.update().where(this).values(delete_on=delete_on + later))


def erase(tx: Tx, kept: ParticularsId, by: Actor, now: datetime) -> bool:
    """Deletes the key and the set; False where it was erased before. `Database.forget` clears SQLite's log of it."""
    gone = tx.connection.execute(particulars.delete().where(particulars.c.id == kept)).rowcount
    if gone:
        audit.record(tx, by, "particulars.erased", Kind.PARTICULARS, str(kept), now)
    return bool(gone)


def of_resident(tx: Tx, resident: ResidentId) -> tuple[ParticularsId, ...]:
    """The sets that a resident told."""
    ids = sa.select(particulars.c.id).where(particulars.c.resident_id == resident).order_by(particulars.c.id)
    return tuple(ParticularsId(each) for each in tx.connection.scalars(ids))


def sets_of(tx: Tx, resident: ResidentId) -> tuple[KeptSet, ...]:
    """The same, with what they were told for and when they go."""
    mine = sa.select(particulars).where(particulars.c.resident_id == resident).order_by(particulars.c.id)
    return tuple(
        KeptSet(ParticularsId(row.id), Purpose(row.purpose), row.created_at, row.delete_on)
        for row in tx.connection.execute(mine)
    )


def _put(tx: Tx, kept: ParticularsId, key: Key, fields: Mapping[Field, str]) -> None:
    rows = [
        {
            "particulars_id": kept,
            "field": field.value,
            "value": key.seal_text(text, _purpose(kept, field)),
        }
        for field, text in fields.items()
        if text
    ]
    if rows:
        tx.connection.execute(particulars_fields.insert(), rows)


def _key_of(tx: Tx, kept: ParticularsId) -> Key | None:
    query = sa.select(particulars_keys.c.wrapped).where(particulars_keys.c.particulars_id == kept)
    wrapped = tx.connection.scalar(query)
    return None if wrapped is None else tx.keyring.unwrap(wrapped, _key_purpose(kept))


def _key_purpose(kept: ParticularsId) -> str:
    return f"particulars:{kept}"


def _purpose(kept: ParticularsId, field: Field) -> str:
    return f"particulars:{kept}:{field.value}"
