"""Days and times in words."""

from datetime import date, time

import pytest

from bot.city import LiveCity, Sayings
from handlers import dates
from handlers.city import City
from nlp.when import OnDays, TimeSpan
from store.db import Database
from tests.conftest import Template

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def said_by(sqlite_template: Template, sayings: Sayings) -> City:
    database = Database(sqlite_template.url, sqlite_template.keyring)
    with database.read() as tx:
        city = LiveCity(sayings).current(tx)
    database.close()
    return city


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-20", "きょう（20日・金）"),
        ("2026-11-21", "あした（21日・土）"),
        ("2026-11-22", "あさって（22日・日）"),
        ("2026-11-23", "11月23日（月・祝）"),
        ("2026-12-03", "12月3日（木）"),
        ("2027-01-04", "2027年1月4日（月）"),
        ("2026-11-19", "11月19日（木）"),
    ],
)
def test_a_day(said_by: City, day: str, said: str):
    assert dates.say_day(said_by, date.fromisoformat(day), TODAY) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-12-03", "令和8年12月3日（木）"),
        ("2019-05-01", "令和元年5月1日（水・祝）"),
        ("2019-04-30", "平成31年4月30日（火・祝）"),
        ("1989-01-07", "昭和64年1月7日（土）"),
    ],
)
def test_a_day_with_its_era(said_by: City, day: str, said: str):
    assert dates.say_day_in_era(said_by, date.fromisoformat(day)) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-12-03", "2026-12-03", "12月3日（木）"),
        ("2026-12-29", "2027-01-03", "12月29日（火）から2027年1月3日（日）まで"),
        ("2026-12-01", None, "12月1日（火）から"),
    ],
)
def test_several_days(said_by: City, first: str, last: str | None, said: str):
    days = OnDays(date.fromisoformat(first), date.fromisoformat(last) if last else None)
    assert dates.say_days(said_by, days, TODAY) == said


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (TimeSpan(time(9), time(16, 30)), "9時から16時30分まで"),
        (TimeSpan(time(10, 30), time(10, 30)), "10時30分"),
        (TimeSpan(time(17), None), "17時から"),
        (TimeSpan(time(0), time(12)), "12時まで"),
        (TimeSpan(time(22), time(5)), "22時から5時まで"),
    ],
)
def test_times(said_by: City, span: TimeSpan, said: str):
    assert dates.say_span(said_by, span) == said
