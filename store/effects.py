"""What a change of an entry did: how often it answered, and how often to no avail, before it and after it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from faq.kinds import FAQ
from faq.models import EntryId
from faq.periods import Period
from store.calls import Outcome
from store.db import Tx
from store.figures import ANSWERED, LINE, UNHELPED
from store.tables import calls, editions, entries, queries, revisions

AROUND: Final = timedelta(days=30)
"""So long before and after a change is counted."""
FEW: Final = 10
"""Below so many on either side nothing can be said."""
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of an entry in some days."""

    answered: int
    """How often it was given as the answer in LINE, or looked at for a call."""
    refused: int
    """Those of them that did not help, or ended without an answer."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A change of an entry, and the days around it."""

    entry: EntryId
    question: str
    """Empty where the entry is no longer there."""
    at: datetime
    before: Tally
    after: Tally
    days: int
    """Whole days that have passed since, up to 30."""

    @property
    def is_telling(self) -> bool:
        """Whether there is enough on both sides, and as many days after as before."""
        enough = min(self.before.answered, self.after.answered) >= FEW
        return enough and self.days == AROUND.days


@dataclass(frozen=True, slots=True)
class _Answer:
    at: datetime
    refused: bool


def effects(tx: Tx, period: Period, now: datetime) -> tuple[Effect, ...]:
    """Every entry that was changed in the period, at each change; those that answer most first."""
    changes = _changes(tx, period)
    given = _answers(tx, {entry for entry, _ in changes}, period)
    named = _questions(tx, {entry for entry, _ in changes})
    found = [
        Effect(
            EntryId(entry),
            named.get(entry, ""),
            at,
            _tally(given[entry], at - AROUND, at),
            _tally(given[entry], at, min(at + AROUND, now)),
            min((now - at).days, AROUND.days),
        )
        for entry, at in changes
    ]
    return tuple(
        sorted(found, key=lambda each: (-each.before.answered - each.after.answered, each.at, each.entry))
    )


def _changes(tx: Tx, period: Period) -> list[tuple[str, datetime]]:
    of = editions.c
    rows = tx.connection.execute(
        sa.select(revisions.c.key, of.at)
        .join(editions, of.id == revisions.c.edition_id)
        .where(revisions.c.kind == FAQ.name, of.at >= period.begins, of.at < period.ends)
    )
    return [(row[0], row[1]) for row in rows]


def _answers(tx: Tx, ids: Iterable[str], period: Period) -> dict[str, list[_Answer]]:
    """By entry, in the days around the period."""
    found: dict[str, list[_Answer]] = defaultdict(list)
    begins, ends = period.begins - AROUND, period.ends + AROUND
    of, call = queries.c, calls.c
    line = (
        sa.select(of.entry_id, of.asked_at, of.verdict.in_(UNHELPED).label("refused"))
        .where(of.asked_at >= begins, of.asked_at < ends, of.channel == LINE)
        .where(of.outcome.in_(ANSWERED))
    )
    desk = sa.select(
        call.entry_id, call.logged_at, (call.outcome == Outcome.NONE.value).label("refused")
    ).where(call.logged_at >= begins, call.logged_at < ends, call.undone_at.is_(None))
    for some in _pieces(sorted(ids)):
        for query in (line.where(of.entry_id.in_(some)), desk.where(call.entry_id.in_(some))):
            for entry, at, refused in tx.connection.execute(query):
                found[entry].append(_Answer(at, bool(refused)))
    return found


def _questions(tx: Tx, ids: Iterable[str]) -> dict[str, str]:
    return {
        row.id: row.question
        for some in _pieces(sorted(ids))
        for row in tx.connection.execute(
            sa.select(entries.c.id, entries.c.question).where(entries.c.id.in_(some))
        )
    }


def _pieces(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))


def _tally(given: Iterable[_Answer], begins: datetime, ends: datetime) -> Tally:
    within = [each for each in given if begins <= each.at < ends]
    return Tally(len(within), sum(each.refused for each in within))
