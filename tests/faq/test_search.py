import time

import pytest

from faq.index import prepare
from faq.models import Field, Outcome, SearchResult, WordMet
from faq.search import Knowledge
from tests.faq.bad_input import DISTURBED, ENORMOUS, NOTHING
from tests.faq.town import DOG, GARBAGE, LIBRARY, PREPARED, SYNONYMS, TOWN, entry


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("ごみの分け方を知りたい", "garbage"),
        ("ゴミの分別", "garbage"),
        ("転入届はいつまで？", "moving-in"),
        ("住民票はどこで取れますか", "residence-certificate"),
        ("図書館の本が借りたいです", "library"),
        ("犬を飼い始めました", "dog"),
    ],
)
def test_the_right_entry_comes_first(said: str, found: str) -> None:
    result = TOWN.search(said)
    assert result.outcome is not Outcome.NONE
    assert result.matches[0].entry.id == found


def test_a_question_that_somebody_wrote_down_is_sure() -> None:
    other = entry("garbage-hours", "ゴミの分別の相談は何時までですか", "17時までです。")
    result = TOWN.with_changed([prepare(other)]).search("ゴミの分別を教えてください")
    assert result.outcome is Outcome.ANSWER
    assert result.matches[0].entry.id == "garbage"
    assert result.matches[0].score > 0.9


def test_a_question_that_two_entries_share_is_not() -> None:
    twin = entry("waste", "ごみの捨て方", "区役所にお尋ねください。", "ゴミの分別")
    assert TOWN.with_changed([prepare(twin)]).search("ゴミの分別").outcome is Outcome.CHOOSE


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("税金払えない", "hardship"),
        ("税金が払えません", "hardship"),
        ("税金払えん", "hardship"),
        ("税金の払い方", "payment"),
        ("税金を払いたい", "payment"),
    ],
)
def test_who_cannot_pay_is_not_told_how_to_pay(said: str, found: str) -> None:
    payment = entry("payment", "税金の払い方", "コンビニで払えます。", "税金を払う")
    hardship = entry("hardship", "税金が払えないとき", "ご相談ください。", "税金が払えない")
    result = TOWN.with_changed([prepare(payment), prepare(hardship)]).search(said)
    assert result.outcome is Outcome.ANSWER
    assert result.matches[0].entry.id == found


@pytest.mark.parametrize("said", ["asdf", "おすすめのラーメン屋は", "こんにちは"])
def test_what_nothing_answers(said: str) -> None:
    result = TOWN.search(said)
    assert (result.outcome, result.matches) == (Outcome.NONE, ())


@pytest.mark.parametrize("said", NOTHING.values(), ids=NOTHING)
def test_where_nothing_is_asked_nothing_is_answered(said: str) -> None:
    assert TOWN.search(said) == SearchResult(Outcome.NONE, (), TOWN.search(said).tokens)


@pytest.mark.parametrize("said", DISTURBED.values(), ids=DISTURBED)
def test_what_disturbs_a_text_does_not_hide_the_question(said: str) -> None:
    result = TOWN.search(said)
    assert result.outcome is not Outcome.NONE
    assert result.matches[0].entry.id == "dog"


@pytest.mark.parametrize("text", ENORMOUS.values(), ids=ENORMOUS)
def test_any_text_within_50_milliseconds(text: str) -> None:
    TOWN.search("辞書を先に読む")
    started = time.process_time()
    TOWN.search(text)
    assert time.process_time() - started < 0.05


def test_a_match_says_why() -> None:
    match = TOWN.search("犬を飼い始めました").matches[0]
    assert match.because.endswith("お尋ねの「犬」「飼い始める」が、この質問にあります。")
    assert [word.said for word in match.words] == ["犬", "飼い", "始め"]


def test_a_synonym_says_so_and_whose_it_is() -> None:
    match = TOWN.search("本屋さんで本を借りたい").matches[0]
    assert match.entry == LIBRARY
    assert "「本屋」は「図書館」のことと考えました。" in match.because
    assert WordMet("本屋", "図書館", "市の同義語", Field.QUESTION) in match.words


def test_entries_by_id_and_in_order() -> None:
    assert TOWN.entry(DOG.id) == DOG
    assert TOWN.entry("cat") is None
    assert [each.id for each in TOWN.entries][:2] == ["moving-in", "garbage"]


def test_a_changed_entry_is_found_and_the_old_knowledge_stays() -> None:
    cat = prepare(entry("cat", "猫が迷子になったとき", "動物愛護センターに連絡してください。"))
    changed = prepare(entry("dog", "鶏を飼いたい", "届け出が要ることがあります。"))
    newer = TOWN.with_changed([cat, changed])
    assert newer.search("迷子の猫").matches[0].entry.id == "cat"
    assert newer.search("鶏を飼いたい").matches[0].entry.id == "dog"
    assert TOWN.search("迷子の猫").outcome is Outcome.NONE


def test_an_entry_taken_out_is_found_no_more() -> None:
    newer = TOWN.without([GARBAGE.id])
    assert newer.entry(GARBAGE.id) is None
    assert newer.search("ごみの分け方を知りたい").outcome is Outcome.NONE


def test_two_entries_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="moving-in"):
        Knowledge.of([*PREPARED, PREPARED[0]], SYNONYMS)


def test_a_knowledge_without_entries_finds_nothing() -> None:
    assert Knowledge.of([], []).search("ごみ").outcome is Outcome.NONE
