"""The simulator's page in a real browser, with a bot of fixed answers behind it."""

import pytest

from tests.browser.conftest import SMALL, TELEPHONE, ask
from tests.pictures import jpeg, picture
from tests.scripted_bot import CARD, scripted_bot

pytestmark = pytest.mark.browser


@pytest.fixture
def bot():
    with scripted_bot() as bot:
        yield bot


def rows(page):
    """What stands in the talk, a line each, without times."""
    return page.locator(".entries .bubble.text").all_inner_texts()


def test_a_talk(visit, bot):
    page = visit()
    ask(page, "引っ越しの届け出は?")
    card = page.locator(".flex-bubble")
    card.get_by_text("14日以内に").wait_for()
    assert card.get_by_text("096-000-0000").get_attribute("role") == "link"
    assert card.get_by_role("link", name="市のページを開く").get_attribute("href") == "https://example.jp/"

    page.get_by_role("button", name="役に立った").click()
    page.get_by_text("「役に立った」ですね。").wait_for()
    assert not page.locator("#quick-replies").is_visible()

    card.get_by_role("button", name="持ち物を見る").click()
    page.get_by_text("押されたボタン: hd:bring").wait_for()
    assert rows(page)[-2:] == ["持ち物を見る", "押されたボタン: hd:bring"]
    assert [event["type"] for event in bot.events] == ["message", "message", "postback"]
    page.locator(".row.person .read", has_text="既読").last.wait_for()


def test_links_in_words_can_be_followed_and_markup_is_only_words(visit):
    page = visit()
    ask(page, "<img src=x onerror=alert(1)>")
    answer = page.locator(".row.bot .bubble")
    answer.wait_for()
    assert "「<img src=x onerror=alert(1)>」ですね。\n" in answer.inner_text()
    assert [link.get_attribute("href") for link in answer.get_by_role("link").all()] == [
        "https://example.jp/help",
        "tel:096-000-0000",
    ]


def test_the_rich_menu_leads_on(visit):
    page = visit()
    page.get_by_role("button", name="ごみ・リサイクル").click()
    page.get_by_text("押されたボタン: hd:menu:waste").wait_for()
    bar = page.get_by_role("button", name="メニュー", exact=True)
    bar.click()
    assert bar.get_attribute("aria-expanded") == "false"
    assert not page.get_by_role("button", name="ごみ・リサイクル").is_visible()


def test_a_location_a_day_a_sticker_and_a_picture(visit, bot):
    page = visit()
    ask(page, "引っ越し")
    page.get_by_role("button", name="近くの窓口").click()
    page.get_by_role("button", name="水前寺公園").click()
    page.get_by_text("緯度32.791の近く").wait_for()
    ask(page, "引っ越し")
    page.get_by_role("button", name="日を選ぶ").click()
    day = page.get_by_label("日付")
    assert (day.input_value(), day.get_attribute("min")) == ("2026-12-01", "2026-04-01")
    day.fill("2026-12-24")
    page.locator("#moment").get_by_role("button", name="送信").click()
    page.get_by_text("2026-12-24ですね。").wait_for()
    page.get_by_role("button", name="スタンプを送る").click()
    page.get_by_role("button", name="ありがとう").click()
    page.get_by_text("stickerを受け取りました。").wait_for()
    page.get_by_role("button", name="写真や位置情報を送る").click()
    file = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": jpeg(picture(80, 60))}
    page.locator("#picture").set_input_files(file)
    page.get_by_text("imageを受け取りました。").wait_for()
    assert bot.events[3]["postback"]["params"] == {"date": "2026-12-24"}


def test_taking_a_message_back(visit, bot):
    page = visit()
    ask(page, "まちがい")
    page.get_by_text("「まちがい」ですね。").wait_for()
    page.locator(".row.person").hover()
    page.get_by_role("button", name="送信を取り消す").click()
    page.get_by_text("メッセージの送信を取り消しました").wait_for()
    assert "まちがい" not in rows(page)
    assert bot.events[-1]["type"] == "unsend"


def test_adding_blocking_and_unblocking(visit, bot):
    page = visit()
    page.get_by_role("button", name="友だち追加").click()
    page.get_by_text("友だち追加ありがとうございます。").wait_for()
    page.get_by_role("button", name="トークの設定").click()
    page.get_by_role("button", name="ブロック", exact=True).click()
    page.get_by_text("ブロック中のため").wait_for()
    assert not page.get_by_label("メッセージを入力").is_visible()
    page.get_by_role("button", name="ブロックを解除").click()
    page.get_by_label("メッセージを入力").wait_for()
    assert [event["type"] for event in bot.wait_for(3)] == ["follow", "unfollow", "follow"]


def test_on_a_pc_there_are_neither_quick_replies_nor_rich_menu(visit):
    page = visit()
    ask(page, "引っ越し")
    page.locator("#quick-replies").wait_for()
    page.get_by_role("button", name="トークの設定").click()
    page.get_by_role("switch", name="PC版LINEとして見る").check()
    page.keyboard.press("Escape")
    assert not page.locator("#quick-replies").is_visible()
    assert not page.locator("#rich-menu").is_visible()


def test_a_reload_keeps_the_talk_and_another_tab_is_another_person(visit, bot):
    page = visit()
    ask(page, "一回目")
    page.get_by_text("「一回目」ですね。").wait_for()
    page.reload()
    page.get_by_text("「一回目」ですね。").wait_for()
    other = visit()
    assert rows(other) == []
    ask(other, "二人目")
    other.get_by_text("「二人目」ですね。").wait_for()
    assert len({event["source"]["userId"] for event in bot.events}) == 2


def test_keys_alone_at_the_width_of_a_small_telephone(visit, bot):
    page = visit(SMALL)

    def tab_to(name):
        """Tabs until the element of this name has the focus, and shows that it has."""
        for _ in range(60):
            page.keyboard.press("Tab")
            focused = page.evaluate("document.activeElement.ariaLabel || document.activeElement.textContent")
            if name in focused:
                outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert outline == "solid", f"no visible focus on {name}"
                return
        pytest.fail(f"{name} cannot be reached with the keyboard")

    tab_to("メッセージを入力")
    page.keyboard.insert_text("引っ越し")
    page.keyboard.press("Shift+Enter")
    page.keyboard.insert_text("の届け出")
    page.keyboard.press("Enter")
    page.locator(".flex-bubble").wait_for()
    assert bot.events[0]["message"]["text"] == "引っ越し\nの届け出"
    page.get_by_label("トーク", exact=True).focus()
    tab_to("持ち物を見る")
    page.keyboard.press("Enter")
    page.get_by_text("押されたボタン: hd:bring").wait_for()
    tab_to("写真や位置情報を送る")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "open-attach"
    tab_to("メニュー")
    page.keyboard.press("Enter")
    page.get_by_label("トーク", exact=True).focus()
    tab_to("災害・避難所")
    page.keyboard.press("Space")
    page.get_by_text("押されたボタン: hd:menu:disaster").wait_for()


@pytest.mark.parametrize(
    "size", [SMALL, TELEPHONE, {"width": 640, "height": 450}, {"width": 1280, "height": 900}]
)
def test_nothing_scrolls_sideways(visit, size):
    page = visit(size)
    ask(page, "引っ越し" + "w" * 200 + "https://example.jp/" + "a" * 200)
    page.locator(".flex-bubble").wait_for()
    for element in ("document.documentElement", "document.querySelector('#talk')"):
        assert page.evaluate(f"{element}.scrollWidth <= {element}.clientWidth")
    bar = page.get_by_role("button", name="メニュー", exact=True)
    if bar.get_attribute("aria-expanded") == "false":
        bar.click()
    below = bar.bounding_box()
    assert below["y"] + below["height"] <= size["height"], "the page is taller than the screen"
    bar.click()
    end = page.locator(".flex-bubble").bounding_box()
    talk = page.locator("#talk").bounding_box()
    assert end["y"] + end["height"] <= talk["y"] + talk["height"] + 1, "the end of the talk is out of sight"


def test_enter_that_chooses_a_word_in_an_input_method_sends_nothing(visit, bot):
    page = visit()
    box = page.get_by_label("メッセージを入力")
    box.fill("ひっこし")
    enter = "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true})"
    assert box.evaluate(f"(box) => box.dispatchEvent({enter})"), "the input method's Enter was taken away"
    assert box.input_value() == "ひっこし"
    ask(page, "つぎ")
    page.get_by_text("「つぎ」ですね。").wait_for()
    assert [event["message"]["text"] for event in bot.events] == ["つぎ"]


def test_news_is_spoken_but_not_what_stood_there(visit):
    page = visit()
    ask(page, "こんにちは")
    page.get_by_text("「こんにちは」ですね。").wait_for()
    assert page.locator("#entries").get_attribute("aria-live") == "polite"
    page.reload()
    page.get_by_text("「こんにちは」ですね。").wait_for()
    assert page.locator("#entries").get_attribute("aria-live") == "off"


def test_a_failed_delivery_is_shown(visit, bot):
    bot.status = 503
    page = visit()
    ask(page, "こんにちは")
    page.get_by_text("ボットに届きませんでした(開発者向け: HTTP 503)").wait_for()


def test_words_that_could_not_be_sent_are_not_lost(visit, bot, complaints):
    page = visit()
    page.route("**/simulator/talks/**", lambda route: route.abort())
    ask(page, "大事な質問")
    page.get_by_role("alert").get_by_text("サーバーにつながりません").wait_for()
    assert page.get_by_label("メッセージを入力").input_value() == "大事な質問"
    page.unroute("**/simulator/talks/**")
    page.get_by_label("メッセージを入力").press("Enter")
    page.get_by_text("「大事な質問」ですね。").wait_for()
    page.get_by_role("alert").wait_for(state="hidden")
    assert {each.split(":")[0] for each in complaints} == {"Failed to load resource"}
    complaints.clear()


def test_cards_beside_each_other_and_templates(visit, bot):
    page = visit()
    ask(page, "こんにちは")
    page.get_by_text("「こんにちは」ですね。").wait_for()
    user_id = bot.events[0]["source"]["userId"]
    bubble = {"type": "bubble", "size": "kilo", "body": CARD["contents"]["body"]}
    actions = [
        {"type": "postback", "label": "はい", "data": "hd:yes", "displayText": "はい"},
        {"type": "message", "label": "いいえ", "text": "いいえ"},
    ]
    bot.platform.multicast(
        [user_id],
        [
            {"type": "flex", "altText": "窓口", "contents": {"type": "carousel", "contents": [bubble] * 3}},
            {
                "type": "template",
                "altText": "確認",
                "template": {"type": "confirm", "text": "よろしいですか", "actions": actions},
            },
            {
                "type": "image",
                "originalContentUrl": "https://example.jp/a",
                "previewImageUrl": "https://example.jp/a",
            },
            {"type": "coupon", "couponId": "1"},
        ],
    )
    page.get_by_role("group", name="横に並んだカード").locator(".flex-bubble").nth(2).wait_for()
    page.get_by_text("この種類のメッセージは表示できません").wait_for()
    page.locator(".template").get_by_role("button", name="はい").click()
    page.get_by_text("押されたボタン: hd:yes").wait_for()
