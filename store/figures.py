"""Figures of some days: what was asked and what came of it, by telephone and in LINE, for the city's yearly table.

Nothing in them is about a person: rows are counted, words are not read.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

import sqlalchemy as sa

from faq.counters import SectionId
from faq.periods import Period
from faq.programmes import ProgrammeId
from store.calls import FIRST_ANSWERS, CallChannel, Outcome, Sort
from store.db import Tx
from store.queries import UNANSWERED, Verdict
from store.refusals import State
from store.tables import bookings, calls, queries
from store.windows import Channel

STANDING: Final = (State.CONFIRMED, State.KEPT, State.MISSED, State.APPLIED, State.DONE)
"""Bookings that are counted: no longer held, and not given up."""
LINE: Final = "LINE"
ANSWERED: Final = ("answer", "signpost")
"""Outcomes of a question in LINE that an entry answered."""
UNHELPED: Final = (Verdict.DID_NOT_HELP.value, Verdict.NONE_OF_THESE.value)

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
class BookingCount:
    """So many bookings and applications of a programme."""

    programme: ProgrammeId
    channel: Channel
    number: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted in a period."""

    period: Period
    calls: tuple[CallCount, ...]
    """Those that nobody took back."""
    line: Counter[str]
    """Questions in LINE, by `queries.outcome`."""
    line_unhelped: int
    """Those of them that were answered, or offered a choice, to no avail: the resident said so."""
    bookings: tuple[BookingCount, ...]
    """Made in the period, and neither given up nor run out."""

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
        """Questions for which nobody had an answer that helped, by telephone and in LINE."""
        return self.by(lambda each: each.outcome)[Outcome.NONE] + self.line_unanswered

    @property
    def line_unanswered(self) -> int:
        return self.line[UNANSWERED] + self.line_unhelped

    def booked(self, channel: Channel) -> int:
        """Bookings and applications that came in by a channel."""
        return sum(each.number for each in self.bookings if each.channel is channel)

    @property
    def received(self) -> Mapping[str, tuple[int, int]]:
        """Inquiries and applications by channel, as the city publishes them; each is counted once.

        What was booked for a caller is in the operators' log as an application, so of bookings LINE's alone are
        added; a question of a caller that found no answer is a call, not one of LINE's.
        """
        both = self.by(lambda each: (each.channel, each.sort))
        desk = {each.value: (both[each, Sort.INQUIRY], both[each, Sort.APPLICATION]) for each in CallChannel}
        return {**desk, LINE: (self.line.total(), self.booked(Channel.LINE))}


def within(moment: sa.ColumnElement[datetime], period: Period) -> sa.ColumnElement[bool]:
    """Whether a moment is in a period."""
    return sa.and_(moment >= period.begins, moment < period.ends)


def logged(period: Period) -> sa.ColumnElement[bool]:
    """The calls of a period that nobody took back."""
    return sa.and_(within(calls.c.logged_at, period), calls.c.undone_at.is_(None))


def asked(period: Period) -> sa.ColumnElement[bool]:
    """The questions in LINE of a period."""
    return sa.and_(within(queries.c.asked_at, period), queries.c.channel == LINE)


def figures(tx: Tx, period: Period) -> Figures:
    """The figures of a period."""
    line, unhelped = _line(tx, period)
    return Figures(period, _calls(tx, period), line, unhelped, _bookings(tx, period))


def _calls(tx: Tx, period: Period) -> tuple[CallCount, ...]:
    of = calls.c
    kinds = (of.channel, of.sort, of.outcome, of.section, of.counts)
    rows = tx.connection.execute(sa.select(*kinds, sa.func.count()).where(logged(period)).group_by(*kinds))
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


def _line(tx: Tx, period: Period) -> tuple[Counter[str], int]:
    of = queries.c
    unhelped = sa.and_(of.outcome != UNANSWERED, of.verdict.in_(UNHELPED))
    rows = tx.connection.execute(
        sa.select(of.outcome, sa.func.count(), sa.func.count().filter(unhelped))
        .where(asked(period))
        .group_by(of.outcome)
    ).all()
    return Counter({row[0]: row[1] for row in rows}), sum(row[2] for row in rows)


def _bookings(tx: Tx, period: Period) -> tuple[BookingCount, ...]:
    """By programme, the most frequent first."""
    of = bookings.c
    made = sa.and_(within(of.made_at, period), of.state.in_([state.value for state in STANDING]))
    rows = tx.connection.execute(
        sa.select(of.programme, of.channel, sa.func.count().label("number"))
        .where(made)
        .group_by(of.programme, of.channel)
        .order_by(sa.desc("number"), of.programme, of.channel)
    )
    return tuple(BookingCount(ProgrammeId(row[0]), Channel(row[1]), row[2]) for row in rows)
