"""How much LINE's plan lets the city push this month, as LINE last said."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from store.db import Tx
from store.tables import line_plan


@dataclass(frozen=True, slots=True)
class Plan:
    """What LINE says of the month."""

    most: int | None
    """Messages beside replies; None: any number, as local governments' plans have it."""
    used: int
    """By all that the account sends; LINE calls it approximate."""
    as_of: datetime

    @property
    def left(self) -> int | None:
        return None if self.most is None else max(self.most - self.used, 0)


def keep(tx: Tx, plan: Plan) -> None:
    """In place of what LINE said before."""
    tx.connection.execute(line_plan.delete())
    values = {"as_of": plan.as_of, "most": plan.most, "used": plan.used}
    tx.connection.execute(line_plan.insert().values(values))


def read(tx: Tx) -> Plan | None:
    """None: LINE has said nothing yet."""
    row = tx.connection.execute(sa.select(line_plan).order_by(line_plan.c.as_of.desc()).limit(1)).first()
    return None if row is None else Plan(row.most, row.used, row.as_of)
