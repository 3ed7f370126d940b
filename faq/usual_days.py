"""Days on which nobody knows the hours, taken to be as they usually are in the city."""

from dataclasses import dataclass
from datetime import date

from faq.hours import Days
from faq.reasons import Reason, Why, why_closed
from faq.spans import both, joined
from faq.weekly import Reading, read


@dataclass(frozen=True, slots=True)
class UsualDays:
    """The days of a counter; what is known of them stands, the rest is as the weekly hours say."""

    days: Days
    weekly: str

    def reading(self, day: date) -> Reading:
        known = self.days.reading(day)
        return Reading(joined((*known.open, *both(known.unknown, read(self.weekly, day).open))))

    def why(self, day: date, minute: int, /) -> Why:
        if not self.days.reading(day).unknown:
            return self.days.why(day, minute)
        return Why(Reason.HOURS) if self.reading(day).open else why_closed(self.weekly, day)

    def last_admission(self, day: date, /) -> int:
        return self.days.last_admission(day)
