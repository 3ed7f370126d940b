"""LINE's webhook events, read from plain JSON and leniently.

LINE adds event types and properties without notice, and the SDK's models lose a whole batch over one unexpected
field. So each event is read on its own, and only what is needed of it.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, get_args
from zoneinfo import ZoneInfo

from handlers.turn import (
    DatePicked,
    Followed,
    Located,
    Media,
    MediaKind,
    MessageId,
    Pressed,
    Said,
    Text,
    Unfollowed,
    Unsent,
)

OUR_PREFIX = "hd:"
"""Marks the data of our own buttons, since another system's menu may stand beside them."""
_JAPAN = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True, slots=True)
class LineEvent:
    """One event of a webhook body."""

    id: str
    kind: str
    """`message/text`, `postback`, `follow`, ... as LINE names them."""
    active: bool
    """False where another module holds the chat: nothing may be sent."""
    user_id: str | None
    """None for groups, rooms and events of nobody."""
    occurred_at: datetime
    reply_token: str | None
    said: Said | None
    """None for kinds that have no effect here."""
    raw: dict[str, Any]


class NotAWebhook(ValueError):
    """The body is signed, but is no webhook body."""


def read_body(body: bytes) -> tuple[LineEvent, ...]:
    """The events of a webhook body; events that cannot be told apart from noise are left out.

    Raises NotAWebhook where the body is no JSON object with a list of events.
    """
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotAWebhook("not JSON") from error
    events = parsed.get("events") if isinstance(parsed, dict) else None
    if not isinstance(events, list):
        raise NotAWebhook("no list of events")
    return tuple(event for event in map(read_event, events) if event is not None)


def read_event(raw: object) -> LineEvent | None:
    """One event; None where it has no id to know it by."""
    if not isinstance(raw, dict):
        return None
    event_id = _text(raw, "webhookEventId")
    if not event_id or len(event_id) > 64:
        return None
    source = _object(raw, "source")
    alone = _text(source, "type") == "user"
    return LineEvent(
        id=event_id,
        kind=_kind(raw),
        active=_text(raw, "mode") == "active",
        user_id=(_text(source, "userId") or None) if alone else None,
        occurred_at=_moment(raw.get("timestamp")),
        reply_token=_text(raw, "replyToken") or None,
        said=_said(raw),
        raw=raw,
    )


def _kind(raw: dict[str, Any]) -> str:
    kind = _text(raw, "type")
    if kind == "message":
        kind = f"message/{_text(_object(raw, 'message'), 'type')}"
    return kind[:40] or "unknown"


def _said(raw: dict[str, Any]) -> Said | None:
    match _text(raw, "type"):
        case "message":
            return _message(_object(raw, "message"))
        case "postback":
            return _postback(_object(raw, "postback"))
        case "follow":
            return Followed()
        case "unfollow":
            return Unfollowed()
        case "unsend":
            return Unsent(MessageId(_text(_object(raw, "unsend"), "messageId")))
    return None


def _message(message: dict[str, Any]) -> Said | None:
    message_id = MessageId(_text(message, "id")[:64])
    kind = _text(message, "type")
    if kind == "text":
        return Text(_without_line_emoji(message), message_id)
    if kind == "location":
        return _location(message, message_id)
    for known in get_args(MediaKind):
        if kind == known:
            return Media(known, message_id)
    return None


def _location(message: dict[str, Any], message_id: MessageId) -> Located | None:
    latitude, longitude = message.get("latitude"), message.get("longitude")
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    return Located(float(latitude), float(longitude), message_id)


def _without_line_emoji(message: dict[str, Any]) -> str:
    """The text without LINE's own emoji, whose places are counted in UTF-16 units."""
    text = _text(message, "text")
    spans = [
        (emoji["index"], emoji["length"])
        for emoji in message.get("emojis") or ()
        if isinstance(emoji, dict)
        and isinstance(emoji.get("index"), int)
        and isinstance(emoji.get("length"), int)
        and emoji["index"] >= 0
        and emoji["length"] > 0
    ]
    if not spans:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    for start, length in sorted(spans, reverse=True):
        units = units[: 2 * start] + units[2 * (start + length) :]
    return units.decode("utf-16-le", "surrogatepass")


def _postback(postback: dict[str, Any]) -> Said | None:
    data = _text(postback, "data")
    if not data.startswith(OUR_PREFIX):
        return None
    data = data.removeprefix(OUR_PREFIX)
    params = _object(postback, "params")
    picked = _text(params, "datetime") or _text(params, "date") or _text(params, "time")
    if not picked:
        return Pressed(data)
    try:
        # LINE's picker knows no time zone; people here mean their own.
        return DatePicked(data, datetime.fromisoformat(picked).replace(tzinfo=_JAPAN))
    except ValueError:
        return Pressed(data)


def _moment(timestamp: object) -> datetime:
    if isinstance(timestamp, int | float) and 0 <= timestamp < 4_102_444_800_000:  # the year 2100
        return datetime.fromtimestamp(timestamp / 1000, UTC)
    return datetime.fromtimestamp(0, UTC)


def _object(value: dict[str, Any], key: str) -> dict[str, Any]:
    found = value.get(key)
    return found if isinstance(found, dict) else {}


def _text(value: dict[str, Any], key: str) -> str:
    found = value.get(key)
    return found if isinstance(found, str) else ""
