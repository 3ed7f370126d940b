"""What closures and extra openings make of a day's hours."""

from collections.abc import Iterable
from datetime import date, time, timedelta

from faq.counters import Closure, Unusual
from faq.spans import DAY, WHOLE_DAY, Span, joined, without
from faq.weekly import Reading

_A_DAY = timedelta(days=1)


def changed(reading: Reading, closure: Closure, day: date) -> Reading:
    """The day with the closure or extra opening.

    A closure for the whole day takes away what begins on the day, past midnight too; one by the hour takes away those
    hours, whichever day's span they are in.
    """
    if closure.kind is Unusual.OPEN:
        if not closure.first <= day <= closure.last:
            return reading
        minutes = _minutes(closure)
        return Reading(joined((*reading.open, minutes)), without(reading.unknown, minutes))
    if closure.opens is None:
        return Reading(()) if closes_all(closure, day) else reading
    for past in (-1, 0, 1):
        if closure.first <= day + past * _A_DAY <= closure.last:
            begins, ends = _minutes(closure)
            cut = (begins + past * DAY, ends + past * DAY)
            reading = Reading(without(reading.open, cut), without(reading.unknown, cut))
    return reading


def closes_all(closure: Closure, day: date) -> bool:
    whole = closure.kind is Unusual.CLOSED and closure.opens is None
    return whole and closure.first <= day <= closure.last


def keeps_closed(closure: Closure, day: date, minute: int) -> bool:
    """Whether that minute of the day is in the closure, be it in one that began the day before."""
    if closure.kind is Unusual.OPEN:
        return False
    return any(
        closure.first <= day - past * _A_DAY <= closure.last
        and _covers(_minutes(closure), minute + past * DAY)
        for past in (0, 1)
    )


def closing(closures: Iterable[Closure], day: date, begins: time, ends: time) -> Closure | None:
    """The closure that takes a part of that span of the day away, unless a later one, an extra opening, gives it back.

    Closures and extra openings of one place are given the widest first.
    """
    span = (_of_day(begins), _of_day(ends))
    reading, taken = Reading(WHOLE_DAY), None
    for closure in closures:
        before, reading = reading, changed(reading, closure, day)
        if _holds(before, span):
            taken = closure
    return None if _holds(reading, span) else taken


def _holds(reading: Reading, span: Span) -> bool:
    return any(begins <= span[0] and span[1] <= ends for begins, ends in reading.open)


def _minutes(closure: Closure) -> Span:
    if closure.opens is None or closure.closes is None:
        return WHOLE_DAY[0]
    begins, ends = _of_day(closure.opens), _of_day(closure.closes)
    return (begins, ends if ends > begins else ends + DAY)


def _of_day(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _covers(span: Span, minute: int) -> bool:
    return span[0] <= minute < span[1]
