"""From when until when a slot can be booked, through which channel."""

from datetime import date, datetime
from enum import StrEnum

from faq.terms import Allocation, Terms
from store.refusals import SlotClosed, TooEarly, TooLate


class Channel(StrEnum):
    """How a booking comes in."""

    LINE = "line"
    PHONE = "phone"
    """An operator, for a caller."""
    COUNTER = "counter"
    """Staff, for somebody who stands before them: until the slot begins."""


def refusal(
    terms: Terms, day: date, starts_at: datetime, drawn: bool, channel: Channel, now: datetime
) -> SlotClosed | TooEarly | TooLate | None:
    """Why a slot on that day cannot be booked at `now`, or None where it can."""
    if not terms.open:
        return SlotClosed()
    if terms.opens and now < (opens := terms.opens.of(day)):
        return TooEarly(opens)
    until = closes(terms, day, starts_at, channel)
    if is_for_lots(terms, drawn) and terms.draw:
        until = min(until, terms.draw.of(day))
    return TooLate(until) if now >= until else None


def closes(terms: Terms, day: date, starts_at: datetime, channel: Channel) -> datetime:
    """Until when it can be booked through the channel, at the latest until it begins."""
    match channel:
        case Channel.LINE:
            last = terms.line_until
        case Channel.PHONE:
            last = terms.phone_until
        case Channel.COUNTER:
            last = None
    return min(last.of(day), starts_at) if last else starts_at


def is_for_lots(terms: Terms, drawn: bool) -> bool:
    """Whether one enters for lots: afterwards, what nobody drew goes to who comes first."""
    return terms.allocation is Allocation.LOTTERY and not drawn
