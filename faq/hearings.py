"""Meetings with the mayor and other hearings: what is announced, and what was heard at those that are over."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Final, NewType

from faq import cells, terms_cells
from faq.columns import FROM, PROVENANCE, dates_in_order, times_in_order
from faq.models import OfficeId, Provenance
from faq.programmes import ProgrammeId
from faq.schemas import Column, Finding, Schema
from faq.sentences import Fault

HearingId = NewType("HearingId", str)


class HearingState(StrEnum):
    """What staff say of a hearing."""

    PLANNED = "予定"
    HELD = "実施"
    CANCELLED = "中止"


@dataclass(frozen=True, slots=True)
class Hearing:
    """One meeting at which the city hears residents: 市長とドンドン語ろう！女性版."""

    id: HearingId
    name: str
    aliases: tuple[str, ...]
    """What residents call such meetings: ドンドン語ろう."""
    sort: str
    """What it is, in words: 市長との対話."""
    state: HearingState
    day: date | None
    """None where no source names the day; no day is made up."""
    dates: str
    """When, in words, where the day is not known: 平成27年8月."""
    starts: time | None
    ends: time | None
    office: OfficeId | None
    place: str
    """Where, in words; empty: at the office, or not known."""
    ward: str
    theme: str
    whom: str
    """Who may come, or who came."""
    programme: ProgrammeId | None
    """Through which it is applied for here; None: as `apply` says."""
    apply: str
    """How to apply, as a sentence to residents."""
    apply_by: date | None
    """The last day, in Japan, on which applications are taken."""
    people: int | None
    """How many came, residents alone."""
    report: str
    """What was heard, in short."""
    link: str
    """A page with more: the announcement, later the report."""
    provenance: Provenance

    def is_ahead(self, today: date) -> bool:
        """Whether it is still to come on that day in Japan, or was to come and is cancelled."""
        if self.state is HearingState.HELD:
            return False
        return self.day is None or self.day >= today

    def takes_applications(self, today: date) -> bool:
        """Whether somebody may still apply on that day in Japan, as far as is known."""
        is_open = self.apply_by is None or today <= self.apply_by
        return self.state is HearingState.PLANNED and self.is_ahead(today) and is_open


def ahead(hearings: tuple[Hearing, ...], today: date) -> tuple[Hearing, ...]:
    """Those to come, the next first; without a day last."""
    coming = (each for each in hearings if each.is_ahead(today))
    return tuple(sorted(coming, key=lambda each: (each.day or date.max, each.starts or time.min, each.id)))


def over(hearings: tuple[Hearing, ...], today: date) -> tuple[Hearing, ...]:
    """Those that took place, the latest first; without a day last. What was cancelled did not."""
    past = [h for h in hearings if not h.is_ahead(today) and h.state is not HearingState.CANCELLED]
    return tuple(sorted(past, key=lambda each: (each.day or date.min, each.id), reverse=True))


def _fits(hearing: Hearing) -> Iterator[Finding]:
    yield from dates_in_order(hearing)
    yield from times_in_order(hearing.starts, hearing.ends)
    if hearing.day is None and not hearing.dates:
        yield Finding("日付", Fault.HEARING_WHEN)
    if hearing.day and hearing.apply_by and hearing.apply_by > hearing.day:
        yield Finding("申込締切", Fault.REVERSED_PERIOD)


HEARINGS: Final[Schema[Hearing]] = Schema(
    name="hearings",
    record=Hearing,
    key=("id",),
    columns=(
        Column("ID", "id", cells.SLUG, required=True),
        Column("名称", "name", cells.text(200), required=True),
        Column("名称_通称", "aliases", cells.items()),
        Column("種類", "sort", cells.text(100)),
        Column("状態", "state", cells.choice(HearingState, HearingState.PLANNED), required=True),
        Column("日付", "day", cells.DATE),
        Column("日程", "dates", cells.text(200)),
        Column("開始時刻", "starts", cells.TIME),
        Column("終了時刻", "ends", cells.TIME),
        Column("施設ID", "office", cells.optional(cells.CODE), refers_to="offices"),
        Column("会場", "place", cells.text(200)),
        Column("区", "ward", cells.text(100)),
        Column("テーマ", "theme", cells.text(300)),
        Column("対象", "whom", cells.text(300)),
        Column("申込みの相談ID", "programme", cells.optional(cells.CODE), refers_to="programmes"),
        Column("申込み", "apply", cells.text(500)),
        Column("申込締切", "apply_by", cells.DATE),
        Column("人数", "people", terms_cells.SEATS),
        Column("報告", "report", cells.text(500)),
        Column("URL", "link", cells.URL),
        *PROVENANCE,
    ),
    parts=(FROM,),
    check=_fits,
    may_be_empty=True,
)
