"""What texts in other languages say in the words of the city."""

import pytest

from faq.foreign_words import ForeignWord
from faq.gist import Interpreter
from nlp.language import Language

WORDS = (
    ForeignWord("", {"en": ("the", "is", "my"), "zh": ("怎么",), "ko": ("은", "이"), "vi": ("tôi",)}, False),
    ForeignWord("どこ", {"en": ("where",), "zh": ("在哪里",), "ko": ("어디",), "vi": ("ở đâu",)}, True),
    ForeignWord("ごみ", {"en": ("garbage",), "zh": ("垃圾",), "ko": ("쓰레기",), "vi": ("rác",)}, False),
    ForeignWord(
        "ごみ袋", {"en": ("garbage bag",), "zh": (), "ko": ("쓰레기 봉투",), "vi": ("túi rác",)}, False
    ),
)
NAMES = {"東区役所": ("Higashi Ward Office",)}


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        (Language.ENGLISH, "Where is the Higashi ward office?", "東区役所 どこ"),
        (Language.ENGLISH, "where's my garbage", "ごみ どこ"),
        (Language.ENGLISH, "garbage bags", "ごみ袋"),
        (Language.ENGLISH, "garbage truck", "ごみ truck"),
        (Language.ENGLISH, "garbage 区役所", "ごみ 区役所"),
        (Language.SIMPLIFIED_CHINESE, "垃圾怎么", "ごみ"),
        (Language.TRADITIONAL_CHINESE, "垃圾在哪裡", "ごみ どこ"),
        (Language.SIMPLIFIED_CHINESE, "垃圾车", "ごみ 車"),
        (Language.KOREAN, "쓰레기 봉투는 어디", "ごみ袋 unread どこ"),
        (Language.KOREAN, "쓰레기봉투", "ごみ袋"),
        (Language.KOREAN, "쓰레기 이발", "ごみ unread"),
        (Language.VIETNAMESE, "túi rác ở đâu", "ごみ袋 どこ"),
        (Language.VIETNAMESE, "tui rac o dau", "ごみ袋 どこ"),
        (Language.VIETNAMESE, "rác xanh", "ごみ xanh"),
        (Language.VIETNAMESE, "rác đỏ", "ごみ unread"),
    ],
)
def test_a_text_is_said_in_japanese(language: Language, text: str, said: str) -> None:
    names = NAMES if language is Language.ENGLISH else {}
    assert Interpreter(WORDS, names, language).gist(text).text == said


@pytest.mark.parametrize(
    ("text", "share"),
    [("garbage", 1), ("garbage truck", 1 / 2), ("where", 0), ("where is the truck", 0), ("garbage 12", 1)],
)
def test_how_much_is_understood(text: str, share: float) -> None:
    assert Interpreter(WORDS, NAMES, Language.ENGLISH).gist(text).share == share
