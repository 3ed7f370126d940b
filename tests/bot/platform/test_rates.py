"""Who calls too often is told so, as by LINE; and what is linked in bulk."""

from datetime import UTC, datetime, timedelta

import pytest
import urllib3

from bot.platform import Platform
from bot.platform.rates import Buckets
from bot.platform.rich_menus import Image
from bot.platform.server import serve
from bot.platform.talk import UserId

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
PEOPLE = [UserId(f"U{number:032x}") for number in range(3)]
RICH_MENU = {
    "size": {"width": 2500, "height": 1686},
    "selected": True,
    "name": "n",
    "chatBarText": "menu",
    "areas": [],
}
MULTICAST = "/v2/bot/message/multicast"


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def platform(clock: Clock) -> Platform:
    platform = Platform(clock)
    for each in PEOPLE:
        platform.meet(each)
    return platform


@pytest.fixture
def call(platform):
    with serve(platform) as server, urllib3.PoolManager(retries=False, timeout=5) as pool:

        def call(method, path, body=None):
            headers = {"Authorization": "Bearer x"}
            response = pool.request(method, server.address + path, json=body, headers=headers)
            return response.status, response.json()

        yield call


@pytest.mark.parametrize(
    ("method", "path", "calls", "seconds"),
    [
        ("POST", "/v2/bot/message/push", 2000, 1),
        ("POST", "/v2/bot/message/reply", 2000, 1),
        ("POST", MULTICAST, 200, 1),
        ("POST", "/v2/bot/chat/loading/start", 100, 1),
        ("POST", "/v2/bot/richmenu", 100, 3600),
        ("DELETE", "/v2/bot/richmenu/richmenu-1", 100, 3600),
        ("POST", "/v2/bot/richmenu/batch", 3, 3600),
        ("POST", "/v2/bot/richmenu/bulk/link", 2000, 1),
        ("GET", "/v2/bot/richmenu/list", 10, 1),
    ],
)
def test_a_bucket_each(method: str, path: str, calls: int, seconds: int) -> None:
    buckets = Buckets()
    assert [buckets.take(method, path, NOW) for _ in range(calls + 1)] == [True] * calls + [False]
    tenth = NOW + timedelta(seconds=seconds / calls)
    assert [buckets.take(method, path, tenth) for _ in range(2)] == [True, False]
    full = NOW + timedelta(seconds=10 * seconds)
    assert sum(buckets.take(method, path, full) for _ in range(2 * calls)) == calls


def test_whoever_a_path_names_shares_the_bucket() -> None:
    buckets = Buckets()
    for number in range(2000):
        assert buckets.take("GET", f"/v2/bot/profile/U{number:032x}", NOW)
    assert not buckets.take("GET", f"/v2/bot/profile/U{9999:032x}", NOW)


def test_who_is_too_fast_is_refused_and_nothing_is_sent(call, platform, clock):
    for _ in range(200):
        assert platform.rates.take("POST", MULTICAST, NOW)
    body = {"to": PEOPLE, "messages": [{"type": "text", "text": "hello"}]}
    status, answer = call("POST", MULTICAST, body)
    assert (status, answer["message"]) == (429, "The API rate limit has been exceeded. Try again later.")
    assert platform.sent_to(PEOPLE[0]) == ()
    clock.now += timedelta(seconds=1)
    assert call("POST", MULTICAST, body)[0] == 200


@pytest.fixture
def menus(platform):
    made = [platform.rich_menus.create(RICH_MENU) for _ in range(2)]
    for each in made:
        platform.rich_menus.set_image(each.id, Image(b"\xff\xd8\xff", "image/jpeg"))
    return [each.id for each in made]


def own(platform):
    return [platform.rich_menus.own.get(each, "") for each in PEOPLE]


def test_several_are_linked_and_unlinked_at_once(call, platform, menus):
    link = {"richMenuId": menus[0], "userIds": PEOPLE[:2]}
    assert call("POST", "/v2/bot/richmenu/bulk/link", link) == (202, {})
    assert own(platform) == [menus[0], menus[0], ""]
    assert call("POST", "/v2/bot/richmenu/bulk/unlink", {"userIds": PEOPLE[1:]}) == (202, {})
    assert own(platform) == [menus[0], "", ""]
    assert call("POST", "/v2/bot/richmenu/bulk/link", {**link, "richMenuId": "richmenu-x"})[0] == 404
    too_many = {"userIds": [f"U{number:032x}" for number in range(501)]}
    assert call("POST", "/v2/bot/richmenu/bulk/unlink", too_many)[0] == 400


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ({"type": "link", "from": 0, "to": 1}, [1, 1, None]),
        ({"type": "unlink", "from": 0}, [None, 1, None]),
        ({"type": "unlinkAll"}, [None, None, None]),
    ],
)
def test_all_who_see_one_menu_are_given_another(call, platform, menus, operation, expected):
    platform.rich_menus.show_to(PEOPLE[0], menus[0])
    platform.rich_menus.show_to(PEOPLE[1], menus[1])
    named = {key: menus[value] if isinstance(value, int) else value for key, value in operation.items()}
    assert call("POST", "/v2/bot/richmenu/batch", {"operations": [named]}) == (202, {})
    assert own(platform) == ["" if each is None else menus[each] for each in expected]
