from datetime import UTC, date, datetime, time

import pytest

from web.times import say_clock, say_day, say_moment


@pytest.fixture(autouse=True)
def within_the_pages(pages):
    with pages.app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 24), "2026年11月24日（火）"),
        (date(2026, 11, 23), "2026年11月23日（月・祝）"),
        (datetime(2026, 11, 24, 15, 0, tzinfo=UTC), "2026年11月25日（水）"),
        (datetime(2026, 12, 31, 14, 59, tzinfo=UTC), "2026年12月31日（木）"),
    ],
)
def test_days(day, said):
    assert say_day(day) == said


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (time(16, 0), "16時"),
        (time(9, 5), "9時05分"),
        (datetime(2026, 11, 24, 15, 30, tzinfo=UTC), "0時30分"),
    ],
)
def test_times(at, said):
    assert say_clock(at) == said


def test_moments():
    assert say_moment(datetime(2026, 11, 24, 3, 5, tzinfo=UTC)) == "2026年11月24日（火） 12時05分"
