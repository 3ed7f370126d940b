"""Chatter and matters of others get no confident answer, over a knowledge of everyday entries."""

import pytest

from faq.models import Outcome
from tests.faq.town import TOWN


@pytest.mark.parametrize(
    "said",
    [
        "おすすめのラーメン屋は",
        "明日の天気は？",
        "彼女にふられた",
        "株価はいくら",
        "サッカーの試合結果",
        "カレーの作り方を教えて",
        "宿題を手伝って",
        "映画のおすすめ",
        "ごみみたいな人生だ",
        "引っ越し業者のおすすめ",
        "本能寺の変はいつ",
        "犬も歩けば棒に当たる",
        "銀行の営業時間",
        "What time is it?",
        "你好，请问怎么登记",
        "อยากกินข้าว",
    ],
)
def test_no_answer_is_given(said: str) -> None:
    assert TOWN.search(said).outcome is not Outcome.ANSWER
