"""Meetings with the mayor and other hearings."""

from collections.abc import Mapping
from typing import Final

from faq.hearings import Hearing, HearingState
from store import keeping
from store.db import Tx
from store.keeping import Kept, Row, rows
from store.tables import hearings


def all_hearings(tx: Tx) -> tuple[Hearing, ...]:
    return tuple(map(_hearing, rows(tx, hearings)))


def _hearing(row: Row) -> Hearing:
    return keeping.read(Hearing, row, aliases=tuple(row["aliases"]), state=HearingState(row["state"]))


KEPT: Final[Mapping[type, Kept]] = {
    Hearing: Kept("hearings", hearings, lambda each: (each.id,), keeping.write, _hearing)
}
"""Every kind of record."""
