"""Days and times in words."""

from datetime import date

import pytest

from bot.city import LiveCity, Sayings
from handlers import dates
from handlers.city import City
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
        ("2026-11-20", "11月20日（金）"),
        ("2026-11-21", "11月21日（土）"),
        ("2026-11-23", "11月23日（月・祝）"),
        ("2026-12-03", "12月3日（木）"),
        ("2027-01-04", "2027年1月4日（月）"),
        ("2026-11-19", "11月19日（木）"),
    ],
)
def test_a_day(said_by: City, day: str, said: str):
    assert dates.say_day(said_by, date.fromisoformat(day), TODAY) == said
