"""Figures of cases, for the reports: how many came, whether they were answered in time, where they were sent wrongly.

Rows are counted, words are not read: cases that are erased count like the others.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from faq.counters import SectionId
from faq.periods import Period
from store.case_talk import EntryKind
from store.db import Tx
from store.tables import case_entries, cases


@dataclass(frozen=True, slots=True)
class OfSection:
    """Cases that were opened in the period, by the section that they have come to."""

    section: SectionId
    opened: int
    in_time: int
    """Answered by the time that was promised first, or without a promise at all."""
    late: int
    """Answered after it, or not at all although it has passed."""
    waiting: int
    """Not answered yet, and not late."""
    reopened: int
    """Cases that their residents came back to, however often."""


@dataclass(frozen=True, slots=True)
class Misroute:
    """Cases that one section sent on to another in the period."""

    from_section: SectionId
    to_section: SectionId
    number: int


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """What was counted."""

    sections: tuple[OfSection, ...]
    """By their ids."""
    misroutes: tuple[Misroute, ...]
    """The most frequent first."""

    @property
    def opened(self) -> int:
        return sum(each.opened for each in self.sections)


def count(tx: Tx, period: Period, now: datetime) -> CaseFigures:
    """The figures of a period as they are at a moment: what still waits for its answer may yet be late."""
    return CaseFigures(_sections(tx, period, now), _misroutes(tx, period))


def _sections(tx: Tx, period: Period, now: datetime) -> tuple[OfSection, ...]:
    of = cases.c
    heard, promised = of.first_answered_at, of.first_promised_at
    in_time = sa.and_(heard.is_not(None), sa.or_(promised.is_(None), heard <= promised))
    waits = sa.and_(heard.is_(None), of.closed_at.is_(None), sa.or_(promised.is_(None), promised >= now))
    until = sa.func.coalesce(heard, of.closed_at, sa.literal(now, of.closed_at.type))
    query = (
        sa.select(
            of.section,
            sa.func.count(),
            _how_many(in_time),
            _how_many(until > promised),
            _how_many(waits),
            _how_many(of.reopened > 0),
        )
        .where(of.opened_at >= period.begins, of.opened_at < period.ends)
        .group_by(of.section)
        .order_by(of.section)
    )
    return tuple(
        OfSection(SectionId(section), *counted) for section, *counted in tx.connection.execute(query)
    )


def _misroutes(tx: Tx, period: Period) -> tuple[Misroute, ...]:
    of, number = case_entries.c, sa.func.count()
    query = (
        sa.select(of.from_section, of.to_section, number)
        .where(of.kind == EntryKind.SENT_ON.value, of.at >= period.begins, of.at < period.ends)
        .group_by(of.from_section, of.to_section)
        .order_by(number.desc(), of.from_section, of.to_section)
    )
    return tuple(
        Misroute(SectionId(before), SectionId(after), many)
        for before, after, many in tx.connection.execute(query)
    )


def _how_many(which: sa.ColumnElement[bool]) -> sa.Function[Any]:
    return sa.func.sum(sa.case((which, 1), else_=0))
