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
        ("死亡届はどこに出しますか", "このたびはお悔やみ申し上げます。"),
    ],
)
def test_the_matrix_answers(resident: Speaker, asked: str, answered: str) -> None:
    assert resident.says(asked).routed.handler == "procedure"
    hold(resident, [(asked, answered), (asked, "出典：")])


def test_a_ward_is_chosen_by_a_press(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("住民票はどこ?", "区をえらぶと"),
            (">西区", "はい、住民票の写しは、西区役所 区民課で受け付けています。"),
            ("土曜は？", "【西区役所 区民課】"),
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
    ],
)
def test_other_questions_about_a_procedure_are_not_stolen(resident: Speaker, asked: str) -> None:
    assert resident.says(asked).routed.handler == "question"
