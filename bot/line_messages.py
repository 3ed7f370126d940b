"""A Reply as LINE's message objects, inside LINE's limits whatever the content.

Plain JSON values rather than the SDK's models: building them costs a twentieth, the SDK (0.7 s to import) is then
needed by the sender only, and the body that is kept for a retry is the very body that is sent. The limits are those
of LINE's reference: UTF-16 code units for texts, grapheme clusters for labels.
"""

import json
from dataclasses import replace
from typing import assert_never

from bot.lengths import clip_graphemes, clip_units, utf16_length
from bot.line_actions import Json, action, uri
from handlers.turn import Card, Cards, Choice, Fact, Part, Plain, Reply

MOST_MESSAGES = 5
MOST_QUICK_REPLIES = 13
MOST_CARDS = 12
TEXT_UNITS = 5000
ALT_UNITS = 1500
QUICK_LABEL, BUTTON_LABEL = 20, 40
BOX_UNITS = 100
"""What a button shows; what a screen reader says of it is its action's label, which LINE limits to 40."""
SHORT_LABEL = 8
"""UTF-16 units of a label that leaves room for the value beside it."""
BUBBLE_BYTES, CAROUSEL_BYTES = 30_000, 50_000
"""Of JSON. Japanese counts as it is sent, six bytes a letter, since LINE does not say how it counts."""
BODY_UNITS = (2000, 1000, 500, 250, 100)
"""Of each text of a bubble: the first length with which the bubble fits."""
_BLANK = "　"
"""In place of an empty text, which LINE refuses."""


def messages(reply: Reply) -> list[Json]:
    """The messages of a reply: at most five, the quick replies on the last."""
    made = [_message(part) for part in reply.parts][:MOST_MESSAGES]
    actions = [each for choice in reply.choices if (each := action(choice, QUICK_LABEL))]
    if made and actions:
        items = [{"type": "action", "action": each} for each in actions[:MOST_QUICK_REPLIES]]
        made[-1]["quickReply"] = {"items": items}
    return made


def to_bytes(made: list[Json]) -> bytes:
    """As it is frozen in the outbox; ASCII, so that a lone surrogate cannot break it."""
    return json.dumps(made, ensure_ascii=True, separators=(",", ":")).encode()


def _message(part: Part) -> Json:
    match part:
        case Plain(text=text) | Cards(cards=(), summary=text):
            return {"type": "text", "text": clip_units(text, TEXT_UNITS) or _BLANK}
        case Card():
            return _flex(_fitted(part, "mega", BUBBLE_BYTES), _alternative(part))
        case Cards(cards=cards, summary=summary):
            shown = cards[:MOST_CARDS]
            room = (CAROUSEL_BYTES - 100) // len(shown)
            bubbles = [_fitted(card, "kilo", min(room, BUBBLE_BYTES)) for card in shown]
            return _flex({"type": "carousel", "contents": bubbles}, summary)
        case other:
            assert_never(other)


def _flex(contents: Json, alternative: str) -> Json:
    """`altText` is what a notification and an old LINE show instead."""
    return {"type": "flex", "altText": clip_units(alternative, ALT_UNITS) or _BLANK, "contents": contents}


def _alternative(card: Card) -> str:
    return "\n".join(line for line in (card.title, card.body, *(c.label for c in card.choices)) if line)


def _fitted(card: Card, size: str, most_bytes: int) -> Json:
    """The card as a bubble of at most so many bytes: first its texts grow shorter, then lines and buttons fewer.

    `most_bytes` is 4,000 or more; three short texts, which stay in any case, take 2,500.
    """
    for units in BODY_UNITS:
        bubble = _bubble(card, size, units)
        if len(json.dumps(bubble)) <= most_bytes:
            return bubble
    facts, choices = card.facts[: len(card.facts) // 2], card.choices[: len(card.choices) // 2]
    return _fitted(replace(card, facts=facts, choices=choices), size, most_bytes)


def _bubble(card: Card, size: str, units: int) -> Json:
    body: list[Json] = [_text(card.title, units, weight="bold", size="md", color="#111111")]
    if card.body:
        body.append(_text(card.body, units, size="md", color="#222222", margin="md"))
    if card.facts:
        above = any(fact.url and utf16_length(fact.label) > SHORT_LABEL for fact in card.facts)
        rows = [_fact(fact, units, above=above) for fact in card.facts]
        body.append({"type": "separator", "margin": "lg"})
        body.append({"type": "box", "layout": "vertical", "margin": "lg", "spacing": "md", "contents": rows})
    if card.footnote:
        body.append(_text(card.footnote, units, size="xs", color="#595959", margin="lg"))
    bubble: Json = {
        "type": "bubble",
        "size": size,
        "body": {"type": "box", "layout": "vertical", "contents": body},
    }
    if buttons := [button for choice in card.choices if (button := _button(choice))]:
        bubble["footer"] = {"type": "box", "layout": "vertical", "spacing": "sm", "contents": buttons}
    return bubble


def _text(text: str, units: int, **style: str) -> Json:
    return {"type": "text", "text": clip_units(text, units) or _BLANK, "wrap": True, **style}


def _fact(fact: Fact, units: int, *, above: bool) -> Json:
    """Label and value side by side, or one above the other where the label needs the width.

    `above`: what can be pressed stands below its label, since another of the card does.
    """
    beside = utf16_length(fact.label) <= SHORT_LABEL and not (fact.url and above)
    name = _text(fact.label, units, size="sm", color="#595959")
    value = _text(fact.value, units, size="sm" if beside else "lg", color="#222222")
    if address := uri(fact.url):
        # A screen reader speaks the label, so it says the value as well.
        label = clip_graphemes(f"{fact.label} {fact.value}", BUTTON_LABEL)
        value |= {"color": "#0B57D0", "decoration": "underline"}
        value["action"] = {"type": "uri", "label": label, "uri": address}
    if not beside:
        return {"type": "box", "layout": "vertical", "contents": [name, value]}
    contents = [name | {"flex": 2}, value | {"flex": 5}]
    return {"type": "box", "layout": "baseline", "spacing": "sm", "contents": contents}


def _button(choice: Choice) -> Json | None:
    """A box rather than LINE's button, which has one line and shrinks long words until nobody can read them."""
    made = action(choice, BUTTON_LABEL)
    if made is None:
        return None
    label = _text(choice.label, BOX_UNITS, size="md", color="#1A3A8A", align="center")
    return {
        "type": "box",
        "layout": "vertical",
        "contents": [label],
        "backgroundColor": "#E8EDF7",
        "cornerRadius": "md",
        "paddingAll": "md",
        "action": made,
    }
