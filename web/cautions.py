"""What an operator must know first: the caller is in danger; of a record, nobody confirmed it, or its time is over."""

from dataclasses import dataclass
from datetime import date

from faq.models import Provenance, Status
from web.known import Known
from web.site import site
from web.times import say_day


@dataclass(frozen=True, slots=True)
class Caution:
    """A sentence to the operator."""

    says: str
    is_grave: bool
    """Whether nothing of it may be told before somebody was asked."""


def caution_of(provenance: Provenance, day: date) -> Caution | None:
    """None for what is confirmed and holds on that day."""
    until = provenance.valid_until
    if until is not None and until < day:
        return Caution(site().say("operators.expired", day=say_day(until)), is_grave=True)
    if provenance.status is Status.UNCONFIRMED:
        return Caution(site().say("operators.unconfirmed"), is_grave=False)
    return None


def alarm_of(known: Known, words: str) -> str:
    """What is told at once, with the numbers, where the words speak of a danger; else empty."""
    danger = known.danger.find(words) if words else None
    if danger is None:
        return ""
    guidance = known.danger_texts.guidance(danger)
    ways = (f"{line.name} {line.number}".strip() for line in guidance.lines)
    return site().say("operators.alarm", text=guidance.text, ways="、".join(ways))
