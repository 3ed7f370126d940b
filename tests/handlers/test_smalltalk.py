"""Thanks, greetings, and what else people say."""

import pytest

from tests.dialogue import Speaker, hold


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("ありがとうございました！", "お役に立てたなら"),
        ("助かりました、どうもありがとう", "お役に立てたなら"),
        ("こんにちは", "こんにちは"),
        ("おはようございます", "おはようございます"),
        ("こんばんは", "こんばんは"),
        ("あなたは誰？", "自動応答"),
        ("AIですか", "人が読んで答えているのではありません"),
        ("ばか", "申し訳ありません"),
        ("死ぬほど暇", "お話し相手"),
        ("明日の天気は？", "気象庁"),
        ("😊", "短い言葉でも"),
        ("。。。", "短い言葉でも"),
        ("はい", "文章で送ってください"),
    ],
)
def test_small_talk(resident: Speaker, said: str, answered: str) -> None:
    assert resident.says(said).routed.handler == "smalltalk"
    hold(resident, [(said, answered)])


@pytest.mark.parametrize(
    "said",
    [
        "ありがとう。あと印鑑登録に要る物は何ですか",
        "こんにちは、ごみの分け方を知りたい",
        "すみません、転入届の期限は",
    ],
)
def test_a_question_beside_it_is_answered(resident: Speaker, said: str) -> None:
    assert resident.says(said).routed.handler == "question"
