"""An office's telephone, address and hours."""

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
    ],
)
def test_what_is_known_of_an_office(resident: Speaker, asked: str, answered: str) -> None:
    assert resident.says(asked).routed.handler == "office"
    hold(resident, [(asked, answered), (asked, "出典：")])


@pytest.mark.parametrize(
    "asked",
    [
        "東区役所で住民票は取れますか",
        "区役所の窓口は何時まで？",
        "中央区の大型ごみの申し込み",
        "北区に引っ越した",
    ],
)
def test_a_question_that_only_names_an_office_is_not_stolen(resident: Speaker, asked: str) -> None:
    assert resident.says(asked).routed.handler == "question"
