"""Hands what staff are to be told to the contacts of the section: whom, by which way, in which words, from when on."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.staff_words import Saying, words
from faq.case_rules import CaseRules
from faq.counters import SectionId
from faq.hours import Closed, Open
from faq.working_hours import due
from handlers.city import City
from nlp.japan import today
from store import contacts, staff_digests, staff_notices, tellings
from store.contacts import Contact
from store.db import Tx
from store.staff_notices import URGENT, NoticeState, OfContact, StaffNotice, StaffNoticeKind, Untaken

AT_ONCE: Final = 20
"""Notices in one transaction."""

Report = Callable[[str, Exception], None]


def spread(tx: Tx, city: City, saying: Saying, report: Report, now: datetime) -> int:
    """Hands over what waits; how many notices that were. One that cannot be worded does not hold up the others."""
    found = staff_notices.waiting(tx, now, AT_ONCE)
    for notice in found:
        try:
            with tx.connection.begin_nested():
                state = _spread(tx, city, saying, notice, now)
        except Exception as error:  # noqa: BLE001 - or it would come again for ever
            report(f"staff notice {notice.id} could not be worded", error)
            state = NoticeState.DROPPED
        staff_notices.settle(tx, notice, state, now)
    return len(found)


def _spread(tx: Tx, city: City, saying: Saying, notice: StaffNotice, now: datetime) -> NoticeState:
    if notice.is_pointless:
        return NoticeState.DROPPED
    whom = _whom(tx, city, notice)
    if not whom:
        return NoticeState.NOBODY
    section = _section(tx, notice)
    standing = staff_digests.standing(tx, section) if notice.kind is StaffNoticeKind.DIGEST else ()
    if notice.kind is StaffNoticeKind.DIGEST and not standing:
        return NoticeState.DROPPED
    for contact in whom:
        if _wants(contact, notice):
            said = words(saying, contact.way, notice, (section, _name(city, section)), standing, now)
            start = _start(city, contact, notice, now)
            tellings.put(tx, notice.id, contact, said, notice.kind in URGENT, start, now)
    return NoticeState.SPREAD


def _section(tx: Tx, notice: StaffNotice) -> SectionId:
    about = notice.about
    return contacts.read(tx, about.contact).section if isinstance(about, OfContact) else about.section


def _whom(tx: Tx, city: City, notice: StaffNotice) -> tuple[Contact, ...]:
    """Those of the rank; of a danger all. Where a section has named nobody, who takes what is nobody's is told."""
    if isinstance(notice.about, OfContact):
        return (contacts.read(tx, notice.about.contact),)
    fallback = city.profile.cases.fallback_section
    theirs = contacts.of_section(tx, notice.about.section)
    if not theirs and fallback is not None:
        theirs = contacts.of_section(tx, fallback)
    if notice.kind in URGENT:
        return theirs
    ranks = sorted({each.rank for each in theirs})
    rank = next((each for each in ranks if each >= notice.rank), None)
    return tuple(each for each in theirs if each.rank == rank)


def _wants(contact: Contact, notice: StaffNotice) -> bool:
    """Who prefers a digest is told in it; but of a danger at once."""
    return not contact.digest or notice.kind in URGENT or isinstance(notice.about, OfContact)


def _start(city: City, contact: Contact, notice: StaffNotice, now: datetime) -> datetime:
    if not contact.office_hours or notice.kind in URGENT or notice.kind is StaffNoticeKind.TEST:
        return now
    match city.switchboard.working_at(contact.section)(now):
        case Closed(opens=opens) if opens is not None:
            return opens
        case _:
            return now


def _name(city: City, section: SectionId) -> str:
    """中央区役所 区民課: what it is called where there are several of its name; empty where it is gone."""
    found = city.switchboard.section(section)
    if found is None:
        return ""
    office = city.directory.office(found.office)
    return f"{office.name if office else ''} {found.name}".strip()


@dataclass(frozen=True, slots=True)
class Reminder:
    """Of a case that nobody takes, for one rank of its section."""

    of: Untaken
    kind: StaffNoticeKind
    rank: int

    @property
    def occasion(self) -> str:
        return f"{self.of.since.isoformat()}/{self.rank}"


def reminders(tx: Tx, city: City, now: datetime) -> tuple[Reminder, ...]:
    """Whom to remind of what and whom to tell next, by the hours in which a section works; of that not yet told.

    Reads alone: to reckon hours of business takes a millisecond a case, for which no writer should wait.
    """
    waiting, rules = staff_notices.untaken(tx), city.profile.cases
    steps = {section: tuple(_steps(tx, rules, section)) for section in {each.section for each in waiting}}
    found: list[Reminder] = []
    for case in waiting:
        for kind, rank, within in steps[case.section]:
            reminder = Reminder(case, kind, rank)
            if not staff_notices.was_told(tx, case.case, kind, reminder.occasion):
                at = due(city.switchboard.working_at(case.section), case.since, within)
                found += [reminder] if at is not None and at <= now else []
    return tuple(found)


def remind(tx: Tx, planned: Iterable[Reminder], now: datetime) -> None:
    """Plans to tell them, but for the cases that somebody took, or that were asked about, meanwhile."""
    still = set(staff_notices.untaken(tx))
    for each in planned:
        if each.of in still:
            staff_notices.tell(tx, each.of.case, each.kind, now, each.occasion, each.rank)


def _steps(tx: Tx, rules: CaseRules, section: SectionId) -> Iterator[tuple[StaffNoticeKind, int, timedelta]]:
    """Who is told what after how much working time."""
    first, *others = sorted({each.rank for each in contacts.of_section(tx, section)}) or [staff_notices.FIRST]
    yield StaffNoticeKind.REMINDER, first, rules.remind_after
    for step, rank in enumerate(others, 1):
        yield StaffNoticeKind.CLIMBED, rank, rules.climb_after * step


def digest(tx: Tx, city: City, now: datetime) -> None:
    """Plans the digest of each contact whose section's day has begun; of what stands it is made when it is told."""
    for contact in contacts.of_digests(tx):
        if isinstance(city.switchboard.working_at(contact.section)(now), Open):
            about, occasion = OfContact(contact.id), today(now).isoformat()
            staff_notices.tell(tx, about, StaffNoticeKind.DIGEST, now, occasion)
