"""Consultations: when and where."""

import pytest

from tests.dialogue import Speaker, hold


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("法律相談 今週", "・11月25日（水） 13時から16時まで"),
        ("法律相談 来週の水曜", "・12月2日（水） 13時から16時まで"),
        ("弁護士に相談したい", "・11月27日（金） 13時から16時まで"),
        ("税金の相談 来月の月曜", "日にちは、こちらでは確認できていません。"),
        ("税理士さんの相談", "月3回"),
        ("相続の相談はいつ", "木曜"),
        ("法律相談 明後日", "おたずねの日には、ありません。"),
        ("法律相談を予約したい", "予約が要ります"),
        ("法律相談はどこでありますか", "会場を確認できていません"),
        ("弁護士さんに無料で相談できる？", "予約が要ります"),
        ("弁護士に相談したいんですけど", "13時から16時まで"),
        ("無料の法律相談の日程を教えて", "・11月25日（水）"),
        ("法律相談は土曜もありますか", "おたずねの日には、ありません。"),
        ("離婚の相談がしたい", "13時から16時まで"),
        ("借金の相談はどこ", "弁護士"),
        ("多重債務の相談", "弁護士"),
        ("遺言の相談はいつ", "13時から16時まで"),
        ("べんごしにそうだんしたか", "弁護士"),
        ("法律相談ば受けたかとですが", "弁護士"),
        ("弁護士の相談はいつあると？", "13時から16時まで"),
        ("法律相談 来月の水曜", "・12月23日（水） 13時から16時まで"),
        ("税理士の無料相談はいつ", "月3回"),
        ("登記の相談", "司法書士"),
        ("法律相談の電話番号", "096-334-1500"),
        ("司法書士の相談日", "日にちは、こちらでは確認できていません。"),
    ],
)
def test_dates_and_places(resident: Speaker, asked: str, answered: str) -> None:
    assert resident.says(asked).routed.handler == "consultation"
    hold(resident, [(asked, answered), (asked, "出典："), (asked, "096-334-1500")])


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("人権相談 西区", "【人権相談（西区役所）】"),
        ("南区の人権相談はいつ？", "・12月9日（水） 9時から12時まで"),
        ("人権の相談はいつ 北区", "【人権相談（北区役所）】"),
        ("子育て相談 北区", "平日、8時30分から17時15分まで行う見込みです。"),
        ("ひきこもりの相談", "096-366-2220"),
        ("引きこもりの相談はどこ", "りんく"),
        ("消費生活相談は土曜やってる？", "おたずねの日には、ありません。"),
        ("クーリングオフの相談", "096-353-2500"),
        ("悪質商法の相談窓口", "熊本市消費者センター"),
        ("外国人相談", "日にちと時間は、こちらでは確認できていません。"),
        ("外国人総合相談プラザはどこですか", "国際交流会館 2階"),
        ("ヤングケアラーの相談", "平日、9時から18時まで"),
        ("家計の相談", "生活自立支援センター"),
        ("暴力団の相談", "・11月30日（月） 9時から12時まで"),
    ],
)
def test_those_of_a_ward_or_of_another_body(resident: Speaker, asked: str, answered: str) -> None:
    assert resident.says(asked).routed.handler == "consultation"
    hold(resident, [(asked, answered), (asked, "出典：")])


def test_no_ward_is_left_out(resident: Speaker) -> None:
    heard = resident.hears("人権相談")
    assert [
        ward for ward in ("中央", "東", "西", "南", "北") if f"人権相談（{ward}区役所）" not in heard
    ] == []


def test_the_place_is_said_once(resident: Speaker) -> None:
    assert resident.hears("人権相談 西区").count("場所：西区役所") == 1
    assert "12時まで 西区役所" not in resident.hears("人権相談 西区")


def test_a_talk_goes_on_about_the_consultation(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("人権相談 東区", "【人権相談（東区役所）】"),
            ("土曜は？", "おたずねの日には、ありません。"),
            ("どこ？", "場所：東区役所"),
            ("電話は？", "096-367-9121"),
            ("予約したい", "予約が要ります"),
            ("西区は？", "【人権相談（西区役所）】"),
            ("来月は？", "12月9日（水）"),
            ("2月30日は？", "見つかりませんでした"),
            ("東区役所の電話番号", "【東区役所】"),
        ],
    )


def test_another_week_is_asked_of_the_same_consultation(resident: Speaker) -> None:
    hold(resident, [("法律相談 今週", "11月25日"), ("来週は？", "11月30日"), ("12月は？", "12月2日")])


def test_holiday_names_are_left_out(resident: Speaker) -> None:
    heard = resident.hears("法律相談 12月28日から1月8日まで")
    assert "12月28日（月）" in heard
    assert "12月30日" not in heard
    assert "1月1日" not in heard
    assert "1月4日（月）" in heard


def test_dates_that_nobody_confirmed_lately_are_called_likely(resident: Speaker) -> None:
    hold(resident, [("法律相談 今週", "見込みです")])


@pytest.mark.parametrize(
    "asked",
    [
        "弁護士費用はいくら",
        "相談",
        "離婚の相談をしたらお金がかかりますか",
        "法律相談いくらかかる",
        "家賃が払えない",
    ],
)
def test_other_questions_are_not_stolen(resident: Speaker, asked: str) -> None:
    assert resident.says(asked).routed.handler != "consultation"


def test_what_is_applied_for_has_neither_a_day_nor_a_place(resident: Speaker) -> None:
    heard = resident.hears("高齢者健診の受診券の申込み")
    assert "096-334-1507" in heard
    assert "日にち" not in heard
    assert "会場" not in heard
