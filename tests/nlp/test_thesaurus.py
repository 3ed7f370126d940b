import pytest

from nlp.analyzer import QUESTION
from nlp.thesaurus import Thesaurus, WordGroup

CITY = Thesaurus.of(
    [WordGroup(("転入届", "引っ越しの届け"), 0.8, "市"), WordGroup(("ごみ", "ゴミ", "廃棄物"), 0.9, "市")]
)


@pytest.mark.parametrize(
    ("said", "shown"),
    [("引っ越しの届け", ["転入届"]), ("ゴミの袋", ["廃棄物"]), ("廃棄物", ["ごみ"]), ("住民票", [])],
)
def test_other_ways_to_say_it(said: str, shown: list[str]) -> None:
    words = [token.normalized for token in QUESTION.tokens(said)]
    assert [related.shown for related in CITY.related(words)] == shown


def test_a_related_word_tells_its_span_weight_and_source() -> None:
    words = [token.normalized for token in QUESTION.tokens("市の引っ越しの届けとは")]
    (related,) = CITY.related(words)
    assert words[related.start : related.stop] == ["引っ越す", "届ける"]
    assert (related.weight, related.source) == (0.8, "市")


def test_beside_another_the_city_is_heard_first() -> None:
    other = Thesaurus.of(
        [WordGroup(("ごみ", "廃棄物"), 0.5, "辞書"), WordGroup(("役所", "役場"), 0.5, "辞書")]
    )
    both = CITY.beside(other)
    assert [(each.shown, each.source) for each in both.related(["ごみ"])] == [("廃棄物", "市")]
    assert [(each.shown, each.source) for each in both.related(["役場"])] == [("役所", "辞書")]
