"""Cases whose resident wants the bot to answer again: what they write does not go to the case unless they say so."""

from datetime import datetime

import sqlalchemy as sa

from store.cases import CaseId
from store.db import Tx
from store.inserting import unless_there
from store.tables import case_apart


def leave(tx: Tx, case: CaseId, now: datetime) -> None:
    """The resident speaks with the bot from now on."""
    unless_there(tx, case_apart, {"case_id": case, "since": now})


def come_back(tx: Tx, case: CaseId) -> None:
    """They speak with the person on the case again, or that person has spoken to them."""
    tx.connection.execute(case_apart.delete().where(case_apart.c.case_id == case))


def is_apart(tx: Tx, case: CaseId) -> bool:
    return (
        tx.connection.scalar(sa.select(case_apart.c.case_id).where(case_apart.c.case_id == case)) is not None
    )
