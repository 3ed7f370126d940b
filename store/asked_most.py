"""What was asked most in a period: entries, by calls and in LINE, with the section in charge."""

from collections import Counter
from dataclasses import dataclass

import sqlalchemy as sa

from faq.models import EntryId
from faq.periods import Period
from store.calls import Outcome
from store.db import Tx
from store.figures import ANSWERED, asked, logged
from store.tables import calls, entries, queries


@dataclass(frozen=True, slots=True)
class EntryCount:
    """How often an entry was asked for."""

    entry: EntryId
    question: str
    """Empty where the entry is no longer there."""
    section: str
    """In charge, as the entry has it; empty where the entry is no longer there."""
    calls: int
    """Calls that were logged with it, and did not end without an answer."""
    line: int
    """Questions in LINE that it answered."""

    @property
    def reads(self) -> int:
        """How often it was read, at the desk and in LINE."""
        return self.calls + self.line


def entries_asked(tx: Tx, period: Period) -> tuple[EntryCount, ...]:
    """Every entry that was asked for, the most read first."""
    settled = sa.and_(logged(period), calls.c.outcome != Outcome.NONE.value)
    answered = sa.and_(asked(period), queries.c.outcome.in_(ANSWERED))
    desk, line = _by_entry(tx, calls.c.entry_id, settled), _by_entry(tx, queries.c.entry_id, answered)
    of = entries.c
    known = {row.id: row for row in tx.connection.execute(sa.select(of.id, of.question, of.section))}
    found = [
        EntryCount(
            EntryId(name),
            known[name].question if name in known else "",
            known[name].section if name in known else "",
            desk[name],
            line[name],
        )
        for name in desk.keys() | line.keys()
    ]
    return tuple(sorted(found, key=lambda each: (-each.reads, each.entry)))


def _by_entry(tx: Tx, entry: sa.Column[str], which: sa.ColumnElement[bool]) -> Counter[str]:
    rows = tx.connection.execute(
        sa.select(entry, sa.func.count()).where(which, entry.is_not(None)).group_by(entry)
    )
    return Counter({row[0]: row[1] for row in rows})
