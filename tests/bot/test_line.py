"""LINE's client against the platform: what goes to several people at once."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.line import Answered, LineClient, Quota, Reads, Unanswered
from bot.platform import Platform
from bot.platform.server import Drops, Fails, Server, serve
from bot.platform.talk import Friendship, UserId
from nlp.japan import today

PEOPLE = [UserId(f"U{number:032x}") for number in range(3)]
HELLO = b'[{"type": "text", "text": "hello"}]'
MULTICAST = "/v2/bot/message/multicast"


@pytest.fixture
def platform() -> Platform:
    platform = Platform(lambda: datetime.now(UTC))
    for each in PEOPLE:
        platform.meet(each)
    return platform


@pytest.fixture
def server(platform: Platform) -> Iterator[Server]:
    with serve(platform) as server:
        yield server


@pytest.fixture
def line(server: Server) -> Iterator[LineClient]:
    client = LineClient("token", server.address)
    yield client
    client.close()


def heard(platform: Platform) -> list[int]:
    return [len(platform.sent_to(each)) for each in PEOPLE]


def test_several_are_told_once_however_often_it_is_tried(platform: Platform, line: LineClient) -> None:
    platform.happened(PEOPLE[1], Friendship("blocked"))
    key = str(uuid.uuid4())
    statuses = [line.multicast(PEOPLE, HELLO, key, "mailing_1") for _ in range(2)]
    assert [each.status for each in statuses if isinstance(each, Answered)] == [200, 409]
    assert heard(platform) == [1, 0, 1]
    assert platform.usage == 2
    assert platform.calls(MULTICAST)[0].body["customAggregationUnits"] == ["mailing_1"]


def test_an_answer_that_was_lost_is_made_up_for_by_the_key(
    platform: Platform, server: Server, line: LineClient
) -> None:
    key = str(uuid.uuid4())
    server.fail_next(Drops(after_effect=True, path=MULTICAST), Fails(500, path=MULTICAST))
    first = line.multicast(PEOPLE, HELLO, key)
    second, third = line.multicast(PEOPLE, HELLO, key), line.multicast(PEOPLE, HELLO, key)
    assert isinstance(first, Unanswered)
    assert isinstance(second, Answered)
    assert isinstance(third, Answered)
    assert (second.status, third.status) == (500, 409)
    assert heard(platform) == [1, 1, 1]


@pytest.mark.parametrize("messages", [b"{", b'[{"type": "text"}]', b"[]"])
def test_what_cannot_be_sent_is_refused(line: LineClient, messages: bytes) -> None:
    sent = line.multicast(PEOPLE, messages, str(uuid.uuid4()))
    assert isinstance(sent, Answered)
    assert sent.status == 400


def test_what_the_plan_gives_and_what_is_used_of_it(platform: Platform, line: LineClient) -> None:
    assert line.quota() == Quota(None, 0)
    platform.quota = 200
    line.multicast(PEOPLE, HELLO, str(uuid.uuid4()))
    assert line.quota() == Quota(200, 3)


def test_how_a_unit_was_read_is_told_from_twenty_people_on(platform: Platform, line: LineClient) -> None:
    now, day = platform.now(), today(platform.now())
    line.multicast(PEOPLE, HELLO, str(uuid.uuid4()), "mailing_1")
    for number in range(20):
        platform.units.opened("mailing_1", UserId(f"U{number:032x}"), now)
    assert line.reads("mailing_1", day, day) == Reads(20, None)


def test_where_line_does_not_answer_nothing_is_known(server: Server, line: LineClient) -> None:
    day = today(datetime.now(UTC))
    server.fail_next(Fails(500), Drops(), Drops(), Drops(), Drops())
    assert line.quota() is None
    assert line.reads("mailing_1", day, day) is None
