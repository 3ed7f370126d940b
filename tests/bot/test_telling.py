from bot import telling
from handlers.turn import Card, Cards, Choice, Fact, OpenUrl, Plain, Reply, Say

YES, CALL = Choice("はい", Say("はい")), Choice("電話", OpenUrl("tel:119"))
CARD = Card(
    "題", "文", (Fact("担当", "区民課"), Fact("地図", "開く", "https://example.jp/")), "出典", (CALL,)
)


def test_all_the_text_that_line_would_show():
    reply = Reply((Plain("こんにちは"), CARD, Cards((Card("甲", ""), Card("乙", "丙")), "まとめ")))
    assert telling.text(reply) == (
        "こんにちは\n\n【題】\n文\n担当：区民課\n地図：開く\n出典\n\n【甲】\n\n【乙】\n丙"
    )
    assert telling.text(Reply(())) == ""


def test_every_button_and_every_link():
    reply = Reply((CARD, Cards((CARD,), "")), (YES,))
    assert telling.choices(reply) == (CALL, CALL, YES)
    assert sorted(telling.links(reply)) == ["https://example.jp/"] * 2 + ["tel:119"] * 2
