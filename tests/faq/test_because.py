import pytest

from faq.asked import NEAR_WORD
from faq.because import in_one_line, words_met
from faq.models import Field, WordMet
from tests.faq.town import CERTIFICATE, TOWN

DOG = WordMet("犬", "犬", "", Field.QUESTION)
RESIDENT, SLIP = WordMet("住民", "住民", "", Field.QUESTION), WordMet("票", "票", "", Field.QUESTION)
KEEP, START = WordMet("飼い", "飼う", "", Field.QUESTION), WordMet("始め", "始める", "", Field.QUESTION)
BRING = WordMet("持ち物", "持ち物", "", Field.ANSWER)
FEE = WordMet("料金", "手数料", "市の同義語", Field.ANSWER)
FLAT = WordMet("転居", "引っ越す", NEAR_WORD, Field.QUESTION)


@pytest.mark.parametrize(
    ("met", "line"),
    [
        ([DOG], "お尋ねの「犬」が、この質問にあります。"),
        ([BRING], "お尋ねの「持ち物」が、答えの中にあります。"),
        (
            [RESIDENT, SLIP, BRING],
            "お尋ねの「住民票」が、この質問にあります。「持ち物」は、答えの中にあります。",
        ),
        ([KEEP, START], "お尋ねの「飼い始める」が、この質問にあります。"),
        ([DOG, FEE], "お尋ねの「犬」が、この質問にあります。「料金」は「手数料」のことと考えました。"),
        ([FLAT], "「転居」と意味の近い「引っ越す」が、この質問にあります。"),
        ([], "お尋ねと書き方の似た質問です。"),
    ],
)
def test_one_line_names_words_fields_and_synonyms(met: list[WordMet], line: str) -> None:
    assert in_one_line(met, 0.5, "住民票の持ち物と犬を飼い始めの料金と転居") == line


def test_an_almost_equal_question_says_so() -> None:
    assert in_one_line([DOG], 0.95, "犬").startswith("お尋ねとほとんど同じ質問です。")


def test_a_line_stays_short() -> None:
    many = [WordMet(said, said, "", Field.QUESTION) for said in "一二三四五"]
    others = [WordMet(said, said * 2, "市の同義語", Field.QUESTION) for said in "六七八"]
    line = in_one_line([*many, *others], 0.5, "")
    assert "「四」などが、" in line
    assert "「五」" not in line
    assert line.count("考えました。") == 2


def test_word_by_word_in_the_order_of_the_question() -> None:
    found = TOWN.candidates("登録は犬でも本屋さんでも")
    assert found is not None
    ids = [entry.id for entry in TOWN.entries_at(found.evidence.candidates)]
    met = words_met(found.asked, found.evidence, ids.index("dog"), "")
    assert [(word.said, word.field) for word in met][:2] == [("登録", Field.ANSWER), ("犬", Field.QUESTION)]


def test_words_are_shown_as_the_entry_writes_them() -> None:
    found = TOWN.candidates("ストアで住民票を取れる")
    assert found is not None
    ids = [entry.id for entry in TOWN.entries_at(found.evidence.candidates)]
    met = words_met(found.asked, found.evidence, ids.index("residence-certificate"), CERTIFICATE.answer)
    assert met[0] == WordMet("ストア", "コンビニ", NEAR_WORD, Field.ANSWER)
