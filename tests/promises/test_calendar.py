"""29 February, the end of the year and midnight in Tokyo: days are what people mean, and every chore goes on."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from bot.city import LiveCity
from bot.due import Due
from faq.periods import Period
from nlp import dates
from nlp.birth_dates import read_birth_date
from nlp.eras import japanese_year
from nlp.japan import JAPAN, today
from nlp.when import Reason
from store.db import Database
from tests.dialogue import Speaker

LEAP, NEW_YEARS_EVE = date(2028, 2, 29), date(2026, 12, 31)
DAY = timedelta(days=1)


def at(day: date, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=JAPAN)


def last_moment(day: date) -> datetime:
    return at(day, 23, 59).replace(second=59, microsecond=999_999)


@pytest.mark.parametrize(
    ("now", "words", "meant"),
    [
        (last_moment(LEAP - DAY), "明日", date(2028, 2, 29)),
        (at(LEAP), "明日", date(2028, 3, 1)),
        (at(LEAP), "来年の今日", Reason.IMPOSSIBLE),
        (at(LEAP), "来月の今日", date(2028, 3, 29)),
        (at(LEAP), "来週の今日", date(2028, 3, 7)),
        (at(LEAP), "今年の今日", LEAP),
        (at(LEAP), "1年後", date(2029, 2, 28)),
        (at(LEAP - DAY), "来年の今日", date(2029, 2, 28)),
        (at(date(2027, 2, 28)), "来年の2月29日", LEAP),
        (at(date(2027, 2, 28)), "2月29日", Reason.IMPOSSIBLE),
        (at(date(2027, 1, 31)), "来月の今日", Reason.IMPOSSIBLE),
        (at(date(2027, 1, 31)), "1か月後", date(2027, 2, 28)),
        (at(date(2026, 3, 1)), "令和10年2月29日", LEAP),
        (last_moment(NEW_YEARS_EVE), "今日", NEW_YEARS_EVE),
        (last_moment(NEW_YEARS_EVE), "明日", date(2027, 1, 1)),
        (last_moment(NEW_YEARS_EVE), "来年の今日", date(2027, 12, 31)),
        (last_moment(NEW_YEARS_EVE), "1月3日", date(2027, 1, 3)),
        (at(NEW_YEARS_EVE + DAY), "元日", date(2027, 1, 1)),
        (at(NEW_YEARS_EVE + DAY), "大晦日", date(2027, 12, 31)),
        (at(NEW_YEARS_EVE), "来週の月曜日", date(2027, 1, 4)),
        (at(date(2027, 1, 3)), "来週の月曜日", date(2027, 1, 4)),
        (datetime(2026, 12, 31, 15, tzinfo=UTC), "今日", date(2027, 1, 1)),
        (datetime(2026, 12, 31, 14, 59, tzinfo=UTC), "今日", NEW_YEARS_EVE),
    ],
)
def test_what_day_is_meant(now: datetime, words: str, meant: date | Reason) -> None:
    found = dates.read(words, now)
    if isinstance(meant, Reason):
        assert [each.reason for each in found.unclear] == [meant]
    else:
        assert [(each.days.first, each.days.last) for each in found.whens if each.days] == [(meant, meant)]


@pytest.mark.parametrize(
    ("day", "era", "month", "fiscal"),
    [
        (LEAP, ("令和", 10), (date(2028, 2, 1), LEAP), 2027),
        (NEW_YEARS_EVE, ("令和", 8), (date(2026, 12, 1), NEW_YEARS_EVE), 2026),
        (NEW_YEARS_EVE + DAY, ("令和", 9), (date(2027, 1, 1), date(2027, 1, 31)), 2026),
        (date(2027, 3, 31), ("令和", 9), (date(2027, 3, 1), date(2027, 3, 31)), 2026),
        (date(2027, 4, 1), ("令和", 9), (date(2027, 4, 1), date(2027, 4, 30)), 2027),
        (date(2019, 4, 30), ("平成", 31), (date(2019, 4, 1), date(2019, 4, 30)), 2019),
        (date(2019, 5, 1), ("令和", 1), (date(2019, 5, 1), date(2019, 5, 31)), 2019),
    ],
)
def test_periods(day: date, era: tuple[str, int], month: tuple[date, date], fiscal: int) -> None:
    assert japanese_year(day) == era
    assert (Period.month_of(day).first, Period.month_of(day).last) == month
    assert Period.year_of(day).first == date(fiscal, 4, 1)
    weeks = Period.month_of(day).weeks()
    assert weeks[0].first == month[0]
    assert weeks[-1].last == month[1]
    assert all(after.first - before.last == DAY for before, after in pairwise(weeks))


@pytest.mark.parametrize(
    ("written", "born"),
    [("2024年2月29日", date(2024, 2, 29)), ("平成12年2月29日", date(2000, 2, 29)), ("2023年2月29日", None),
     ("1900/2/29", None), ("2028/2/29", LEAP), ("2028/3/1", None)],
)  # fmt: skip
def test_who_was_born_on_29_february(written: str, born: date | None) -> None:
    assert read_birth_date(written, LEAP) == born


MOMENTS = (
    last_moment(LEAP - DAY), at(LEAP), last_moment(LEAP), at(LEAP + DAY),
    at(NEW_YEARS_EVE, 12), last_moment(NEW_YEARS_EVE), at(NEW_YEARS_EVE + DAY), at(date(2027, 1, 3), 10),
    last_moment(date(2027, 3, 31)), at(date(2027, 4, 1)),
)  # fmt: skip
QUESTIONS = ("東区役所は今日やっていますか", "来年の今日に予約したい", "2月29日の法律相談", "明日のごみ")


def test_everything_goes_on_at_any_of_these_moments(sqlite: Database, city: LiveCity) -> None:
    """Chores, with the sweep of what is old, and questions that ask for days; in order, and then back to the first."""
    for now in (*sorted(MOMENTS), min(MOMENTS)):
        due = Due(sqlite, city, lambda now=now: now, raising)
        due.catch_up(now)
        due.sweep(now)
        speaker = Speaker(sqlite, city)
        speaker.talk.now = now
        for words in QUESTIONS:
            assert speaker.hears(words), (now, words)
        is_closed = f"{today(now):%m-%d}" >= "12-29" or f"{today(now):%m-%d}" <= "01-03"
        heard = speaker.hears("東区役所は今日やっていますか")
        assert not is_closed or "休み" in heard or "閉" in heard or "お休み" in heard, (now, heard)


def raising(_: str, error: Exception) -> None:
    raise error
