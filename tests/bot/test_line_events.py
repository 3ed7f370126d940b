import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.line_events import NotAWebhook, read_body, read_event
from handlers.turn import DatePicked, Followed, Located, Media, Pressed, Text, Unfollowed, Unsent
from tests.conftest import NOON
from tests.line import HANAKO, body_of, event, message_event, postback_event, text_event

JAPAN = timezone(timedelta(hours=9))

GOLDEN = b"""{"destination":"Ubbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","events":[{
 "type":"message","message":{"type":"text","id":"444573844083572737","quoteToken":"q3Plxr4AgKd","markAsReadToken":"30yhd",
 "text":"(hello) \xf0\x9f\x97\x91\xe3\x81\x94\xe3\x81\xbf\xe3\x81\xae\xe6\x97\xa5(moon)",
 "emojis":[{"index":0,"length":7,"productId":"5ac1bfd5040ab15980c9b435","emojiId":"001"},
           {"index":14,"length":6,"productId":"5ac1bfd5040ab15980c9b435","emojiId":"002"}]},
 "webhookEventId":"01FZ74A0TDDPYRVKNK77XKC3ZR","deliveryContext":{"isRedelivery":false},"timestamp":1795489200123,
 "source":{"type":"user","userId":"U11111111111111111111111111111111"},
 "replyToken":"nHuyWiB7yP5Zw52FIkcQobQuGDXCTA","mode":"active"}]}"""


def test_a_message_as_line_writes_it():
    (read,) = read_body(GOLDEN)
    assert read.id == "01FZ74A0TDDPYRVKNK77XKC3ZR"
    assert read.kind == "message/text"
    assert read.active
    assert read.user_id == HANAKO
    assert read.reply_token == "nHuyWiB7yP5Zw52FIkcQobQuGDXCTA"
    assert read.occurred_at == datetime(2026, 11, 24, 3, 0, 0, 123000, UTC)
    assert read.said == Text(" 🗑ごみの日", "444573844083572737"), "emoji are placed in UTF-16 units"


@pytest.mark.parametrize(
    ("raw", "kind", "said"),
    [
        (message_event({"type": "sticker", "id": "1", "packageId": "446", "stickerId": "1988",
                        "stickerResourceType": "NEW_KIND", "keywords": ["ok"]}),
         "message/sticker", Media("sticker", "1")),
        (message_event({"type": "image", "id": "2", "contentProvider": {"type": "line"}}),
         "message/image", Media("image", "2")),
        (message_event({"type": "video", "id": "3", "duration": 60000}),
         "message/video", Media("video", "3")),
        (message_event({"type": "audio", "id": "4", "duration": 60000}),
         "message/audio", Media("audio", "4")),
        (message_event({"type": "file", "id": "5", "fileName": "住民票.pdf", "fileSize": 2138}),
         "message/file", Media("file", "5")),
        (message_event({"type": "location", "id": "6", "latitude": 32.803, "longitude": 130.708}),
         "message/location", Located(32.803, 130.708, "6")),
        (message_event({"type": "location", "id": "7", "title": "熊本城", "address": "中央区本丸1-1",
                        "latitude": 32, "longitude": 130}),
         "message/location", Located(32.0, 130.0, "7")),
        (event("follow", follow={"isUnblocked": False}), "follow", Followed()),
        (event("follow"), "follow", Followed()),
        (event("unfollow"), "unfollow", Unfollowed()),
        (event("unsend", unsend={"messageId": "325708"}), "unsend", Unsent("325708")),
        (postback_event("hd:menu:waste"), "postback", Pressed("menu:waste")),
        (postback_event("hd:day", {"date": "2026-12-01"}), "postback",
         DatePicked("day", datetime(2026, 12, 1, tzinfo=JAPAN))),
        (postback_event("hd:day", {"datetime": "2026-12-01T09:30"}), "postback",
         DatePicked("day", datetime(2026, 12, 1, 9, 30, tzinfo=JAPAN))),
        (postback_event("hd:day", {"datetime": "soon"}), "postback", Pressed("day")),
        (postback_event("hd:tab", {"newRichMenuAliasId": "b", "status": "SUCCESS"}), "postback", Pressed("tab")),
        (postback_event("action=open&menu=3"), "postback", None),
    ],
)  # fmt: skip
def test_what_a_resident_does(raw, kind, said):
    read = read_event(raw)
    assert (read.kind, read.said, read.user_id) == (kind, said, HANAKO)


@pytest.mark.parametrize(
    "raw",
    [
        event("join", source={"type": "group", "groupId": "C1"}),
        event("beacon", beacon={"hwid": "d41d8cd98f", "type": "enter"}),
        event("membership", membership={"type": "joined"}),
        event("a kind of tomorrow", tomorrow={"deep": [[[]]]}),
        message_event({"type": "hologram"}),
        message_event({"type": "location"}),
        message_event({"type": "location", "latitude": 91, "longitude": 0}),
        message_event({"type": "location", "latitude": "32", "longitude": "130"}),
        event("message"),
        event("message", message=None),
        event("postback"),
        event("postback", postback=[]),
        event(""),
        event("message", type=3),
    ],
)
def test_kinds_without_effect_are_still_events(raw):
    read = read_event(raw)
    assert read.id == raw["webhookEventId"]
    assert read.said is None


@pytest.mark.parametrize(
    "source", [{"type": "group", "groupId": "C1", "userId": HANAKO}, {"type": "room", "roomId": "R1"}, {}, None, "U1"]
)  # fmt: skip
def test_only_one_to_one_talks_have_a_resident(source):
    assert read_event(text_event("はい", source=source)).user_id is None


def test_standby_and_unknown_modes_are_not_active():
    assert not read_event(text_event("はい", mode="standby")).active
    assert not read_event(text_event("はい", mode="new mode")).active


def test_without_a_reply_token():
    assert read_event({**text_event("はい"), "replyToken": None}).reply_token is None


@pytest.mark.parametrize(
    ("text", "emojis", "left"),
    [
        ("(a)はい(b)", [{"index": 0, "length": 3}, {"index": 5, "length": 3}], "はい"),
        ("👨‍👩‍👧(a)", [{"index": 8, "length": 3}], "👨‍👩‍👧"),
        ("はい", [{"index": 5, "length": 3}], "はい"),
        ("はい", [{"index": -1, "length": 1}, {"index": 0}, {"length": 1}, 7, None, "x"], "はい"),
        ("はい", [{"index": 0, "length": 10**30}], ""),
        ("はい", {"index": 0, "length": 1}, "はい"),
        ("はい", 5, "はい"),
        ("はい", True, "はい"),
        ("はい\ud83d", None, "はい\ufffd"),
        ("🗑はい", [{"index": 0, "length": 1}], "\ufffdはい"),
    ],
)
def test_line_emoji_and_broken_text(text, emojis, left):
    assert read_event(text_event(text, emojis)).said.text == left


@pytest.mark.parametrize("timestamp", [None, "x", -1, 1e400, float("nan"), 10**40, [], 4_102_444_800_000])
def test_a_moment_that_is_none_is_long_ago(timestamp):
    assert read_event({**text_event("はい"), "timestamp": timestamp}).occurred_at.year == 1970


@pytest.mark.parametrize("event_id", [None, "", 5, "x" * 65, "\ud83d", "あ", "a\0b", "a\nb"])
def test_an_event_without_a_proper_id_is_left_out_and_its_neighbours_stay(event_id):
    before, after = text_event("前"), text_event("後")
    read = read_body(
        json.dumps({"events": [before, {**text_event("x"), "webhookEventId": event_id}, after]}).encode()
    )
    assert [each.said.text for each in read] == ["前", "後"]


@pytest.mark.parametrize("bad", ["\ud83d", "a\0b", "line\nfeed", "あ"])
def test_what_names_things_is_plain_ascii_or_nothing(bad):
    """It goes into columns and logs: a lone surrogate or a NUL there would fail the whole body."""
    read = read_event({**message_event({"type": "text", "text": "はい", "id": bad}), "replyToken": bad})
    assert (read.reply_token, read.said) == (None, Text("はい", ""))
    assert read_event(event(bad)).kind == "unknown"
    assert read_event(event("unsend", unsend={"messageId": bad})).said == Unsent("")
    assert read_event(text_event("はい", source={"type": "user", "userId": bad})).user_id is None


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"{}", b'{"events":{}}', b"\xff", b"[" * 100_000]
)
def test_what_is_no_webhook_body(body):
    with pytest.raises(NotAWebhook):
        read_body(body)


def test_numbers_without_end():
    digits = b"9" * 5000
    body = body_of(text_event("前"), text_event("後")).replace(b'"isRedelivery": false', b'"n": ' + digits)
    assert len(read_body(body)) == 2


@pytest.mark.parametrize("depth", range(60, 1000, 60))
def test_what_can_be_read_can_be_kept(depth):
    nested = b"[" * depth + b"]" * depth
    body = body_of(text_event("はい")).replace(b'"isRedelivery": false', b'"n": ' + nested)
    try:
        read = read_body(body)
    except NotAWebhook:
        return
    for each in read:
        assert read_event(json.loads(each.body)) == each


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = (
    "type mode timestamp source userId webhookEventId replyToken message id text emojis index length "
    "latitude longitude postback data params date datetime time unsend messageId"
).split()
WORDS = "message text location postback follow unsend user active hd:x 2026-13-01 25:61".split()
EVENTLIKE = st.recursive(
    ANYTHING | st.sampled_from(WORDS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=8),
    max_leaves=30,
)


@settings(max_examples=120, deadline=None)
@given(EVENTLIKE, st.dictionaries(st.sampled_from(KEYS), EVENTLIKE, max_size=6))
def test_whatever_comes_the_neighbours_are_read(noise, properties):
    odd = {**text_event("x"), **properties}
    read = read_body(json.dumps({"events": [text_event("前"), noise, odd, text_event("後")]}).encode())
    assert [read[0].said.text, read[-1].said.text] == ["前", "後"]
    for each in read:
        assert read_event(json.loads(each.body)) == each, "what is kept reads as what came"


def test_what_is_kept_is_the_event_itself():
    raw = text_event("はい", at=NOON)
    assert json.loads(read_event(raw).body) == raw
