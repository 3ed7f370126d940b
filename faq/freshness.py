"""What may no longer be true of what the city tells: by its own dates, by its words, and by what else is known."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any, Final

from faq import weekly_cells
from faq.counters import Hours, Section, SectionId
from faq.holdings import Holdings
from faq.kinds import KINDS
from faq.models import EntryId, FaqEntry, Office, OfficeId, Provenance
from faq.reorganising import still_naming
from faq.translations import Translation
from nlp.clock_times import times_in
from nlp.eras import western_year
from nlp.language import Language
from nlp.numerals import even_letters

A_YEAR: Final = timedelta(days=365)
APRIL: Final = 4
LOOKED_AT: Final = tuple(name for name in KINDS if name not in ("synonyms", "questions", "readings"))
"""The kinds whose records say where they come from and until when they hold."""
_FISCAL_YEAR: Final = re.compile(r"(令和|平成)(\d{1,2}|元)年度|(20\d\d)年度")
_AT_THE_COUNTER: Final = re.compile("受付|受け付け|窓口|開庁|開いて")
"""Of whose hours a sentence speaks that names nobody: of the section's in charge."""
_SENTENCES: Final = re.compile(r"[。\n]")


class Reason(StrEnum):
    """Why a record is to be looked at."""

    EXPIRED = "expired"
    """Its last day is past."""
    UNCONFIRMED = "unconfirmed"
    """Nobody has confirmed it for a year."""
    NEVER = "never"
    """Nobody has ever confirmed it."""
    OLD_YEAR = "old_year"
    """It speaks of an earlier fiscal year, and of none since."""
    OTHER_HOURS = "other_hours"
    """It tells hours that the table of hours does not have."""
    ENTRY_CHANGED = "entry_changed"
    """It says in other words what its entry no longer says."""
    DEAD_SECTION = "dead_section"
    """It names a section that is no more."""


GRAVE: Final = (
    Reason.EXPIRED,
    Reason.DEAD_SECTION,
    Reason.OTHER_HOURS,
    Reason.OLD_YEAR,
    Reason.ENTRY_CHANGED,
)
"""What may be wrong today; the others may be right."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why, and what of it: a day, a year, hours, a section."""

    reason: Reason
    what: str


@dataclass(frozen=True, slots=True)
class Stale:
    """A record that is to be looked at."""

    kind: str
    record: Any
    doubts: tuple[Doubt, ...]
    sections: frozenset[SectionId]
    """In whose hands it is; empty where no section of the table is named."""

    @property
    def is_grave(self) -> bool:
        return any(doubt.reason in GRAVE for doubt in self.doubts)


def stale(
    holdings: Holdings, day: date, outdated: Collection[tuple[EntryId, Language]] = ()
) -> tuple[Stale, ...]:
    """All that is to be looked at, what may be wrong first; within that the oldest first.

    `outdated`: translations whose entry says something else since they were made.
    """
    dead = [(record, section.name) for record, section in still_naming(holdings, day)]
    hours = _Table(holdings, day)
    found = []
    for kind in LOOKED_AT:
        for record in holdings.of(kind):
            doubts = [*_of_dates(record.provenance, day)]
            doubts += (Doubt(Reason.DEAD_SECTION, name) for named, name in dead if named is record)
            if isinstance(record, FaqEntry):
                doubts += (*_of_year(record, day), *hours.doubts(record))
            if isinstance(record, Translation) and (record.entry, record.language) in outdated:
                doubts.append(Doubt(Reason.ENTRY_CHANGED, record.entry))
            if doubts:
                found.append(Stale(kind, record, tuple(doubts), in_charge(record, holdings.sections)))
    return tuple(sorted(found, key=_urgency))


def in_charge(record: Any, sections: Sequence[Section]) -> frozenset[SectionId]:
    """The sections in whose hands a record is: named by their id, or by their name in its words."""
    if isinstance(record, Section):
        return frozenset({record.id})
    named = getattr(record, "section", None)
    if not named:
        return frozenset()
    return frozenset(each.id for each in sections if named == each.id or each.name in named)


def _urgency(found: Stale) -> tuple[bool, date]:
    provenance: Provenance = found.record.provenance
    return not found.is_grave, provenance.confirmed_on or provenance.published_on or date.min


def _of_dates(provenance: Provenance, day: date) -> Iterator[Doubt]:
    if provenance.valid_until is not None and provenance.valid_until < day:
        yield Doubt(Reason.EXPIRED, provenance.valid_until.isoformat())
    if provenance.confirmed_on is None:
        yield Doubt(Reason.NEVER, "")
    elif provenance.confirmed_on < day - A_YEAR:
        yield Doubt(Reason.UNCONFIRMED, provenance.confirmed_on.isoformat())


def _of_year(entry: FaqEntry, day: date) -> Iterator[Doubt]:
    present = day.year - (day.month < APRIL)
    named = {_year(found): found[0] for found in _FISCAL_YEAR.finditer(f"{entry.question}\n{entry.answer}")}
    if named and max(named) < present:
        yield Doubt(Reason.OLD_YEAR, named[max(named)])


def _year(found: re.Match[str]) -> int:
    if found[3]:
        return int(found[3])
    return western_year(found[1], 1 if found[2] == "元" else int(found[2]))


class _Table:
    """The hours of each counter on a day, and what answers say of them."""

    def __init__(self, holdings: Holdings, day: date) -> None:
        self._sections = [each for each in holdings.sections if each.holds_on(day)]
        self._offices = holdings.offices
        self._hours = [each for each in holdings.hours if _holds(each, day) and each.weekly]

    def doubts(self, entry: FaqEntry) -> Iterator[Doubt]:
        """Hours in a sentence that names a counter, or else of the section in charge, that none of its rows has."""
        for sentence in _SENTENCES.split(entry.answer):
            told = _told(sentence)
            known = self._known(entry, sentence) if told else frozenset()
            for begin, end in told:
                if known and (begin, end) not in known:
                    yield Doubt(Reason.OTHER_HOURS, f"{_clock(begin)}–{_clock(end)}")

    def _known(self, entry: FaqEntry, sentence: str) -> frozenset[tuple[int, int]]:
        named = self._of_counters(sentence)
        if named or not _AT_THE_COUNTER.search(sentence):
            return named
        return self._of_section(entry.section)

    def _of_counters(self, sentence: str) -> frozenset[tuple[int, int]]:
        sections = [each for each in self._sections if _is_told(each, sentence)]
        offices = [each for each in self._offices if _is_told(each, sentence)]
        found = [self._rows(each.office, each.id) for each in sections]
        found += [self._rows(each.id, None) for each in offices]
        return frozenset().union(*found)

    def _of_section(self, said: str) -> frozenset[tuple[int, int]]:
        named = [each for each in self._sections if each.name in said]
        return frozenset().union(*(self._rows(each.office, each.id) for each in named))

    def _rows(self, office: OfficeId, section: SectionId | None) -> frozenset[tuple[int, int]]:
        """The spans of a section's own rows, or of its office's; of an office all that are told anywhere in it."""
        there = [each for each in self._hours if each.office == office]
        own = [each for each in there if section is not None and each.section == section]
        general = [each for each in there if each.section is None] if section is not None else there
        rows = own or general
        return frozenset(span for each in rows for span in weekly_cells.spans(each.weekly))


def _holds(hours: Hours, day: date) -> bool:
    begun = hours.valid_from is None or hours.valid_from <= day
    return begun and (hours.valid_to is None or day <= hours.valid_to)


def _is_told(counter: Section | Office, sentence: str) -> bool:
    return counter.name in sentence or bool(counter.telephone and counter.telephone in sentence)


def _told(sentence: str) -> tuple[tuple[int, int], ...]:
    """The spans of time in a sentence, in minutes from midnight; those that run past it are left out."""
    finds = (each.span for each in times_in(even_letters(sentence), time(0)))
    spans = ((each.start, each.end) for each in finds if each is not None)
    return tuple((_minutes(start), _minutes(end)) for start, end in spans if end is not None and start < end)


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"
