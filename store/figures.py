"""Figures of some days: what was asked and what came of it, by telephone and in LINE, for the city's yearly table.

Nothing in them is about a person: rows are counted, words are not read.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, TypeVar

import sqlalchemy as sa

from faq.counters import SectionId
from faq.models import EntryId
from nlp.japan import JAPAN
from store.calls import FIRST_ANSWERS, CallChannel, Outcome, Sort
from store.db import Tx
from store.refusals import State
from store.tables import bookings, calls, entries, queries
from store.windows import Channel

MOST_ENTRIES: Final = 20
STANDING: Final = (State.CONFIRMED, State.KEPT, State.MISSED, State.APPLIED, State.DONE)
"""Bookings that are counted: no longer held, and not given up."""
LINE: Final = "LINE"
ANSWERED: Final = ("answer", "signpost")

Group = TypeVar("Group")


@dataclass(frozen=True, slots=True)
class CallCount:
    """So many calls of a kind."""

    channel: CallChannel
    sort: Sort
    outcome: Outcome
    section: SectionId | None
    counts: bool
    """For the first-answer rate."""
    number: int


@dataclass(frozen=True, slots=True)
class EntryCount:
    """How often an entry answered, in LINE and at the desk."""

    entry: EntryId
    question: str
    """Empty where the entry is no longer there."""
    number: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted from one day to another, both included, in Japan."""

    first: date
    last: date
    calls: tuple[CallCount, ...]
    """Those that nobody took back."""
    line: Counter[str]
    """Questions in LINE, by `queries.outcome`."""
    bookings: Counter[Channel]
    """Made in these days, and neither given up nor run out."""
    entries: tuple[EntryCount, ...]
    """The most frequent ones first."""

    def by(self, group: Callable[[CallCount], Group]) -> Counter[Group]:
        """Calls by something of theirs."""
        counted: Counter[Group] = Counter()
        for each in self.calls:
            counted[group(each)] += each.number
        return counted

    @property
    def number_of_calls(self) -> int:
        return sum(each.number for each in self.calls)

    @property
    def counted(self) -> int:
        """Calls that count for the first-answer rate."""
        return sum(each.number for each in self.calls if each.counts)

    @property
    def first_answers(self) -> int:
        """Those of them that were settled where they came in: neither handed on, nor without an answer."""
        return sum(each.number for each in self.calls if each.counts and each.outcome in FIRST_ANSWERS)

    @property
    def first_answer_rate(self) -> float | None:
        """From 0 to 1; None where nothing counts."""
        return self.first_answers / self.counted if self.counted else None

    @property
    def unanswered(self) -> int:
        """Questions for which nobody had an answer, by telephone and in LINE."""
        return self.by(lambda each: each.outcome)[Outcome.NONE] + self.line["none"]


def figures(tx: Tx, first: date, last: date) -> Figures:
    """The figures from `first` to `last`, both included, in Japan."""
    begins = datetime.combine(first, time(), JAPAN)
    ends = datetime.combine(last + timedelta(days=1), time(), JAPAN)

    def within(moment: sa.ColumnElement[datetime]) -> sa.ColumnElement[bool]:
        return sa.and_(moment >= begins, moment < ends)

    logged = sa.and_(within(calls.c.logged_at), calls.c.undone_at.is_(None))
    asked = sa.and_(within(queries.c.asked_at), queries.c.channel == LINE)
    made = sa.and_(within(bookings.c.made_at), bookings.c.state.in_([state.value for state in STANDING]))
    return Figures(
        first=first,
        last=last,
        calls=_calls(tx, logged),
        line=Counter(_counted(tx, queries.c.outcome, asked)),
        bookings=Counter({Channel(name): n for name, n in _counted(tx, bookings.c.channel, made).items()}),
        entries=_entries(tx, logged, asked),
    )


def _calls(tx: Tx, logged: sa.ColumnElement[bool]) -> tuple[CallCount, ...]:
    of = calls.c
    kinds = (of.channel, of.sort, of.outcome, of.section, of.counts)
    rows = tx.connection.execute(sa.select(*kinds, sa.func.count()).where(logged).group_by(*kinds))
    return tuple(
        CallCount(
            CallChannel(channel),
            Sort(sort),
            Outcome(outcome),
            None if section is None else SectionId(section),
            counts,
            number,
        )
        for channel, sort, outcome, section, counts, number in rows
    )


def _counted(tx: Tx, by: sa.ColumnElement[str], which: sa.ColumnElement[bool]) -> dict[str, int]:
    rows = tx.connection.execute(sa.select(by, sa.func.count()).where(which).group_by(by))
    return {row[0]: row[1] for row in rows}


def _entries(tx: Tx, logged: sa.ColumnElement[bool], asked: sa.ColumnElement[bool]) -> tuple[EntryCount, ...]:
    settled = calls.c.outcome != Outcome.NONE.value
    found: Counter[str] = Counter(_counted(tx, calls.c.entry_id, sa.and_(logged, settled)))
    found.update(_counted(tx, queries.c.entry_id, sa.and_(asked, queries.c.outcome.in_(ANSWERED))))
    most = sorted(((number, name) for name, number in found.items() if name is not None), key=_frequency)
    shown = most[:MOST_ENTRIES]
    named = entries.c.id.in_([name for _, name in shown])
    rows = tx.connection.execute(sa.select(entries.c.id, entries.c.question).where(named))
    questions = {row.id: row.question for row in rows}
    return tuple(EntryCount(EntryId(name), questions.get(name, ""), number) for number, name in shown)


def _frequency(counted: tuple[int, str]) -> tuple[int, str]:
    number, name = counted
    return -number, name
