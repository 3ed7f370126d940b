import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.lengths import clip_graphemes, clip_units, grapheme_length, utf16_length
from bot.line_messages import messages, to_bytes
from bot.platform.flex import BUBBLE_BYTES
from bot.platform.limits import VALIDATE
from handlers.turn import (
    AskLocation,
    Card,
    Cards,
    Choice,
    Fact,
    OpenUrl,
    PickDate,
    Plain,
    Press,
    Reply,
    Say,
)

FAMILY, FLAG = "👨‍👩‍👧‍👦", "🇯🇵"
ZALGO = "あ" + "\u0301" * 400
"""One grapheme cluster of 401 letters."""


def accepted(reply: Reply) -> list[dict[str, object]]:
    """The reply's messages, which LINE must accept and the SDK must pass on as they are."""
    from linebot.v3.messaging import Message

    made = json.loads(to_bytes(messages(reply)))
    assert list(VALIDATE.problems("", {"messages": made})) == []
    assert [Message.from_dict(message).to_dict() for message in made] == made
    return made


def actions(message: dict[str, object]) -> list[dict[str, object]]:
    return [item["action"] for item in message.get("quickReply", {}).get("items", [])]


# What it looks like ---------------------------------------------------------------------------------


def test_a_text_with_buttons():
    choices = (
        Choice("はい", Say("はい、そうです")),
        Choice("いいえ", Press("do:x", "いいえ")),
        Choice("電話", OpenUrl("tel:0963342500")),
        Choice("日付", PickDate("day", "date", "2026-12-01", "2026-11-25", "2026-12-31")),
        Choice("場所", AskLocation()),
    )
    assert accepted(Reply((Plain("よろしいですか。"),), choices)) == [
        {
            "type": "text",
            "text": "よろしいですか。",
            "quickReply": {
                "items": [
                    {"type": "action", "action": action}
                    for action in (
                        {"type": "message", "label": "はい", "text": "はい、そうです"},
                        {"type": "postback", "label": "いいえ", "data": "hd:do:x", "displayText": "いいえ"},
                        {"type": "uri", "label": "電話", "uri": "tel:0963342500"},
                        {"type": "datetimepicker", "label": "日付", "data": "hd:day", "mode": "date",
                         "initial": "2026-12-01", "min": "2026-11-25", "max": "2026-12-31"},
                        {"type": "location", "label": "場所"},
                    )
                ]
            },
        }
    ]  # fmt: skip


def test_a_card():
    facts = (Fact("担当", "区民課"), Fact("電話", "096-334-2500", "tel:0963342500"))
    card = Card("転入届", "14日以内です。", facts, "出典：市", (Choice("次へ", Say("次")),))
    (message,) = accepted(Reply((card,)))
    assert message["altText"] == "転入届\n14日以内です。\n次へ"
    said = json.dumps(message["contents"], ensure_ascii=False)
    for words in (
        "転入届",
        "14日以内です。",
        "担当",
        "区民課",
        "096-334-2500",
        "tel:0963342500",
        "出典：市",
        "次へ",
    ):
        assert words in said


def test_numbers_to_call_of_one_card_are_all_as_large():
    facts = (Fact("消防・救急（24時間）", "119", "tel:119"), Fact("警察（24時間）", "110", "tel:110"))
    (made,) = accepted(Reply((Card("連絡先", "文", facts),)))
    rows = made["contents"]["body"]["contents"][-1]["contents"]
    assert [(row["layout"], row["contents"][1]["size"]) for row in rows] == [("vertical", "lg")] * 2


def test_cards_side_by_side_say_their_summary_where_none_are_shown():
    (message,) = accepted(Reply((Cards((Card("東区役所", ""), Card("西区役所", "")), "近い窓口です。"),)))
    assert (message["altText"], message["contents"]["type"]) == ("近い窓口です。", "carousel")
    assert accepted(Reply((Cards((), "ありません。"),))) == [{"type": "text", "text": "ありません。"}]


def test_quick_replies_stand_on_the_last_message():
    made = accepted(Reply((Plain("一"), Plain("二")), (Choice("はい", Say("はい")),)))
    assert [len(actions(message)) for message in made] == [0, 1]


def test_silence():
    assert messages(Reply((), (Choice("はい", Say("はい")),))) == []


# What does not fit ----------------------------------------------------------------------------------


def test_at_most_five_messages_and_thirteen_buttons():
    many = tuple(Choice(f"{number}", Say("x")) for number in range(20))
    made = accepted(Reply((Plain("あ"),) * 9, many))
    assert (len(made), len(actions(made[-1]))) == (5, 13)


@pytest.mark.parametrize(
    ("text", "most", "clipped"),
    [
        ("あいう", 3, "あいう"),
        ("あいうえ", 3, "あい…"),
        (FLAG * 3, 12, FLAG * 3),
        (FLAG * 3, 11, FLAG * 2 + "…"),
        (FAMILY * 2, 20, FAMILY + "…"),
        ("か\u3099き", 2, "…"),
        ("x\ud83d", 5, "x?"),
        (ZALGO, 10, "…"),
    ],
)
def test_texts_are_cut_between_letters(text, most, clipped):
    assert clip_units(text, most) == clipped
    assert utf16_length(clipped) <= most


@pytest.mark.parametrize(
    ("text", "most", "clipped"),
    [
        (FAMILY * 4, 4, FAMILY * 4),
        (FAMILY * 5, 4, FAMILY * 3 + "…"),
        ("ばび\u3099ぶべ", 3, "ばび\u3099…"),
        ("あ" * 21, 20, "あ" * 19 + "…"),
    ],
)
def test_labels_are_cut_between_letters(text, most, clipped):
    assert clip_graphemes(text, most) == clipped


def test_a_letter_without_end_does_not_fill_a_bubble():
    accepted(Reply((Card(ZALGO * 9, ZALGO * 9, choices=(Choice(ZALGO * 40, Say(ZALGO * 300)),) * 9),)))


@pytest.mark.parametrize(
    "useless",
    [
        Choice("", Say("はい")),
        Choice("はい", Say("")),
        Choice("はい", Press("x" * 298, "はい")),
        Choice("ページ", OpenUrl("")),
        Choice("ページ", OpenUrl("javascript:alert(1)")),
        Choice("ページ", OpenUrl("https://")),
        Choice("ページ", OpenUrl("https://example.jp/" + "x" * 1000)),
        Choice("ページ", OpenUrl("https://example.jp/%zz")),
        Choice("日付", PickDate("x" * 298, "date")),
    ],
)
def test_a_button_that_line_would_refuse_is_left_out_and_the_rest_is_said(useless):
    good = Choice("はい", Say("はい"))
    made = accepted(Reply((Card("題", "文", choices=(useless, good)),), (useless, good)))
    assert [action["label"] for action in actions(made[0])] == ["はい"]
    assert len(made[0]["contents"]["footer"]["contents"]) == 1


def test_only_useless_buttons_leave_no_empty_row():
    (made,) = accepted(Reply((Card("題", "文", choices=(Choice("", Say("")),)),), (Choice("", Say("")),)))
    assert "footer" not in made["contents"]
    assert "quickReply" not in made


@pytest.mark.parametrize(
    ("url", "uri"),
    [
        ("https://www.city.kumamoto.jp/ごみ?q=分別 表#日程", "https://www.city.kumamoto.jp/%E3%81%94%E3%81%BF?q=%E5%88%86%E5%88%A5%20%E8%A1%A8#%E6%97%A5%E7%A8%8B"),
        ("https://example.jp/a%20b?x=[1]&y={2}", "https://example.jp/a%20b?x=[1]&y=%7B2%7D"),
    ],
)  # fmt: skip
def test_addresses_with_japanese_letters_are_encoded(url, uri):
    made = accepted(
        Reply((Card("題", "文", (Fact("ページ", "開く", url),)),), (Choice("開く", OpenUrl(url)),))
    )
    assert actions(made[0]) == [{"type": "uri", "label": "開く", "uri": uri}]
    assert uri in json.dumps(made[0]["contents"])


def test_a_fact_whose_address_line_refuses_is_still_told():
    (made,) = accepted(Reply((Card("題", "文", (Fact("ページ", "本庁舎", "ftp://example.jp"),)),)))
    assert "本庁舎" in json.dumps(made, ensure_ascii=False)
    assert "ftp" not in json.dumps(made)


def test_a_long_card_keeps_its_links_and_buttons_and_shortens_its_texts():
    facts = tuple(Fact(f"担当{number}", "課" * 2000, "tel:119") for number in range(4))
    (made,) = accepted(
        Reply((Card("題" * 300, "文" * 2000, facts, "出典" * 500, (Choice("はい", Say("はい")),)),))
    )
    said = json.dumps(made["contents"], ensure_ascii=False)
    assert said.count("tel:119") == 4
    assert "はい" in said
    assert "文" * 200 in said
    assert len(json.dumps(made["contents"])) <= BUBBLE_BYTES, "counted as it is sent, too"


def test_an_answer_of_usual_length_is_not_shortened():
    body = "転入届は、引っ越した日から14日以内に出してください。\n" * 60
    (made,) = accepted(Reply((Card("題", body, (Fact("担当", "区民課"),)),)))
    assert body in [part.get("text") for part in made["contents"]["body"]["contents"]]


# Whatever the content -------------------------------------------------------------------------------

LETTERS = st.one_of(
    st.text(st.characters(codec=None), max_size=30),
    st.sampled_from(["", " ", "あ", FAMILY, FLAG, ZALGO, "\ud83d", "\0", '"\\', "e\u0301"]),
)
TEXTS = st.one_of(
    LETTERS,
    st.builds(lambda text, times: text * times, LETTERS, st.sampled_from([30, 301])),
    st.sampled_from(["あ" * 5001, FAMILY * 500]),
)
URLS = st.one_of(
    st.builds("https://example.jp/{}".format, TEXTS), st.just("tel:0963342500"), st.text(max_size=20)
)
CHOICES = st.lists(
    st.builds(
        Choice,
        TEXTS,
        st.one_of(
            st.builds(Say, TEXTS),
            st.builds(Press, TEXTS, TEXTS),
            st.builds(OpenUrl, URLS),
            st.builds(PickDate, TEXTS, st.sampled_from(["date", "time", "datetime"])),
        ),
    ),
    max_size=15,
).map(tuple)
QUICK = st.one_of(CHOICES, CHOICES.map(lambda many: (*many, Choice("現在地", AskLocation()))))
FACTS = st.builds(
    lambda facts, times: tuple(facts * times),
    st.lists(st.builds(Fact, TEXTS, TEXTS, URLS), max_size=4),
    st.sampled_from([1, 1, 12]),
)
CARDS = st.builds(Card, TEXTS, TEXTS, FACTS, TEXTS, CHOICES)
MANY = st.builds(
    lambda cards, times: tuple(cards * times), st.lists(CARDS, max_size=2), st.sampled_from([1, 7])
)
PARTS = st.one_of(st.builds(Plain, TEXTS), CARDS, st.builds(Cards, MANY, TEXTS))


@settings(max_examples=30, deadline=None)
@given(st.builds(Reply, st.lists(PARTS, max_size=7).map(tuple), QUICK))
def test_whatever_is_said_line_takes_it(reply):
    made = accepted(reply) if reply.parts else []
    assert len(made) == min(len(reply.parts), 5)
    for message in made:
        assert grapheme_length(str(message.get("altText", "x"))) > 0
