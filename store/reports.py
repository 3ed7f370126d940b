"""What the city reports of a period, once for the page, the files and the command."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import sqlalchemy as sa

from faq.periods import Period
from nlp.japan import today
from store import case_figures, voice_figures
from store.asked_most import EntryCount, entries_asked
from store.case_figures import CaseFigures
from store.db import Tx
from store.effects import Effect, effects
from store.figures import Figures, figures
from store.promises import Promises, promises
from store.sendings import Cost, cost
from store.spans import Span, spans
from store.tables import calls, queries
from store.voices import VoiceKind, Way

EARLIER_YEARS: Final = 4
"""Of those that are kept, so many stand beside a year."""


@dataclass(frozen=True, slots=True)
class Report:
    """A period, and what stands beside it."""

    figures: Figures
    beside: tuple[Figures, ...]
    """Earlier periods to compare with, in order: of a month the same one a year ago and the one before, of a
    year those that are kept."""
    entries: tuple[EntryCount, ...]
    """The most read first."""
    weeks: tuple[Span, ...]
    """Those that have begun."""
    months: tuple[Span, ...]
    """Of a year those that have begun; of a month that month alone."""
    promises: Promises
    cases: CaseFigures
    voices: Mapping[tuple[VoiceKind, Way], int]
    """Letters and proposals that came, by how they came."""
    effects: tuple[Effect, ...]
    """Of changes to entries, those that answer most first."""
    cost: Cost
    """Of what was sent in LINE."""
    until: date | None
    """The last day that is counted, where the period is not over."""

    @property
    def period(self) -> Period:
        return self.figures.period


def report(tx: Tx, period: Period, now: datetime) -> Report:
    """The report of a month or a fiscal year as it stands at `now`."""
    began = kept_since(tx)
    return Report(
        figures=figures(tx, period),
        beside=tuple(figures(tx, each) for each in _earlier(period) if began and each.last >= began),
        entries=entries_asked(tx, period),
        weeks=spans(tx, [each for each in period.weeks() if each.begins <= now]),
        months=spans(tx, [each for each in period.months() if each.begins <= now]),
        promises=promises(tx, period, now),
        cases=case_figures.count(tx, period, now),
        voices=voice_figures.received(tx, period),
        effects=effects(tx, period, now),
        cost=cost(tx, period, now),
        until=today(now) if now < period.ends else None,
    )


def kept_since(tx: Tx) -> date | None:
    """The day of the first call or question that is kept; None where there is none."""
    firsts = (sa.func.min(calls.c.logged_at), sa.func.min(queries.c.asked_at))
    found = [moment for first in firsts if (moment := tx.connection.scalar(sa.select(first))) is not None]
    return today(min(found)) if found else None


def _earlier(period: Period) -> list[Period]:
    if not period.is_year:
        last_year = Period.month_of(period.first.replace(year=period.first.year - 1))
        return [last_year, period.before()]
    found = [period.before()]
    while len(found) < EARLIER_YEARS:
        found.append(found[-1].before())
    return found[::-1]
