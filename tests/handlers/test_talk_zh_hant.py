"""The main paths in 繁體中文, as residents write it."""

import pytest

from handlers.turn import Followed, Located, MessageId, Pressed
from nlp.language import Language
from tests.dialogue import Speaker, hold
from tests.handlers.booking_town import send_form
from tests.handlers.talk_town import approve, examples

CHINESE = Language.TRADITIONAL_CHINESE
MOVED = "剛搬來，要辦哪些手續？"


@pytest.fixture
def speaker(resident: Speaker) -> Speaker:
    resident.speaks(CHINESE)
    return resident


@pytest.fixture
def guest(booker: Speaker) -> Speaker:
    """Where bookings are taken."""
    booker.speaks(CHINESE)
    return booker


def test_the_language_is_offered_and_chosen(resident: Speaker) -> None:
    hold(
        resident,
        [
            (Followed(), "需要繁體中文，請點選下方按鈕。"),
            (">繁體中文", "從現在起用繁體中文回答。"),
            ("語言", "請選擇語言"),
        ],
    )


def test_the_menu_help_and_the_way_out(speaker: Speaker) -> None:
    hold(
        speaker,
        [
            ("選單", "請問有什麼需要幫忙的嗎？"),
            (">垃圾與回收", "這些是常見問題。"),
            ("怎麼用", "【使用方式】"),
            ("結束", "這次的對話就到這裡"),
            ("謝謝", "能幫上忙很高興。"),
        ],
    )


@pytest.mark.parametrize("area", ["procedures", "waste", "offices", "consultations", "disaster"])
def test_each_example_of_the_menu_is_answered(speaker: Speaker, area: str) -> None:
    for example in examples(speaker, CHINESE, area):
        assert speaker.says(example).routed.reply.outcome != "none", example


def test_what_nobody_approved_is_answered_in_japanese(speaker: Speaker) -> None:
    hold(
        speaker,
        [
            (MOVED, "這個回答只有日文。"),
            (MOVED, "14日以内に、転入届を出してください"),
            (MOVED, "想用其他語言諮詢時，請打電話給外国人総合相談プラザ。電話 096-359-2121"),
            ("沒有幫助", "請換個說法再傳送"),
        ],
    )


def test_an_approved_translation_is_the_answer(speaker: Speaker) -> None:
    approve(speaker, "moving-in", CHINESE)
    hold(speaker, [(MOVED, "請在搬來當天起14天內提出遷入申報（転入届）。"), ("是", "還想知道什麼")])
    assert "只有日文" not in speaker.hears(MOVED)


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("東区役所的電話號碼", "096-367-9121"),
        ("東區公所開到幾點", "現在正在受理（到16點30分）。"),
        ("区役所的櫃檯開到幾點？", "中央区役所：熊本市中央区手取本町1番1号"),
        ("年末年始什麼時候休息？", "12月29日（週二）到2027年1月3日（週日）休息（年底年初假期）。"),
        ("東区役所週六有開嗎", "11月28日（週六）休息。"),
    ],
)
def test_offices_and_hours(speaker: Speaker, said: str, answered: str) -> None:
    hold(speaker, [(said, answered)])


def test_shelters_near(speaker: Speaker) -> None:
    here = Located(32.8031, 130.7079, MessageId("here"))
    hold(
        speaker,
        [
            ("附近的避難所在哪裡？", "請點選下方的「傳送位置資訊」"),
            (here, "這些是您附近的櫃檯和指定避難所。"),
        ],
    )
    hold(speaker, [("東區的避難所", "東区有33處指定避難所"), (">繼續看", "第9到第16處")])


def test_a_booking_from_its_start_to_its_end(guest: Speaker) -> None:
    hold(
        guest,
        [
            ("想預約法律諮詢", "法律相談可以預約的時間"),
            ("下週五下午", "12月4日（週五）"),
            ("1", "這個時間為您保留到12點10分。"),
            (">需要更多時間", "已經延長到12點20分。"),
        ],
    )
    send_form(guest)
    hold(
        guest,
        [
            ("我的預約", "12月4日（週五）13點到13點30分\n狀態：已確定"),
            (">更改時間", "目前的預約維持不變"),
            ("12月7號", "12月7日（週一）"),
            ("2", "【已經更改日期和時間】\n12月7日（週一）13點30分到14點"),
            ("我想取消預約", "要取消這個預約嗎？"),
            ("不取消", "您的預約維持不變"),
            ("取消預約", "要取消這個預約嗎？"),
            ("是", "已經取消12月7日（週一）13點30分到14點的預約。"),
        ],
    )


@pytest.mark.parametrize("said", ["洽詢專人", "我想跟真人說話", "找客服", Pressed("person")])
def test_the_way_to_a_person(speaker: Speaker, said: str | Pressed) -> None:
    hold(speaker, [(said, "您可以打電話，由專人為您說明。")])


def test_a_case_from_its_words_to_its_end(speaker: Speaker) -> None:
    hold(
        speaker,
        [
            ("洽詢專人", "請點選「在這裡說明」"),
            (">在這裡說明", "請在這個聊天室用文字寫下您的事情。"),
            ("想了解廣場使用的規定", "【還沒有送出】"),
            ("在這裡回覆", "【您的洽詢已送出】"),
            ("處理得怎麼樣了", "進度：承辦單位會查看"),
            (">補充說明", "請在這個聊天室用文字寫下要補充的內容"),
            ("下個月想用", "已經加上補充說明。"),
            ("我想撤回", "要撤回這件洽詢嗎？"),
            ("是", "已經撤回洽詢。"),
        ],
    )


def test_my_data(speaker: Speaker) -> None:
    hold(
        speaker,
        [
            ("我的資料", "【我們保存的關於您的內容】"),
            ("我的資料", "語言：繁體中文（您自己選擇的）"),
            ("請刪除我的資料", "【確定要刪除嗎？】"),
            (">不刪除", "什麼都沒有刪除"),
        ],
    )


def test_personal_data_is_masked(speaker: Speaker) -> None:
    hold(speaker, [("我的電話是090-1234-5678", "剛才的訊息裡有個人資料（電話號碼）")])
