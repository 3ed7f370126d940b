from faq.because import WordMet, in_one_line, words_met
from tests.faq.town import TOWN

DOG = WordMet("犬", "犬", "", "質問")
FEE = WordMet("料金", "手数料", "市の同義語", "回答")


def test_one_line_names_words_fields_and_synonyms() -> None:
    line = in_one_line([DOG, FEE], 0.5)
    assert line == "「犬」が質問にあります。「料金」は「手数料」のことと読みました（市の同義語）。"


def test_an_almost_equal_question_says_so() -> None:
    assert in_one_line([DOG], 0.95).startswith("ほぼ同じ質問です。")


def test_letters_alone() -> None:
    assert in_one_line([], 0.3) == "文字の並びが似ています。"


def test_word_by_word_in_the_order_of_the_question() -> None:
    found = TOWN.candidates("登録は犬でも本屋さんでも")
    assert found is not None
    ids = [entry.id for entry in TOWN.entries_at(found.evidence.candidates)]
    met = words_met(found.asked, found.evidence, ids.index("dog"))
    assert [(word.said, word.field) for word in met][:2] == [("登録", "回答"), ("犬", "質問")]
