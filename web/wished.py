"""What is looked for in one line, by programme, day and time: 法律相談 来週の午後."""

from dataclasses import dataclass
from datetime import datetime, time

from nlp.dates import read
from nlp.japan import JAPAN
from nlp.when import TimeSpan, When


@dataclass(frozen=True, slots=True)
class Wished:
    """A line, read."""

    about: str
    """What is left without its days and times."""
    whens: tuple[When, ...]
    """Any of these; none: any time."""
    unclear: tuple[str, ...]
    """Words about a day that cannot be told: 2月30日."""

    def fits(self, begins: datetime, ends: datetime) -> bool:
        """Whether a time, aware, is one of those looked for."""
        begins, ends = begins.astimezone(JAPAN), ends.astimezone(JAPAN)
        return not self.whens or any(
            (when.days is None or when.days.includes(begins.date()))
            and (when.hours is None or _is_within(when.hours, begins.time(), ends.time()))
            for when in self.whens
        )


def wished(words: str, now: datetime) -> Wished:
    """What the words look for, seen from `now`."""
    reading = read(words, now)
    return Wished(reading.rest, reading.whens, tuple(each.text for each in reading.unclear))


def _is_within(hours: TimeSpan, begins: time, ends: time) -> bool:
    """Whether it begins in the span; of a moment, whether it is going on then."""
    if hours.is_moment:
        return begins <= hours.start < ends
    if hours.end is not None and hours.end < hours.start:
        return begins >= hours.start or begins < hours.end
    return begins >= hours.start and (hours.end is None or begins < hours.end)
