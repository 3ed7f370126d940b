"""The words of a case: sealed under a key of the case's own, so that erasing the key makes them unreadable everywhere.

They are masked (`nlp.masking`) before they come here. A ciphertext is sealed for its case and for what it is, so that
it cannot be moved to another.
"""

from typing import Final

import sqlalchemy as sa

from store.db import Tx
from store.keyring import Key, new_key
from store.tables import case_entries, case_keys, voices

SUBJECT: Final = "subject"
ENTRY: Final = "entry"
PLACE: Final = "place"


def make_key(tx: Tx, case: int) -> Key:
    """The key of a case that has just been made."""
    key = new_key()
    wrapped = tx.keyring.wrap(key, _wrapped_for(case))
    tx.connection.execute(case_keys.insert().values(case_id=case, wrapped=wrapped))
    return key


def key_of(tx: Tx, case: int) -> Key | None:
    """None once the case is erased."""
    return unwrapped(
        tx, case, tx.connection.scalar(sa.select(case_keys.c.wrapped).where(case_keys.c.case_id == case))
    )


def unwrapped(tx: Tx, case: int, wrapped: bytes | None) -> Key | None:
    """The key as it stands in `case_keys`."""
    return None if wrapped is None else tx.keyring.unwrap(wrapped, _wrapped_for(case))


def sealed(key: Key, case: int, words: str, what: str) -> bytes | None:
    """None where there are no words. `what`: `SUBJECT`, `ENTRY` or `PLACE`."""
    return key.seal_text(words, f"case:{case}:{what}") if words else None


def opened(key: Key | None, case: int, words: bytes | None, what: str) -> str:
    """Empty where there are none, or no longer."""
    if key is None or words is None:
        return ""
    return key.open_text(words, f"case:{case}:{what}")


def drop(tx: Tx, case: int) -> None:
    """Deletes the key, and what it sealed."""
    tx.connection.execute(case_keys.delete().where(case_keys.c.case_id == case))
    tx.connection.execute(case_entries.update().where(case_entries.c.case_id == case).values(words=None))
    tx.connection.execute(voices.update().where(voices.c.case_id == case).values(place=None))


def _wrapped_for(case: int) -> str:
    return f"case:{case}"
