import base64
import hashlib
import hmac
import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import flask
import pytest
import urllib3

from bot.platform import Platform
from bot.rich_menu import Uploading, read_rich_menus
from bot.simulator import create_simulator, read_suggestions
from bot.simulator_acts import ulid
from tests.scripted_bot import DATA, SECRET, scripted_bot

HANAKO = "U" + "1" * 32
TARO = "U" + "2" * 32


@pytest.fixture
def bot():
    with scripted_bot() as bot:
        yield bot


@pytest.fixture
def page():
    """The simulator's pages with nothing behind them."""
    app = flask.Flask("page")
    platform = Platform(lambda: datetime.now(UTC))
    suggestions = read_suggestions(DATA / "simulator.toml")
    app.register_blueprint(create_simulator(platform, SECRET, lambda: "http://127.0.0.1:9/", suggestions))
    return app.test_client()


def act(bot, body, user_id=HANAKO):
    response = urllib3.request(
        "POST",
        f"{bot.address}/simulator/talks/{user_id}/acts",
        body=json.dumps(body),
        headers={"Content-Type": "application/json"},
    )
    assert response.status == 202, response.data


def test_the_webhook_is_signed_with_the_channel_secret(bot):
    act(bot, {"type": "text", "text": "ごみの日は😀"})
    bot.wait_for(1)
    body, signature = bot.bodies[0]
    assert signature == base64.b64encode(hmac.new(SECRET.encode(), body, hashlib.sha256).digest()).decode()
    assert "ごみの日は😀".encode() in body


def test_an_event_has_what_lines_events_have(bot):
    act(bot, {"type": "text", "text": "こんにちは"})
    [event] = bot.wait_for(1)
    assert json.loads(bot.bodies[0][0])["destination"] == bot.platform.account.user_id
    assert set(event) == {
        "type",
        "message",
        "replyToken",
        "mode",
        "timestamp",
        "source",
        "webhookEventId",
        "deliveryContext",
    }
    assert (event["mode"], event["deliveryContext"]) == ("active", {"isRedelivery": False})
    assert event["source"] == {"type": "user", "userId": HANAKO}
    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{26}", event["webhookEventId"])
    assert abs(event["timestamp"] / 1000 - datetime.now(UTC).timestamp()) < 60
    assert set(event["message"]) == {"type", "id", "text", "quoteToken", "markAsReadToken"}


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ({"type": "text", "text": "あ"}, {"type": "message", "message": {"type": "text", "text": "あ"}}),
        (
            {"type": "text", "text": "\ud83d"},
            {"type": "message", "message": {"type": "text", "text": "\ufffd"}},
        ),
        (
            {"type": "sticker", "packageId": "446", "stickerId": "1990", "name": "ありがとう"},
            {
                "message": {
                    "type": "sticker",
                    "packageId": "446",
                    "stickerId": "1990",
                    "stickerResourceType": "STATIC",
                    "keywords": ["ありがとう"],
                }
            },
        ),
        (
            {"type": "location", "title": "熊本駅", "address": "西区", "latitude": 32.79, "longitude": 130},
            {
                "message": {
                    "type": "location",
                    "title": "熊本駅",
                    "address": "西区",
                    "latitude": 32.79,
                    "longitude": 130.0,
                }
            },
        ),
        (
            {"type": "media", "kind": "image"},
            {"message": {"type": "image", "contentProvider": {"type": "line"}}},
        ),
        (
            {"type": "media", "kind": "audio"},
            {"message": {"type": "audio", "duration": 3000, "contentProvider": {"type": "line"}}},
        ),
        (
            {"type": "media", "kind": "file"},
            {"message": {"type": "file", "fileName": "document.pdf", "fileSize": 12345}},
        ),
        (
            {"type": "postback", "data": "hd:menu:waste", "shown": "ごみ"},
            {"type": "postback", "postback": {"data": "hd:menu:waste"}},
        ),
        (
            {"type": "postback", "data": "hd:day", "mode": "datetime", "picked": "2026-12-01T10:00"},
            {"type": "postback", "postback": {"data": "hd:day", "params": {"datetime": "2026-12-01T10:00"}}},
        ),
        ({"type": "follow"}, {"type": "follow", "follow": {"isUnblocked": False}}),
        ({"type": "unfollow"}, {"type": "unfollow"}),
    ],
)
def test_what_a_person_does_becomes_an_event(bot, done, expected):
    act(bot, done)
    [event] = bot.wait_for(1)
    for name, value in expected.items():
        assert (value.items() <= event[name].items()) if name == "message" else event[name] == value
    assert ("replyToken" in event) is (done["type"] != "unfollow")


def test_unblocking_says_so(bot):
    for done in ("follow", "unfollow", "follow"):
        act(bot, {"type": done})
    assert [event.get("follow") for event in bot.wait_for(3)] == [
        {"isUnblocked": False},
        None,
        {"isUnblocked": True},
    ]


def test_unsending_tells_the_bot_and_clears_the_talk(bot):
    act(bot, {"type": "text", "text": "まちがい"})
    [said] = bot.wait_for(1)
    for _ in range(2):
        act(bot, {"type": "unsend", "messageId": said["message"]["id"]})
    act(bot, {"type": "text", "text": "つぎ"})
    events = bot.wait_for(3)
    assert [event["type"] for event in events] == ["message", "unsend", "message"]
    assert events[1]["unsend"] == {"messageId": said["message"]["id"]}
    assert "まちがい" not in [
        getattr(entry.what, "message", {}).get("text") for entry in bot.platform.talk(HANAKO)
    ]


def test_people_talk_apart(bot):
    act(bot, {"type": "text", "text": "花子です"})
    act(bot, {"type": "text", "text": "太郎です"}, TARO)
    assert [event["source"]["userId"] for event in bot.wait_for(2)] == [HANAKO, TARO]
    tokens = {event["replyToken"] for event in bot.events}
    assert len(tokens) == len({event["webhookEventId"] for event in bot.events}) == 2
    assert bot.platform.talk(HANAKO) != bot.platform.talk(TARO)


def entries(bot, kind, user_id=HANAKO):
    """Polls as the page does, until an entry of this kind has come."""
    for _ in range(400):
        told = urllib3.request("GET", f"{bot.address}/simulator/talks/{user_id}").json()
        if found := [entry for entry in told["entries"] if entry["kind"] == kind]:
            return found
    pytest.fail(f"nothing {kind}: {told}")


def test_a_delivered_event_is_marked_as_read(bot):
    act(bot, {"type": "text", "text": "こんにちは"})
    assert len(entries(bot, "read")) == 1


def test_an_event_that_the_bot_refuses_is_shown_to_the_developer(bot):
    bot.status = 503
    act(bot, {"type": "text", "text": "こんにちは"})
    assert [entry["reason"] for entry in entries(bot, "undelivered")] == ["HTTP 503"]


def test_a_talk_can_be_read_from_where_one_left_off(bot):
    act(bot, {"type": "text", "text": "こんにちは"})
    entries(bot, "read")
    told = urllib3.request("GET", f"{bot.address}/simulator/talks/{HANAKO}?after=1").json()
    assert told["standing"] == "stranger"
    assert told["started"] == bot.platform.started
    assert told["richMenu"]["chatBarText"] == "メニュー"
    assert all(entry["number"] > 1 for entry in told["entries"])


@pytest.mark.parametrize(
    "body",
    [
        {"type": "text", "text": "  "},
        {"type": "text", "text": "あ" * 10_001},
        {"type": "location", "latitude": 91, "longitude": 0},
        {"type": "location", "latitude": "32", "longitude": 130},
        {"type": "media", "kind": "hologram"},
        {"type": "shout"},
        {},
        [],
    ],
)
def test_what_is_no_act_is_refused_in_japanese(page, body):
    response = page.post(f"/simulator/talks/{HANAKO}/acts", json=body)
    assert response.status_code == 400
    assert "ください" in response.get_json()["message"]


def test_only_json_is_taken_so_that_no_other_site_can_post(page):
    body = '{"type": "follow"}'
    response = page.post(f"/simulator/talks/{HANAKO}/acts", data=body, content_type="text/plain")
    assert response.status_code == 415


@pytest.mark.parametrize("user_id", ["U1", "U" + "G" * 32, "C" + "1" * 32])
def test_a_user_id_is_lines(page, user_id):
    assert page.get(f"/simulator/talks/{user_id}").status_code == 404


def test_the_page_runs_nothing_but_its_own_files(page):
    response = page.get("/")
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    html = response.get_data(as_text=True)
    assert "開発用シミュレータ" in html
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", html) == []


def test_a_ulid_sorts_by_time():
    earlier, later = (datetime(2026, 11, 22, 3, 0, second, tzinfo=UTC) for second in (1, 2))
    assert ulid(earlier)[:10] < ulid(later)[:10]
    assert ulid(datetime(1970, 1, 1, tzinfo=UTC))[:10] == "0" * 10
    assert ulid(earlier) != ulid(earlier)


def test_the_sdk_reaches_the_platform_within_the_web_application(bot):
    menus = read_rich_menus(DATA / "rich_menu")
    uploading = Uploading("token", f"{bot.address}/simulator/line")
    (menu_id,) = uploading.upload({"vi": replace(menus["vi"], image=menus["en"].image)}, str).values()
    assert {call.path for call in bot.platform.calls()} >= {
        "/v2/bot/richmenu",
        f"/v2/bot/richmenu/{menu_id}/content",
    }


def test_the_page_gets_the_rich_menus_picture(bot):
    menu_id = bot.platform.rich_menus.default_id
    picture = urllib3.request("GET", f"{bot.address}/simulator/rich-menus/{menu_id}")
    assert (picture.headers["Content-Type"], picture.data[:4]) == ("image/png", b"\x89PNG")
    assert urllib3.request("GET", f"{bot.address}/simulator/rich-menus/unknown").status == 404
