"""What LINE sends, as LINE writes and signs it, and a service to send it to."""

import base64
import hashlib
import hmac
import itertools
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import flask
from werkzeug.test import TestResponse

from bot import turns
from bot.app import create_app
from bot.city import LiveCity
from bot.embeddings import Embeddings
from bot.line import LineClient
from bot.platform import Platform
from bot.platform.server import Server, serve
from bot.platform.talk import UserId
from bot.relaying import RelayRules
from bot.worker import Worker
from store import inbox
from store.db import Database
from store.tables import outbox as outbox_table
from tests.conftest import NOON
from tests.site import site_of

SECRET = "the channel secret"
HANAKO, TARO, SABURO = (UserId("U" + number * 32) for number in "123")
_numbers = itertools.count(1)
_UNTRIED = {"leased_until": None, "leased_by": None, "replied_at": None, "pushed_at": None}
"""An answer as if nobody had taken it for sending."""


@dataclass
class Clock:
    """Time that passes when it is told to."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **units: float) -> None:
        self.now += timedelta(**units)


class RealClock(Clock):
    """Time that passes by itself, from the moment that it is."""

    def __call__(self) -> datetime:
        return datetime.now(UTC)


# Events ---------------------------------------------------------------------------------------------


def event(kind: str, user: str = HANAKO, at: datetime = NOON, **properties: object) -> dict[str, object]:
    """An event of a one-to-one talk, with the properties that every event has."""
    number = next(_numbers)
    common = {
        "type": kind,
        "mode": "active",
        "timestamp": int(at.timestamp() * 1000),
        "source": {"type": "user", "userId": user},
        "webhookEventId": f"01J{number:023}",
        "deliveryContext": {"isRedelivery": False},
        "replyToken": f"{number:032x}",
    }
    return {**common, **properties}


def message_event(message: Mapping[str, object], **properties: object) -> dict[str, object]:
    return event("message", **{"message": {"id": f"{next(_numbers):018}", **message}, **properties})


def text_event(
    text: str, emojis: object = None, message_id: str = "", **properties: object
) -> dict[str, object]:
    extra: dict[str, object] = {} if emojis is None else {"emojis": emojis}
    if message_id:
        extra["id"] = message_id
    message = {"type": "text", "text": text, "quoteToken": "q", "markAsReadToken": "m", **extra}
    return message_event(message, **properties)


def postback_event(data: str, params: object = None, **properties: object) -> dict[str, object]:
    postback = {"data": data} if params is None else {"data": data, "params": params}
    return event("postback", postback=postback, **properties)


def body_of(*events: object) -> bytes:
    """A webhook body; Japanese as LINE sends it, in UTF-8."""
    body = {"destination": "U" + "b" * 32, "events": list(events)}
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")


def signature(body: bytes, secret: str = SECRET) -> str:
    return base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256)).decode()


def signed(body: bytes, secret: str = SECRET) -> dict[str, str]:
    """The headers with which LINE sends a body."""
    return {"Content-Type": "application/json; charset=utf-8", "X-Line-Signature": signature(body, secret)}


# The service ----------------------------------------------------------------------------------------


@dataclass
class Service:
    """The webhook, the worker and LINE, each doing its next step when it is told to."""

    database: Database
    city: LiveCity
    clock: Clock
    app: flask.Flask
    worker: Worker
    platform: Platform
    server: Server

    def post(self, body: bytes, **headers: str) -> TestResponse:
        """A signed POST to the webhook."""
        return self.app.test_client().post("/callback", data=body, headers={**signed(body), **headers})

    def hears(self, *events: dict[str, object]) -> None:
        """LINE delivers events, with reply tokens that work."""
        for each in events:
            if "replyToken" in each:
                self.platform.issue_reply_token(HANAKO, str(each["replyToken"]))
        assert self.post(body_of(*events)).status_code == 200

    def answers(self) -> None:
        """Takes the next turn, and leaves what it says in the outbox."""
        with self.database.write() as tx:
            taken = inbox.claim(tx, self.clock())
            assert taken is not None
            turns.answer_next(tx, self.city, taken[1], self.clock(), "killed at once")
            tx.connection.execute(outbox_table.update().values(_UNTRIED))

    def works(self) -> None:
        """Everything that can be done at this moment is done."""
        for step in (self.worker.answer_next, self.worker.send_next):
            _exhaust(step)

    def said(self) -> tuple[str, ...]:
        """What Hanako has read: texts, and what stands for cards."""
        return tuple(str(m.get("text") or m.get("altText")) for m in self.platform.sent_to(HANAKO))


def _exhaust(step: Callable[[], bool]) -> None:
    for _ in range(100):
        if not step():
            return
    raise AssertionError("no end of work")


@contextmanager
def running(
    database: Database,
    city: LiveCity,
    relays: RelayRules | None = None,
    embeddings: Embeddings | None = None,
    clock: Clock | None = None,
) -> Iterator[Service]:
    """A service over this database, without threads; `clock` where time is to pass by itself."""
    relays = relays or RelayRules()
    clock = clock or Clock()
    platform = Platform(clock)
    platform.meet(HANAKO)
    with serve(platform) as server:
        line = LineClient("token", server.address)
        worker = Worker(database, city, lambda: line, clock, relays.url, embeddings)
        app = create_app(site_of(database, city, clock), SECRET, worker.wake, relays)
        yield Service(database, city, clock, app, worker, platform, server)
        line.close()
