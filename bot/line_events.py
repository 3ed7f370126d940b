"""LINE's webhook events, read from plain JSON and leniently.

LINE adds event types and properties without notice, and the SDK's models lose a whole batch over one unexpected
field. So each event is read on its own, and only what is needed of it.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, get_args

from bot.lenient import called, inner, shallow, text, whole
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
from nlp.japan import JAPAN

OUR_PREFIX = "hd:"
"""Marks the data of our own buttons, since another system's menu may stand beside them."""


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
    body: bytes
    """The event as JSON, as it is kept; ASCII, so that nothing in it can fail to be written."""


class NotAWebhook(ValueError):
    """The body is signed, but is no webhook body."""


def read_body(body: bytes) -> tuple[LineEvent, ...]:
    """The events of a webhook body; events that cannot be told apart from noise are left out.

    Raises NotAWebhook where the body is no JSON object with a list of events.
    """
    try:
        parsed = json.loads(body, parse_int=whole)
        events = parsed.get("events") if isinstance(parsed, dict) else None
        if not isinstance(events, list):
            raise NotAWebhook("no list of events")
        return tuple(event for event in map(read_event, events) if event is not None)
    except RecursionError as error:
        raise NotAWebhook("nested too deeply") from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise NotAWebhook("not JSON") from error


def read_event(raw: object) -> LineEvent | None:
    """One event; None where it has no id to know it by."""
    if not isinstance(raw, dict):
        return None
    event_id = called(raw, "webhookEventId")
    if not event_id:
        return None
    source = inner(raw, "source")
    alone = text(source, "type") == "user"
    return LineEvent(
        id=event_id,
        kind=_kind(raw),
        active=text(raw, "mode") == "active",
        user_id=(called(source, "userId") or None) if alone else None,
        occurred_at=_moment(raw.get("timestamp")),
        reply_token=called(raw, "replyToken", 1000) or None,
        said=_said(raw),
        body=json.dumps(shallow(raw), ensure_ascii=True, separators=(",", ":")).encode(),
    )


def _kind(raw: dict[str, Any]) -> str:
    kind = called(raw, "type", 40)
    if kind == "message":
        return f"message/{called(inner(raw, 'message'), 'type', 32)}"
    return kind or "unknown"


def _said(raw: dict[str, Any]) -> Said | None:
    match text(raw, "type"):
        case "message":
            return _message(inner(raw, "message"))
        case "postback":
            return _postback(inner(raw, "postback"))
        case "follow":
            return Followed()
        case "unfollow":
            return Unfollowed()
        case "unsend":
            return Unsent(MessageId(called(inner(raw, "unsend"), "messageId")))
    return None


def _message(message: dict[str, Any]) -> Said | None:
    message_id = MessageId(called(message, "id"))
    kind = text(message, "type")
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
    """The text without LINE's own emoji, whose places are counted in UTF-16 units, and without broken letters."""
    units = text(message, "text").encode("utf-16-le", "surrogatepass")
    emojis = message.get("emojis")
    places = [_place(emoji) for emoji in emojis] if isinstance(emojis, list) else []
    kept, end = bytearray(), 0
    for start, length in sorted(filter(None, places)):
        kept += units[2 * end : 2 * start]
        end = max(end, start + length)
    kept += units[2 * end :]
    return kept.decode("utf-16-le", "replace")


def _place(emoji: object) -> tuple[int, int] | None:
    if not isinstance(emoji, dict):
        return None
    start, length = emoji.get("index"), emoji.get("length")
    if not isinstance(start, int) or not isinstance(length, int) or start < 0 or length < 1:
        return None
    return start, length


def _postback(postback: dict[str, Any]) -> Said | None:
    data = text(postback, "data")
    if not data.startswith(OUR_PREFIX):
        return None
    data = data.removeprefix(OUR_PREFIX)
    params = inner(postback, "params")
    picked = text(params, "datetime") or text(params, "date") or text(params, "time")
    if not picked:
        return Pressed(data)
    try:
        # LINE's picker knows no time zone; people here mean their own.
        return DatePicked(data, datetime.fromisoformat(picked).replace(tzinfo=JAPAN))
    except ValueError:
        return Pressed(data)


def _moment(timestamp: object) -> datetime:
    if isinstance(timestamp, int | float) and 0 <= timestamp < 4_102_444_800_000:  # the year 2100
        return datetime.fromtimestamp(timestamp / 1000, UTC)
    return datetime.fromtimestamp(0, UTC)
