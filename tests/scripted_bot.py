"""A bot of a few fixed answers behind a real web server, to drive the simulator without the product's bot."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import flask
import urllib3
from werkzeug.serving import WSGIRequestHandler, make_server

from bot.platform import Platform
from bot.platform.server import create_platform
from bot.rich_menu import read_rich_menus, show_on
from bot.simulator import create_simulator, read_suggestions

DATA = Path(__file__).parent.parent / "data"
SECRET = "channel secret of the simulator"

CARD = {
    "type": "flex",
    "altText": "転入届は14日以内です。",
    "contents": {
        "type": "bubble",
        "body": {
            "type": "box",
            "layout": "vertical",
            "spacing": "md",
            "contents": [
                {
                    "type": "text",
                    "text": "転入届(引っ越してきたとき)",
                    "weight": "bold",
                    "size": "lg",
                    "wrap": True,
                },
                {
                    "type": "text",
                    "wrap": True,
                    "text": "新しい住所に住み始めた日から14日以内に、区役所へ届け出てください。",
                },
                {"type": "separator", "margin": "lg"},
                {
                    "type": "box",
                    "layout": "baseline",
                    "margin": "lg",
                    "contents": [
                        {"type": "text", "text": "担当", "color": "#5b6470", "size": "sm", "flex": 2},
                        {"type": "text", "text": "区民課", "wrap": True, "size": "sm", "flex": 7},
                    ],
                },
                {
                    "type": "box",
                    "layout": "baseline",
                    "contents": [
                        {"type": "text", "text": "電話", "color": "#5b6470", "size": "sm", "flex": 2},
                        {
                            "type": "text",
                            "text": "096-000-0000",
                            "size": "sm",
                            "flex": 7,
                            "color": "#1f4e9c",
                            "decoration": "underline",
                            "action": {"type": "uri", "label": "電話する", "uri": "tel:096-000-0000"},
                        },
                    ],
                },
                {
                    "type": "text",
                    "text": "出典: 例示のデータ(2026年4月1日確認)",
                    "size": "xs",
                    "color": "#767676",
                    "wrap": True,
                    "margin": "lg",
                },
            ],
        },
        "footer": {
            "type": "box",
            "layout": "vertical",
            "spacing": "sm",
            "contents": [
                {
                    "type": "button",
                    "style": "primary",
                    "height": "sm",
                    "color": "#067a38",
                    "action": {
                        "type": "postback",
                        "label": "持ち物を見る",
                        "data": "hd:bring",
                        "displayText": "持ち物を見る",
                    },
                },
                {
                    "type": "button",
                    "style": "link",
                    "height": "sm",
                    "action": {"type": "uri", "label": "市のページを開く", "uri": "https://example.jp/"},
                },
            ],
        },
    },
    "quickReply": {
        "items": [
            {"type": "action", "action": {"type": "message", "label": "役に立った", "text": "役に立った"}},
            {
                "type": "action",
                "action": {"type": "message", "label": "ちがう質問をする", "text": "ちがう質問"},
            },
            {"type": "action", "action": {"type": "location", "label": "近くの窓口"}},
            {
                "type": "action",
                "action": {
                    "type": "datetimepicker",
                    "label": "日を選ぶ",
                    "data": "hd:day",
                    "mode": "date",
                    "min": "2026-04-01",
                    "max": "2027-03-31",
                    "initial": "2026-12-01",
                },
            },
        ]
    },
}


def text(words: str) -> dict[str, object]:
    return {"type": "text", "text": words}


def answers(event: dict) -> list[dict]:
    """What this bot says to an event."""
    match event:
        case {"type": "message", "message": {"type": "text", "text": words}} if "引っ越し" in words:
            return [CARD]
        case {"type": "message", "message": {"type": "text", "text": words}}:
            return [
                text(
                    f"「{words}」ですね。\nくわしくは https://example.jp/help へ。電話は 096-000-0000 です。"
                )
            ]
        case {"type": "message", "message": {"type": "location", "latitude": north}}:
            return [text(f"緯度{north}の近くをお調べします。")]
        case {"type": "message", "message": {"type": kind}}:
            return [text(f"{kind}を受け取りました。")]
        case {"type": "postback", "postback": {"data": "hd:day", "params": {"date": day}}}:
            return [text(f"{day}ですね。")]
        case {"type": "postback", "postback": {"data": data}}:
            return [text(f"押されたボタン: {data}")]
        case {"type": "follow"}:
            return [text("友だち追加ありがとうございます。")]
        case _:
            return []


@dataclass
class ScriptedBot:
    """The bot, what it was told, and how it can be made to misbehave."""

    port: int = 0
    events: list[dict] = field(default_factory=list)
    bodies: list[tuple[bytes, str]] = field(default_factory=list)
    status: int = 200
    answering: list[threading.Thread] = field(default_factory=list)
    arrived: threading.Condition = field(default_factory=threading.Condition)
    platform: Platform = field(
        default_factory=lambda: Platform(lambda: datetime.now(UTC), name="熊本市の窓口")
    )

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def wait_for(self, count: int) -> list[dict]:
        """The first `count` events, once they have come."""
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.events) >= count, timeout=10), self.events
            return self.events[:count]

    def callback(self) -> tuple[str, int]:
        body = flask.request.get_data()
        given = flask.request.headers["x-line-signature"]
        expected = base64.b64encode(hmac.new(SECRET.encode(), body, hashlib.sha256).digest()).decode()
        if not hmac.compare_digest(given, expected):
            return "", 400
        if self.status == 200:
            for event in json.loads(body)["events"]:
                self.answering.append(threading.Thread(target=self._answer, args=[event], daemon=True))
                self.answering[-1].start()
        with self.arrived:
            self.bodies.append((body, given))
            self.events.extend(json.loads(body)["events"])
            self.arrived.notify_all()
        return "", self.status

    def _answer(self, event: dict) -> None:
        messages = answers(event)
        if messages:
            response = urllib3.request(
                "POST",
                f"{self.address}/simulator/line/v2/bot/message/reply",
                json={"replyToken": event["replyToken"], "messages": messages},
                headers={"Authorization": "Bearer any"},
            )
            assert response.status == 200, response.data


class Quiet(WSGIRequestHandler):
    """The page asks several times a second: a line for each would hide what a failing test says."""

    def log_request(self, *_):
        pass


@contextmanager
def scripted_bot() -> Iterator[ScriptedBot]:
    """The simulator and this bot on a free port."""
    bot = ScriptedBot()
    show_on(bot.platform, read_rich_menus(DATA / "rich_menu"))
    app = flask.Flask("scripted_bot")
    app.register_blueprint(create_platform(bot.platform))
    suggestions = read_suggestions(DATA / "simulator.toml")
    app.register_blueprint(
        create_simulator(bot.platform, SECRET, lambda: f"{bot.address}/callback", suggestions)
    )
    app.post("/callback")(bot.callback)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    bot.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield bot
    finally:
        for answering in bot.answering:
            answering.join(5)
        server.shutdown()
        server.server_close()
        thread.join(5)
