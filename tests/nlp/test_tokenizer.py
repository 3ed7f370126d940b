from concurrent.futures import ThreadPoolExecutor

from sudachipy import Dictionary, SplitMode

from nlp.char_filters import normalize
from nlp.names import words_of
from nlp.readings import reading
from nlp.tokenizer import LONGEST, Token, tokenize
from tests.conftest import DATA


def test_words_with_normal_form_reading_and_part_of_speech() -> None:
    assert tokenize("引越し") == (Token("引越し", "引っ越し", "ヒッコシ", "名詞-普通名詞"),)


def test_the_shortest_units() -> None:
    assert [token.surface for token in tokenize("住民票")] == ["住民", "票"]


def test_many_threads_at_once() -> None:
    text = "住民票の写しはどこで取れますか" * 20
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(tokenize, [text] * 200))) == 1


def test_who_asks_for_less_is_told_the_same() -> None:
    """Numbers are joined or not by what Sudachi loads of them, which changes no reading."""
    whole = Dictionary().tokenizer(mode=SplitMode.A)
    written = (DATA / "faq.csv").read_text(encoding="utf-8-sig").splitlines()
    texts = (
        *written,
        "令和8年11月24日の10時30分から1,234円",
        "一万二千三百四十五人",
        "山田太郎です",
        "2人で12.5km",
    )
    for text in texts:
        words = whole.tokenize(text)
        assert reading(text) == "".join(m.reading_form() for m in whole.tokenize(normalize(text, LONGEST)))
        assert tokenize(text) == tuple(
            Token(m.surface(), m.normalized_form(), m.reading_form(), "-".join(m.part_of_speech()[:2]))
            for m in words
        )
        assert [tuple(each) for each in words_of(text)] == [
            (m.begin(), m.end(), m.part_of_speech(), m.is_oov()) for m in words
        ]
