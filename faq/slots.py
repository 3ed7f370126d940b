"""The times of a programme that can be booked: made ahead from its dates and its terms, and from nothing else."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from faq.closures import closing
from faq.counters import Closure, Service, Unusual
from faq.models import OfficeId
from faq.programmes import Programme, ProgrammeDay, ProgrammeId
from faq.schedule import Occasion, Schedule
from faq.terms import Mode, Sort, Terms
from nlp.japan import JAPAN, today


@dataclass(frozen=True, slots=True)
class SlotDraft:
    """A time that can be booked, before it is kept."""

    programme: ProgrammeId
    starts_at: datetime
    """Aware, in UTC."""
    ends_at: datetime
    place: str
    """Where, in words, as far as that is known."""
    office: OfficeId | None
    """Where the place is, and whose closures close it; None where that is not known."""
    seats: int


class Timed(Protocol):
    """A slot, kept or not."""

    @property
    def programme(self) -> ProgrammeId: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def place(self) -> str: ...
    @property
    def office(self) -> OfficeId | None: ...


def drafts(
    terms: Terms, schedule: Schedule, closures: Sequence[Closure], now: datetime
) -> tuple[SlotDraft, ...]:
    """The slots that begin after `now`, and so many days ahead as the terms say, in order of time.

    None where the programme is not open, its seats are not known, or of a day no date or no time is known; none
    where a closure takes a part of the slot. Raises KeyError for a programme that the schedule does not have.
    """
    if not terms.open or terms.seats is None or terms.sort is Sort.APPLICATION:
        return ()
    first = today(now)
    dates = schedule.between(terms.programme, first, first + timedelta(days=terms.ahead))
    offices = (dates.programme.office, None)
    relevant = {office: of_programme(closures, terms, office) for office in offices}
    found = (
        draft
        for occasion in dates.occasions
        for draft in _of_occasion(terms, terms.seats, dates.programme, occasion)
        if draft.starts_at > now and closure_of(relevant[draft.office], draft) is None
    )
    return tuple(sorted(found, key=lambda draft: (draft.starts_at, draft.place)))


def of_programme(closures: Iterable[Closure], terms: Terms, office: OfficeId | None) -> tuple[Closure, ...]:
    """The closures that matter to a programme at that office, the widest first: what comes later counts."""
    service = Service.TELEPHONE if terms.modes == (Mode.TELEPHONE,) else Service.COUNTER
    matter = [
        closure
        for closure in closures
        if closure.office in (None, office)
        and closure.section in (None, terms.section)
        and closure.service in (None, service)
    ]
    return tuple(sorted(matter, key=_widest_first))


def closure_of(closures: Iterable[Closure], slot: Timed) -> Closure | None:
    """The closure that takes a part of the slot away, given the widest first."""
    begins, ends = slot.starts_at.astimezone(JAPAN), slot.ends_at.astimezone(JAPAN)
    return closing(closures, begins.date(), begins.time(), ends.time())


def apart(made: Iterable[SlotDraft], there: Iterable[Timed]) -> tuple[SlotDraft, ...]:
    """The drafts at whose time their programme has no slot yet, be it in part, and wherever.

    Terms and places change while slots are booked; two grids over each other would promise one counsellor twice.
    """
    taken: dict[tuple[ProgrammeId, date], list[Timed]] = defaultdict(list)
    for slot in there:
        taken[_of_day(slot)].append(slot)
    return tuple(draft for draft in made if not any(_overlap(draft, slot) for slot in taken[_of_day(draft)]))


def _of_day(slot: Timed) -> tuple[ProgrammeId, date]:
    return slot.programme, today(slot.starts_at)


def _overlap(one: Timed, other: Timed) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def why_gone(
    slot: Timed, terms: Terms, schedule: Schedule, closures: Iterable[Closure]
) -> Closure | ProgrammeDay | None:
    """What keeps a slot from taking place: a closure, or a day that staff cancelled. Raises KeyError as `drafts`."""
    if closure := closure_of(of_programme(closures, terms, slot.office), slot):
        return closure
    begins, ends = slot.starts_at.astimezone(JAPAN), slot.ends_at.astimezone(JAPAN)
    cancelled = schedule.between(terms.programme, begins.date(), begins.date()).cancelled
    for row in cancelled:
        within = (row.starts or time.min) <= begins.time() and ends.time() <= (row.ends or time.max)
        if within and row.place in ("", slot.place):
            return row
    return None


def mark(cause: Closure | ProgrammeDay) -> str:
    """Tells a cause from any other, and from itself once its days or hours are changed; at most 100 characters."""
    match cause:
        case Closure(id=name):
            scope = (cause.office, cause.section, cause.service, cause.kind)
            when: tuple[object, ...] = (cause.first, cause.last, cause.opens, cause.closes, *scope)
        case ProgrammeDay(programme=name):
            when = (cause.day, cause.starts, cause.ends, cause.place)
    return f"{name} {hashlib.sha256(repr(when).encode()).hexdigest()[:32]}"


def _of_occasion(terms: Terms, seats: int, programme: Programme, occasion: Occasion) -> Iterator[SlotDraft]:
    if occasion.starts is None or occasion.ends is None:
        return
    # Where staff entered another place for the day, nobody knows at which office that is.
    office = programme.office if occasion.place == programme.place else None
    begins, ends = _moment(occasion.day, occasion.starts), _moment(occasion.day, occasion.ends)
    length = timedelta(minutes=terms.minutes) if terms.minutes else ends - begins
    while begins + length <= ends:
        yield SlotDraft(terms.programme, begins, begins + length, occasion.place, office, seats)
        begins += length


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, JAPAN).astimezone(UTC)


def _widest_first(closure: Closure) -> tuple[bool, bool, bool, date, str]:
    closes = closure.kind is Unusual.CLOSED
    return (closure.office is not None, closure.section is not None, closes, closure.first, closure.id)
