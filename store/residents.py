"""Residents: who writes to the city, known by a keyed hash; their LINE user id is sealed under their own key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NewType

import sqlalchemy as sa

from nlp.language import Language
from store import inserting
from store.db import Tx
from store.keyring import Key, new_key
from store.tables import menus_shown, resident_keys, residents, system_keys

ResidentId = NewType("ResidentId", int)
_LOOKUP: Final = "lookup"
"""The service's own key by which residents are found."""


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


_KEYED = sa.select(residents, resident_keys.c.wrapped).join(resident_keys)
_BY_LOOKUP = _KEYED.where(residents.c.lookup == sa.bindparam("lookup"))
BY_LOOKUPS = _KEYED.where(residents.c.lookup.in_(sa.bindparam("lookups", expanding=True)))
_BY_ID = _KEYED.where(residents.c.id == sa.bindparam("resident"))
_WRAPPED = sa.select(resident_keys.c.wrapped).where(resident_keys.c.resident_id == sa.bindparam("resident"))
"""Made once: each event and each turn asks."""


def meet(tx: Tx, address: str, now: datetime) -> Resident:
    """The resident with this address (LINE's user id), made known if new."""
    if (known := with_address(tx, address)) is None:
        _insert(tx, tx.remembered[_LOOKUP].digest(address), address, now)
        known = with_address(tx, address)
        assert known is not None
    return known


def with_address(tx: Tx, address: str) -> Resident | None:
    """The resident with this address (LINE's user id); None where nobody has it."""
    remembered = tx.remembered.get(_LOOKUP)
    if remembered and (found := _found(tx, remembered, address)):
        return found
    # Whom one key finds no other would; nobody is found by one that a restored database no longer has.
    tx.remembered[_LOOKUP] = present = system_key(tx, _LOOKUP)
    return None if present == remembered else _found(tx, present, address)


def with_addresses(
    tx: Tx, addresses: Sequence[str], statement: sa.Select[Any], given: Mapping[str, Any]
) -> Mapping[str, sa.Row[Any]]:
    """Those of these addresses whom the key finds that this process knows: whom it does not, `meet` may.

    `statement` is `BY_LOOKUPS` with what else is to be known of them, which needs what is `given`; a row is for `read`.
    """
    remembered = tx.remembered.get(_LOOKUP)
    if not remembered or not addresses:
        return {}
    digests = {remembered.digest(each): each for each in addresses}
    rows = tx.connection.execute(statement, {"lookups": list(digests), **given})
    return {digests[row.lookup]: row for row in rows}


def _found(tx: Tx, key: Key, address: str) -> Resident | None:
    row = tx.connection.execute(_BY_LOOKUP, {"lookup": key.digest(address)}).first()
    return None if row is None else read(tx, row)


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
    made = inserting.unless_there(tx, residents, values)
    if made is not None:
        wrapped = tx.keyring.wrap(key, f"resident:{made}")
        tx.connection.execute(resident_keys.insert().values(resident_id=made, wrapped=wrapped))
        tx.keys[made] = key


def find(tx: Tx, resident: ResidentId) -> Resident | None:
    row = tx.connection.execute(_BY_ID, {"resident": resident}).first()
    return None if row is None else read(tx, row)


def read(tx: Tx, row: sa.Row[Any]) -> Resident:
    """A row of `residents` with the wrapped key, which is open from now on."""
    tx.keys[row.id] = unwrapped(tx, row.id, row.wrapped)
    language = Language(row.language) if row.language else None
    return Resident(ResidentId(row.id), row.follows, row.last_seen, language, row.language_chosen)


def speak(tx: Tx, resident: ResidentId, language: Language, *, chosen: bool) -> None:
    """From now on the resident is answered in this language; `chosen`: they said so themselves."""
    values = {"language": language.value, "language_chosen": chosen}
    tx.connection.execute(residents.update().where(residents.c.id == resident).values(values))


def lookup(tx: Tx, address: str) -> ResidentId | None:
    """The resident with this address (LINE's user id), who is not made known where nobody has it."""
    found = with_address(tx, address)
    return None if found is None else found.id


def address(tx: Tx, resident: ResidentId) -> str:
    """Where to send: LINE's user id."""
    sealed = tx.connection.scalar(sa.select(residents.c.address).where(residents.c.id == resident))
    assert sealed is not None
    return key_of(tx, resident).open_text(sealed, "address")


_SEEN = (
    residents.update()
    .where(residents.c.id == sa.bindparam("resident"), residents.c.last_seen < sa.bindparam("now"))
    .values(last_seen=sa.bindparam("now"))
)


def seen(tx: Tx, resident: ResidentId, now: datetime) -> None:
    tx.connection.execute(_SEEN, {"resident": resident, "now": now})


def follow(tx: Tx, resident: ResidentId, follows: bool) -> None:
    """Notes that the resident added (True) or blocked (False) the account."""
    tx.connection.execute(residents.update().where(residents.c.id == resident).values(follows=follows))
    if follows:  # whatever menu they had: LINE may have taken it away meanwhile
        tx.connection.execute(menus_shown.delete().where(menus_shown.c.resident_id == resident))


def erase(tx: Tx, resident: ResidentId) -> None:
    """Deletes the resident's key: whatever was sealed under it can never be read again."""
    tx.connection.execute(residents.delete().where(residents.c.id == resident))
    tx.keys.pop(resident, None)


def key_of(tx: Tx, resident: ResidentId) -> Key:
    """The resident's own key."""
    if (known := tx.keys.get(resident)) is None:
        wrapped = tx.connection.execute(_WRAPPED, {"resident": resident}).scalar_one()
        known = tx.keys[resident] = unwrapped(tx, resident, wrapped)
    return known


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


_HELD = (
    sa.select(residents.c.id)
    .where(residents.c.id == sa.bindparam("resident"))
    .with_for_update(key_share=True)
)


def lock(tx: Tx, resident: ResidentId) -> None:
    """Makes other turns with this resident wait for this one (SQLite has one writer anyway).

    New events are kept meanwhile: a row that refers to the resident needs the key alone, which is shared.
    """
    tx.connection.execute(_HELD, {"resident": resident})
