"""What is said of the opening hours of the days asked about."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import assert_never

from faq import hours
from faq.counters import Counter
from faq.hours import ClosedOn, Day, OpenOn, UnknownOn
from handlers import opening
from handlers.city import City
from handlers.dates import say_day, say_span, say_time
from nlp import japan
from nlp.when import Days, OnDays, TimeSpan, When

MOST_DAYS = 14
"""Days that one answer looks at."""
AHEAD = 370
"""Days within which a day of a kind (祝日, 第3木曜) is looked for."""


def on_days(city: City, counter: Counter, when: When, now: datetime) -> str:
    """Whether it is open on the days and at the times asked about, a line for each run of equal days."""
    if when.days == OnDays(japan.today(now), None) or is_now(when, now):
        # 次はいつ開く, 今あいてる: the present state, and what comes first.
        return opening.state(city, city.timetable.at(counter, now), now)
    days = [city.timetable.on(counter, day) for day in days_of(when.days, japan.today(now))]
    return "\n".join(
        _run(city, list(run), when.hours, japan.today(now)) for _, run in groupby(days, key=_sameness)
    )


def next_day(city: City, counter: Counter, now: datetime) -> str:
    """何時まで, asked while it is closed: the hours of the day on which it opens next; else nothing."""
    state = city.timetable.at(counter, now)
    if not isinstance(state, hours.Closed) or state.opens is None:
        return ""
    opens = state.opens.date()
    return on_days(city, counter, When(OnDays(opens, opens), None, ""), now)


def now_and_next(city: City, counter: Counter, now: datetime) -> str:
    """Whether it is open now; the hours of the next day where it is not."""
    state = opening.state(city, city.timetable.at(counter, now), now)
    return "\n".join(filter(None, (state, next_day(city, counter, now))))


def first_day(city: City, counter: Counter, when: When | None, now: datetime) -> Day:
    """The first of the days asked about, or today: its source and note stand beside the answer."""
    today = japan.today(now)
    return city.timetable.on(counter, next(days_of(when.days, today), today) if when else today)


def is_now(when: When, now: datetime) -> bool:
    """Whether exactly this moment is asked about."""
    local = now.astimezone(japan.JAPAN)
    today = when.days is None or when.days == OnDays(local.date(), local.date())
    return today and when.hours is not None and when.hours == TimeSpan(local.time(), local.time())


def days_of(days: Days | None, today: date) -> Iterator[date]:
    """The days that are meant, `MOST_DAYS` at most; of weekdays in general, the next of each."""
    match days:
        case None:
            yield today
        case OnDays(first=first, last=last):
            whole = (first + timedelta(past) for past in range(AHEAD))
            within = (day for day in whole if day >= today and (last is None or day <= last))
            yield from _some((day for day in within if days.includes(day)), MOST_DAYS if last else 1)
        case other:
            ahead = (other.first + timedelta(past) for past in range(AHEAD))
            yield from _some((day for day in ahead if other.includes(day)), len(other.kinds))


def _some(days: Iterator[date], most: int) -> Iterator[date]:
    return (day for day, _ in zip(days, range(most), strict=False))


def _sameness(day: Day) -> object:
    """What must be equal for days to be told as one."""
    match day:
        case OpenOn(openings=openings):
            return tuple((opening.opens.time(), opening.closes.time()) for opening in openings)
        case ClosedOn(why=why):
            return why
        case UnknownOn():
            return None
        case other:
            assert_never(other)


def _run(city: City, days: Sequence[Day], asked: TimeSpan | None, today: date) -> str:
    first, last = days[0], days[-1]
    dates = [say_day(city, day.day, today) for day in (first, last)]
    key = "hours.days" if len(days) > 1 else "hours.day"
    said = city.say(key, first=dates[0], last=dates[1])
    match first:
        case OpenOn():
            return _open_on(city, said, first, asked)
        case ClosedOn():
            return opening.say_why(city, "hours.closed_on", opening.why(city, first.why), day=said)
        case UnknownOn():
            return city.say("hours.unknown_on", day=said)
        case other:
            assert_never(other)


def _open_on(city: City, said: str, day: OpenOn, asked: TimeSpan | None) -> str:
    spans = city.listed(
        (say_span(city, each.opens.time(), each.closes.time()) for each in day.openings), "times"
    )
    key = "hours.open_on" if asked is None else _fits(day, asked)
    lines = [opening.say_why(city, key, _reason(city, day), day=said, spans=spans)]
    last = day.openings[-1].last_admission
    if last:
        lines.append(city.say("hours.last_admission", time=say_time(city, last.time())))
    if not day.complete:
        lines.append(city.say("hours.incomplete"))
    return city.listed(lines, "sentences")


def _fits(day: OpenOn, asked: TimeSpan) -> str:
    """Whether the times asked about are all, partly or not at all within the opening; of 8時半から the first moment."""
    begins = asked.start.hour * 60 + asked.start.minute
    ends = begins if asked.end is None else asked.end.hour * 60 + asked.end.minute
    if ends < begins:
        ends += 24 * 60
    spans = [_minutes(opening.opens, opening.closes) for opening in day.openings]
    if any(
        opens <= begins and (ends <= closes if ends > begins else begins < closes) for opens, closes in spans
    ):
        return "hours.open_then"
    if any(begins < closes and opens < ends for opens, closes in spans):
        return "hours.open_partly"
    return "hours.closed_then"


def _minutes(opens: datetime, closes: datetime) -> tuple[int, int]:
    midnight = opens.replace(hour=0, minute=0)
    begins = int((opens - midnight).total_seconds()) // 60
    return begins, begins + int((closes - opens).total_seconds()) // 60


def _reason(city: City, day: OpenOn) -> str:
    return city.listed(closure.reason for closure in day.unusual)
