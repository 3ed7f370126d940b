"""A Reply as LINE's message objects, inside LINE's limits whatever the content.

Plain JSON values rather than the SDK's models: building them costs a twentieth, the SDK (0.7 s to import) is then
needed by the sender only, and the body that is kept for a retry is the very body that is sent. The limits are those
of LINE's reference: UTF-16 code units for texts, grapheme clusters for labels.
"""

import json
from typing import Any, assert_never

import regex

from bot.lengths import grapheme_length, utf16_length
from bot.line_events import OUR_PREFIX
from handlers.turn import (
    AskLocation,
    Card,
    Cards,
    Choice,
    Fact,
    OpenUrl,
    Part,
    PickDate,
    Plain,
    Press,
    Reply,
    Say,
)

MOST_MESSAGES = 5
MOST_QUICK_REPLIES = 13
MOST_CARDS = 12
TEXT_UNITS = 5000
ALT_UNITS = 1500
BODY_UNITS = 2000
"""Of a card's body: a bubble holds 30 KB of JSON, and this much Japanese takes 6 KB of it."""
QUICK_LABEL, BUTTON_LABEL = 20, 40
BOX_LABEL = 100
"""What a button shows; what a screen reader says of it is its action's label, which LINE limits to 40."""
SHORT_LABEL = 8
"""UTF-16 units of a label that leaves room for the value beside it."""
ACTION_TEXT = 300

Json = dict[str, Any]


def messages(reply: Reply) -> list[Json]:
    """The messages of a reply: at most five, the quick replies on the last."""
    made = [_message(part) for part in reply.parts][:MOST_MESSAGES]
    items = [_quick_reply(choice) for choice in reply.choices][:MOST_QUICK_REPLIES]
    if made and items:
        made[-1]["quickReply"] = {"items": items}
    return made


def to_bytes(made: list[Json]) -> bytes:
    """As it is frozen in the outbox; ASCII, so that a lone surrogate cannot break it."""
    return json.dumps(made, ensure_ascii=True, separators=(",", ":")).encode()


def _message(part: Part) -> Json:
    match part:
        case Plain(text=text):
            return {"type": "text", "text": clip_units(text, TEXT_UNITS) or "　"}
        case Card():
            return _flex(_bubble(part), _alternative(part))
        case Cards(cards=cards, summary=summary):
            bubbles = [_bubble(card, size="kilo") for card in cards[:MOST_CARDS]]
            return _flex({"type": "carousel", "contents": bubbles}, summary)
        case other:
            assert_never(other)


def _flex(contents: Json, alternative: str) -> Json:
    """`altText` is what a notification and an old LINE show instead."""
    return {"type": "flex", "altText": clip_units(alternative, ALT_UNITS) or "　", "contents": contents}


def _alternative(card: Card) -> str:
    return "\n".join(line for line in (card.title, card.body, *(c.label for c in card.choices)) if line)


def _bubble(card: Card, size: str = "mega") -> Json:
    body: list[Json] = [_text(card.title, weight="bold", size="md", color="#111111")]
    if card.body:
        body.append(_text(card.body, size="md", color="#222222", margin="md"))
    if card.facts:
        rows = [_fact(fact) for fact in card.facts]
        body.append({"type": "separator", "margin": "lg"})
        body.append({"type": "box", "layout": "vertical", "margin": "lg", "spacing": "md", "contents": rows})
    if card.footnote:
        body.append(_text(card.footnote, size="xs", color="#595959", margin="lg"))
    bubble: Json = {
        "type": "bubble",
        "size": size,
        "body": {"type": "box", "layout": "vertical", "contents": body},
    }
    if card.choices:
        buttons = [_button(choice) for choice in card.choices]
        bubble["footer"] = {"type": "box", "layout": "vertical", "spacing": "sm", "contents": buttons}
    return bubble


def _text(text: str, **style: str) -> Json:
    return {"type": "text", "text": clip_units(text, BODY_UNITS) or "　", "wrap": True, **style}


def _fact(fact: Fact) -> Json:
    """Label and value side by side, or one above the other where the label needs the width."""
    beside = utf16_length(fact.label) <= SHORT_LABEL
    name = _text(fact.label, size="sm", color="#595959")
    value = _text(fact.value, size="sm" if beside else "lg", color="#222222")
    if fact.url:
        value |= {"color": "#0B57D0", "decoration": "underline"}
        # A screen reader speaks the label, so it says the value as well.
        label = clip_graphemes(f"{fact.label} {fact.value}", BUTTON_LABEL)
        value["action"] = {"type": "uri", "label": label, "uri": fact.url}
    if not beside:
        return {"type": "box", "layout": "vertical", "contents": [name, value]}
    contents = [name | {"flex": 2}, value | {"flex": 5}]
    return {"type": "box", "layout": "baseline", "spacing": "sm", "contents": contents}


def _button(choice: Choice) -> Json:
    """A box rather than LINE's button, which has one line and shrinks long words until nobody can read them."""
    label = _text(clip_graphemes(choice.label, BOX_LABEL), size="md", color="#1A3A8A", align="center")
    return {
        "type": "box",
        "layout": "vertical",
        "contents": [label],
        "backgroundColor": "#E8EDF7",
        "cornerRadius": "md",
        "paddingAll": "md",
        "action": _action(choice, BUTTON_LABEL),
    }


def _quick_reply(choice: Choice) -> Json:
    return {"type": "action", "action": _action(choice, QUICK_LABEL)}


def _action(choice: Choice, most: int) -> Json:
    label = clip_graphemes(choice.label, most)
    match choice.does:
        case Say(text=text):
            return {"type": "message", "label": label, "text": clip_graphemes(text, ACTION_TEXT)}
        case Press(data=data, shown=shown):
            shown = clip_graphemes(shown, ACTION_TEXT)
            return {"type": "postback", "label": label, "data": OUR_PREFIX + data, "displayText": shown}
        case OpenUrl(url=url):
            return {"type": "uri", "label": label, "uri": url}
        case PickDate(data=data, mode=mode) as picker:
            action = {"type": "datetimepicker", "label": label, "data": OUR_PREFIX + data, "mode": mode}
            bounds = {"initial": picker.initial, "min": picker.earliest, "max": picker.latest}
            return action | {name: value for name, value in bounds.items() if value}
        case AskLocation():
            return {"type": "location", "label": label}
        case other:
            assert_never(other)


def clip_units(text: str, most: int) -> str:
    """The text within so many UTF-16 code units, cut between grapheme clusters, with … where it was cut."""
    text = text.encode("utf-16-le", "replace").decode("utf-16-le")
    if utf16_length(text) <= most:
        return text
    kept, room = [], most - 1
    for cluster in regex.findall(r"\X", text):
        room -= utf16_length(cluster)
        if room < 0:
            break
        kept.append(cluster)
    return "".join(kept) + "…"


def clip_graphemes(text: str, most: int) -> str:
    """The text within so many grapheme clusters, with … where it was cut."""
    text = text.encode("utf-16-le", "replace").decode("utf-16-le")
    if grapheme_length(text) <= most:
        return text
    return "".join(regex.findall(r"\X", text)[: most - 1]) + "…"
