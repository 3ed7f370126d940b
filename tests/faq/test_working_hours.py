"""The clock that runs in business hours."""

import csv
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq import hours, weekly
from faq.hours import Open, Unknown
from faq.working_hours import FURTHEST, due, part_of_day
from nlp.japan import JAPAN

WEEKLY = {
    "counter": "Mo-Fr 09:00-16:30; PH off; Dec 29-Jan 03 off",
    "lunch": "Mo-Fr 08:30-12:00,13:00-17:15; PH off; Dec 29-Jan 03 off",
    "centre": "Mo-Su 08:00-20:00",
    "always": "24/7",
    "some days": "Tu,Th 10:00-12:00",
    "weekend": "Sa,Su 09:00-12:00",
    "night": "Mo-Fr 22:00-02:00",
    "never": "off",
    "summer": "Jun 01-Aug 31: Mo-Fr 09:00-17:00",
}
with (Path(__file__).parent / "working_hours_cases.csv").open(encoding="utf-8") as file:
    CASES = list(csv.DictReader(file))


def at(name):
    def state(moment):
        found = hours.state(WEEKLY[name], moment)
        assert not isinstance(found, Unknown)
        return found

    return state


def moment(text):
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=JAPAN)


@pytest.mark.parametrize("case", CASES, ids=[f"{each['weekly']}: {each['why']}" for each in CASES])
def test_when_the_hours_have_passed(case):
    found = due(at(case["weekly"]), moment(case["opened"]), timedelta(hours=float(case["hours"])))
    assert found == (moment(case["due"]) if case["due"] else None)
    assert found is None or found.tzinfo is UTC


BEGINNING = datetime(2026, 1, 1, tzinfo=JAPAN)
opened = st.integers(0, 60 * 24 * 600).map(lambda count: BEGINNING + timedelta(minutes=count))
minutes = st.integers(1, 60 * 40).map(lambda count: timedelta(minutes=count))
names = st.sampled_from(sorted(WEEKLY))


@settings(max_examples=80, deadline=None)
@given(names, opened, minutes)
def test_it_is_in_the_hours_and_so_much_of_them_has_passed(name, begun, within):
    found = due(at(name), begun, within)
    if found is None:
        assert worked(name, begun, begun + FURTHEST) < within
        return
    assert begun + within <= found <= begun + FURTHEST
    assert isinstance(at(name)(found - timedelta(microseconds=1)), Open)
    assert worked(name, begun, found) == within


@settings(max_examples=60, deadline=None)
@given(names, st.lists(opened, min_size=2, max_size=4).map(sorted), minutes)
def test_what_is_opened_later_is_not_due_earlier(name, begun, within):
    found = [due(at(name), each, within) for each in begun]
    assert all(earlier <= later for earlier, later in pairwise(found) if earlier and later)


@settings(max_examples=60, deadline=None)
@given(names, opened, st.lists(minutes, min_size=2, max_size=4).map(sorted))
def test_what_takes_longer_is_not_due_earlier(name, begun, within):
    found = [due(at(name), begun, each) or datetime.max.replace(tzinfo=UTC) for each in within]
    assert found == sorted(found)


def worked(name, begun, ends):
    """Open time between the two, added up day by day from the spans themselves."""
    total, day = timedelta(), begun.astimezone(JAPAN).date() - timedelta(days=1)
    while datetime.combine(day, time(), JAPAN) < ends:
        midnight = datetime.combine(day, time(), JAPAN)
        for first, last in weekly.read(WEEKLY[name], day).open:
            opens, closes = midnight + timedelta(minutes=first), midnight + timedelta(minutes=last)
            total += max(min(closes, ends) - max(opens, begun), timedelta())
        day += timedelta(days=1)
    return total


@pytest.mark.parametrize(
    ("clock", "part"),
    [
        ((0, 0), "morning"),
        ((12, 0), "morning"),
        ((12, 1), "afternoon"),
        ((17, 30), "afternoon"),
        ((17, 31), "evening"),
    ],
)
def test_a_promise_is_told_by_a_part_of_the_day_that_is_never_earlier(clock, part):
    assert part_of_day(datetime(2026, 11, 25, *clock, tzinfo=JAPAN).astimezone(UTC)) == part
