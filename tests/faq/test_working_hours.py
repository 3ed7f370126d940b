"""The clock that runs in business hours."""

from datetime import UTC, datetime, timedelta

import pytest

from faq import hours
from faq.hours import Unknown
from faq.working_hours import due
from nlp.japan import JAPAN

COUNTER = "Mo-Fr 09:00-16:30; PH off; Dec 29-Jan 03 off"


def at(weekly):
    def state(moment):
        found = hours.state(weekly, moment)
        assert not isinstance(found, Unknown)
        return found

    return state


@pytest.mark.parametrize(
    ("weekly", "opened", "within", "expected"),
    [
        (COUNTER, "2026-11-24T09:00", 4, "2026-11-24T13:00"),
        (COUNTER, "2026-12-28T18:00", 16, "2027-01-06T10:00"),
        ("Mo-Su 08:00-20:00", "2026-12-31T19:00", 2, "2027-01-01T09:00"),
        ("24/7", "2026-11-24T23:00", 16, "2026-11-25T15:00"),
        ("off", "2026-11-24T09:00", 1, None),
    ],
)
def test_when_the_hours_have_passed(weekly, opened, within, expected):
    found = due(at(weekly), datetime.fromisoformat(opened).replace(tzinfo=JAPAN), timedelta(hours=within))
    assert found == (datetime.fromisoformat(expected).replace(tzinfo=JAPAN) if expected else None)
    assert found is None or found.tzinfo is UTC
