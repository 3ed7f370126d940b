"""How the city kept its promises to call back: counts alone, no words and nobody's name."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from faq.periods import Period
from store.callbacks import Reason, State
from store.db import Tx
from store.figures import within
from store.tables import callbacks


@dataclass(frozen=True, slots=True)
class Promises:
    """Callbacks that were due in a period; what was made by mistake is none."""

    in_time: int
    """Done by the time that was promised. After a call that reached nobody it is the time that was agreed on next."""
    late: int
    """Done after it."""
    given_up: int
    """Nobody was reached, or it was settled in another way."""
    overdue: int
    """Still to be done, after its time."""
    ahead: int
    """Still to be done, before its time."""

    @property
    def due(self) -> int:
        """Those whose time has come."""
        return self.in_time + self.late + self.given_up + self.overdue

    @property
    def called(self) -> int:
        """Those of them that had to be kept: all but what was given up."""
        return self.in_time + self.late + self.overdue


def promises(tx: Tx, period: Period, now: datetime) -> Promises:
    """What became of the callbacks whose time is in the period."""
    of = callbacks.c
    by_then = of.settled_at <= of.promised_at
    states = {
        "in_time": sa.and_(of.state == State.DONE.value, by_then),
        "late": sa.and_(of.state == State.DONE.value, ~by_then),
        "given_up": of.state == State.GIVEN_UP.value,
        "overdue": sa.and_(of.state == State.WAITING.value, of.promised_at < now),
        "ahead": sa.and_(of.state == State.WAITING.value, of.promised_at >= now),
    }
    counts = [sa.func.count().filter(state).label(name) for name, state in states.items()]
    real = sa.or_(of.reason.is_(None), of.reason != Reason.SLIP.value)
    row = tx.connection.execute(sa.select(*counts).where(within(of.promised_at, period), real)).one()
    return Promises(row.in_time, row.late, row.given_up, row.overdue, row.ahead)
