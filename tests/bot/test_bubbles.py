"""What staff see before they send is what the talk then says."""

import pytest

from bot.bubbles import TalkBubbles
from bot.telling import text
from store.case_answers import In
from tests.dialogue import Speaker
from tests.handlers.case_town import Clerk, hand_over

ANSWER = "日曜日の窓口をご利用ください。"


@pytest.fixture
def speaker(sqlite, city):
    return Speaker(sqlite, city)


@pytest.mark.parametrize(("how", "words"), [(In.LINE, ANSWER), (In.PAGE, None)])
def test_an_answer(speaker, how, words):
    case, bubbles = hand_over(speaker), TalkBubbles(speaker.talk.city)
    with speaker.talk.database.read() as tx:
        seen = bubbles.answer(tx, case, words, speaker.talk.now)
    said = "\n".join(map(text, Clerk(speaker).answers(ANSWER, how)))
    for part in (seen.title, seen.body, seen.footnote):
        assert part in said
    assert (ANSWER in seen.body) == (ANSWER in said) == (how is In.LINE)


def test_another_authority(speaker):
    hand_over(speaker)
    bubbles = TalkBubbles(speaker.talk.city)
    with speaker.talk.database.read() as tx:
        named = speaker.talk.city.current(tx).neighbours[0]
        seen = bubbles.elsewhere(tx, named, "平日にどうぞ。")
    said = "\n".join(map(text, Clerk(speaker).names(named.id, "平日にどうぞ。")))
    assert named.name in seen.body
    for part in (seen.title, seen.body, seen.footnote, *(f"{label}：{value}" for label, value in seen.facts)):
        assert part in said
