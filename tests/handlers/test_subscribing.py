"""受信設定: nothing before it is chosen, each thing with one tap or in words, all of it gone with one."""

import pytest

from faq.topics import TopicId
from store import subscriptions
from store.subscriptions import NOTHING
from tests.dialogue import Speaker, hold


def chosen(speaker: Speaker) -> set[str]:
    with speaker.talk.database.read() as tx:
        return {str(each) for each in subscriptions.of_resident(tx, speaker.talk.resident).topics}


def ward(speaker: Speaker) -> str:
    with speaker.talk.database.read() as tx:
        return subscriptions.of_resident(tx, speaker.talk.resident).ward


@pytest.mark.parametrize(
    "said",
    [
        "受信設定",
        "お知らせの設定",
        "お知らせの設定を変えたい",
        "お知らせを受け取りたい",
        "お知らせ",
        "市のお知らせがほしい",
        "通知設定",
        "配信の設定を変更したい",
        "お知らせの分野を選びたい",
        ">お知らせの設定",
    ],
)
def test_the_settings_are_shown_and_nothing_is_chosen_by_that(resident: Speaker, said: str) -> None:
    resident.says("メニュー")
    heard = resident.hears(said)
    assert "【お知らせの設定】" in heard
    assert "受け取り中：なし" in heard
    assert {"1. ごみ・リサイクル", "2. 子育て", "区を選ぶ"} <= set(resident.buttons)
    assert "すべてやめる" not in resident.buttons
    assert chosen(resident) == set()


def test_topics_are_switched_by_buttons_numbers_and_names(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("受信設定", "受け取りたい分野を選んでください"),
            (">2. 子育て", "「子育て」のお知らせを受け取ります。"),
            ("1", "「ごみ・リサイクル」のお知らせを受け取ります。"),
            ("3、4", "「学校・教育・健康・健診」のお知らせを受け取ります。"),
            ("防災", "「防災」のお知らせを受け取ります。"),
            ("ごみと育児", "「ごみ・リサイクル・子育て」のお知らせをやめました。"),
            (">✓ 4. 健康・健診（受け取り中）", "「健康・健診」のお知らせをやめました。"),
            ("3番", "「学校・教育」のお知らせをやめました。"),
        ],
    )
    assert chosen(resident) == {"disaster-prevention"}
    assert "✓ 8. 防災（受け取り中）" in resident.buttons


@pytest.mark.parametrize(
    ("said", "answered", "then"),
    [
        (
            "イベントのお知らせを受け取りたい",
            "「イベント・講座」のお知らせを受け取ります。",
            {"events", "waste"},
        ),
        (
            "子育てと防災のお知らせがほしい",
            "お知らせを受け取ります。",
            {"childcare", "disaster-prevention", "waste"},
        ),
        ("育児のお知らせを登録したい", "「子育て」のお知らせを受け取ります。", {"childcare", "waste"}),
        ("ごみのお知らせをやめたい", "「ごみ・リサイクル」のお知らせをやめました。", set()),
        ("ゴミの通知を止めてください", "「ごみ・リサイクル」のお知らせをやめました。", set()),
        ("お知らせを全部やめる", "お知らせをすべてやめました。", set()),
        ("お知らせの配信を全部停止したい", "お知らせをすべてやめました。", set()),
        ("お知らせをやめたい", "【お知らせの設定】", {"waste"}),
        ("お知らせはいらない", "【お知らせの設定】", {"waste"}),
    ],
)
def test_in_words_without_opening_the_settings(
    resident: Speaker, said: str, answered: str, then: set[str]
) -> None:
    resident.says("ごみのお知らせを受け取りたい")
    assert answered in resident.hears(said)
    assert chosen(resident) == then


def test_all_is_stopped_with_one_tap_and_nothing_is_kept(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("子育てのお知らせを受け取りたい", "受け取ります"),
            (">区を選ぶ", "どの区のお知らせを受け取りますか"),
            (">東区", "東区と市全体のお知らせを受け取ります。"),
            (">すべてやめる", "お知らせをすべてやめました。"),
        ],
    )
    with resident.talk.database.read() as tx:
        assert subscriptions.of_resident(tx, resident.talk.resident) == NOTHING
    hold(resident, [("お知らせを全部やめる", "受け取っているお知らせはありません。")])


def test_a_ward_or_the_whole_city(resident: Speaker) -> None:
    hold(resident, [("受信設定", "区：市全体"), (">区を選ぶ", "市全体へのお知らせは"), (">西区", "区：西区")])
    assert ward(resident) == "西区"
    hold(resident, [(">区を選ぶ", "どの区"), (">市全体", "すべての区のお知らせを受け取ります。")])
    assert ward(resident) == ""


@pytest.mark.parametrize(
    "said",
    [
        "納税通知書が届かない",
        "お知らせに書いてあった予防接種はどこで受けられますか",
        "マイナンバーの通知カードをなくした",
        "ごみの出し方",
        "設定",
        "12",
        "介護保険",
    ],
)
def test_questions_are_left_to_who_answers_them(resident: Speaker, said: str) -> None:
    resident.says("受信設定")
    assert resident.says(said).routed.handler != "subscribing"
    assert chosen(resident) == set()


def test_a_button_in_an_old_bubble_does_what_it_says(resident: Speaker) -> None:
    """It does not switch what it said back."""
    for _ in range(2):
        resident.says("受信設定")
        heard = resident.hears(">2. 子育て") if "2. 子育て" in resident.buttons else ""
        assert not heard or "受け取ります" in heard
    assert chosen(resident) == {"childcare"}


def test_it_stands_in_my_data_and_goes_with_the_resident(resident: Speaker) -> None:
    assert "お知らせの設定：なし" in resident.hears("わたしのデータ")
    hold(
        resident,
        [
            ("子育てのお知らせを受け取りたい", "受け取ります"),
            ("わたしのデータ", "お知らせの設定：子育て（市全体）。"),
            (">消す", "・お知らせの設定（1分野）"),
        ],
    )


def test_who_waits_to_be_told_an_answer_stops_that_and_no_topic(resident: Speaker) -> None:
    """お知らせはいらない means the answer, where one is awaited."""
    hold(
        resident,
        [
            ("子育てのお知らせを受け取りたい", "受け取ります"),
            ("ラジコン飛行機を飛ばせる場所", ""),
            ("答えが決まったら知らせて", "承りました"),
            ("お知らせはいりません", "わかりました。お知らせはしません。"),
        ],
    )
    assert chosen(resident) == {"childcare"}


def test_a_topic_that_went_is_offered_no_more(resident: Speaker) -> None:
    with resident.talk.database.write() as tx:
        subscriptions.choose(tx, resident.talk.resident, [TopicId("gone")], resident.talk.now)
    assert "受け取り中：なし" in resident.hears("受信設定")
