"""Residents: who writes to the city, known by a keyed hash; their LINE user id is sealed under their own key."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from nlp.language import Language
from store.db import Tx
from store.keyring import Key, new_key
from store.tables import menus_shown, resident_keys, residents, system_keys

ResidentId = NewType("ResidentId", int)


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who wrote, or added the account."""

    id: ResidentId
    follows: bool
    """False once they blocked the account; nothing is pushed to them."""
    last_seen: datetime
    language: Language | None = None
    """In which they are answered; None: nothing they wrote has shown it yet."""
    has_chosen: bool = False
    """Whether they said so themselves: then nothing they write changes it."""

    @property
    def speaks(self) -> Language:
        """The language to answer in."""
        return self.language or Language.JAPANESE


def meet(tx: Tx, address: str, now: datetime) -> Resident:
    """The resident with this address (LINE's user id), made known if new."""
    lookup = system_key(tx, "lookup").digest(address)
    row = tx.connection.execute(sa.select(residents).where(residents.c.lookup == lookup)).first()
    if row is None:
        _insert(tx, lookup, address, now)
        row = tx.connection.execute(sa.select(residents).where(residents.c.lookup == lookup)).one()
    return _resident(row)


def _insert(tx: Tx, lookup: bytes, address: str, now: datetime) -> None:
    key = new_key()
    values = {
        "lookup": lookup,
        "address": key.seal_text(address, "address"),
        "follows": True,
        "first_seen": now,
        "last_seen": now,
    }
    # Two machines may meet the same person at once: the second waits here and then finds the first's row.
    insert = postgresql.insert if tx.connection.dialect.name == "postgresql" else sqlite.insert
    made = tx.connection.scalar(
        insert(residents).values(values).on_conflict_do_nothing().returning(residents.c.id)
    )
    if made is not None:
        wrapped = tx.keyring.wrap(key, f"resident:{made}")
        tx.connection.execute(resident_keys.insert().values(resident_id=made, wrapped=wrapped))


def find(tx: Tx, resident: ResidentId) -> Resident | None:
    row = tx.connection.execute(sa.select(residents).where(residents.c.id == resident)).first()
    return None if row is None else _resident(row)


def _resident(row: sa.Row[tuple[object, ...]]) -> Resident:
    language = Language(row.language) if row.language else None
    return Resident(ResidentId(row.id), row.follows, row.last_seen, language, row.language_chosen)


def speak(tx: Tx, resident: ResidentId, language: Language, *, chosen: bool) -> None:
    """From now on the resident is answered in this language; `chosen`: they said so themselves."""
    values = {"language": language.value, "language_chosen": chosen}
    tx.connection.execute(residents.update().where(residents.c.id == resident).values(values))


def lookup(tx: Tx, address: str) -> ResidentId | None:
    """The resident with this address (LINE's user id), who is not made known where nobody has it."""
    known = residents.c.lookup == system_key(tx, "lookup").digest(address)
    return tx.connection.scalar(sa.select(residents.c.id).where(known))


def address(tx: Tx, resident: ResidentId) -> str:
    """Where to send: LINE's user id."""
    sealed = tx.connection.scalar(sa.select(residents.c.address).where(residents.c.id == resident))
    assert sealed is not None
    return key_of(tx, resident).open_text(sealed, "address")


def seen(tx: Tx, resident: ResidentId, now: datetime) -> None:
    tx.connection.execute(
        residents.update()
        .where(residents.c.id == resident, residents.c.last_seen < now)
        .values(last_seen=now)
    )


def follow(tx: Tx, resident: ResidentId, follows: bool) -> None:
    """Notes that the resident added (True) or blocked (False) the account."""
    tx.connection.execute(residents.update().where(residents.c.id == resident).values(follows=follows))
    if follows:  # whatever menu they had: LINE may have taken it away meanwhile
        tx.connection.execute(menus_shown.delete().where(menus_shown.c.resident_id == resident))


def erase(tx: Tx, resident: ResidentId) -> None:
    """Deletes the resident's key: whatever was sealed under it can never be read again."""
    tx.connection.execute(residents.delete().where(residents.c.id == resident))


def key_of(tx: Tx, resident: ResidentId) -> Key:
    """The resident's own key."""
    query = sa.select(resident_keys.c.wrapped).where(resident_keys.c.resident_id == resident)
    return unwrapped(tx, resident, tx.connection.execute(query).scalar_one())


def unwrapped(tx: Tx, resident: ResidentId, wrapped: bytes) -> Key:
    """The resident's own key, as it stands in `resident_keys`."""
    return tx.keyring.unwrap(wrapped, f"resident:{resident}")


def system_key(tx: Tx, name: str) -> Key:
    """A key of the service's own, such as `lookup` (to find residents by), `inbox` (events of nobody) and
    `desk` (words of callers).
    """
    wrapped = tx.connection.execute(
        sa.select(system_keys.c.wrapped).where(system_keys.c.name == name)
    ).scalar_one()
    return tx.keyring.unwrap(wrapped, f"system:{name}")


def lock(tx: Tx, resident: ResidentId) -> None:
    """Makes other turns with this resident wait for this one (SQLite has one writer anyway).

    New events are kept meanwhile: a row that refers to the resident needs the key alone, which is shared.
    """
    held = sa.select(residents.c.id).where(residents.c.id == resident).with_for_update(key_share=True)
    tx.connection.execute(held)
