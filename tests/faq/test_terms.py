"""Moments counted from a day, and the periods that a day lies in."""

from datetime import UTC, date, datetime, time

import pytest

from faq.terms import Before, Period


@pytest.mark.parametrize(
    ("before", "day", "moment"),
    [
        (Before(0, time(13)), date(2026, 11, 27), datetime(2026, 11, 27, 4, 0)),  # noqa: DTZ001
        (Before(1, time(17)), date(2026, 11, 27), datetime(2026, 11, 26, 8, 0)),  # noqa: DTZ001
        (Before(1, time(8, 30)), date(2027, 1, 1), datetime(2026, 12, 30, 23, 30)),  # noqa: DTZ001
        (Before(30, time(0)), date(2027, 1, 15), datetime(2026, 12, 15, 15, 0)),  # noqa: DTZ001
        (Before(1, time(23, 59)), date(2028, 3, 1), datetime(2028, 2, 29, 14, 59)),  # noqa: DTZ001
        (Before(1, time(23, 59)), date(2027, 3, 1), datetime(2027, 2, 28, 14, 59)),  # noqa: DTZ001
    ],
)
def test_a_moment_before_a_day(before: Before, day: date, moment: datetime) -> None:
    found = before.of(day)
    assert found.utcoffset() is not None
    assert found.astimezone(UTC) == moment.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(2026, 11, 27), ("2026-11-27", "2026-11", "2026", "ever")),
        (date(2026, 12, 31), ("2026-12-31", "2026-12", "2026", "ever")),
        (date(2027, 1, 1), ("2027-01-01", "2027-01", "2026", "ever")),
        (date(2027, 3, 31), ("2027-03-31", "2027-03", "2026", "ever")),
        (date(2027, 4, 1), ("2027-04-01", "2027-04", "2027", "ever")),
        (date(2028, 2, 29), ("2028-02-29", "2028-02", "2027", "ever")),
    ],
)
def test_the_period_of_a_day(day: date, names: tuple[str, ...]) -> None:
    assert tuple(period.of(day) for period in Period) == names
