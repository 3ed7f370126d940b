"""Figures of voices by fiscal year (April to March, days in Japan), as cities publish them.

Rows are counted, no word is read: what is erased is still counted, so a year's figures do not shrink.
- Letters and proposals: each that came, by the day on which the city received it, also one that was joined to
  another or withdrawn; how many these are is told beside.
- Plans: drafts on which opinions were taken in this service, by the day on which it began. Their opinions and people
  are of the same year, even where they were sent after March: a draft is not torn apart.
- Opinions: those that were not withdrawn before the close; what was published with the results stays as published.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

import sqlalchemy as sa

from faq.periods import Period
from faq.plans import PlanId
from nlp.japan import JAPAN, today
from store import opinions
from store.cases import Ending
from store.db import Tx
from store.tables import cases, opinion_results, plans, voices
from store.tables import opinions as opinions_table
from store.voices import VoiceKind, Way


@dataclass(frozen=True, slots=True)
class VoiceYear:
    """A fiscal year; a part of one where it is not over."""

    year: int
    """In which it began."""
    ways: Mapping[tuple[VoiceKind, Way], int]
    """Letters and proposals by how they came; what there was none of is missing."""
    joined: int
    """Of these, told again by another and answered together."""
    withdrawn: int
    """Of these, taken back by who sent them."""
    plans: int
    opinions: int
    people: int
    """Who sent opinions, a person on two plans twice; without LINE each opinion is a person, since nobody knows."""

    def of(self, kind: VoiceKind) -> int:
        return sum(number for (found, _), number in self.ways.items() if found is kind)

    @property
    def numbers(self) -> Mapping[str, int]:
        """By `faq.published_years.VOICES`."""
        return {
            "letters": self.of(VoiceKind.LETTER),
            "proposals": self.of(VoiceKind.PROPOSAL),
            "plans": self.plans,
            "opinions": self.opinions,
            "people": self.people,
        }


@dataclass(frozen=True, slots=True)
class _Plan:
    year: int
    opinions: int
    people: int


def voice_years(tx: Tx, now: datetime) -> tuple[VoiceYear, ...]:
    """Every fiscal year from the first of which something is kept to this one, in order."""
    day = today(now)
    this, told, asked = _year_of(day), _voices(tx), _plans(tx, day)
    first = min([this, *told, *(plan.year for plan in asked)])
    return tuple(_year(year, told.get(year, ()), asked) for year in range(first, this + 1))


def received(tx: Tx, period: Period) -> Mapping[tuple[VoiceKind, Way], int]:
    """Letters and proposals that came in a period, by how they came; what there was none of is missing."""
    of = voices.c
    query = (
        sa.select(of.kind, of.way, sa.func.count())
        .where(of.received_on.between(period.first, period.last))
        .group_by(of.kind, of.way)
    )
    found = {(VoiceKind(kind), Way(way)): number for kind, way, number in tx.connection.execute(query)}
    return MappingProxyType(found)


@dataclass(frozen=True, slots=True)
class _Told:
    """Voices that came in one year in one way."""

    kind: VoiceKind
    way: Way
    number: int
    joined: int
    withdrawn: int


def _year(year: int, told: Iterable[_Told], asked: Iterable[_Plan]) -> VoiceYear:
    ways: Counter[tuple[VoiceKind, Way]] = Counter()
    joined = withdrawn = 0
    for each in told:
        ways[each.kind, each.way] += each.number
        joined += each.joined
        withdrawn += each.withdrawn
    mine = [plan for plan in asked if plan.year == year]
    counted = (sum(plan.opinions for plan in mine), sum(plan.people for plan in mine))
    return VoiceYear(year, MappingProxyType(dict(ways)), joined, withdrawn, len(mine), *counted)


def _voices(tx: Tx) -> dict[int, list[_Told]]:
    """By the fiscal year of the day on which they were received."""
    of = voices.c
    withdrawn = sa.case((cases.c.ending == Ending.WITHDRAWN.value, 1))
    query = (
        sa.select(
            of.received_on,
            of.kind,
            of.way,
            sa.func.count(),
            sa.func.count(of.joined_to),
            sa.func.count(withdrawn),
        )
        .join(cases, cases.c.id == of.case_id)
        .group_by(of.received_on, of.kind, of.way)
    )
    found: dict[int, list[_Told]] = {}
    for day, kind, way, *numbers in tx.connection.execute(query):
        found.setdefault(_year_of(day), []).append(_Told(VoiceKind(kind), Way(way), *numbers))
    return found


def _plans(tx: Tx, day: date) -> list[_Plan]:
    """Those on which opinions are taken here since some day, or were: what the register lost begins with its first
    opinion.
    """
    counted, published, begun = opinions.counts(tx), _published(tx), _begun(tx)
    opens = {PlanId(row.id): row.opens for row in tx.connection.execute(sa.select(plans.c.id, plans.c.opens))}
    here = set(tx.connection.scalars(sa.select(plans.c.id).where(plans.c.here, plans.c.opens <= day)))
    found = []
    for plan in sorted({*here, *begun}):
        numbers = published.get(plan) or counted.get(plan, opinions.NONE)
        found.append(_Plan(_year_of(opens.get(plan) or begun[plan]), numbers.opinions, numbers.people))
    return found


def _begun(tx: Tx) -> dict[PlanId, date]:
    """The day in Japan of the first opinion on each plan."""
    of = opinions_table.c
    query = sa.select(of.plan_id, sa.func.min(of.received_at).label("first")).group_by(of.plan_id)
    return {PlanId(row.plan_id): row.first.astimezone(JAPAN).date() for row in tx.connection.execute(query)}


def _published(tx: Tx) -> dict[PlanId, opinions.Count]:
    of = opinion_results.c
    query = sa.select(of.plan_id, of.opinions, of.people).where(of.published_at.is_not(None))
    return {PlanId(plan): opinions.Count(*numbers) for plan, *numbers in tx.connection.execute(query)}


def _year_of(day: date) -> int:
    return Period.year_of(day).first.year
