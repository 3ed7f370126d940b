"""Which way is for what: from a complaint to the card of one, and on to a person. No advice on law."""

import pytest

from nlp.language import Language
from tests.dialogue import Speaker, hold


@pytest.mark.parametrize(
    "said",
    [
        "どこに苦情を言えばいいですか",
        "市への苦情の伝え方",
        "オンブズマンと監査請求はどう違う？",
        "苦情の方法を選びたい",
    ],
)
def test_who_asks_where_a_complaint_goes_may_choose(resident: Speaker, said: str) -> None:
    heard = resident.hears(said)
    assert "【どの方法が合いますか】" in heard
    assert "法律の助言は、ここではできません。" in heard
    assert {"2. 市の対応を調べてほしい", "4. 市のお金の使い方を調べてほしい", "人に相談"} <= set(
        resident.buttons
    )


def test_one_is_chosen_by_button_or_number_and_another_after_it(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("市への苦情の伝え方", "どの方法が合いますか"),
            (">2. 市の対応を調べてほしい", "期限と条件：事実があった日から原則1年以内"),
            (">ほかの方法", "どの方法が合いますか"),
            ("4", "使える方：熊本市の住民"),
            ("3", "決定を知った日の次の日から3か月以内"),
            ("5", "市の通報窓口は確認できていません。"),
            ("6", "0570-090110"),
            (">くわしい答え", "【行政相談（国の仕事への苦情）】"),
        ],
    )


def test_one_says_that_it_is_no_advice_with_source_and_day_and_leads_to_a_person(resident: Speaker) -> None:
    resident.hears("苦情の方法を選びたい")
    heard = resident.hears("2")
    assert "法律の助言ではありません。" in heard
    assert "電話：096-328-2916" in heard
    assert "出典：熊本市のホームページ（2023年7月21日時点）※" in heard
    hold(resident, [(">人に相談", "ひごまるコール")])


@pytest.mark.parametrize(
    "said",
    [
        "市役所の対応がひどい",
        "区役所の職員の態度が悪くて腹が立つ",
        "市の対応に納得できない",
        "窓口の対応が最悪です",
    ],
)
def test_who_is_angry_is_answered_calmly_and_shown_the_ways(resident: Speaker, said: str) -> None:
    heard = resident.hears(said)
    assert heard.startswith("ご不快な思いをおかけし、申し訳ありません。")
    assert "人に相談" in resident.buttons


@pytest.mark.parametrize(
    ("said", "handler"),
    [
        ("となりの犬の苦情", "question"),
        ("オンブズマンとは", "question"),
        ("市役所の窓口は何時まで", "office"),
        ("苦情を言いたい", "escalation"),
        ("死にたいくらい市役所に腹が立つ", "danger"),
    ],
)
def test_what_is_something_else_goes_where_it_went(resident: Speaker, said: str, handler: str) -> None:
    resident.says(said)
    assert resident.told is not None
    assert resident.told.routed.handler == handler


def test_a_number_that_none_has_is_none_of_them(resident: Speaker) -> None:
    resident.hears("市への苦情の伝え方")
    assert "番号" in resident.hears("9")


def test_the_hub_of_voices_leads_to_both(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("市に声を届ける", "市長と話す会"),
            (">市長と話す会", "お知らせしている会はありません。"),
            ("市に声を届ける", "オンブズマン"),
            (">オンブズマン", "どの方法が合いますか"),
        ],
    )


def test_what_is_in_japanese_only_says_so(resident: Speaker) -> None:
    resident.speaks(Language.ENGLISH)
    hold(
        resident,
        [
            ("where can I complain about city hall", "Which way fits?"),
            ("2", "This is not legal advice."),
        ],
    )
