"""An office's or section's telephone, address and hours."""

from datetime import UTC, datetime

import pytest

from tests.dialogue import Speaker, hold


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("東区役所の電話番号は", "096-367-9121"),
        ("東区役所どこ？", "東本町16番30号"),
        ("北区役所の連絡先を教えてください", "096-272-1112"),
        ("龍田の出張所どこ", "096-338-2231"),
        ("東区役所は何時まで", "いま受付中です（16時30分まで）"),
        ("花園まちづくりセンターの時間", "時間を確認できていません"),
        ("ひごまるコールは今やってる？", "いま受付中です（20時まで）"),
        ("動物愛護センターの住所", "小山2丁目11-1"),
        ("中央区役所", "手取本町1番1号"),
        ("東区役所の福祉課の電話", "096-367-9127"),
        ("北区の福祉課の番号", "北区役所 福祉課"),
        ("納税課は何時まで", "いま受付中です（16時30分まで）"),
    ],
)
def test_what_is_known_of_an_office(resident: Speaker, asked: str, answered: str) -> None:
    assert resident.says(asked).routed.handler == "office"
    hold(resident, [(asked, answered), (asked, "出典：")])


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("東区役所は土曜開いてる？", "11月28日（土）は、お休みです。"),
        ("東区役所 12月30日は?", "12月30日（水）は、お休みです（年末年始）。"),
        ("東区役所は明日何時まで", "11月25日（水）は、9時から16時30分まで受け付けます。"),
        ("西区役所は今日の19時やってる？", "その時間は受け付けていません。"),
        ("南区役所 明日の10時", "はい、受け付けます。11月25日（水）は、9時から16時30分までです。"),
        ("北区役所 明日の夕方", "11月25日（水）は、9時から16時30分までです。"),
        ("東区役所は来年の1月4日からですか", "2027年1月4日（月）は、9時から16時30分まで受け付けます。"),
        ("幸田まちづくりセンターは明日あいてますか", "11月25日（水）の時間は、確認できていません。"),
        ("ひごまるコールは元日もやってる？", "2027年1月1日（金・祝）は、8時から20時まで受け付けます。"),
    ],
)
def test_a_day_or_time_is_answered_from_the_hours(resident: Speaker, asked: str, answered: str) -> None:
    assert resident.says(asked).routed.handler == "office"
    hold(resident, [(asked, answered), (asked, "出典：")])


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("今開いてる?", "いま受付中です（16時30分まで）。"),
        ("土曜は?", "11月28日（土）は、お休みです。"),
        ("次はいつ開く?", "いま受付中です"),
        ("12月30日は?", "お休みです（年末年始）"),
        ("区役所は年末年始休み?", "12月29日（火）〜2027年1月3日（日）は、お休みです（年末年始）。"),
        ("土日もやってますか", "11月28日（土）〜11月29日（日）は、お休みです。"),
        ("区役所の窓口は何時まで？", "いま受付中です（16時30分まで）。"),
    ],
)
def test_without_a_name_all_counters_are_meant_and_named(
    resident: Speaker, asked: str, answered: str
) -> None:
    assert resident.says(asked).routed.handler == "office"
    hold(resident, [(asked, answered), (asked, "区役所"), (asked, "出典：")])
    assert "東区" in resident.buttons


def test_at_night_the_next_opening_is_told(resident: Speaker) -> None:
    resident.talk.now = datetime(2026, 12, 28, 11, 0, tzinfo=UTC)  # Monday 20:00 in Japan
    hold(resident, [("次はいつ開く?", "いまは受付時間外です。次は2027年1月4日（月）9時からです。")])


def test_what_is_asked_next_is_about_the_same_office(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("東区役所の電話番号は", "【東区役所】"),
            ("土曜は?", "【東区役所】"),
            ("明日は何時まで？", "【東区役所】"),
            ("どこ？", "【東区役所】"),
            ("西区役所は？", "【西区役所】"),
            ("12月30日は?", "【西区役所】"),
        ],
    )


def test_a_section_that_several_offices_have_is_asked_back(resident: Speaker) -> None:
    hold(resident, [("福祉課の電話番号", "どちらの窓口ですか"), (">東区役所", "096-367-9127")])


@pytest.mark.parametrize(
    ("asked", "asked_back"),
    [
        ("2月30日 東区役所あいてる？", "見つかりませんでした"),
        ("東区役所 昨日やってた？", "もう過ぎています"),
    ],
)
def test_a_day_that_cannot_be_told_is_asked_back(resident: Speaker, asked: str, asked_back: str) -> None:
    hold(resident, [(asked, asked_back), ("明日は？", "【東区役所】")])


@pytest.mark.parametrize(
    "asked",
    ["中央区の大型ごみの申し込み", "北区に引っ越した", "今何時", "市民病院は何時まで"],
)
def test_a_question_that_only_names_an_office_is_not_stolen(resident: Speaker, asked: str) -> None:
    assert resident.says(asked).routed.handler == "question"
