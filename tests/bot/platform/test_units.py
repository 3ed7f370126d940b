"""What LINE tells of how messages were taken, over HTTP."""

from datetime import UTC, datetime

import pytest
import urllib3

from bot.platform import Platform
from bot.platform.server import serve
from bot.platform.talk import UserId
from bot.platform.units import FEWEST, MOST_UNITS

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
PEOPLE = [UserId(f"U{number:032x}") for number in range(FEWEST)]
HELLO = {"type": "text", "text": "こんにちは"}
STATISTICS = "/v2/bot/insight/message/event/aggregation"
LINK = "https://www.city.example.jp/"


@pytest.fixture
def platform():
    platform = Platform(lambda: NOW)
    for each in PEOPLE:
        platform.meet(each)
    return platform


@pytest.fixture
def call(platform):
    with serve(platform) as server, urllib3.PoolManager(retries=False, timeout=5) as pool:

        def call(path, body=None):
            method = "GET" if body is None else "POST"
            headers = {"Authorization": "Bearer x"}
            response = pool.request(method, server.address + path, json=body, headers=headers)
            return response.status, response.json()

        yield call


def send(call, unit):
    body = {"to": PEOPLE, "messages": [HELLO], "customAggregationUnits": [unit]}
    return call("/v2/bot/message/multicast", body)


def asked(call, unit, first="20261122", last="20261122"):
    return call(f"{STATISTICS}?customAggregationUnit={unit}&from={first}&to={last}")


def test_twenty_are_told_and_nineteen_are_not(platform, call):
    assert send(call, "mailing_1") == (200, {})
    for each in PEOPLE:
        platform.units.opened("mailing_1", each, NOW)
        platform.units.opened("mailing_1", each, NOW)
    for each in PEOPLE[1:]:
        platform.units.tapped("mailing_1", each, LINK, NOW)
    status, body = asked(call, "mailing_1")
    assert status == 200
    assert body["overview"] == {
        "uniqueImpression": 20,
        "uniqueClick": None,
        "uniqueMediaPlayed": None,
        "uniqueMediaPlayed100Percent": None,
    }
    assert body["clicks"] == [{"seq": 1, "url": LINK, "click": None, "uniqueClick": None}]
    platform.units.tapped("mailing_1", PEOPLE[0], LINK, NOW)
    assert asked(call, "mailing_1")[1]["overview"]["uniqueClick"] == 20
    assert asked(call, "mailing_1", "20261101", "20261121")[1]["overview"]["uniqueImpression"] is None


def test_a_unit_nobody_used_has_no_figures(call):
    status, body = asked(call, "unknown")
    assert (status, body["overview"]["uniqueImpression"], body["messages"], body["clicks"]) == (
        200,
        None,
        [],
        [],
    )


@pytest.mark.parametrize(
    "query",
    [
        "",
        "customAggregationUnit=a&from=20261122",
        "customAggregationUnit=a&from=20261122&to=20261121",
        "customAggregationUnit=a&from=20261001&to=20261122",
        "customAggregationUnit=a&from=today&to=20261122",
    ],
)
def test_what_is_asked_wrongly(call, query):
    assert call(f"{STATISTICS}?{query}")[0] == 400


def test_the_names_of_a_month_are_listed_and_end(platform, call):
    for number in range(MOST_UNITS):
        platform.units.use(f"u{number}", NOW)
    info = "/v2/bot/message/aggregation"
    assert call(f"{info}/info") == (200, {"numOfCustomAggregationUnits": MOST_UNITS})
    status, body = call(f"{info}/list?limit=2&start=1")
    assert (status, body) == (200, {"customAggregationUnits": ["u1", "u2"], "next": "3"})
    assert "next" not in call(f"{info}/list?limit=100&start=900")[1]
    assert send(call, "one_more")[0] == 400
    assert platform.sent_to(PEOPLE[0]) == ()
    assert send(call, "u1")[0] == 200
