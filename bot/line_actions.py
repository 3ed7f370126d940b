"""A button as LINE's action object, or nothing where LINE would refuse it: it would refuse the whole message."""

import re
from typing import Any, assert_never
from urllib.parse import quote

from bot.lengths import clip_graphemes, utf16_length
from bot.line_events import OUR_PREFIX
from handlers.turn import AskLocation, Choice, OpenUrl, PickDate, Press, Say

ACTION_TEXT = 300
DATA_UNITS = 300
URI_LENGTH = 1000
_URI = re.compile(r"(?:https?://|line://|tel:)(?:[^%]|%[0-9A-Fa-f]{2})+")

Json = dict[str, Any]


def action(choice: Choice, most: int) -> Json | None:
    """The action, its label within `most` grapheme clusters; None where nothing that LINE takes is left of it."""
    label = clip_graphemes(choice.label, most)
    made = _does(choice)
    return {**made, "label": label} if made and label else None


def uri(url: str) -> str | None:
    """The address as LINE takes it, percent-encoded; None for one that it would refuse."""
    encoded = quote(url, safe="!#$%&'()*+,/:;=?@[]~", errors="replace")
    return encoded if len(encoded) <= URI_LENGTH and _URI.fullmatch(encoded) else None


def _does(choice: Choice) -> Json | None:
    match choice.does:
        case Say(text=text):
            return {"type": "message", "text": clip_graphemes(text, ACTION_TEXT)} if text else None
        case Press(data=data, shown=shown):
            made = _postback("postback", data)
            return made and (made | ({"displayText": clip_graphemes(shown, ACTION_TEXT)} if shown else {}))
        case OpenUrl(url=url):
            address = uri(url)
            return {"type": "uri", "uri": address} if address else None
        case PickDate(data=data, mode=mode) as picker:
            made = _postback("datetimepicker", data)
            bounds = {"mode": mode, "initial": picker.initial, "min": picker.earliest, "max": picker.latest}
            return made and (made | {name: value for name, value in bounds.items() if value})
        case AskLocation():
            return {"type": "location"}
        case other:
            assert_never(other)


def _postback(kind: str, data: str) -> Json | None:
    """Data that were cut would mean something else."""
    data = OUR_PREFIX + data
    return {"type": kind, "data": data} if utf16_length(data) <= DATA_UNITS else None
