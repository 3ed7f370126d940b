"""What somebody would like to book: which programme, on which days, at which times of day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import lru_cache
from itertools import product

from faq.programmes import Programme, ProgrammeId
from handlers.city import City
from handlers.heard import Heard
from nlp import dates
from nlp.japan import JAPAN
from nlp.when import Days, TimeSpan, When


@dataclass(frozen=True, slots=True)
class Words:
    """What was said of days or times, and when it was: 来週 is counted from then."""

    text: str
    at: datetime

    def read(self) -> tuple[When, ...]:
        return _read(self.text, self.at)


@lru_cache(maxsize=256)
def _read(text: str, at: datetime) -> tuple[When, ...]:
    """Once for all the slots that it is held against."""
    return dates.read(text, at).whens


@dataclass(frozen=True, slots=True)
class Wish:
    """Immutable; what is said later changes only what it speaks of."""

    programmes: tuple[ProgrammeId, ...]
    days: Words | None = None
    hours: Words | None = None
    since: datetime | None = None
    """Only what begins then or later: how far the resident has looked through the times."""
    moving: int | None = None
    """The booking that is to be moved to the time that is looked for."""

    def after(self, heard: Heard, now: datetime) -> "Wish":
        """With what was said: 金曜は？ after 来週の午後 are Friday afternoons, 午前は？ next week's mornings."""
        if not heard.when.whens:
            return self
        said = Words(" ".join(when.text for when in heard.when.whens), now)
        names_days = any(when.days for when in heard.when.whens)
        names_hours = any(when.hours for when in heard.when.whens)
        days, hours = said if names_days else self.days, said if names_hours else self.hours
        return replace(self, days=days, hours=hours, since=None)

    @property
    def is_open(self) -> bool:
        """Whether any day and any time will do."""
        return self.days is None and self.hours is None and self.since is None

    def fits(self, begins: datetime, ends: datetime) -> bool:
        """Whether a time is one of those wished for; both are aware."""
        begins, ends = begins.astimezone(JAPAN), ends.astimezone(JAPAN)
        return (self.since is None or begins >= self.since) and any(
            (days is None or days.includes(begins.date())) and _within(hours, begins.time(), ends.time())
            for days, hours in self._pairs()
        )

    def on_day(self, begins: datetime) -> bool:
        """Whether it is on one of the days wished for, at any time."""
        day = begins.astimezone(JAPAN).date()
        return any(days is None or days.includes(day) for days, _ in self._pairs())

    def _pairs(self) -> list[tuple[Days | None, TimeSpan | None]]:
        """Days with the times that were said beside them; what was said apart goes with all."""
        days, hours = self.days.read() if self.days else (), self.hours.read() if self.hours else ()
        if self.days == self.hours:
            return [(when.days, when.hours) for when in days] or [(None, None)]
        of_days: list[Days | None] = [when.days for when in days if when.days]
        of_hours: list[TimeSpan | None] = [when.hours for when in hours if when.hours]
        return list(product(of_days or [None], of_hours or [None]))


def _within(hours: TimeSpan | None, begins: time, ends: time) -> bool:
    """Whether it begins within the span; of a moment (10時半), whether it is going on then."""
    if hours is None:
        return True
    if hours.is_moment:
        return begins <= hours.start < ends
    if hours.end is not None and hours.end < hours.start:
        return begins >= hours.start or begins < hours.end
    return begins >= hours.start and (hours.end is None or begins < hours.end)


def to_slots(wish: Wish) -> dict[str, str]:
    """As a conversation keeps it."""
    slots = {"programmes": " ".join(wish.programmes)}
    if wish.moving is not None:
        slots["moving"] = str(wish.moving)
    if wish.since is not None:
        slots["since"] = wish.since.isoformat()
    for name, said in (("days", wish.days), ("hours", wish.hours)):
        if said:
            slots[name] = f"{said.at.isoformat()} {said.text}"
    return slots


def from_slots(slots: Mapping[str, str]) -> Wish:
    """As it was kept."""
    moving, since = slots.get("moving"), slots.get("since")
    return Wish(
        tuple(ProgrammeId(each) for each in slots.get("programmes", "").split()),
        _words(slots.get("days")),
        _words(slots.get("hours")),
        datetime.fromisoformat(since) if since else None,
        int(moving) if moving else None,
    )


def _words(kept: str | None) -> Words | None:
    if not kept:
        return None
    at, _, text = kept.partition(" ")
    return Words(text, datetime.fromisoformat(at))


def bookable(city: City, programmes: tuple[Programme, ...]) -> tuple[Programme, ...]:
    """Those for which bookings are taken here."""
    return tuple(each for each in programmes if (terms := city.terms.get(each.id)) and terms.open)


def of_ward(programmes: tuple[Programme, ...], ward: str) -> tuple[Programme, ...]:
    """Those held in the ward, or for all of the city; all where that leaves none."""
    return tuple(each for each in programmes if not ward or each.ward in ("", ward)) or programmes
