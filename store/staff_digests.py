"""What stands in a section at the beginning of its day, for who prefers one mail to many."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from faq.counters import SectionId
from store.cases import WAITING, CaseId, State
from store.db import Tx
from store.receipts import Receipt
from store.tables import cases


@dataclass(frozen=True, slots=True)
class Standing:
    """A case that somebody waits for, without a word of it."""

    case: CaseId
    receipt: Receipt
    is_new: bool
    """Nobody has taken it."""
    promised_at: datetime | None
    unread: bool
    """The resident has said more since staff last looked."""

    def is_late(self, now: datetime) -> bool:
        """Whether the promise is broken."""
        return self.promised_at is not None and self.promised_at < now


def standing(tx: Tx, section: SectionId) -> tuple[Standing, ...]:
    """What waits for the section, by the promise."""
    of = cases.c
    query = (
        sa.select(of.id, of.receipt, of.state, of.promised_at, of.unread)
        .where(of.section == section, of.state.in_([state.value for state in WAITING]))
        .order_by(of.promised_at.is_(None), of.promised_at, of.id)
    )
    return tuple(
        Standing(
            CaseId(row.id),
            Receipt(row.receipt),
            row.state == State.NEW.value,
            row.promised_at,
            row.unread > 0,
        )
        for row in tx.connection.execute(query)
    )
