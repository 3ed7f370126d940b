"""What LINE accepts and refuses: each row is one change to a message that is right."""

import pytest

from bot.platform import limits

FAMILY = "👨\u200d👩\u200d👧"  # one grapheme, eight UTF-16 units
POSTBACK = {"type": "postback", "label": "はい", "data": "hd:yes"}
SAY = {"type": "message", "label": "はい", "text": "はい"}


def problems(*messages):
    return [
        f"{each.property}: {each.message}"
        for each in limits.VALIDATE.problems("", {"messages": list(messages)})
    ]


def text(words="こんにちは", **more):
    return {"type": "text", "text": words, **more}


def quick(*actions):
    return text(quickReply={"items": [{"type": "action", "action": action} for action in actions]})


def box(*contents, **more):
    return {"type": "box", "layout": "vertical", "contents": list(contents), **more}


def bubble(*contents, **more):
    return {"type": "bubble", "body": box(*contents), **more}


def flex(container, alt_text="カード"):
    return {"type": "flex", "altText": alt_text, "contents": container}


def carousel(*bubbles):
    return flex({"type": "carousel", "contents": list(bubbles)})


def template(kind, **more):
    return {"type": "template", "altText": "選択", "template": {"type": kind, **more}}


def words(most):
    return {"type": "text", "text": "あ" * most}


ACCEPTED = {
    "text of 5000": text("あ" * 5000),
    "text of 2500 emoji": text("😀" * 2500),
    "emoji on its dollar": text("😀$", emojis=[{"index": 2, "productId": "p", "emojiId": "1"}]),
    "textV2": {
        "type": "textV2",
        "text": "{{}} {e}",
        "substitution": {"e": {"type": "emoji", "productId": "p", "emojiId": "1"}},
    },
    "sticker": {"type": "sticker", "packageId": "446", "stickerId": "1988"},
    "location": {
        "type": "location",
        "title": "市役所",
        "address": "熊本市",
        "latitude": 32.8,
        "longitude": 130,
    },
    "image": {
        "type": "image",
        "originalContentUrl": "https://example.jp/a.png",
        "previewImageUrl": "https://example.jp/b.png",
    },
    "thirteen quick replies": quick(*[SAY] * 13),
    "location in a quick reply": quick({"type": "location", "label": "現在地"}),
    "label of 20 families": quick({**SAY, "label": FAMILY * 20}),
    "sender": text(sender={"name": "窓口", "iconUrl": "https://example.jp/a.png"}),
    "telephone": quick({"type": "uri", "label": "電話", "uri": "tel:096-000-0000"}),
    "picker": quick(
        {
            "type": "datetimepicker",
            "label": "日時",
            "data": "d",
            "mode": "datetime",
            "min": "2026-01-01T00:00",
            "initial": "2026-01-02t09:00",
            "max": "2026-12-31T23:59",
        }
    ),
    "alt text of 1500": flex(bubble(words(1)), "あ" * 1500),
    "a dozen bubbles": carousel(*[bubble(words(1))] * 12),
    "box in a box": flex(bubble(box(words(1), paddingAll="10%", backgroundColor="#FFFFFF80"))),
    "spans": flex(bubble({"type": "text", "contents": [{"type": "span", "text": "あ", "weight": "bold"}]})),
    "button label of 40": flex(bubble({"type": "button", "action": {**SAY, "label": "あ" * 40}})),
    "baseline with icon": flex(
        bubble(box({"type": "icon", "url": "https://example.jp/i.png"}, words(1)) | {"layout": "baseline"})
    ),
    "buttons, 160 without title": template("buttons", text="あ" * 160, actions=[POSTBACK] * 4),
    "confirm": template("confirm", text="あ" * 240, actions=[SAY, POSTBACK]),
    "ten columns": template("carousel", columns=[{"text": "あ" * 120, "actions": [SAY] * 3}] * 10),
    "image carousel": template(
        "image_carousel",
        columns=[{"imageUrl": "https://example.jp/a.png", "action": {**SAY, "label": "あ" * 12}}],
    ),
}

REFUSED = {
    "empty text": (text(""), "messages[0].text"),
    "text of 5001": (text("あ" * 5001), "messages[0].text"),
    "text of 2501 emoji": (text("😀" * 2501), "messages[0].text"),
    "text missing": ({"type": "text"}, "messages[0].text"),
    "text a number": (text(5), "messages[0].text"),
    "unknown property": (text(colour="red"), "messages[0].colour"),
    "unknown kind": ({"type": "shout", "text": "あ"}, "messages[0].type"),
    "emoji beside its dollar": (
        text("$", emojis=[{"index": 1, "productId": "p", "emojiId": "1"}]),
        "messages[0].emojis[0].index",
    ),
    "textV2, key without substitution": ({"type": "textV2", "text": "{e}"}, "messages[0].substitution"),
    "textV2, single brace": ({"type": "textV2", "text": "a{ b"}, "messages[0].text"),
    "sticker without number": (
        {"type": "sticker", "packageId": "moon", "stickerId": "1"},
        "messages[0].packageId",
    ),
    "latitude": (
        {"type": "location", "title": "あ", "address": "い", "latitude": 91, "longitude": 0},
        "messages[0].latitude",
    ),
    "http image": (
        {"type": "image", "originalContentUrl": "http://a.jp", "previewImageUrl": "https://a.jp/"},
        "messages[0].originalContentUrl",
    ),
    "fourteen quick replies": (quick(*[SAY] * 14), "messages[0].quickReply.items"),
    "no quick replies": (quick(), "messages[0].quickReply.items"),
    "quick reply without label": (
        quick({"type": "message", "text": "あ"}),
        "messages[0].quickReply.items[0].action.label",
    ),
    "label of 21": (quick({**SAY, "label": "あ" * 21}), "messages[0].quickReply.items[0].action.label"),
    "rich menu switch in a quick reply": (
        quick({"type": "richmenuswitch", "label": "あ", "richMenuAliasId": "a", "data": "d"}),
        "messages[0].quickReply.items[0].action.type",
    ),
    "data of 301": (quick({**POSTBACK, "data": "d" * 301}), "messages[0].quickReply.items[0].action.data"),
    "displayText and text": (
        quick({**POSTBACK, "displayText": "あ", "text": "い"}),
        "messages[0].quickReply.items[0].action.text",
    ),
    "displayText of 301": (
        quick({**POSTBACK, "displayText": "あ" * 301}),
        "messages[0].quickReply.items[0].action.displayText",
    ),
    "fillInText without keyboard": (
        quick({**POSTBACK, "fillInText": "あ"}),
        "messages[0].quickReply.items[0].action.fillInText",
    ),
    "script address": (
        quick({"type": "uri", "label": "あ", "uri": "javascript:alert(1)"}),
        "messages[0].quickReply.items[0].action.uri",
    ),
    "Japanese address": (
        quick({"type": "uri", "label": "あ", "uri": "https://example.jp/ごみ"}),
        "messages[0].quickReply.items[0].action.uri",
    ),
    "address of 1001": (
        quick({"type": "uri", "label": "あ", "uri": "https://example.jp/" + "a" * 982}),
        "messages[0].quickReply.items[0].action.uri",
    ),
    "picker, min after max": (
        quick(
            {
                "type": "datetimepicker",
                "label": "日",
                "data": "d",
                "mode": "date",
                "min": "2026-02-01",
                "max": "2026-01-01",
            }
        ),
        "messages[0].quickReply.items[0].action.max",
    ),
    "picker, time in a date": (
        quick({"type": "datetimepicker", "label": "日", "data": "d", "mode": "date", "initial": "10:00"}),
        "messages[0].quickReply.items[0].action.initial",
    ),
    "sender's long name": (text(sender={"name": "あ" * 21}), "messages[0].sender.name"),
    "alt text of 1501": (flex(bubble(words(1)), "あ" * 1501), "messages[0].altText"),
    "empty Flex text": (flex(bubble(words(0))), "messages[0].contents.body.contents[0].text"),
    "bubble over 30 KB": (flex(bubble(words(10_300))), "messages[0].contents"),
    "carousel over 50 KB": (carousel(*[bubble(words(8_600))] * 2), "messages[0].contents"),
    "thirteen bubbles": (carousel(*[bubble(words(1))] * 13), "messages[0].contents.contents"),
    "bubbles of two sizes": (
        carousel(bubble(words(1), size="kilo"), bubble(words(1))),
        "messages[0].contents.contents",
    ),
    "button without label": (
        flex(bubble({"type": "button", "action": {"type": "message", "text": "あ"}})),
        "messages[0].contents.body.contents[0].action.label",
    ),
    "span outside text": (
        flex(bubble({"type": "span", "text": "あ"})),
        "messages[0].contents.body.contents[0].type",
    ),
    "icon in a vertical box": (
        flex(bubble({"type": "icon", "url": "https://example.jp/i.png"})),
        "messages[0].contents.body.contents[0]",
    ),
    "colour by name": (
        flex(bubble({**words(1), "color": "red"})),
        "messages[0].contents.body.contents[0].color",
    ),
    "misspelt Flex property": (
        flex(bubble({**words(1), "wrapped": True})),
        "messages[0].contents.body.contents[0].wrapped",
    ),
    "body that is no box": (flex({"type": "bubble", "body": words(1)}), "messages[0].contents.body.type"),
    "buttons, 61 below a title": (
        template("buttons", title="題", text="あ" * 61, actions=[SAY]),
        "messages[0].template.text",
    ),
    "five buttons": (template("buttons", text="あ", actions=[SAY] * 5), "messages[0].template.actions"),
    "confirm with one button": (
        template("confirm", text="あ", actions=[SAY]),
        "messages[0].template.actions",
    ),
    "columns that differ": (
        template(
            "carousel", columns=[{"text": "あ", "actions": [SAY]}, {"text": "あ", "actions": [SAY] * 2}]
        ),
        "messages[0].template.columns",
    ),
    "eleven columns": (
        template("carousel", columns=[{"text": "あ", "actions": [SAY]}] * 11),
        "messages[0].template.columns",
    ),
}


@pytest.mark.parametrize("message", ACCEPTED.values(), ids=ACCEPTED)
def test_accepts(message):
    assert problems(message) == []


@pytest.mark.parametrize(("message", "where"), REFUSED.values(), ids=REFUSED)
def test_refuses_and_says_where(message, where):
    found = problems(message)
    assert [each.split(": ")[0] for each in found] == [where], found


@pytest.mark.parametrize(("count", "fits"), [(0, False), (1, True), (5, True), (6, False)])
def test_one_to_five_messages_a_request(count, fits):
    assert (problems(*[text()] * count) == []) is fits


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({}, None),
        ({"size": {"width": 2500, "height": 1725}}, "size"),
        ({"size": {"width": 799, "height": 250}}, "size"),
        ({"chatBarText": "あ" * 15}, "chatBarText"),
        ({"selected": "yes"}, "selected"),
        (
            {"areas": [{"bounds": {"x": 0, "y": 0, "width": 2500, "height": 1687}, "action": POSTBACK}]},
            "areas[0].bounds",
        ),
        (
            {"areas": [{"bounds": {"x": 0, "y": 0, "width": 9, "height": 9}, "action": POSTBACK}] * 21},
            "areas",
        ),
    ],
)
def test_rich_menus(change, where):
    menu = {
        "size": {"width": 2500, "height": 1686},
        "selected": True,
        "name": "n",
        "chatBarText": "メニュー",
        "areas": [],
        **change,
    }
    assert [each.property for each in limits.RICH_MENU.problems("", menu)] == ([where] if where else [])


@pytest.mark.parametrize(
    ("seconds", "fits"), [(5, True), (20, True), (60, True), (0, False), (7, False), (65, False)]
)
def test_loading_animation_by_fives(seconds, fits):
    request = {"chatId": "U" + "0" * 32, "loadingSeconds": seconds}
    assert (list(limits.LOADING.problems("", request)) == []) is fits
