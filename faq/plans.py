"""Drafts on which the city asks for opinions (パブリックコメント): what they are, until when, and how to send one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, NewType

from faq import cells
from faq.columns import FROM, PROVENANCE, dates_in_order, period_in_order
from faq.counters import SectionId
from faq.models import Provenance
from faq.schemas import Column, Finding, Schema
from faq.sentences import Fault
from nlp.japan import JAPAN

PlanId = NewType("PlanId", str)


class Phase(StrEnum):
    """Where a plan stands at a moment."""

    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Plan:
    """A draft of a plan or an ordinance on which anybody may give an opinion for a time."""

    id: PlanId
    name: str
    summary: str
    """What it is about, in plain words."""
    section: SectionId | None
    """Which answers; None where the city's list of sections has it not: the one of public hearing sees to it."""
    documents: str
    """The address of the draft itself; empty where none is known."""
    opens: date
    """Opinions are taken from the first minute of this day, in Japan."""
    last: date
    """The closing day, in Japan."""
    until: time | None
    """The time at which it closes on that day; None: with the end of the day."""
    ways: str
    """How to send an opinion besides, as the city says it."""
    whom: str
    """Who may send one; empty where nobody said."""
    here: bool
    """Whether the city takes opinions in this service."""
    asks_name: bool
    """Whether the city's rule asks who sends one for name and address."""
    results_on: date | None
    """When results are to come."""
    results_at: str
    """The address of the results that the city published elsewhere; empty where there are none."""
    provenance: Provenance

    @property
    def opens_at(self) -> datetime:
        """UTC."""
        return datetime.combine(self.opens, time(), JAPAN).astimezone(UTC)

    @property
    def closes_at(self) -> datetime:
        """The first moment that is too late, in UTC: 17:00:00 of a plan that is open until 17:00."""
        if self.until is not None:
            return datetime.combine(self.last, self.until, JAPAN).astimezone(UTC)
        return datetime.combine(self.last + timedelta(days=1), time(), JAPAN).astimezone(UTC)

    def phase(self, at: datetime) -> Phase:
        """Where it stands at a moment."""
        if at < self.opens_at:
            return Phase.COMING
        return Phase.OPEN if at < self.closes_at else Phase.CLOSED

    def takes(self, at: datetime) -> bool:
        """Whether an opinion that was sent in this service at a moment counts."""
        return self.here and self.phase(at) is Phase.OPEN


def _in_order(plan: Plan) -> Iterator[Finding]:
    yield from dates_in_order(plan)
    yield from period_in_order(plan.opens, plan.last, "締切日")
    if plan.last == plan.opens and plan.until == time():
        yield Finding("締切時刻", Fault.REVERSED_TIMES)
    yield from period_in_order(plan.last, plan.results_on, "結果の予定日")


_YES_NO: Final = cells.choice_of({"有": True, "無": False}, False)

PLANS: Final[Schema[Plan]] = Schema(
    name="plans",
    record=Plan,
    key=("id",),
    columns=(
        Column("id", "id", cells.SLUG, required=True),
        Column("名称", "name", cells.text(200), required=True),
        Column("概要", "summary", cells.text(1_000), required=True),
        Column("課ID", "section", cells.optional(cells.CODE), refers_to="sections"),
        Column("資料のURL", "documents", cells.URL),
        Column("受付開始日", "opens", cells.DATE, required=True),
        Column("締切日", "last", cells.DATE, required=True),
        Column("締切時刻", "until", cells.TIME),
        Column("提出方法", "ways", cells.text(500)),
        Column("対象", "whom", cells.text(200)),
        Column("このサービスでの受付", "here", _YES_NO),
        Column("氏名と住所", "asks_name", _YES_NO),
        Column("結果の予定日", "results_on", cells.DATE),
        Column("結果のURL", "results_at", cells.URL),
        *PROVENANCE,
    ),
    parts=(FROM,),
    check=_in_order,
    may_be_empty=True,
)
