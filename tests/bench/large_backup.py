"""A city after years: what its backup costs, and how soon it answers again on another disk."""

import os
from datetime import UTC, datetime, timedelta

from store.db import Database
from store.keyring import Keyring, new_key
from store.tables import queries, resident_keys, residents

RESIDENTS, QUERIES = 100_000, 1_000_000
AT_ONCE = 10_000
SINCE = datetime(2024, 4, 1, tzinfo=UTC)


def fill(database: Database, how_many_residents: int = RESIDENTS, how_many_queries: int = QUERIES) -> None:
    """Residents with keys, and their questions; what is sealed is as long as it would be."""
    for first in range(0, how_many_residents, AT_ONCE):
        ids = range(first + 1, min(first + AT_ONCE, how_many_residents) + 1)
        with database.write() as tx:
            tx.connection.execute(residents.insert(), [_resident(each) for each in ids])
            keys = [{"resident_id": each, "wrapped": _wrapped(database.keyring, each)} for each in ids]
            tx.connection.execute(resident_keys.insert(), keys)
    for first in range(0, how_many_queries, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, how_many_queries))
        with database.write() as tx:
            tx.connection.execute(
                queries.insert(), [_query(each, each % how_many_residents + 1) for each in numbers]
            )


def _resident(number: int) -> dict[str, object]:
    seen = {"follows": True, "first_seen": SINCE, "last_seen": SINCE}
    return {"id": number, "lookup": number.to_bytes(32, "big"), "address": os.urandom(61)} | seen


def _wrapped(keyring: Keyring, number: int) -> bytes:
    return keyring.wrap(new_key(), f"resident:{number}")


def _query(number: int, resident: int) -> dict[str, object]:
    return {
        "resident_id": resident,
        "message_ids": f"5{number:017}",
        "channel": "LINE",
        "asked_at": SINCE + timedelta(seconds=60 * number),
        "text": os.urandom(100),
        "handler": "question",
        "outcome": "answer",
        "entry_id": f"{number % 200:06}",
        "score": 0.875,
        "verdict": None,
    }
