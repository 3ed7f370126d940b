"""What a person does on the simulator's page, and the webhook event that LINE makes of it."""

import base64
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, assert_never

from bot.platform import Content, Platform
from bot.platform.talk import Friendship, Happening, Spoken, TakenBack, UserId

JsonObject = Mapping[str, object]
LONGEST_TEXT = 10_000

MediaKind = Literal["image", "video", "audio", "file"]


@dataclass(frozen=True, slots=True)
class Says:
    """Writes a text."""

    text: str


@dataclass(frozen=True, slots=True)
class Sticks:
    """Sends a sticker; `name` says what it shows."""

    package_id: str
    sticker_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Shares:
    """Sends a location, in WGS84 degrees."""

    title: str
    address: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Sends:
    """Sends a picture or another medium: one of the device, or a sample."""

    kind: MediaKind
    content: Content | None = None
    """None: nothing is in it, so LINE has nothing to give."""


@dataclass(frozen=True, slots=True)
class Presses:
    """Presses a button that carries data."""

    data: str
    shown: str
    """The words that appear in the talk, or none."""
    picked: str = ""
    mode: Literal["", "date", "time", "datetime"] = ""
    """What the date picker gave, and in which of its modes."""


@dataclass(frozen=True, slots=True)
class Unsends:
    """Takes a message back."""

    message_id: str


@dataclass(frozen=True, slots=True)
class Follows:
    """Adds the account, or unblocks it."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Blocks the account."""


Act = Says | Sticks | Shares | Sends | Presses | Unsends | Follows | Blocks


class UnreadableError(ValueError):
    """The page sent something that is no act; the text says what, in Japanese."""


def act_from(body: JsonObject) -> Act:
    """Read an act from the page's JSON; `UnreadableError` where it is none."""
    match body:
        case {"type": "text", "text": str(text)} if text.strip() and len(text) <= LONGEST_TEXT:
            return Says(_whole(text))
        case {"type": "sticker", "packageId": str(package), "stickerId": str(sticker), "name": str(name)}:
            return Sticks(package, sticker, _whole(name))
        case {"type": "location", "latitude": int() | float() as north, "longitude": int() | float() as east}:
            if not (abs(north) <= 90 and abs(east) <= 180):
                raise UnreadableError("緯度は-90から90、経度は-180から180の数で入力してください。")
            return Shares(_text(body, "title"), _text(body, "address"), float(north), float(east))
        case {"type": "media", "kind": "image", "data": str(data), "mimeType": str(mime_type)}:
            return Sends("image", _picture(data, mime_type))
        case {"type": "media", "kind": "image" | "video" | "audio" | "file" as kind}:
            return Sends(kind)
        case {"type": "postback", "data": str(data), "mode": "date" | "time" | "datetime" as mode}:
            return Presses(data, "", _text(body, "picked"), mode)
        case {"type": "postback", "data": str(data)}:
            return Presses(data, _text(body, "shown"))
        case {"type": "unsend", "messageId": str(message_id)}:
            return Unsends(message_id)
        case {"type": "follow"}:
            return Follows()
        case {"type": "unfollow"}:
            return Blocks()
        case _:
            raise UnreadableError("送れない内容です。ページを読み込み直してください。")


def _picture(data: str, mime_type: str) -> Content:
    try:
        return Content(base64.b64decode(data, validate=True), mime_type)
    except ValueError:
        raise UnreadableError("写真を読めませんでした。もう一度選んでください。") from None


def _text(body: JsonObject, name: str) -> str:
    value = body.get(name, "")
    return _whole(value) if isinstance(value, str) else ""


def _whole(text: str) -> str:
    """Without halves of surrogate pairs, which no UTF-8 can carry and LINE does not send."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


# The webhook ------------------------------------------------------------------------------------------------


def happen(platform: Platform, user_id: UserId, act: Act) -> bytes | None:
    """Write an act into the talk; the webhook body that tells the bot, or None where nothing came of it."""
    event = _event(platform, user_id, act)
    return None if event is None else webhook_body(platform, user_id, event)


def webhook_body(platform: Platform, user_id: UserId, event: JsonObject) -> bytes:
    """The body of LINE's request to the webhook, with what every event has in common.

    Source: https://developers.line.biz/en/reference/messaging-api/#webhook-event-objects
    """
    common = {
        "mode": "active",
        "timestamp": milliseconds(platform.now()),
        "source": {"type": "user", "userId": user_id},
        "webhookEventId": ulid(platform.now()),
        "deliveryContext": {"isRedelivery": False},
    }
    body = {"destination": platform.account.user_id, "events": [{**event, **common}]}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def signature(channel_secret: str, body: bytes) -> str:
    """The value of the header `x-line-signature`.

    Source: https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature/
    """
    return base64.b64encode(hmac.digest(channel_secret.encode(), body, hashlib.sha256)).decode()


def ulid(now: datetime) -> str:
    """A ULID: 48 bits of milliseconds and 80 random bits in Crockford's base 32 (github.com/ulid/spec)."""
    number = milliseconds(now) << 80 | secrets.randbits(80)
    return "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[number >> shift & 31] for shift in range(125, -1, -5))


def milliseconds(moment: datetime) -> int:
    """Milliseconds since 1970."""
    return int(moment.timestamp() * 1000)


def _event(platform: Platform, user_id: UserId, act: Act) -> JsonObject | None:
    match act:
        case Says() | Sticks() | Shares() | Sends():
            return _message_event(platform, user_id, act)
        case Presses():
            return _postback_event(platform, user_id, act)
        case Unsends(message_id):
            done = platform.happened(user_id, TakenBack(message_id))
            return {"type": "unsend", "unsend": {"messageId": message_id}} if done else None
        case Follows():
            again = platform.meet(user_id).standing == "blocking"
            platform.happened(user_id, Friendship("unblocked" if again else "added"))
            token = platform.issue_reply_token(user_id)
            return {"type": "follow", "replyToken": token, "follow": {"isUnblocked": again}}
        case Blocks():
            platform.happened(user_id, Friendship("blocked"))
            return {"type": "unfollow"}
        case _:
            assert_never(act)


def _message_event(platform: Platform, user_id: UserId, act: Says | Sticks | Shares | Sends) -> JsonObject:
    content = _content(act)
    message_id = platform.new_message_id()
    if isinstance(act, Sends) and act.content is not None:
        platform.upload(message_id, act.content)
    platform.happened(user_id, Spoken("person", message_id, content))
    message = {"id": message_id, **content, "markAsReadToken": platform.issue_read_token(user_id)}
    if not isinstance(act, Shares) and content["type"] not in ("audio", "file"):
        message["quoteToken"] = secrets.token_urlsafe(24)
    return {"type": "message", "message": message, "replyToken": platform.issue_reply_token(user_id)}


def _content(act: Says | Sticks | Shares | Sends) -> JsonObject:
    match act:
        case Says(text):
            return {"type": "text", "text": text}
        case Sticks(package, sticker, name):
            ids = {"packageId": package, "stickerId": sticker}
            return {"type": "sticker", **ids, "stickerResourceType": "STATIC", "keywords": [name]}
        case Shares(title, address, latitude, longitude):
            names = {"title": title, "address": address}
            known = {name: value for name, value in names.items() if value}
            return {"type": "location", **known, "latitude": latitude, "longitude": longitude}
        case Sends("file"):
            return {"type": "file", "fileName": "document.pdf", "fileSize": 12_345}
        case Sends("image"):
            return {"type": "image", "contentProvider": {"type": "line"}}
        case Sends(kind):
            return {"type": kind, "duration": 3_000, "contentProvider": {"type": "line"}}
        case _:
            assert_never(act)


def _postback_event(platform: Platform, user_id: UserId, act: Presses) -> JsonObject:
    if act.shown:
        shown: Happening = Spoken("person", "", {"type": "text", "text": act.shown})
        platform.happened(user_id, shown)
    params = {"params": {act.mode: act.picked}} if act.mode else {}
    token = platform.issue_reply_token(user_id)
    return {"type": "postback", "postback": {"data": act.data, **params}, "replyToken": token}
