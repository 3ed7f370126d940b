"""What there is to do for a thread that is free: the look that each takes over and over, in one statement."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from store import inbox, outbox, present
from store.db import Tx


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is ripe."""

    tells: bool
    """Whether anything may be sent that nobody is sending."""
    hears: bool
    """Whether any event waits whose time has come."""
    knowledge: int
    """The version of the knowledge; 0 where there is none."""


_LOOK = sa.select(outbox.IS_RIPE.label("tells"), inbox.IS_RIPE.label("hears"), present.VERSION)


def look(tx: Tx, now: datetime) -> Agenda:
    """What may be done at this moment."""
    row = tx.connection.execute(_LOOK, {"now": now}).one()
    return Agenda(row.tells, row.hears, row.knowledge or 0)
