"""What was asked, and what found no answer, in each of many weeks or months: one statement for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from faq.periods import Period
from store.calls import Outcome
from store.db import Tx
from store.figures import LINE, UNHELPED
from store.queries import UNANSWERED
from store.tables import calls, queries
from store.tables.columns import Instant


@dataclass(frozen=True, slots=True)
class Span:
    """A week or a month in numbers."""

    period: Period
    calls: int
    calls_unanswered: int
    line: int
    """Questions in LINE."""
    line_unanswered: int
    """Those that found no answer, or none that helped."""

    @property
    def asked(self) -> int:
        return self.calls + self.line

    @property
    def unanswered(self) -> int:
        return self.calls_unanswered + self.line_unanswered


def spans(tx: Tx, periods: Sequence[Period]) -> tuple[Span, ...]:
    """The numbers of each of some periods, in their order."""
    if not periods:
        return ()
    none = calls.c.outcome == Outcome.NONE.value
    desk = _counts(tx, periods, calls.c.logged_at, calls.c.undone_at.is_(None), none)
    of = queries.c
    unhelped = sa.or_(of.outcome == UNANSWERED, of.verdict.in_(UNHELPED))
    line = _counts(tx, periods, of.asked_at, of.channel == LINE, unhelped)
    return tuple(
        Span(period, *desk.get(number, (0, 0)), *line.get(number, (0, 0)))
        for number, period in enumerate(periods)
    )


def _counts(
    tx: Tx,
    periods: Sequence[Period],
    moment: sa.Column[object],
    which: sa.ColumnElement[bool],
    unanswered: sa.ColumnElement[bool],
) -> dict[int, tuple[int, int]]:
    """How many there were and how many of them unanswered, by the number of the period; none where none were.

    The periods are a table to which each row is joined by an index over its moment.
    """
    within = sa.union_all(
        *(
            sa.select(
                sa.literal(number).label("number"),
                sa.literal(period.begins, Instant).label("begins"),
                sa.literal(period.ends, Instant).label("ends"),
            )
            for number, period in enumerate(periods)
        )
    ).cte("periods")
    rows = tx.connection.execute(
        sa.select(within.c.number, sa.func.count(), sa.func.count().filter(unanswered))
        .join(moment.table, sa.and_(moment >= within.c.begins, moment < within.c.ends))
        .where(which)
        .group_by(within.c.number)
    )
    return {row[0]: (row[1], row[2]) for row in rows}
