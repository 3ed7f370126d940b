"""Keeps the slots as the knowledge has them: made ahead, and closed once where a closure comes in later."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from faq.counters import Closure, Unusual
from faq.programmes import Held, ProgrammeDay, ProgrammeId
from faq.schedule import Schedule
from faq.slots import SlotDraft, apart, drafts, mark, why_gone
from faq.terms import Terms
from nlp.japan import today
from store import chores, closing, places, slots, terms
from store.audit import SERVICE
from store.booked import Booking
from store.db import Database, Tx
from store.refusals import NotThere
from store.slots import SlotState, TimeSlot

log = logging.getLogger(__name__)
T = TypeVar("T")

AT_ONCE = 20
"""Slots that one transaction makes or closes: somebody may be waiting to write."""
MOST = 400
"""Slots that are made at one go: about two seconds."""
_A_DAY = timedelta(days=1)
_HORIZON = 500 * _A_DAY
"""Beyond what any terms say, for slots that staff added further ahead."""


@dataclass(frozen=True, slots=True)
class Known:
    """What decides which slots there are, at one moment."""

    terms: Mapping[ProgrammeId, Terms]
    schedule: Schedule
    closures: Sequence[Closure]
    days: Sequence[ProgrammeDay]


def read(tx: Tx) -> Known:
    """All of it, as the store has it."""
    programmes, days = places.all_programmes(tx), places.all_programme_days(tx)
    there = {programme.id for programme in programmes}
    return Known(
        terms={each.programme: each for each in terms.all_terms(tx) if each.programme in there},
        schedule=Schedule.of(programmes, days),
        closures=places.all_closures(tx),
        days=days,
    )


def keep(database: Database, now: datetime) -> bool:
    """Closes what new closures and cancelled days take away, then makes what is lacking; in small transactions.

    False where there is more to make: the soonest come first, and other chores are not kept waiting.
    """
    with database.read() as tx:
        known = read(tx)
    _close(database, known, now)
    wanted = [
        draft for each in known.terms.values() for draft in drafts(each, known.schedule, known.closures, now)
    ]
    with database.read() as tx:
        there = slots.reaching(tx, now, now + _HORIZON, now)
    lacking = sorted(apart(wanted, there), key=lambda draft: draft.starts_at)
    _make(database, lacking[:MOST], now)
    return len(lacking) <= MOST


def _make(database: Database, lacking: Sequence[SlotDraft], now: datetime) -> None:
    for some in _batches(lacking):
        with database.write() as tx:
            there = slots.reaching(tx, some[0].starts_at - _A_DAY, some[-1].ends_at + _A_DAY, now)
            slots.make(tx, apart(some, there), now)


def _close(database: Database, known: Known, now: datetime) -> None:
    """A cause is applied once, when it is new: what staff open again, or add on such a day, stays."""
    causes = [mark(cause) for cause in _causes(known, today(now))]
    with database.read() as tx:
        new = set(causes) - chores.applied(tx, causes)
        gone = list(_gone(known, _coming(tx, known, now))) if new else []
    for cause in sorted(new):
        for some in _batches([slot for slot, why in gone if why == cause]):
            with database.write() as tx:
                for slot in some:
                    _tell_staff(slot, closing.close(tx, slot.id, SERVICE, now))
        with database.write() as tx:
            chores.apply_once(tx, cause, now)


def _tell_staff(slot: TimeSlot, closed: tuple[Booking, ...] | NotThere) -> None:
    """Who booked by telephone or at a counter hears of it from staff alone."""
    if not isinstance(closed, NotThere) and (unheard := sum(each.resident is None for each in closed)):
        log.warning("%s on %s is closed: %d to be telephoned", slot.programme, slot.day, unheard)


def _batches(several: Sequence[T]) -> Iterator[Sequence[T]]:
    return (several[first : first + AT_ONCE] for first in range(0, len(several), AT_ONCE))


def _causes(known: Known, first: date) -> Iterator[Closure | ProgrammeDay]:
    yield from (each for each in known.closures if each.kind is Unusual.CLOSED and each.last >= first)
    yield from (each for each in known.days if each.held is Held.CANCELLED and each.day >= first)


def _coming(tx: Tx, known: Known, now: datetime) -> tuple[TimeSlot, ...]:
    there = slots.reaching(tx, now, now + _HORIZON, now)
    return tuple(
        slot for slot in there if slot.state is not SlotState.CLOSED and slot.programme in known.terms
    )


def _gone(known: Known, coming: Sequence[TimeSlot]) -> Iterator[tuple[TimeSlot, str]]:
    for slot in coming:
        why = why_gone(slot, known.terms[slot.programme], known.schedule, known.closures)
        if why is not None:
            yield slot, mark(why)
