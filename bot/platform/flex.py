"""What LINE accepts as a Flex message.

Source: https://developers.line.biz/en/reference/messaging-api/#flex-message
"""

import json

from bot.platform.actions import IN_FLEX, IN_FLEX_BUTTON
from bot.platform.shapes import (
    Address,
    Chars,
    Flag,
    Items,
    JsonObject,
    Kinds,
    Like,
    Problem,
    Problems,
    Rule,
    Shape,
    Whole,
    Word,
    below,
)

BUBBLE_BYTES = 30 * 1024
CAROUSEL_BYTES = 50 * 1024
CAROUSEL_BUBBLES = 12
PICTURE = Address(("https://",), 2000)

_STEPS = "none|xs|sm|md|lg|xl|xxl"
_SIZES = "xxs|xs|sm|md|lg|xl|xxl|3xl|4xl|5xl"
_PX = r"\d+(\.\d+)?px"
_PERCENT = r"\d+(\.\d+)?%"
COLOR = Like("#[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?", "#RRGGBB or #RRGGBBAA")
STEP = Like(f"{_STEPS}|{_PX}", "none, xs, sm, md, lg, xl, xxl or pixels")
PADDING = Like(f"{_STEPS}|{_PX}|{_PERCENT}", "none, xs to xxl, pixels or a percentage")
OFFSET = Like(f"{_STEPS}|-?{_PX}|-?{_PERCENT}", "none, xs to xxl, pixels or a percentage")
EXTENT = Like(f"{_PX}|{_PERCENT}", "pixels or a percentage")
FONT_SIZE = Like(f"{_SIZES}|{_PX}", "xxs to 5xl or pixels")
IMAGE_SIZE = Like(f"{_SIZES}|full|{_PX}|{_PERCENT}", "xxs to 5xl, full, pixels or a percentage")
BORDER = Like(f"none|light|normal|medium|semi-bold|bold|{_PX}", "none, light to bold, or pixels")
RATIO = Like(r"[1-9]\d{0,5}(\.\d+)?:[1-9]\d{0,5}(\.\d+)?", "width:height")
ANGLE = Like(r"\d+(\.\d+)?deg", "degrees: 90deg")
PERCENTAGE = Like(_PERCENT, "a percentage")
FLEX = Whole(0, 2**31 - 1)
ALIGN = Word(("start", "end", "center"))
GRAVITY = Word(("top", "bottom", "center"))
GRADIENT = Shape(
    {"angle": ANGLE, "startColor": COLOR, "endColor": COLOR},
    {"centerColor": COLOR, "centerPosition": PERCENTAGE},
)

_PLACED: dict[str, Rule] = {
    "margin": STEP,
    "position": Word(("relative", "absolute")),
    "offsetTop": OFFSET,
    "offsetBottom": OFFSET,
    "offsetStart": OFFSET,
    "offsetEnd": OFFSET,
}
_LETTERS: dict[str, Rule] = {
    "size": FONT_SIZE,
    "color": COLOR,
    "weight": Word(("regular", "bold")),
    "style": Word(("normal", "italic")),
    "decoration": Word(("none", "underline", "line-through")),
}
_TEXT = Chars(1_000_000)  # no limit of its own: the bubble's bytes are the limit


def _text_or_spans(path: str, text: JsonObject) -> Problems:
    if "text" not in text and not text.get("contents"):
        yield Problem(below(path, "text"), "must be non-empty text")


def _fits_layout(path: str, box: JsonObject) -> Problems:
    baseline = box["layout"] == "baseline"
    allowed = {"icon", "text", "filler"} if baseline else COMPONENTS.keys() - {"icon"}
    contents = box["contents"]
    assert isinstance(contents, list)
    for index, item in enumerate(contents):
        if item["type"] not in allowed:
            yield Problem(
                f"{path}.contents[{index}]", f"{item['type']} cannot stand in a {box['layout']} box"
            )


COMPONENTS: dict[str, Shape] = {
    "button": Shape(
        {"action": IN_FLEX_BUTTON},
        {
            **_PLACED,
            "flex": FLEX,
            "color": COLOR,
            "style": Word(("primary", "secondary", "link")),
            "gravity": GRAVITY,
            "height": Word(("sm", "md")),
            "adjustMode": Word(("shrink-to-fit",)),
            "scaling": Flag(),
        },
    ),
    "image": Shape(
        {"url": PICTURE},
        {
            **_PLACED,
            "flex": FLEX,
            "align": ALIGN,
            "gravity": GRAVITY,
            "size": IMAGE_SIZE,
            "aspectRatio": RATIO,
            "aspectMode": Word(("fit", "cover")),
            "backgroundColor": COLOR,
            "action": IN_FLEX,
            "animated": Flag(),
        },
    ),
    "icon": Shape({"url": PICTURE}, {**_PLACED, "size": FONT_SIZE, "aspectRatio": RATIO, "scaling": Flag()}),
    "text": Shape(
        {},
        {
            **_PLACED,
            **_LETTERS,
            "text": _TEXT,
            "contents": Items(Kinds({"span": Shape({"text": _TEXT}, _LETTERS)}), 0, 1000),
            "flex": FLEX,
            "align": ALIGN,
            "gravity": GRAVITY,
            "wrap": Flag(),
            "lineSpacing": Like(_PX, "pixels"),
            "maxLines": Whole(0, 2**31 - 1),
            "action": IN_FLEX,
            "adjustMode": Word(("shrink-to-fit",)),
            "scaling": Flag(),
        },
        (_text_or_spans,),
    ),
    "separator": Shape({}, {"margin": STEP, "color": COLOR}),
    "filler": Shape({}, {"flex": FLEX}),
}
BOX = Shape(
    {"layout": Word(("horizontal", "vertical", "baseline")), "contents": Items(Kinds(COMPONENTS), 0, 1000)},
    {
        **_PLACED,
        "flex": FLEX,
        "spacing": STEP,
        "backgroundColor": COLOR,
        "borderColor": COLOR,
        "borderWidth": BORDER,
        "cornerRadius": STEP,
        "width": EXTENT,
        "maxWidth": EXTENT,
        "height": EXTENT,
        "maxHeight": EXTENT,
        "paddingAll": PADDING,
        "paddingTop": PADDING,
        "paddingBottom": PADDING,
        "paddingStart": PADDING,
        "paddingEnd": PADDING,
        "action": IN_FLEX,
        "justifyContent": Word(
            ("center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly")
        ),
        "alignItems": Word(("center", "flex-start", "flex-end")),
        "background": Kinds({"linearGradient": GRADIENT}),
    },
    (_fits_layout,),
)
COMPONENTS["box"] = BOX  # boxes hold boxes

_BOX_ONLY = Kinds({"box": BOX})
_HERO = {"box": BOX, "image": COMPONENTS["image"]}
VIDEO = Shape(
    {"url": PICTURE, "previewUrl": PICTURE, "altContent": Kinds(_HERO)},
    {"aspectRatio": RATIO, "action": IN_FLEX},
)
_BLOCK = Shape({}, {"backgroundColor": COLOR, "separator": Flag(), "separatorColor": COLOR})


def _bubble_bytes(path: str, bubble: JsonObject) -> Problems:
    if json_bytes(bubble) > BUBBLE_BYTES:
        yield Problem(path, f"A bubble may have at most {BUBBLE_BYTES} bytes")


def _carousel(path: str, carousel: JsonObject) -> Problems:
    if json_bytes(carousel) > CAROUSEL_BYTES:
        yield Problem(path, f"A carousel may have at most {CAROUSEL_BYTES} bytes")
    bubbles = carousel["contents"]
    assert isinstance(bubbles, list)
    if len({bubble.get("size", "mega") for bubble in bubbles}) > 1:
        yield Problem(below(path, "contents"), "Bubbles of a carousel must have one size")
    if any(bubble.get("hero", {}).get("type") == "video" for bubble in bubbles):
        yield Problem(below(path, "contents"), "A video cannot stand in a carousel")


def json_bytes(value: JsonObject) -> int:
    """The size of a value as JSON in UTF-8, with the spaces of an ordinary writer."""
    return len(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"))


BUBBLE = Shape(
    {},
    {
        "size": Word(("nano", "micro", "deca", "hecto", "kilo", "mega", "giga")),
        "direction": Word(("ltr", "rtl")),
        "header": _BOX_ONLY,
        "hero": Kinds({**_HERO, "video": VIDEO}),
        "body": _BOX_ONLY,
        "footer": _BOX_ONLY,
        "styles": Shape({}, dict.fromkeys(("header", "hero", "body", "footer"), _BLOCK)),
        "action": IN_FLEX,
    },
    (_bubble_bytes,),
)
CONTAINER = Kinds(
    {
        "bubble": BUBBLE,
        "carousel": Shape(
            {"contents": Items(Kinds({"bubble": BUBBLE}), 1, CAROUSEL_BUBBLES)}, checks=(_carousel,)
        ),
    }
)
