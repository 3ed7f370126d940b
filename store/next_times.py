"""Which time is offered for one that does not take place, since its office is closed.

The next free time of the same programme: never before the one that was booked, since who does not read the notice would
miss it, and a day from now at the soonest. The office that the person chose is one they can reach, so another one is
taken only where it is more than a week sooner; beyond four weeks the person decides.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from faq.disaster import ClosedOffice
from faq.programmes import ProgrammeId
from store.booked import Booking
from store.refusals import State
from store.slots import SlotId, TimeSlot

NOTICE: Final = timedelta(days=1)
"""So long before the new time people are told, at the least."""
MOST_LATER: Final = timedelta(days=28)
"""So much later than what was booked a time may be."""
WORTH_A_WEEK: Final = timedelta(days=7)
"""So much sooner a time must be at another office to come before one at the same."""


@dataclass(frozen=True, slots=True)
class Move:
    """A booking, and the time that is free for it."""

    booking: Booking
    to: TimeSlot


@dataclass(frozen=True, slots=True)
class Plan:
    """What would become of bookings at closed offices."""

    moves: tuple[Move, ...]
    without: tuple[Booking, ...]
    """Booked, and no time is free."""
    asked: tuple[Booking, ...]
    """Entered for lots, waiting, or at the form: they had no place yet, and are told that there is none."""


def is_closed(slot: TimeSlot, closed: Iterable[ClosedOffice]) -> bool:
    """Whether the slot's office is closed in a part of its time."""
    return any(
        slot.office == each.office and slot.starts_at < each.ends_at and slot.ends_at > each.begins_at
        for each in closed
    )


def span(of: TimeSlot, now: datetime) -> tuple[datetime, datetime]:
    """From when until when another time is looked for."""
    return max(of.starts_at, now + NOTICE), of.starts_at + MOST_LATER


def in_order(
    of: TimeSlot, free: Iterable[TimeSlot], closed: Iterable[ClosedOffice], now: datetime
) -> tuple[TimeSlot, ...]:
    """Those of the free times that may be taken instead, the best first."""
    closed, (first, last) = tuple(closed), span(of, now)
    fitting = [
        slot
        for slot in free
        if slot.id != of.id and first <= slot.starts_at <= last and not is_closed(slot, closed)
    ]
    return tuple(sorted(fitting, key=lambda slot: (slot.starts_at + _further(of, slot), slot.id)))


def _further(of: TimeSlot, slot: TimeSlot) -> timedelta:
    return timedelta() if slot.office == of.office else WORTH_A_WEEK


def plan(
    bookings: Sequence[Booking],
    free: Mapping[ProgrammeId, Sequence[TimeSlot]],
    closed: Iterable[ClosedOffice],
    now: datetime,
) -> Plan:
    """Gives each its time, who comes first first; what one has is not given to another.

    A person's own limits are not looked at: they are when it is done.
    """
    closed, taken = tuple(closed), Counter[SlotId]()
    moves, without, asked = list[Move](), list[Booking](), list[Booking]()
    for booking in bookings:
        if booking.state is not State.CONFIRMED or booking.slot is None:
            asked.append(booking)
            continue
        able = in_order(booking.slot, free.get(booking.programme, ()), closed, now)
        to = next((slot for slot in able if slot.free > taken[slot.id]), None)
        if to is None:
            without.append(booking)
        else:
            taken[to.id] += 1
            moves.append(Move(booking, to))
    return Plan(tuple(moves), tuple(without), tuple(asked))
