"""What was asked lately, with its words opened: to be asked again of a knowledge that is to be, and to be shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from store import calls
from store.db import Tx
from store.keyring import Key
from store.queries import DESK, QueryId
from store.residents import system_key
from store.tables import queries, resident_keys

LATELY: Final = timedelta(days=30)
MOST: Final = 5_000
"""Questions that are asked again at most, the latest: a replay of so many takes a quarter of a minute."""
AT_ONCE: Final = 500
"""Questions in one statement."""

_SEARCHED: Final = ("question", calls.HANDLER)
"""Who answered them: what another handler answered, no search was made for."""


@dataclass(frozen=True, slots=True)
class Lately:
    """Which questions count as asked lately."""

    before_first: QueryId
    """The one before the first; ids grow with time."""
    count: int


def lately(tx: Tx, now: datetime) -> Lately:
    """Those that still have words, of the last 30 days."""
    wanted = sa.select(queries.c.id).where(
        _has_words(), queries.c.asked_at > now - LATELY, queries.c.asked_at <= now
    )
    ids = tx.connection.scalars(wanted.order_by(queries.c.id.desc()).limit(MOST)).all()
    return Lately(QueryId(ids[-1] - 1 if ids else 0), len(ids))


def after(tx: Tx, last: QueryId, until: datetime, most: int) -> dict[QueryId, str]:
    """The next questions that were asked until a moment, in order of their ids."""
    return _opened(tx, sa.and_(queries.c.id > last, queries.c.asked_at <= until), most)


def texts(tx: Tx, wanted: Iterable[QueryId]) -> dict[QueryId, str]:
    """The words of questions that still have any."""
    ids = list(wanted)
    found: dict[QueryId, str] = {}
    for first in range(0, len(ids), AT_ONCE):
        found |= _opened(tx, queries.c.id.in_(ids[first : first + AT_ONCE]), AT_ONCE)
    return found


def _has_words() -> sa.ColumnElement[bool]:
    return sa.and_(queries.c.text.is_not(None), queries.c.handler.in_(_SEARCHED))


def _opened(tx: Tx, which: sa.ColumnElement[bool], most: int) -> dict[QueryId, str]:
    rows = (
        sa.select(queries.c.id, queries.c.resident_id, queries.c.text, resident_keys.c.wrapped)
        .join(resident_keys, resident_keys.c.resident_id == queries.c.resident_id, isouter=True)
        .where(which, _has_words())
        .order_by(queries.c.id)
        .limit(most)
    )
    keys: dict[int | None, Key] = {}
    found: dict[QueryId, str] = {}
    for row in tx.connection.execute(rows):
        if row.resident_id not in keys:
            keys[row.resident_id] = _key(tx, row.resident_id, row.wrapped)
        found[QueryId(row.id)] = keys[row.resident_id].open_text(row.text, "query")
    return found


def _key(tx: Tx, resident: int | None, wrapped: bytes | None) -> Key:
    """Of callers, who have no key of their own, the desk's."""
    if resident is None or wrapped is None:
        return system_key(tx, DESK)
    return tx.keyring.unwrap(wrapped, f"resident:{resident}")
