"""What LINE accepts in the bodies of its Messaging API, as tables.

Stricter than LINE in one thing: a property that LINE does not document is refused, so that a misspelt one is
found. Imagemap, coupon and narrowcast are not known here and are refused.
Source: https://developers.line.biz/en/reference/messaging-api/ (2026-08)
"""

import re

from bot.lengths import grapheme_length
from bot.platform.actions import ALIAS, IN_IMAGE_CAROUSEL, IN_QUICK_REPLY, IN_RICH_MENU, IN_TEMPLATE
from bot.platform.flex import COLOR, CONTAINER, PICTURE
from bot.platform.shapes import (
    Chars,
    Check,
    Degrees,
    Flag,
    Items,
    JsonObject,
    Kinds,
    Like,
    Named,
    Problem,
    Problems,
    Rule,
    Shape,
    Whole,
    Word,
    below,
)

USER_ID = Like("U[0-9a-f]{32}", "a user ID")
NAME = Chars(100)
ALT_TEXT = Chars(1500)
QUOTE = Chars(1000)

# Messages ---------------------------------------------------------------------------------------------------

QUICK_REPLY = Shape(
    {
        "items": Items(
            Shape({"type": Word(("action",)), "action": IN_QUICK_REPLY}, {"imageUrl": PICTURE}), 1, 13
        )
    }
)
SENDER = Shape({}, {"name": Chars(20), "iconUrl": PICTURE})
EVERY_MESSAGE: dict[str, Rule] = {"quickReply": QUICK_REPLY, "sender": SENDER}

EMOJI: dict[str, Rule] = {"productId": Chars(100), "emojiId": Chars(100)}
SUBSTITUTES = Kinds(
    {
        "emoji": Shape(EMOJI),
        "mention": Shape({"mentionee": Kinds({"user": Shape({"userId": USER_ID}), "all": Shape({})})}),
    }
)


def _emoji_stand_on_dollars(path: str, message: JsonObject) -> Problems:
    units = str(message["text"]).encode("utf-16-le", "surrogatepass")
    emojis = message.get("emojis", [])
    assert isinstance(emojis, list)
    for place, emoji in enumerate(emojis):
        start = 2 * emoji["index"]
        if units[start : start + 2] != b"$\0":
            yield Problem(f"{path}.emojis[{place}].index", "No $ at this index")


def _braces(path: str, message: JsonObject) -> Problems:
    text = re.sub(r"\{\{|\}\}", "", str(message["text"]))
    substitution = message.get("substitution", {})
    assert isinstance(substitution, dict)
    for name in re.findall(r"\{([0-9A-Za-z_]{1,20})\}", text):
        if name not in substitution:
            yield Problem(below(path, "substitution"), f"{name} is missing")
    if re.search(r"[{}]", re.sub(r"\{[0-9A-Za-z_]{1,20}\}", "", text)):
        yield Problem(below(path, "text"), "A brace must be doubled or enclose a key")
    kinds = [content["type"] for content in substitution.values()]
    if any(kinds.count(kind) > 20 for kind in ("mention", "emoji")):
        yield Problem(below(path, "substitution"), "At most 20 emoji and 20 mentions")


# Templates --------------------------------------------------------------------------------------------------


def _label(most: int) -> Chars:
    return Chars(most, count=grapheme_length)


def _shorter_below_title(most: int) -> Check:
    def check(path: str, part: JsonObject) -> Problems:
        if "title" in part or "thumbnailImageUrl" in part:
            yield from _label(most).problems(below(path, "text"), part["text"])

    return check


def _uniform(path: str, carousel: JsonObject) -> Problems:
    columns = carousel["columns"]
    assert isinstance(columns, list)
    if len({(len(c["actions"]), "title" in c, "thumbnailImageUrl" in c) for c in columns}) > 1:
        yield Problem(below(path, "columns"), "Columns must be alike: title, image, number of actions")


_LOOKS: dict[str, Rule] = {
    "imageAspectRatio": Word(("rectangle", "square")),
    "imageSize": Word(("cover", "contain")),
}
_HEAD: dict[str, Rule] = {
    "thumbnailImageUrl": PICTURE,
    "imageBackgroundColor": COLOR,
    "title": _label(40),
    "defaultAction": IN_TEMPLATE,
}
COLUMN = Shape({"text": _label(120), "actions": Items(IN_TEMPLATE, 1, 3)}, _HEAD, (_shorter_below_title(60),))
TEMPLATES = Kinds(
    {
        "buttons": Shape(
            {"text": _label(160), "actions": Items(IN_TEMPLATE, 1, 4)},
            {**_HEAD, **_LOOKS},
            (_shorter_below_title(60),),
        ),
        "confirm": Shape({"text": _label(240), "actions": Items(IN_TEMPLATE, 2, 2)}),
        "carousel": Shape({"columns": Items(COLUMN, 1, 10)}, _LOOKS, (_uniform,)),
        "image_carousel": Shape(
            {"columns": Items(Shape({"imageUrl": PICTURE, "action": IN_IMAGE_CAROUSEL}), 1, 10)}
        ),
    }
)

_EACH_MESSAGE: dict[str, Shape] = {
    "text": Shape(
        {"text": Chars(5000)},
        {"emojis": Items(Shape({"index": Whole(0, 5000), **EMOJI}), 1, 20), "quoteToken": QUOTE},
        (_emoji_stand_on_dollars,),
    ),
    "textV2": Shape(
        {"text": Chars(5000)},
        {"substitution": Named("[0-9A-Za-z_]{1,20}", 100, SUBSTITUTES), "quoteToken": QUOTE},
        (_braces,),
    ),
    "sticker": Shape(
        {"packageId": Like(r"\d+", "a number"), "stickerId": Like(r"\d+", "a number")}, {"quoteToken": QUOTE}
    ),
    "image": Shape({"originalContentUrl": PICTURE, "previewImageUrl": PICTURE}),
    "video": Shape(
        {"originalContentUrl": PICTURE, "previewImageUrl": PICTURE},
        {"trackingId": Like(r"[0-9A-Za-z\-.=,+*()%$&;:@{}!?<>\[\]]{1,100}", "a tracking ID")},
    ),
    "audio": Shape({"originalContentUrl": PICTURE, "duration": Whole(1, 2**53)}),
    "location": Shape({"title": NAME, "address": NAME, "latitude": Degrees(90), "longitude": Degrees(180)}),
    "template": Shape({"altText": ALT_TEXT, "template": TEMPLATES}),
    "flex": Shape({"altText": ALT_TEXT, "contents": CONTAINER}),
}
MESSAGE = Kinds(
    {
        kind: Shape(shape.required, {**shape.optional, **EVERY_MESSAGE}, shape.checks)
        for kind, shape in _EACH_MESSAGE.items()
    }
)

# Requests ---------------------------------------------------------------------------------------------------

MESSAGES: dict[str, Rule] = {"messages": Items(MESSAGE, 1, 5)}
QUIETLY: dict[str, Rule] = {"notificationDisabled": Flag()}
COUNTED: dict[str, Rule] = {
    **QUIETLY,
    "customAggregationUnits": Items(Like("[0-9A-Za-z_]{1,30}", "a unit name"), 1, 1),
}


def _by_fives(path: str, request: JsonObject) -> Problems:
    seconds = request.get("loadingSeconds", 20)
    assert isinstance(seconds, int)
    if seconds % 5:
        yield Problem(below(path, "loadingSeconds"), "Must be a multiple of 5")


REPLY = Shape({"replyToken": Chars(1000), **MESSAGES}, QUIETLY)
PUSH = Shape({"to": USER_ID, **MESSAGES}, COUNTED)
MULTICAST = Shape({"to": Items(USER_ID, 1, 500), **MESSAGES}, COUNTED)
VALIDATE = Shape(MESSAGES)
LOADING = Shape({"chatId": USER_ID}, {"loadingSeconds": Whole(5, 60)}, (_by_fives,))
MARK_AS_READ = Shape({"markAsReadToken": Chars(1000)})

# Rich menus -------------------------------------------------------------------------------------------------

RICH_MENU_IMAGE_BYTES = 1024 * 1024
PIXEL = Whole(0, 2500)


def rich_menu_size_fits(width: int, height: int) -> bool:
    """Whether LINE takes a rich menu, or its image, of this size in pixels."""
    return 800 <= width <= 2500 and height >= 250 and width / height >= 1.45


def _size(path: str, size: JsonObject) -> Problems:
    width, height = size["width"], size["height"]
    assert isinstance(width, int)
    assert isinstance(height, int)
    if not rich_menu_size_fits(width, height):
        yield Problem(path, "Width 800 to 2500, height at least 250, width / height at least 1.45")


def _areas_inside(path: str, menu: JsonObject) -> Problems:
    size, areas = menu["size"], menu["areas"]
    assert isinstance(size, dict)
    assert isinstance(areas, list)
    for index, area in enumerate(areas):
        bounds = area["bounds"]
        if bounds["x"] + bounds["width"] > size["width"] or bounds["y"] + bounds["height"] > size["height"]:
            yield Problem(f"{path}areas[{index}].bounds", "Outside the rich menu")


BOUNDS = Shape(dict.fromkeys(("x", "y", "width", "height"), PIXEL))
RICH_MENU = Shape(
    {
        "size": Shape({"width": PIXEL, "height": PIXEL}, checks=(_size,)),
        "selected": Flag(),
        "name": Chars(300, count=grapheme_length),
        "chatBarText": Chars(14, count=grapheme_length),
        "areas": Items(Shape({"bounds": BOUNDS, "action": IN_RICH_MENU}), 0, 20),
    },
    checks=(_areas_inside,),
)
RICH_MENU_LINK = Shape({"richMenuId": Chars(100), "userIds": Items(USER_ID, 1, 500)})
RICH_MENU_UNLINK = Shape({"userIds": Items(USER_ID, 1, 500)})
RICH_MENU_BATCH = Shape(
    {
        "operations": Items(
            Kinds(
                {
                    "link": Shape({"from": Chars(100), "to": Chars(100)}),
                    "unlink": Shape({"from": Chars(100)}),
                    "unlinkAll": Shape({}),
                }
            ),
            1,
            1000,
        )
    },
    {"resumeRequestKey": Chars(100)},
)
RICH_MENU_ALIAS = Shape({"richMenuAliasId": ALIAS, "richMenuId": Chars(100)})
RICH_MENU_ALIAS_CHANGE = Shape({"richMenuId": Chars(100)})
