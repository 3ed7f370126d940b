"""The words of an opinion: sealed under a key of its own, so that erasing the key makes them unreadable everywhere.

They are masked (`nlp.masking`) before they come here.
"""

import sqlalchemy as sa

from store.db import Tx
from store.keyring import new_key
from store.tables import opinion_keys, opinions


def seal(tx: Tx, opinion: int, words: str) -> None:
    """Puts the words of an opinion that has just been made under a new key."""
    key = new_key()
    wrapped = tx.keyring.wrap(key, _wrapped_for(opinion))
    tx.connection.execute(opinion_keys.insert().values(opinion_id=opinion, wrapped=wrapped))
    sealed = key.seal_text(words, _purpose(opinion))
    tx.connection.execute(opinions.update().where(opinions.c.id == opinion).values(words=sealed))


def opened(tx: Tx, opinion: int, wrapped: bytes | None, words: bytes | None) -> str:
    """The words as they stand in the tables; empty once they are erased."""
    if wrapped is None or words is None:
        return ""
    key = tx.keyring.unwrap(wrapped, _wrapped_for(opinion))
    return key.open_text(words, _purpose(opinion))


def drop(tx: Tx, opinion: int) -> None:
    """Deletes the key, and what it sealed."""
    tx.connection.execute(opinion_keys.delete().where(opinion_keys.c.opinion_id == opinion))
    tx.connection.execute(sa.update(opinions).where(opinions.c.id == opinion).values(words=None))


def _wrapped_for(opinion: int) -> str:
    return f"opinion:{opinion}"


def _purpose(opinion: int) -> str:
    return f"opinion:{opinion}:words"
