"""Why something could not be booked, in plain words, and what is next."""

from datetime import datetime
from typing import assert_never

from handlers import booking_terms
from handlers.booking_time import say_moment
from handlers.city import City
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


def say(city: City, refusal: Refusal, now: datetime) -> str:
    """One or two sentences. What is not there and what is another's are told in the same words."""
    match refusal:
        case TooEarly(opens_at=opens_at):
            return city.say("booking.refused.too_early", when=say_moment(city, opens_at, now))
        case TooLate(until=until):
            return city.say("booking.refused.too_late", when=say_moment(city, until, now))
        case LimitReached(limit=limit):
            return city.say("booking.limit_reached", limit=booking_terms.say_limit(city, limit))
        case NotThere():
            return city.say("button.stale")
        case SlotTaken():
            return city.say("booking.refused.taken")
        case SlotClosed():
            return city.say("booking.refused.closed")
        case ShareTaken():
            return city.say("booking.share_taken")
        case SamePersonThen():
            return city.say("booking.refused.same_person")
        case HoldGone():
            return city.say("booking.refused.hold_gone")
        case AlreadyExtended():
            return city.say("booking.refused.already_extended")
        case AlreadyWaiting():
            return city.say("booking.refused.already_waiting")
        case PlacesFree():
            return city.say("booking.refused.places_free")
        case Ended():
            return city.say("booking.refused.ended")
        case other:
            assert_never(other)
