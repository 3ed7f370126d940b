"""LINE's webhook events, read from plain JSON and leniently.

LINE adds event types and properties without notice, and the SDK's models lose a whole batch over one unexpected
field. So each event is read on its own, and only what is needed of it.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, get_args

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
        parsed = json.loads(body, parse_int=_whole)
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
    event_id = _name(raw, "webhookEventId")
    if not event_id:
        return None
    source = _object(raw, "source")
    alone = _text(source, "type") == "user"
    return LineEvent(
        id=event_id,
        kind=_kind(raw),
        active=_text(raw, "mode") == "active",
        user_id=(_name(source, "userId") or None) if alone else None,
        occurred_at=_moment(raw.get("timestamp")),
        reply_token=_name(raw, "replyToken", 1000) or None,
        said=_said(raw),
        body=json.dumps(raw, ensure_ascii=True, separators=(",", ":")).encode(),
    )


def _kind(raw: dict[str, Any]) -> str:
    kind = _name(raw, "type", 40)
    if kind == "message":
        return f"message/{_name(_object(raw, 'message'), 'type', 32)}"
    return kind or "unknown"


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
            return Unsent(MessageId(_name(_object(raw, "unsend"), "messageId")))
    return None


def _message(message: dict[str, Any]) -> Said | None:
    message_id = MessageId(_name(message, "id"))
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
    """The text without LINE's own emoji, whose places are counted in UTF-16 units, and without broken letters."""
    units = _text(message, "text").encode("utf-16-le", "surrogatepass")
    emojis = message.get("emojis")
    places = [_place(emoji) for emoji in emojis] if isinstance(emojis, list) else []
    for start, length in sorted(filter(None, places), reverse=True):
        units = units[: 2 * start] + units[2 * (start + length) :]
    return units.decode("utf-16-le", "replace")


def _place(emoji: object) -> tuple[int, int] | None:
    if not isinstance(emoji, dict):
        return None
    start, length = emoji.get("index"), emoji.get("length")
    if not isinstance(start, int) or not isinstance(length, int) or start < 0 or length < 1:
        return None
    return start, length


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
        return DatePicked(data, datetime.fromisoformat(picked).replace(tzinfo=JAPAN))
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


def _name(value: dict[str, Any], key: str, most: int = 64) -> str:
    """A string that names something; empty where it is not plain ASCII, which LINE's names all are.

    It goes into columns and logs, where a lone surrogate, a NUL or a line feed would fail or deceive.
    """
    found = _text(value, key)
    return found if len(found) <= most and found.isascii() and found.isprintable() else ""


def _whole(digits: str) -> int | float:
    """A JSON number without fraction. Python refuses thousands of digits, and would lose the whole body."""
    return int(digits) if len(digits) < 20 else float(digits)
