"""Why something cannot be booked: facts, to be put in words by who talks to the person."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from faq.terms import Limit


class State(StrEnum):
    """Where a booking stands; `docs/booking.md` draws the ways between."""

    HELD = "held"
    """For ten minutes, while the form is filled in."""
    WAITING = "waiting"
    """On the waiting list."""
    OFFERED = "offered"
    """A place became free for who waited, and is kept until they answer."""
    ENTERED = "entered"
    """For the lots."""
    APPLIED = "applied"
    """For something without times."""
    CONFIRMED = "confirmed"
    KEPT = "kept"
    """They came."""
    MISSED = "missed"
    """They did not come."""
    DONE = "done"
    """What was applied for is done."""
    CANCELLED = "cancelled"
    """By who made it, or by staff for them."""
    CLOSED = "closed"
    """By the city; may be moved to another date."""
    EXPIRED = "expired"
    NOT_DRAWN = "not_drawn"


@dataclass(frozen=True, slots=True)
class SlotTaken:
    """No place is free, or those that are, are for who waits."""


@dataclass(frozen=True, slots=True)
class SlotClosed:
    """The city takes no bookings for it, or not any more."""


@dataclass(frozen=True, slots=True)
class TooEarly:
    """It can be booked from a moment on."""

    opens_at: datetime


@dataclass(frozen=True, slots=True)
class TooLate:
    """It could be booked, or changed, until a moment."""

    until: datetime


@dataclass(frozen=True, slots=True)
class LimitReached:
    """The person has come, or will come, as often as they may."""

    limit: Limit


@dataclass(frozen=True, slots=True)
class SamePersonThen:
    """The person has another booking at that time, or has entered for the same lots."""


@dataclass(frozen=True, slots=True)
class ShareTaken:
    """The day's places through LINE are taken; by telephone there may be some."""


@dataclass(frozen=True, slots=True)
class HoldGone:
    """The ten minutes are over, and somebody else has the place."""


@dataclass(frozen=True, slots=True)
class AlreadyExtended:
    """A hold is made longer once."""


@dataclass(frozen=True, slots=True)
class AlreadyWaiting:
    """Who asks waits for that day already."""


@dataclass(frozen=True, slots=True)
class PlacesFree:
    """There is no need to wait."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The booking is not in a state in which that can be done to it; in which it is."""

    state: State


@dataclass(frozen=True, slots=True)
class NotThere:
    """There is none, or it is another's: which of both nobody is told."""


Refusal = (
    SlotTaken
    | SlotClosed
    | TooEarly
    | TooLate
    | LimitReached
    | SamePersonThen
    | ShareTaken
    | HoldGone
    | AlreadyExtended
    | AlreadyWaiting
    | PlacesFree
    | Ended
    | NotThere
)
