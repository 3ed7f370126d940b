"""The platform as the bot meets it: over HTTP, with LINE's answers."""

import threading
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import urllib3

from bot.platform import Platform
from bot.platform.server import Drops, Fails, Holds, serve
from bot.platform.talk import Friendship, Read, Spoken, TakenBack, Typing, UserId

HANAKO = UserId("U" + "1" * 32)
TARO = UserId("U" + "2" * 32)
HELLO = {"type": "text", "text": "こんにちは"}
PUSH = "/v2/bot/message/push"
REPLY = "/v2/bot/message/reply"


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def platform(clock):
    platform = Platform(clock)
    platform.meet(HANAKO)
    return platform


@pytest.fixture
def server(platform):
    with serve(platform) as server:
        yield server


@pytest.fixture
def call(server):
    """Calls the API; gives status, body and headers."""
    with urllib3.PoolManager(retries=False, timeout=5, maxsize=8) as pool:

        def call(path, body=None, *, method="POST", key="", token="Bearer x"):
            headers = {"Authorization": token, **({"X-Line-Retry-Key": key} if key else {})}
            response = pool.request(method, server.address + path, json=body, headers=headers)
            return response.status, response.json(), response.headers

        yield call


def texts(platform, user_id=HANAKO):
    return [message["text"] for message in platform.sent_to(user_id)]


# Reply tokens


def test_a_reply_reaches_whoever_the_token_was_made_for(platform, call):
    token = platform.issue_reply_token(TARO)
    status, body, headers = call(REPLY, {"replyToken": token, "messages": [HELLO, HELLO]})
    assert status == 200
    assert [set(sent) for sent in body["sentMessages"]] == [{"id", "quoteToken"}] * 2
    assert uuid.UUID(headers["x-line-request-id"])
    assert (texts(platform, TARO), texts(platform)) == (["こんにちは"] * 2, [])


@pytest.mark.parametrize(("seconds", "expected"), [(60, 200), (60.001, 400)])
def test_a_reply_token_lives_for_a_minute(platform, call, clock, seconds, expected):
    token = platform.issue_reply_token(HANAKO)
    clock.forward(seconds=seconds)
    assert call(REPLY, {"replyToken": token, "messages": [HELLO]})[0] == expected


def test_a_reply_token_works_once(platform, call):
    token = platform.issue_reply_token(HANAKO)
    answers = [call(REPLY, {"replyToken": token, "messages": [HELLO]})[:2] for _ in range(2)]
    assert answers[0][0] == 200
    assert answers[1] == (400, {"message": "Invalid reply token"})
    assert texts(platform) == ["こんにちは"]


def test_a_token_nobody_issued_is_refused(call):
    assert call(REPLY, {"replyToken": "0" * 32, "messages": [HELLO]})[0] == 400


def test_a_malformed_reply_leaves_the_token_alone(platform, call):
    token = platform.issue_reply_token(HANAKO)
    status, body, _ = call(REPLY, {"replyToken": token, "messages": [{"type": "text", "text": ""}]})
    assert status == 400
    assert body == {
        "message": "The request body has 1 error(s)",
        "details": [{"message": "May not be empty", "property": "messages[0].text"}],
    }
    assert call(REPLY, {"replyToken": token, "messages": [HELLO]})[0] == 200


def test_of_threads_that_reply_at_once_one_gets_through(platform, call):
    token = platform.issue_reply_token(HANAKO)
    statuses = []
    threads = [
        threading.Thread(
            target=lambda: statuses.append(call(REPLY, {"replyToken": token, "messages": [HELLO]})[0])
        )
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] + [400] * 7


# Pushing and retry keys


def test_a_retry_key_sends_once(platform, call):
    key = str(uuid.uuid4())
    first_status, first, first_headers = call(PUSH, {"to": HANAKO, "messages": [HELLO]}, key=key)
    again_status, again, again_headers = call(PUSH, {"to": HANAKO, "messages": [HELLO]}, key=key.upper())
    assert (first_status, again_status) == (200, 409)
    assert again["sentMessages"] == first["sentMessages"]
    assert again_headers["x-line-accepted-request-id"] == first_headers["x-line-request-id"]
    assert texts(platform) == ["こんにちは"]
    assert platform.usage == 1


@pytest.mark.parametrize(("hours", "expected"), [(23.9, 409), (24, 200)])
def test_a_retry_key_is_remembered_for_a_day(call, clock, hours, expected):
    key = str(uuid.uuid4())
    call(PUSH, {"to": HANAKO, "messages": [HELLO]}, key=key)
    clock.forward(hours=hours)
    assert call(PUSH, {"to": HANAKO, "messages": [HELLO]}, key=key)[0] == expected


def test_a_refused_push_does_not_use_up_its_key(call):
    key = str(uuid.uuid4())
    assert call(PUSH, {"to": HANAKO, "messages": []}, key=key)[0] == 400
    assert call(PUSH, {"to": HANAKO, "messages": [HELLO]}, key=key)[0] == 200


@pytest.mark.parametrize("path", [REPLY, "/v2/bot/chat/loading/start", "/v2/bot/richmenu"])
def test_a_retry_key_has_no_place_elsewhere(platform, call, path):
    body = {"replyToken": platform.issue_reply_token(HANAKO), "messages": [HELLO]}
    status, answer, _ = call(path, body, key=str(uuid.uuid4()))
    assert (status, answer["message"]) == (400, "X-Line-Retry-Key cannot be used with this endpoint")


def test_a_retry_key_is_a_uuid(platform, call):
    assert call(PUSH, {"to": HANAKO, "messages": [HELLO]}, key="again")[0] == 400
    assert texts(platform) == []


def test_multicast_reaches_those_who_can_be_reached(platform, call):
    platform.happened(TARO, Friendship("blocked"))
    status, body, _ = call(
        "/v2/bot/message/multicast", {"to": [HANAKO, TARO, "U" + "9" * 32], "messages": [HELLO]}
    )
    assert (status, body) == (200, {})
    assert (texts(platform), texts(platform, TARO), platform.usage) == (["こんにちは"], [], 1)


def test_a_push_to_somebody_unknown_fails_and_to_somebody_who_blocks_does_nothing(platform, call):
    assert call(PUSH, {"to": TARO, "messages": [HELLO]})[0] == 400
    platform.happened(TARO, Friendship("blocked"))
    assert call(PUSH, {"to": TARO, "messages": [HELLO]})[0] == 200
    assert texts(platform, TARO) == []


def test_the_quota_ends(platform, call):
    platform.quota = 1
    assert call("/v2/bot/message/quota", method="GET")[1] == {"type": "limited", "value": 1}
    assert call(PUSH, {"to": HANAKO, "messages": [HELLO]})[0] == 200
    assert call(PUSH, {"to": HANAKO, "messages": [HELLO]})[:2] == (
        429,
        {"message": "You have reached your monthly limit."},
    )
    assert call("/v2/bot/message/quota/consumption", method="GET")[1] == {"totalUsage": 1}
    token = platform.issue_reply_token(HANAKO)
    assert call(REPLY, {"replyToken": token, "messages": [HELLO]})[0] == 200


# The rest of the API


def test_loading_and_marking_as_read_appear_in_the_talk(platform, call):
    assert call("/v2/bot/chat/loading/start", {"chatId": HANAKO, "loadingSeconds": 10})[:2] == (202, {})
    token = platform.issue_read_token(HANAKO)
    assert call("/v2/bot/chat/markAsRead", {"markAsReadToken": token})[0] == 200
    assert call("/v2/bot/chat/markAsRead", {"markAsReadToken": "unknown"})[0] == 400
    assert [entry.what for entry in platform.talk(HANAKO)] == [Typing(10), Read()]


@pytest.mark.parametrize(("words", "expected"), [("あ", 200), ("", 400)])
def test_validating_sends_nothing(platform, call, words, expected):
    messages = {"messages": [{"type": "text", "text": words}]}
    assert call("/v2/bot/message/validate/push", messages)[0] == expected
    assert texts(platform) == []


def test_profile_and_account(platform, call):
    assert call(f"/v2/bot/profile/{HANAKO}", method="GET")[1]["displayName"] == "市民"
    assert call(f"/v2/bot/profile/{TARO}", method="GET")[0] == 404
    assert call("/v2/bot/info", method="GET")[1]["userId"] == platform.account.user_id
    assert call("/v2/bot/message/quota", method="GET")[1] == {"type": "none"}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"path": PUSH, "body": {"to": HANAKO, "messages": [HELLO]}, "token": ""}, 401),
        ({"path": PUSH, "body": {"to": HANAKO, "messages": [{"type": "text", "text": "あ" * 800_000}]}}, 413),
        ({"path": PUSH}, 400),
        ({"path": "/v2/bot/message/shout", "body": {}}, 404),
        ({"path": PUSH, "method": "GET"}, 404),
    ],
)
def test_refusals(platform, call, asked, expected):
    assert call(**asked)[0] == expected
    assert texts(platform) == []


# The talk


def test_a_message_taken_back_leaves_the_talk(platform):
    platform.happened(HANAKO, Spoken("person", "1", HELLO))
    platform.happened(HANAKO, Spoken("person", "2", HELLO))
    assert platform.happened(HANAKO, TakenBack("1"))
    assert not platform.happened(HANAKO, TakenBack("1"))
    assert [(entry.number, entry.what) for entry in platform.talk(HANAKO)] == [
        (2, Spoken("person", "2", HELLO)),
        (3, TakenBack("1")),
    ]
    assert [entry.number for entry in platform.talk(HANAKO, after=2)] == [3]


def test_a_message_of_the_bot_cannot_be_taken_back(platform, call):
    _, body, _ = call(PUSH, {"to": HANAKO, "messages": [HELLO]})
    assert not platform.happened(HANAKO, TakenBack(body["sentMessages"][0]["id"]))


# Faults


@pytest.mark.parametrize(
    ("fault", "seen", "reached"),
    [
        (Fails(500), 500, []),
        (Fails(500, after_effect=True), 500, ["こんにちは"]),
        (Fails(429), 429, []),
        (Drops(), None, []),
        (Drops(after_effect=True), None, ["こんにちは"]),
        (Fails(500, path="/v2/bot/chat"), 200, ["こんにちは"]),
    ],
)
def test_faults(server, platform, call, fault, seen, reached):
    server.fail_next(fault)
    try:
        status = call(PUSH, {"to": HANAKO, "messages": [HELLO]})[0]
    except urllib3.exceptions.ProtocolError:
        status = None
    assert (status, texts(platform)) == (seen, reached)
    [logged] = platform.calls(PUSH)
    assert (logged.status, logged.took_effect) == (seen or 0, bool(reached))


def test_a_held_request_waits_and_then_acts(server, platform, call):
    gate = threading.Event()
    server.fail_next(Holds(gate, path=PUSH))
    answers = []
    waiting = threading.Thread(
        target=lambda: answers.append(call(PUSH, {"to": HANAKO, "messages": [HELLO]})[0])
    )
    waiting.start()
    assert call("/v2/bot/info", method="GET")[0] == 200
    assert (texts(platform), answers) == ([], [])
    gate.set()
    waiting.join()
    assert (texts(platform), answers) == (["こんにちは"], [200])


def test_the_log_holds_what_was_sent(platform, call):
    key = str(uuid.uuid4())
    call(PUSH, {"to": HANAKO, "messages": [HELLO]}, key=key)
    [logged] = platform.calls(PUSH)
    assert (logged.method, logged.retry_key, logged.body["messages"]) == ("POST", key, [HELLO])
