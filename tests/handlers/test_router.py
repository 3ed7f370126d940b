"""Neighbours of what the handlers for places, hours and consultations answer: none of them may be taken."""

import pytest

from tests.dialogue import Speaker

PLACES = {"office", "procedure", "consultation", "nearest"}


@pytest.mark.parametrize(
    "asked",
    [
        "八代市役所の電話番号",
        "宇城市役所はどこ",
        "合志市役所は何時まで",
        "大阪市北区役所の電話",
        "益城町役場の場所",
        "県庁はどこ",
        "熊本県庁の電話番号",
        "税務署はどこですか",
        "熊本西税務署は何時まで",
        "年金事務所の場所",
        "法務局はどこ",
        "ハローワークは土曜やってる？",
        "運転免許センターは日曜開いてますか",
        "警察署の電話番号",
        "郵便局は何時まで",
        "熊本市民病院の電話番号",
        "日赤の電話番号",
        "日曜にやってる病院",
        "日曜当番医",
        "土曜の歯医者",
        "熊本城は何時まで",
        "動植物園は今日開いてる？",
        "美術館の休館日",
        "博物館は月曜休み？",
        "市立図書館は土曜開いてる？",
        "プールは何時まで",
        "市電は何時まで",
        "東区の図書館",
        "土曜のごみ",
        "明日のごみ",
        "東区の燃やすごみは何曜日",
        "燃やすごみは何時までに出す",
        "明日の天気",
        "北区の天気",
        "今何時",
        "今日は何日",
        "何時に生まれた",
        "東区役所の職員の態度が悪い",
        "区役所の電話がつながらない",
        "東区役所は対応が遅い",
        "中央区役所は駐車場ありますか",
        "東区役所の駐車場は何時まで",
        "東区役所の求人",
        "東区役所でバイトしたい",
        "東区の人口",
        "区長は誰",
        "選挙の投票所はどこ",
        "期日前投票は何時まで",
        "花園公民館の講座",
        "公民館の部屋を予約したい",
        "西区の避難情報",
        "中央区で住みやすい場所",
        "東区に引っ越しました",
        "子どもが熱を出した。土曜は？",
        "死にたい",
        "火事です",
    ],
)
def test_it_is_left_to_others(resident: Speaker, asked: str) -> None:
    assert resident.says(asked).routed.handler not in PLACES


def test_what_is_answered_is_no_longer_than_anybody_may_write(resident: Speaker) -> None:
    """Each letter stands for eighteen; what comes after them is cut off with them."""
    assert resident.says("ﷺ" * 270 + "家が火事です").routed.handler == "danger"
    assert resident.says("ﷺ" * 4000 + "家が火事です").routed.handler != "danger"
