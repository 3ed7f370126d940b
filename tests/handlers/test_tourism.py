"""Visitors' questions, which the call centre takes too; the guide at the entrance; a tour of the city hall."""

import pytest

from tests.dialogue import Speaker, hold


def test_a_day_in_the_city(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("熊本空港から熊本駅まで行きたいです", "リムジンバス"),
            ("スーツケースを預けるロッカーはどこ", "城彩苑"),
            ("市電は200円になったとですか", "大人200円"),
            ("熊本城のチケットいくら", "熊本城総合事務所（096-352-5900）"),
            ("水前寺成趣園まで市電でどう行く", "電話（096-383-0074）"),
            ("くまモンに会いたい", "手取本町8-2"),
        ],
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("熊本城 エレベーター", "エレベーターがあります"),
        ("市電でSuica使える？", "県内のバス5社では使えません"),
        ("夏目漱石の旧居の休みは何曜日ね", "休みは月曜"),
        ("金峰山は何メートル", "665メートル"),
        ("熊本市内で温泉に泊まりたい", "植木温泉"),
        ("市役所の14階から熊本城を見たい", "市役所の14階から"),
        ("フリーWi-Fiある？", "くまもとフリーWi-Fi"),
        ("市役所の総合案内はどこにありますか", "行く窓口をお伝えし"),
    ],
)
def test_an_answer_names_its_source_and_what_nobody_confirmed(
    resident: Speaker, said: str, told: str
) -> None:
    heard = resident.hears(said)
    assert told in heard
    assert "出典：" in heard
    assert "確認できていません。" in heard


@pytest.mark.parametrize(
    "said", ["熊本城の近くのホテルの空き", "黒川温泉の旅館を予約したい", "レンタカーの予約をしたい"]
)
def test_what_nobody_at_the_city_knows_is_not_answered(resident: Speaker, said: str) -> None:
    resident.says(said)
    assert resident.told is not None
    assert resident.told.routed.reply.outcome != "answer"


def test_a_school_asks_for_a_tour_of_the_city_hall(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("庁舎見学の申し込み", "申し込み方を、確認できていません。ひごまるコール（096-334-1500"),
            ("市役所の見学をしたい", "主に小学生の社会見学のために"),
        ],
    )
