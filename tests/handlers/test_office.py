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
        ("東区役所ってどこにあるの", "東本町16番30号"),
        ("北区役所までの行き方", "植木町岩野238番地1"),
        ("東区役所はどけあるとね", "東本町16番30号"),
        ("龍田出張所はどけあっと？", "096-338-2231"),
        ("龍田出張所の電話番号ば教えてはいよ", "096-338-2231"),
        ("南区役所はどぎゃん行くと？", "富合町清藤405番地3"),
        ("ひがしくやくしょのでんわばんごう", "096-367-9121"),
        ("ひがしくやくしょ　どこ", "東本町16番30号"),
        ("東区やくしょ 電話", "096-367-9121"),
        ("植木の区役所", "【北区役所】"),
        ("市役所の電話番号", "096-328-2111"),
        ("市役所どこ", "手取本町1番1号"),
        ("中央区役所の保健こども課は何階ですか", "市役所本庁舎 3階"),
        ("北区役所 区民課 電話", "096-272-6905"),
        ("西区の保健こども課に電話したい", "096-329-6838"),
        ("国保年金課の場所", "手取本町1番1号"),
        ("消費者センターの電話番号", "096-353-2500"),
        ("託麻総合出張所の住所", "所在地を確認できていません"),
        ("森都心プラザは何時まで", "時間を確認できていません"),
        ("東部環境工場 何時から何時まで", "いま受付中です（16時30分まで）"),
        ("東区役所、今日やってますか", "9時から16時30分まで"),
        ("東区役所に今から行って間に合う？", "いま受付中です（16時30分まで）"),
        ("あのー、東区役所なんですが今日は何時までですかね", "9時から16時30分まで"),
        ("すみません、75歳の者ですが、東区役所の電話番号を教えていただけませんでしょうか", "096-367-9121"),
        ("こんにちは。東区役所は何時までですか？", "いま受付中です（16時30分まで）"),
        ("東区の区役所の電話", "096-367-9121"),
        ("東区の総合出張所", "【託麻総合出張所】"),
        ("西区の出張所の電話番号", "096-276-1111"),
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
        ("東区役所は来週の金曜の17時はやってますか", "その時間は受け付けていません。12月4日（金）は"),
        (
            "東区役所は8時半から開いてますか",
            "その時間は受け付けていません。11月24日（火）は、9時から16時30分までです。",
        ),
        ("東区役所は15時以降もやってる？", "はい、受け付けます。"),
        ("東区役所に5時に着くけど間に合いますか", "その時間は受け付けていません。"),
        ("東区役所は昼休みもやってますか", "はい、受け付けます。"),
        ("市役所って何時まであいとると？", "いま受付中です（16時30分まで）。"),
        ("清水出張所って土曜やってる？", "11月28日（土）は、お休みです。"),
        ("動物愛護センターは日曜やってる？", "11月29日（日）は、お休みです。"),
        ("東部環境工場は土曜日あいてますか", "11月28日（土）は、8時30分から16時30分まで受け付けます。"),
        ("12月29日から1月3日まで市役所は休みですか", "お休みです（年末年始）。"),
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
        ("役所は今あいてる？", "いま受付中です（16時30分まで）。"),
        ("役所は土日休みですか？", "11月28日（土）〜11月29日（日）は、お休みです。"),
        ("昼休みでも窓口は開いてますか", "はい、受け付けます。"),
        ("あと何分で閉まりますか", "いま受付中です（16時30分まで）。"),
        ("正月は休み？", "お休みです（年末年始）。"),
    ],
)
def test_without_a_name_all_counters_are_meant_and_named(
    resident: Speaker, asked: str, answered: str
) -> None:
    assert resident.says(asked).routed.handler == "office"
    hold(resident, [(asked, answered), (asked, "区役所"), (asked, "出典：")])
    assert {"東区", "東区役所"} & set(resident.buttons)


def test_at_night_the_next_opening_is_told(resident: Speaker) -> None:
    resident.talk.now = datetime(2026, 12, 28, 11, 0, tzinfo=UTC)  # Monday 20:00 in Japan
    hold(resident, [("次はいつ開く?", "いまは受付時間外です。次は2027年1月4日（月）9時からです。")])


@pytest.mark.parametrize("asked", ["東区役所は何時まで", "区役所は何時まで", "住民票の窓口は何時まで"])
def test_until_when_is_told_at_night_too(resident: Speaker, asked: str) -> None:
    resident.talk.now = datetime(2026, 11, 27, 11, 0, tzinfo=UTC)  # Friday 20:00 in Japan
    hold(resident, [(asked, "11月30日（月）は、9時から16時30分まで受け付けます。")])


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
    ("asked", "listed"),
    [
        ("南区の出張所はどこ", ["天明総合出張所：096-223-1111", "幸田総合出張所：", "城南総合出張所："]),
        ("北区にある出張所を教えて", ["清水総合出張所：", "龍田総合出張所："]),
        ("総合出張所はどこにありますか", ["託麻総合出張所：", "龍田総合出張所："]),
        ("区役所の一覧", ["中央区役所：熊本市中央区手取本町1番1号 096-328-2610", "096-272-1112"]),
        ("東区の公民館はどこ", ["096-367-1134", "秋津まちづくりセンター・公民館："]),
    ],
)
def test_the_offices_of_a_kind_are_listed(resident: Speaker, asked: str, listed: list[str]) -> None:
    heard = resident.hears(asked)
    assert [name for name in listed if name not in heard] == []
    assert "出典：" in heard


def test_one_of_a_list_is_one_press_away(resident: Speaker) -> None:
    hold(
        resident,
        [("南区の出張所", "次のとおりです"), (">幸田総合出張所", "096-378-0172"), ("土曜は？", "お休み")],
    )


def test_of_many_a_ward_is_chosen(resident: Speaker) -> None:
    hold(resident, [("公民館の一覧", "下からえらんで"), (">東区", "東部公民館：")])


def test_a_ward_without_such_an_office_says_so_and_what_it_has(resident: Speaker) -> None:
    hold(
        resident, [("中央区の出張所", "中央区には、総合出張所がありません。"), ("土曜は？", "【中央区役所】")]
    )


@pytest.mark.parametrize("before", ["大型ごみを出したい", "ラーメン", "大型ごみの出し方", "粗大ごみ"])
@pytest.mark.parametrize("asked", ["土曜は？", "明日は？", "今開いてる?", "どこ？", "電話は？"])
def test_a_bare_day_after_talk_of_something_else_is_asked_back(
    resident: Speaker, before: str, asked: str
) -> None:
    resident.says(before)
    hold(resident, [(asked, "どちらの窓口や施設のことでしょうか")])
    assert resident.told is not None
    assert "区役所" in resident.buttons
    hold(resident, [(">区役所", "中央区役所：")])


@pytest.mark.parametrize(
    "asked",
    ["中央区の大型ごみの申し込み", "北区に引っ越した", "今何時", "市民病院は何時まで"],
)
def test_a_question_that_only_names_an_office_is_not_stolen(resident: Speaker, asked: str) -> None:
    assert resident.says(asked).routed.handler == "question"
