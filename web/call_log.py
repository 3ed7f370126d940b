"""What the operators' page needs to log a call where it is answered."""

import secrets
from dataclasses import dataclass
from typing import Final

from faq.counters import SectionId
from store import calls
from store.calls import Call, CallChannel, Outcome, Sort
from web.door import viewer
from web.known import Known
from web.site import site
from web.transfer import Target, targets

KEYS: Final = {Outcome.ANSWERED: "1", Outcome.TRANSFERRED: "2", Outcome.NONE: "3", Outcome.APPLICATION: "4"}
"""The key that logs a call so."""

Choices = tuple[tuple[str, str], ...]
"""Values, and what people call them."""


@dataclass(frozen=True, slots=True)
class Press:
    """A button that logs the call."""

    value: str
    label: str
    key: str


@dataclass(frozen=True, slots=True)
class CallLog:
    """The form of one call."""

    once: str
    began: str
    presses: tuple[Press, ...]
    channels: Choices
    sorts: Choices
    targets: tuple[Target, ...]
    """To whom it may be handed on, the likeliest first."""
    last: Call | None
    """What was logged just now and can be taken back."""
    seconds: int
    """For how long it can."""

    @classmethod
    def of(cls, known: Known, likely: tuple[SectionId, ...]) -> "CallLog":
        """Of a call that begins now."""
        here, now = site(), site().clock()
        with here.database.read() as tx:
            last = calls.fresh(tx, viewer(), now)
        return cls(
            secrets.token_urlsafe(16),
            now.isoformat(),
            tuple(Press(each.value, here.say(f"calls.outcome.{each}"), KEYS[each]) for each in Outcome),
            tuple((each.value, here.say(f"calls.channel.{each}")) for each in CallChannel),
            tuple((each.value, here.say(f"calls.sort.{each}")) for each in Sort),
            targets(known, likely),
            last,
            last.seconds_left(now) if last else 0,
        )
