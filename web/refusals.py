"""Why something cannot be done to a booking, in a sentence to the people at the city."""

from typing import assert_never

from store.refusals import (
    AlreadyExtended,
    AlreadyWaiting,
    Ended,
    HoldGone,
    LimitReached,
    NotThere,
    PlacesFree,
    Refusal,
    SamePersonThen,
    ShareTaken,
    SlotClosed,
    SlotTaken,
    TooEarly,
    TooLate,
)
from web.site import site
from web.times import say_moment


def say_refusal(why: Refusal) -> str:
    """What is the matter, and what to do."""
    say = site().say
    match why:
        case SlotTaken() | ShareTaken():
            return say("bookings.refused.taken")
        case SlotClosed():
            return say("bookings.refused.closed")
        case TooEarly(opens_at=opens_at):
            return say("bookings.refused.early", when=say_moment(opens_at))
        case TooLate(until=until):
            return say("bookings.refused.late", until=say_moment(until))
        case LimitReached(limit=limit):
            period = say(f"bookings.period.{limit.period.name}")
            return say("bookings.refused.limit", period=period, times=limit.times)
        case SamePersonThen():
            return say("bookings.refused.same_person")
        case HoldGone():
            return say("bookings.refused.hold_gone")
        case AlreadyExtended():
            return say("bookings.refused.extended")
        case AlreadyWaiting():
            return say("bookings.refused.waits")
        case PlacesFree():
            return say("bookings.refused.places_free")
        case Ended(state=state):
            return say("bookings.refused.ended", state=say(f"bookings.state.{state}"))
        case NotThere():
            return say("bookings.refused.not_there")
        case _:
            assert_never(why)
