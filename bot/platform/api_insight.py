"""The part of the Messaging API that tells how messages were taken."""

from datetime import date, timedelta
from urllib.parse import parse_qs

from bot.platform import Platform
from bot.platform.http import Answer, Request, json_answer
from bot.platform.rich_menus import RefusedError
from nlp.japan import today

LONGEST = timedelta(days=30)
MOST_NAMES = 100


def _statistics(platform: Platform, request: Request) -> Answer:
    first, last = _day(request, "from"), _day(request, "to")
    if not first <= last <= first + LONGEST:
        raise RefusedError(400, "from and to must be in order and within 30 days")
    found = platform.units.statistics(_parameter(request, "customAggregationUnit"), first, last)
    overview = {
        "uniqueImpression": found.opened,
        "uniqueClick": found.tapped,
        "uniqueMediaPlayed": None,
        "uniqueMediaPlayed100Percent": None,
    }
    clicks = [
        {"seq": 1, "url": each.url, "click": each.times, "uniqueClick": each.people} for each in found.links
    ]
    messages = [{"seq": 1, "impression": found.opened, "uniqueImpression": found.opened}]
    return json_answer({"overview": overview, "messages": messages if found.opened else [], "clicks": clicks})


def _count_units(platform: Platform, _request: Request) -> Answer:
    names = platform.units.names(today(platform.now()))
    return json_answer({"numOfCustomAggregationUnits": len(names)})


def _list_units(platform: Platform, request: Request) -> Answer:
    names = platform.units.names(today(platform.now()))
    start = int(_parameter(request, "start", "0"))
    end = start + int(_parameter(request, "limit", str(MOST_NAMES)))
    more = {"next": str(end)} if end < len(names) else {}
    return json_answer({"customAggregationUnits": list(names[start:end]), **more})


def _parameter(request: Request, name: str, otherwise: str | None = None) -> str:
    given = parse_qs(request.query).get(name, [] if otherwise is None else [otherwise])
    if not given:
        raise RefusedError(400, f"{name} is required")
    return given[0]


def _day(request: Request, name: str) -> date:
    """A day in Japan, written as `20260131`."""
    try:
        return date.fromisoformat(_parameter(request, name))
    except ValueError:
        raise RefusedError(400, f"{name} must be yyyyMMdd") from None


ROUTES = (
    ("GET", "/v2/bot/insight/message/event/aggregation", _statistics),
    ("GET", "/v2/bot/message/aggregation/info", _count_units),
    ("GET", "/v2/bot/message/aggregation/list", _list_units),
)
