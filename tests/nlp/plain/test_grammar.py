"""Sentences that are hard by their build."""

import pytest

from nlp.plainness import Level, Sort
from tests.nlp.plain.texts import said

FIFTY = "あ" * 48 + "い。"


@pytest.mark.parametrize(
    ("text", "level", "count"),
    [
        (FIFTY, Level.EASY, 1),
        (FIFTY, Level.PLAIN, 0),
        ("あ" * 70 + "。", Level.PLAIN, 1),
        ("あ" * 30 + "。" + "い" * 30 + "。", Level.EASY, 0),
        ("あ" * 30 + "\n" + "い" * 30, Level.EASY, 0),
        ("あ" * 30 + "（096-334-1500）へ。", Level.EASY, 0),  # a number makes no sentence hard
        ("区（く）" * 12 + "へ。", Level.EASY, 0),  # nor do readings
        ("Consultation for foreign residents: Kumamoto City International Center, 2F.", Level.PLAIN, 0),
    ],
)
def test_long_sentences(text, level, count):
    assert len(said(text, Sort.LONG, level=level)) == count


@pytest.mark.parametrize(
    ("text", "is_several"),
    [
        ("区役所へ行って、カードを出します。", True),
        ("お金がいりますが、高くはありません。", True),
        ("区役所へ行き、カードを出します。", True),
        ("区によって、窓口が違います。", False),
        ("区役所へ行ってください。", False),
        ("雨のときは、行きません。", False),
    ],
)
def test_several_things_in_one_sentence(text, is_several):
    assert [where for where, _ in said(text, Sort.SEVERAL)] == [text] * is_several


def test_for_everybody_only_sentences_that_go_on_and_on():
    text = "区役所へ行って、カードを出して、紙を書いて、待ちます。"
    assert len(said(text, Sort.SEVERAL, level=Level.PLAIN)) == 1
    assert said("区役所へ行って、待ちます。", Sort.SEVERAL, level=Level.PLAIN) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("取れないわけではありません。", 1),
        ("行かないことはない。", 1),
        ("確認できない限り、受け付けません。", 1),
        ("出さなければなりません。", 0),  # a duty, and the form that learners know
        ("行きません。出しません。", 0),
        ("出せないので、行きません。", 0),
    ],
)
def test_two_negatives(text, count):
    assert len(said(text, Sort.DOUBLE_NEGATIVE)) == count


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("住所変更届出先一覧を見ます。", ["住所変更届出先一覧"]),
        ("市民税課へ行きます。", []),
        ("子育て支援制度です。", []),  # the name of something
        ("住所変更届出先一覧〈紙〉を見ます。", []),
    ],
)
def test_rows_of_nouns(text, places):
    assert [where for where, _ in said(text, Sort.NOUNS)] == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("紙が送られます。", ["送られ"]),
        ("医者に見せられます。", ["見せられ"]),
        ("子どもに書かせます。", ["書かせ"]),
        ("区役所に知らせてください。", []),
        ("区役所へ行けます。", []),
    ],
)
def test_passive_and_causative(text, places):
    assert [where for where, _ in said(text, Sort.PASSIVE)] == places
    assert said(text, Sort.PASSIVE, level=Level.PLAIN) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("少しお待ちください。", [("お待ち", "待って")]),
        ("カードをお持ちください。", [("お持ち", "持って来て")]),
        ("区役所へお越しください。", [("お越し", "来て")]),
        ("ご安心ください。", [("ご安心", "安心して")]),
        ("名前をお書きになる人", [("お書きになる", None)]),
        ("待ってください。", []),
    ],
)
def test_polite_words(text, found):
    assert said(text, Sort.POLITE) == found
