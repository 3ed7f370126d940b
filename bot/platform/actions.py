"""What LINE accepts as an action, by the place where the button stands.

Source: https://developers.line.biz/en/reference/messaging-api/#action-objects
"""

from bot.lengths import grapheme_length
from bot.platform.shapes import (
    Address,
    Chars,
    JsonObject,
    Kinds,
    Like,
    Problem,
    Problems,
    Rule,
    Shape,
    Word,
    below,
)

LINKS = ("http://", "https://", "line://", "tel:")

DATA = Chars(300)
SHOWN = Chars(300, count=grapheme_length)
MOMENTS = {
    "date": r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])",
    "time": r"([01]\d|2[0-3]):[0-5]\d",
    "datetime": r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d",
}


def _postback(path: str, action: JsonObject) -> Problems:
    if "displayText" in action and "text" in action:
        yield Problem(below(path, "text"), "displayText and text cannot both be set")
    if "fillInText" in action and action.get("inputOption") != "openKeyboard":
        yield Problem(below(path, "fillInText"), "Only with inputOption openKeyboard")


def _picker(path: str, action: JsonObject) -> Problems:
    moment = Like(MOMENTS[str(action["mode"])], f"a {action['mode']}")
    found = [
        problem
        for name in ("initial", "min", "max")
        if name in action
        for problem in moment.problems(below(path, name), action[name])
    ]
    yield from found
    if found:
        return
    first, initial, last = (str(action.get(name, "")).upper() for name in ("min", "initial", "max"))
    if first and last and first >= last:
        yield Problem(below(path, "max"), "Must be later than min")
    if initial and ((first and initial < first) or (last and initial > last)):
        yield Problem(below(path, "initial"), "Must be between min and max")


def _actions(label: Rule, *, labelled: bool, only_here: dict[str, Shape] | None = None) -> Kinds:
    """The actions that may stand anywhere, with the label of this place, and those of this place alone."""
    shapes = {
        "postback": Shape(
            {"data": DATA},
            {
                "displayText": SHOWN,
                "text": SHOWN,
                "inputOption": Word(("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice")),
                "fillInText": SHOWN,
            },
            (_postback,),
        ),
        "message": Shape({"text": SHOWN}),
        "uri": Shape({"uri": Address(LINKS, 1000)}, {"altUri": Shape({"desktop": Address(LINKS, 1000)})}),
        "datetimepicker": Shape(
            {"data": DATA, "mode": Word(tuple(MOMENTS))},
            {"initial": Chars(16), "min": Chars(16), "max": Chars(16)},
            (_picker,),
        ),
        "clipboard": Shape({"clipboardText": Chars(1000)}),
        **(only_here or {}),
    }
    return Kinds({kind: _labelled(shape, label, labelled) for kind, shape in shapes.items()})


def _labelled(shape: Shape, label: Rule, labelled: bool) -> Shape:
    if labelled:
        return Shape({**shape.required, "label": label}, shape.optional, shape.checks)
    return Shape(shape.required, {**shape.optional, "label": label}, shape.checks)


def _label(most: int) -> Chars:
    return Chars(most, count=grapheme_length)


ALIAS = Like(r"[a-z0-9_-]{1,32}", "a rich menu alias: 1 to 32 of a-z, 0-9, _ and -")

IN_TEMPLATE = _actions(_label(20), labelled=True)
IN_IMAGE_CAROUSEL = _actions(_label(12), labelled=False)
IN_FLEX_BUTTON = _actions(_label(40), labelled=True)
IN_FLEX = _actions(_label(40), labelled=False)
IN_QUICK_REPLY = _actions(
    _label(20),
    labelled=True,
    only_here={"camera": Shape({}), "cameraRoll": Shape({}), "location": Shape({})},
)
IN_RICH_MENU = _actions(
    _label(20),
    labelled=False,
    only_here={"richmenuswitch": Shape({"data": DATA, "richMenuAliasId": ALIAS})},
)
