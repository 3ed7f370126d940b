"""When a callback is promised: never when nobody is there to call."""

from datetime import datetime, timedelta
from functools import partial

import pytest

from faq import hours
from faq.hours import Unknown
from faq.promised import Quick, is_there, promised_at
from nlp.japan import JAPAN

CENTRE = "Mo-Su,PH 08:00-20:00"
COUNTER = "Mo-Fr 08:30-12:00,13:00-17:15; PH off"
WEEKEND = "Sa,Su 09:00-11:30"
ALWAYS = "24/7"


def japan(text):
    return datetime.fromisoformat(text).replace(tzinfo=JAPAN)


def at(times):
    return lambda moment: hours.state(times, moment)


@pytest.mark.parametrize(
    ("quick", "times", "now", "promised"),
    [
        ("soon", CENTRE, "2026-11-24T12:00", "2026-11-24T12:30"),
        ("soon", CENTRE, "2026-11-24T19:30", "2026-11-24T20:00"),
        ("soon", CENTRE, "2026-11-24T19:31", None),
        ("soon", COUNTER, "2026-11-24T11:45", None),
        ("today", CENTRE, "2026-11-24T12:00", "2026-11-24T20:00"),
        ("today", COUNTER, "2026-11-24T10:00", "2026-11-24T17:15"),
        ("today", COUNTER, "2026-11-24T12:30", "2026-11-24T17:15"),
        ("today", COUNTER, "2026-11-24T07:00", "2026-11-24T17:15"),
        ("today", COUNTER, "2026-11-24T17:15", None),
        ("today", COUNTER, "2026-11-23T10:00", None),
        ("today", ALWAYS, "2026-11-24T10:00", "2026-11-25T00:00"),
        ("morning", CENTRE, "2026-11-24T19:50", "2026-11-25T12:00"),
        ("morning", COUNTER, "2026-11-20T16:00", "2026-11-24T12:00"),
        ("morning", WEEKEND, "2026-11-24T10:00", "2026-11-28T11:30"),
        ("morning", "Mo-Fr 13:00-17:00", "2026-11-24T10:00", None),
        ("morning", ALWAYS, "2026-11-24T10:00", "2026-11-25T12:00"),
        ("at", CENTRE, "2026-11-24T10:00", None),
    ],
)
def test_a_quick_choice(quick, times, now, promised):
    found = promised_at(Quick(quick), at(times), japan(now))
    assert found == (japan(promised) if promised else None)


@pytest.mark.parametrize(
    ("quick", "now", "promised"),
    [
        ("soon", "2026-11-24T22:00", "2026-11-24T22:30"),
        ("today", "2026-11-24T12:00", "2026-11-24T17:00"),
        ("today", "2026-11-24T17:00", None),
        ("morning", "2026-11-24T12:00", "2026-11-25T12:00"),
    ],
)
def test_where_nobody_confirmed_the_hours(quick, now, promised):
    found = promised_at(Quick(quick), lambda _: Unknown(), japan(now))
    assert found == (japan(promised) if promised else None)


@pytest.mark.parametrize(
    ("moment", "there"),
    [("08:00", True), ("12:30", True), ("20:00", True), ("20:01", False), ("07:59", False)],
)
def test_when_somebody_is_there(moment, there):
    assert is_there(partial(hours.state, CENTRE), japan(f"2026-11-24T{moment}")) is there


def test_a_promise_lies_ahead():
    now = japan("2026-11-24T12:00")
    for quick in (Quick.SOON, Quick.TODAY, Quick.MORNING):
        found = promised_at(quick, at(CENTRE), now)
        assert found is not None
        assert found - now >= timedelta(minutes=30)
