"""The terms on which a programme can be booked. What the city has not said is None or empty, and is not made up."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from faq.counters import SectionId
from faq.models import Provenance
from faq.programmes import ProgrammeId
from nlp.japan import JAPAN


class Sort(StrEnum):
    """What is booked."""

    CONSULTATION = "相談"
    EVENT = "催し"
    APPLICATION = "申込み"
    """Without times: 受診券の申込み."""


class Mode(StrEnum):
    """How it is held."""

    IN_PERSON = "来所"
    TELEPHONE = "電話"
    ONLINE = "オンライン"


class Allocation(StrEnum):
    """Who gets a place."""

    FIRST_COME = "先着"
    LOTTERY = "抽選"


class Residence(StrEnum):
    """Who may come."""

    LIVES = "市内在住"
    WORKS = "市内在勤"
    STUDIES = "市内在学"


class Insurance(StrEnum):
    """Whose insured may come, to check-ups (健診)."""

    NATIONAL = "国民健康保険"
    LATER_STAGE = "後期高齢者医療"


class Period(StrEnum):
    """In what time a person may come so often."""

    DAY = "日"
    MONTH = "月"
    FISCAL_YEAR = "年度"
    EVER = "通算"

    def of(self, day: date) -> str:
        """The name of the period that a day lies in: 2026-11-27, 2026-11, 2026 (of the fiscal year), or ever."""
        match self:
            case Period.DAY:
                return day.isoformat()
            case Period.MONTH:
                return f"{day:%Y-%m}"
            case Period.FISCAL_YEAR:
                return str(day.year if day.month >= 4 else day.year - 1)
            case Period.EVER:
                return "ever"


@dataclass(frozen=True, slots=True)
class Before:
    """A moment counted back from a day: 前日の17時 is one day before, at 17:00."""

    days: int
    at: time

    def of(self, day: date) -> datetime:
        """The moment, aware, in Japan's time."""
        return datetime.combine(day - timedelta(days=self.days), self.at, JAPAN)


@dataclass(frozen=True, slots=True)
class Limit:
    """So often a person may come in a period."""

    times: int
    period: Period


@dataclass(frozen=True, slots=True)
class Ages:
    """Whole years at the end of the fiscal year (31 March), as check-ups count them; None: no bound."""

    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class Terms:
    """How one programme is booked; a programme without terms is booked by telephone alone."""

    programme: ProgrammeId
    section: SectionId | None
    """Whose staff keep its list; None: not known, so those without a section of their own."""
    open: bool
    """Whether the city takes bookings here; staff open and shut it."""
    sort: Sort
    modes: tuple[Mode, ...]
    minutes: int | None
    """Length of a slot; None: from the programme's start to its end (events)."""
    seats: int | None
    """At one time: counsellors side by side, or an event's places. None: not known, so no slots are made."""
    ahead: int
    """For so many days ahead slots are made."""
    opens: Before | None
    """From when a day can be booked, the same minute in LINE and by telephone; None: as soon as its slots are there."""
    line_until: Before | None
    """None: until the slot begins."""
    phone_until: Before | None
    line_share: int | None
    """Of a day's places, so many at the most through LINE; None: all."""
    residence: tuple[Residence, ...]
    """One of these; empty: no condition is known."""
    ages: Ages | None
    insurance: tuple[Insurance, ...]
    limit: Limit | None
    exclusions: tuple[str, ...]
    """What must not be the case, each a statement that the person confirms: 裁判や調停が始まっていません."""
    asks_opposing_party: bool
    """For 利益相反: counsellors must not know the other side."""
    accommodations: tuple[str, ...]
    """What can be provided on request: 手話通訳, 通訳, 車いす."""
    allocation: Allocation
    draw: Before | None
    """When lots are drawn, for a lottery."""
    waiting_list: bool
    note: str
    """A sentence to residents, or empty."""
    provenance: Provenance
