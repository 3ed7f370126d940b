"""How long questions about hours and dates take a processor, on the data that ships."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from faq import exchange
from faq.counter_kinds import CLOSURES, HOURS
from faq.counters import Counter
from faq.kinds import OFFICES
from faq.naming import Names
from faq.problems import Refused
from faq.programme_kinds import PROGRAMMES
from faq.programmes import Programme
from faq.schedule import Schedule
from faq.schemas import Schema
from faq.timetable import Timetable
from nlp.japan import JAPAN
from tests.bench.tables import Table, quantile
from tests.service import ROOT

FIRST = datetime(2026, 11, 22, 12, tzinfo=JAPAN)
MOMENTS = tuple(FIRST + timedelta(hours=7 * step) for step in range(60))
"""At all hours of the clock, over the year's end."""
LONGEST = "東区に住んでいます。" * 500
"""As long as LINE lets a text be."""


def run() -> Table:
    offices, hours = _read(OFFICES), _read(HOURS)
    programmes: list[Programme] = _read(PROGRAMMES)
    timetable = Timetable.of(offices, hours, _read(CLOSURES))
    schedule = Schedule.of(programmes, ())
    counters = [
        *(Counter(office.id) for office in offices),
        *(Counter(row.office, row.section, row.service) for row in hours),
    ]
    names = Names((name, office) for office in offices for name in (office.name, *office.aliases))
    day = FIRST.date()
    asked: dict[str, Iterator[Callable[[], object]]] = {
        "open now, or when next": (
            lambda c=counter, m=moment: timetable.at(c, m) for moment in MOMENTS for counter in counters
        ),
        "on a day": (
            lambda c=counter, m=moment: timetable.on(c, m.date())
            for moment in MOMENTS
            for counter in counters
        ),
        "a week": (lambda c=counter: timetable.days(c, day, day + timedelta(days=6)) for counter in counters),
        "the next dates of a consultation": (
            lambda p=each: schedule.next_dates(p.id, day, 3) for _ in MOMENTS for each in programmes
        ),
        "an office in 5,000 characters": (lambda: names.find(LONGEST) for _ in range(200)),
    }
    rows = tuple((name, *_figures(list(questions))) for name, questions in asked.items())
    return Table(
        "Hours and dates, milliseconds of one processor", ("question", "asked", "first", "p50", "p99"), rows
    )


def _figures(questions: list[Callable[[], object]]) -> tuple[str, ...]:
    """How many, the very first, and of all of them the median and the 99th percentile."""
    taken = []
    for question in questions:
        begun = time.thread_time()
        question()
        taken.append(1000 * (time.thread_time() - begun))
    return (
        str(len(taken)),
        *(f"{each:.3f}" for each in (taken[0], quantile(taken, 0.5), quantile(taken, 0.99))),
    )


def _read(schema: Schema[exchange.T]) -> list[exchange.T]:
    found = exchange.read(schema, ROOT / "data" / f"{schema.name}.csv")
    if isinstance(found, Refused):
        raise ValueError(found)  # noqa: TRY004 - the file is wrong, not its type
    return list(found.records)
