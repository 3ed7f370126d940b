"""The words of a proposal: sealed under a key of its own, so that erasing the key makes them unreadable everywhere.

They are masked (`nlp.masking`) before they come here. A ciphertext is sealed for its proposal and for what it is, so
that it cannot be moved to another.
"""

from dataclasses import dataclass, fields
from typing import Any, Final

import sqlalchemy as sa

from store.db import Tx
from store.keyring import Key, new_key
from store.tables import collaboration_keys, collaboration_steps, collaborations

STEP: Final = "step"


@dataclass(frozen=True, slots=True)
class Words:
    """What is proposed; each may hold several lines, and those that nobody filled in are empty."""

    title: str = ""
    what: str = ""
    why: str = ""
    roles: str = ""
    """Who does which part."""
    period: str = ""
    """When, and for how long."""
    cost: str = ""
    """What it takes, and who pays."""


NAMES: Final = tuple(each.name for each in fields(Words))


def make_key(tx: Tx, which: int) -> Key:
    """The key of a proposal that has just been made."""
    key = new_key()
    wrapped = tx.keyring.wrap(key, _wrapped_for(which))
    tx.connection.execute(collaboration_keys.insert().values(collaboration_id=which, wrapped=wrapped))
    return key


def key_of(tx: Tx, which: int) -> Key | None:
    """None once it is erased."""
    query = sa.select(collaboration_keys.c.wrapped).where(collaboration_keys.c.collaboration_id == which)
    return unwrapped(tx, which, tx.connection.scalar(query))


def unwrapped(tx: Tx, which: int, wrapped: bytes | None) -> Key | None:
    """The key as it stands in `collaboration_keys`."""
    return None if wrapped is None else tx.keyring.unwrap(wrapped, _wrapped_for(which))


def sealed(key: Key, which: int, words: str, what: str) -> bytes | None:
    """None where there are no words. `what`: the name of a field of `Words`, or `STEP`."""
    return key.seal_text(words, f"collaboration:{which}:{what}") if words else None


def opened(key: Key | None, which: int, words: bytes | None, what: str) -> str:
    """Empty where there are none, or no longer."""
    if key is None or words is None:
        return ""
    return key.open_text(words, f"collaboration:{which}:{what}")


def columns(key: Key, which: int, words: Words) -> dict[str, bytes | None]:
    """The columns that hold what is proposed."""
    return {name: sealed(key, which, getattr(words, name), name) for name in NAMES}


def words_of(key: Key | None, row: sa.Row[Any]) -> Words:
    """What a row of `collaborations` holds."""
    return Words(**{name: opened(key, row.id, getattr(row, name), name) for name in NAMES})


def drop(tx: Tx, which: int) -> None:
    """Deletes the key, and what it sealed."""
    tx.connection.execute(collaboration_keys.delete().where(collaboration_keys.c.collaboration_id == which))
    nothing: dict[str, None] = dict.fromkeys(NAMES)
    tx.connection.execute(collaborations.update().where(collaborations.c.id == which).values(nothing))
    mine = collaboration_steps.c.collaboration_id == which
    tx.connection.execute(collaboration_steps.update().where(mine).values(words=None))


def _wrapped_for(which: int) -> str:
    return f"collaboration:{which}"
