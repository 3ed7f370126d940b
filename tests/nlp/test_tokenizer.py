from concurrent.futures import ThreadPoolExecutor

from nlp.tokenizer import Token, tokenize


def test_words_with_normal_form_reading_and_part_of_speech() -> None:
    assert tokenize("引越し") == (Token("引越し", "引っ越し", "ヒッコシ", "名詞-普通名詞"),)


def test_the_shortest_units() -> None:
    assert [token.surface for token in tokenize("住民票")] == ["住民", "票"]


def test_many_threads_at_once() -> None:
    text = "住民票の写しはどこで取れますか" * 20
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(tokenize, [text] * 200))) == 1
