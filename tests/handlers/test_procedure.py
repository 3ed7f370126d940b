"""Where something is done, and whether one office does it."""

import pytest

from tests.dialogue import Speaker, hold


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("住民票はどこ?", "区役所・総合出張所で受け付けています。"),
        ("住民票はどこで取れますか", "区役所・総合出張所で受け付けています。"),
        ("パスポートは東区で取れる?", "はい、パスポートの申請は、東区役所 区民課で受け付けています。"),
        ("介護の申請を幸田でできる?", "はい、要介護認定の申請は、幸田総合出張所で受け付けています。"),
        ("東区役所で住民票は取れますか", "はい、住民票の写しは、東区役所 区民課で受け付けています。"),
        ("児童手当を花園公民館で申請できる？", "花園まちづくりセンター・公民館では受け付けていません。"),
        ("印鑑証明を芳野分室で取れますか", "芳野分室"),
        ("母子手帳 南区役所", "南区役所"),
        ("ぱすぽーと どこでつくるの", "パスポートの申請は、区役所"),
        (
            "託麻総合出張所で要介護の申請できる？",
            "はい、要介護認定の申請は、託麻総合出張所で受け付けています。",
        ),
        ("幸田で要支援の手続きできる？", "はい、要介護認定の申請は、幸田総合出張所で受け付けています。"),
        (
            "母の介護認定を申請したいのですが、どこに行けばいいですか",
            "区役所・総合出張所で受け付けています。",
        ),
        ("龍田で戸籍とれるね", "はい、戸籍証明書は、龍田総合出張所で受け付けています。"),
        ("所得証明は河内出張所で取れる？", "河内総合出張所で受け付けています。"),
        ("じゅうみんひょうはどこでとれるの", "区役所・総合出張所で受け付けています。"),
        ("住民票ばとりたかばってん、どけ行けばよかと？", "区役所・総合出張所で受け付けています。"),
        ("住民票どこで取ればよかとですか", "区役所・総合出張所で受け付けています。"),
        ("犬の登録はどこでできますか", "動物愛護センターで受け付けています。"),
        ("区役所で犬の登録できますか", "申し訳ありません。犬の登録は、区役所では受け付けていません。"),
        (
            "出張所でパスポート作れる？",
            "申し訳ありません。パスポートの申請は、総合出張所では受け付けていません。",
        ),
        (
            "出張所でマイナンバーカード受け取れますか",
            "マイナンバーカードの受け取りは、区役所で受け付けています。",
        ),
        ("公民館で住民票取れますか", "申し訳ありません。住民票の写しは、公民館では受け付けていません。"),
        ("転入届って出張所でもいい？", "転入届は、区役所・総合出張所で受け付けています。"),
        ("原付の廃車を東区役所でできますか", "確認できていません。"),
        ("芳野分室で障害者手帳の申請できる？", "はい、身体障害者手帳の申請は、芳野分室で受け付けています。"),
        ("生活保護の申請を託麻でできますか", "東区役所 保護課"),
        ("南区でパスポート取れるところ", "はい、パスポートの申請は、南区役所 区民課で受け付けています。"),
        ("東区で住民票が取れるところはどこ", "東区では、託麻総合出張所でも受け付けています。"),
        ("西区で児童手当の申請", "西区では、河内総合出張所でも受け付けています。"),
        ("引っ越してきました。転入届はどこですか", "転入届は、区役所・総合出張所で受け付けています。"),
        ("国民年金の免除の窓口", "国民年金の保険料の免除は、"),
        ("保育園の申し込みはどこ", "保育所などの入所の申し込みは、区役所で受け付けています。"),
        ("死亡届はどこに出しますか", "このたびはお悔やみ申し上げます。"),
    ],
)
def test_the_matrix_answers(resident: Speaker, asked: str, answered: str) -> None:
    assert resident.says(asked).routed.handler == "procedure"
    hold(resident, [(asked, answered), (asked, "出典：")])


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("土曜に住民票取れる？", "11月28日（土）は、お休みです。"),
        ("日曜に住民票は取れますか", "11月29日（日）は、お休みです。"),
        ("夜7時に印鑑証明取れる？", "その時間は受け付けていません。"),
        ("正月に住民票取れる？", "2027年1月1日（金・祝）〜2027年1月3日（日）は、お休みです（年末年始）。"),
        ("土日にパスポートの申請できますか", "11月28日（土）〜11月29日（日）は、お休みです。"),
        ("東区役所で日曜にパスポート受け取れる？", "11月29日（日）は、お休みです。"),
        ("東区役所で明日パスポートの申請できる？", "11月25日（水）は、9時から16時30分まで受け付けます。"),
        ("明日の朝9時に住民票取れますか", "はい、受け付けます。"),
    ],
)
def test_the_day_asked_about_comes_first(resident: Speaker, asked: str, answered: str) -> None:
    assert resident.says(asked).routed.handler == "procedure"
    heard = resident.hears(asked)
    assert answered in "".join(heard.split("\n")[1:3])
    assert "はい、パスポート" not in heard
    hold(resident, [(asked, "出典：")])


def test_a_window_that_may_be_open_is_not_kept_back(resident: Speaker) -> None:
    heard = resident.hears("土曜に所得証明取れる？")
    assert "中央区役所 時間外証明窓口：11月28日（土）の時間は、確認できていません。" in heard


@pytest.mark.parametrize("asked", ["死亡届は夜でも出せますか", "日曜に婚姻届出せる？"])
def test_who_may_be_taken_at_night_is_told_whom_to_ask(resident: Speaker, asked: str) -> None:
    hold(resident, [(asked, "夜や休みの日に届けられるかは、確認できていません。")])


def test_who_asks_at_the_head_office_is_not_sent_away_from_the_building(resident: Speaker) -> None:
    heard = resident.hears("市役所で住民票取れる？")
    assert "熊本市役所（本庁）と同じ建物の中央区役所で受け付けています。" in heard
    assert "申し訳ありません" not in heard


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("健軍の近くで住民票", "【東区役所 区民課】"),
        ("健軍で住民票取れる？", "【東区役所 区民課】"),
        ("植木で住民票取れる？", "【北区役所 区民課】"),
        ("水前寺の近くで印鑑証明取れるとこ", "【中央区役所 区民課】"),
        ("長嶺の近くでマイナンバーカード受け取れる？", "【東区役所 区民課】"),
    ],
)
def test_near_a_part_of_the_city(resident: Speaker, asked: str, nearest: str) -> None:
    assert resident.says(asked).routed.handler == "procedure"
    hold(resident, [(asked, nearest), (asked, "のあたりから近い順"), (asked, "出典：")])
    assert "距離：" not in resident.hears(asked)


def test_a_location_finds_the_nearest_that_does_it(resident: Speaker) -> None:
    hold(resident, [("り災証明はどこ", "位置情報を送ると"), ("@32.78,130.76", "【東区役所 福祉課】")])
    assert "距離：約" in resident.hears("@32.9036,130.6942")
    hold(resident, [("@43.06,141.35", "熊本市から離れている"), ("土曜は？", "【り災証明書の申請】")])


def test_offices_whose_place_nobody_knows_are_named(resident: Speaker) -> None:
    hold(resident, [("健軍の近くで住民票", "託麻総合出張所でも受け付けていますが、所在地を確認できていない")])


def test_a_talk_goes_on_about_the_procedure(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("住民票はどこ?", "【住民票の写し】"),
            ("土曜は？", "11月28日（土）は、お休みです。"),
            (">西区", "住民票の写しの窓口は、西区役所 区民課です。"),
            ("じゃあ東区は？", "はい、住民票の写しは、東区役所 区民課で受け付けています。"),
            ("電話は？", "096-367-9125"),
            ("何時まで？", "いま受付中です（16時30分まで）。"),
            ("2月30日は？", "見つかりませんでした"),
            ("来週の月曜は？", "11月30日（月）は、9時から16時30分まで受け付けます。"),
            ("西区役所の電話番号", "096-329-1142"),
        ],
    )


def test_a_day_after_the_answer_is_about_its_procedure(resident: Speaker) -> None:
    resident.says("住民票")
    hold(resident, [("土曜は？", "【住民票の写し】")])
    resident.says("生活保護を受けたい")
    hold(resident, [("東区は？", "東区役所 保護課")])


def test_a_ward_is_chosen_by_a_press(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("住民票はどこ?", "下からえらぶか"),
            (">西区", "はい、住民票の写しは、西区役所 区民課で受け付けています。"),
            ("土曜は？", "【西区役所 区民課】"),
            ("土曜は？", "お休みです"),
        ],
    )


def test_what_to_bring_is_one_press_away(resident: Speaker) -> None:
    hold(resident, [("住民票はどこ?", "住民票"), (">持ち物・くわしい説明", "出典：")])
    assert resident.told is not None
    assert resident.told.routed.handler == "question"


def test_where_it_is_not_done_the_reason_and_the_nearest_that_does_it_are_told(resident: Speaker) -> None:
    heard = resident.hears("パスポートを幸田公民館で申請できますか")
    assert "受け付けていません" in heard
    assert "パスポートの窓口は、5つの区役所にあります" in heard
    assert "次の窓口で受け付けています。" in heard


@pytest.mark.parametrize(
    "asked",
    [
        "住民票",
        "住民票を取るのに何がいりますか",
        "転入届を出し忘れた",
        "東区に引っ越したのでパスポートの住所はどうなりますか",
        "東区役所で住民票を取るのに何がいる？",
        "東区役所で住民票を取るには何が必要ですか",
        "東区役所で住民票いくら",
        "パスポートは何日でできる？",
        "東区の保育園の一覧",
        "転入届はいつまでに出せばいい",
        "児童手当はいつ振り込まれますか",
        "固定資産税の納期はいつ",
        "マイナンバーカードの受け取り予約はいつから",
        "東区役所で住民票が取れなかった",
        "生活保護は土曜に振り込まれますか",
        "大型ごみは日曜に出せますか",
    ],
)
def test_other_questions_about_a_procedure_are_not_stolen(resident: Speaker, asked: str) -> None:
    assert resident.says(asked).routed.handler == "question"
