"""What is asked now more than usual: entries of the last hour and the last day, at the desk and in LINE.

Counts alone: no words are read, and small counts are not told. "Usual" is the same stretch of the clock on the days of
the same kind (weekdays each, holidays with Sundays) in the eight weeks before, as far back as anything is known.

How unusual a count is, is told by its predictive distribution: with a gamma prior for the rate, counts of Poisson
events are negative binomial (A. Gelman and others, Bayesian Data Analysis, 3rd ed., 2.6). So few past days, or an entry
that was never asked, make the judgement milder by themselves.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import sqlalchemy as sa

from faq.models import EntryId
from nlp.holidays import is_holiday
from nlp.japan import today
from store import queries as asked
from store.calls import Outcome
from store.db import Tx
from store.figures import ANSWERED, LINE
from store.tables import calls, queries

WEEKS: Final = 8
"""How far back the usual is read: longer, and the season before counts."""
PRIOR_COUNT: Final = 0.5
PRIOR_STRETCHES: Final = 1.0
"""What is believed before anything was counted: half a question in one stretch (Jeffreys' half an event)."""
UNLIKELY: Final = 0.001
"""How likely so many would be if all were as usual; of a thousand looks at an entry one is a false alarm."""
SUNDAY: Final = 6


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time up to now, and the least count in it that is told."""

    length: timedelta
    floor: int


HOUR: Final = Span(timedelta(hours=1), 3)
DAY: Final = Span(timedelta(days=1), 5)
SPANS: Final = (HOUR, DAY)


@dataclass(frozen=True, slots=True)
class Count:
    """How often something happened in a span, and how often it usually does."""

    number: int
    usual: float
    chance: float
    """That at least so many come if all is as usual, 0 to 1."""

    @property
    def is_unusual(self) -> bool:
        return self.chance < UNLIKELY


@dataclass(frozen=True, slots=True)
class Risen:
    """An entry that is asked more than usual."""

    entry: EntryId
    count: Count


@dataclass(frozen=True, slots=True)
class Now:
    """One span."""

    span: Span
    entries: tuple[Risen, ...]
    """The least usual first."""
    unanswered: Count | None
    """Questions without an answer; None where they are fewer than is told."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """From a moment to another, the second not included."""

    begins: datetime
    ends: datetime


def rising(tx: Tx, now: datetime, most: int) -> tuple[Now, ...]:
    """The last hour and the last day, at most so many entries each."""
    since = _first(tx)
    return tuple(_now(tx, span, now, since, most) for span in SPANS)


def chance(number: int, past: int, stretches: int) -> float:
    """That at least `number` come in one stretch, after `past` came in so many before."""
    shape, share = PRIOR_COUNT + past, 1 / (1 + PRIOR_STRETCHES + stretches)
    below = sum(
        math.exp(
            math.lgamma(shape + each)
            - math.lgamma(shape)
            - math.lgamma(each + 1)
            + shape * math.log1p(-share)
            + each * math.log(share)
        )
        for each in range(number)
    )
    return max(0.0, 1 - below)


def like_days(day: date) -> tuple[date, ...]:
    """The days of the same kind in the weeks before, the latest first."""
    before = (day - timedelta(days=back) for back in range(1, 7 * WEEKS + 1))
    return tuple(each for each in before if _kind(each) == _kind(day))


def _kind(day: date) -> int:
    return SUNDAY if is_holiday(day) else day.weekday()


def _now(tx: Tx, span: Span, now: datetime, since: datetime | None, most: int) -> Now:
    stretch = _Stretch(now - span.length, now)
    here = today(now)
    back = [here - day for day in like_days(here)]
    before = [_Stretch(stretch.begins - each, stretch.ends - each) for each in back]
    usual = [each for each in before if since is not None and each.begins >= since]
    entries = _judged(span, _entries(tx, [stretch]), _entries(tx, usual), len(usual))
    unusual = sorted((each for each in entries if each.count.is_unusual), key=lambda each: each.count.chance)
    lost = _count(_unanswered(tx, [stretch]), _unanswered(tx, usual), len(usual))
    return Now(span, tuple(unusual[:most]), lost if lost.number >= span.floor else None)


def _judged(span: Span, found: Mapping[str, int], past: Mapping[str, int], stretches: int) -> Iterable[Risen]:
    for entry, number in found.items():
        if number >= span.floor:
            yield Risen(EntryId(entry), _count(number, past.get(entry, 0), stretches))


def _count(number: int, past: int, stretches: int) -> Count:
    usual = (PRIOR_COUNT + past) / (PRIOR_STRETCHES + stretches)
    return Count(number, usual, chance(number, past, stretches))


def _first(tx: Tx) -> datetime | None:
    """When the first question was asked, by whichever way; before it nothing is known, not even that nobody asked."""
    firsts = [
        tx.connection.scalar(sa.select(column).order_by(column).limit(1))
        for column in (calls.c.logged_at, queries.c.asked_at)
    ]
    return min((each for each in firsts if each is not None), default=None)


def _entries(tx: Tx, within: Sequence[_Stretch]) -> Counter[str]:
    """How often each entry answered."""
    found: Counter[str] = Counter()
    if within:
        logged = sa.and_(
            _logged(within), calls.c.outcome != Outcome.NONE.value, calls.c.entry_id.is_not(None)
        )
        said = sa.and_(_said(within), queries.c.outcome.in_(ANSWERED), queries.c.entry_id.is_not(None))
        for column, which in ((calls.c.entry_id, logged), (queries.c.entry_id, said)):
            rows = tx.connection.execute(sa.select(column, sa.func.count()).where(which).group_by(column))
            found.update({row[0]: row[1] for row in rows})
    return found


def _unanswered(tx: Tx, within: Sequence[_Stretch]) -> int:
    if not within:
        return 0
    without = (
        (calls, sa.and_(_logged(within), calls.c.outcome == Outcome.NONE.value)),
        (queries, sa.and_(_said(within), queries.c.outcome == asked.UNANSWERED)),
    )
    return sum(
        tx.connection.scalar(sa.select(sa.func.count()).select_from(table).where(which)) or 0
        for table, which in without
    )


def _logged(within: Sequence[_Stretch]) -> sa.ColumnElement[bool]:
    """Calls of these stretches that nobody took back."""
    return sa.and_(_in(calls.c.logged_at, within), calls.c.undone_at.is_(None))


def _said(within: Sequence[_Stretch]) -> sa.ColumnElement[bool]:
    """Questions in LINE; those of callers stand among the calls."""
    return sa.and_(_in(queries.c.asked_at, within), queries.c.channel == LINE)


def _in(moment: sa.ColumnElement[datetime], within: Sequence[_Stretch]) -> sa.ColumnElement[bool]:
    return sa.or_(*(sa.and_(moment >= each.begins, moment < each.ends) for each in within))
