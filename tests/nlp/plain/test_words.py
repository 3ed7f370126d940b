"""Hard words: what may stand in their place, in the form that the sentence needs, and what is left alone."""

import csv

import pytest

from nlp.plain.verbs import verb
from nlp.plain.words import COLUMNS, PlainWordsError, load
from nlp.plainness import Level, PlainWords, Sort, look
from tests.conftest import DATA
from tests.nlp.plain.texts import pressed, said, shipped


@pytest.mark.parametrize(
    ("hard", "plain"),
    [
        ("カードを提出してください。", "カードを出してください。"),
        ("カードをご提出ください。", "カードを出してください。"),
        ("カードを提出します。", "カードを出します。"),
        ("カードを提出しました。", "カードを出しました。"),
        ("カードを提出した人", "カードを出した人"),
        ("カードを提出しないとき", "カードを出さないとき"),
        ("カードを提出すれば", "カードを出せば"),
        ("カードを提出できます。", "カードを出すことができます。"),
        ("カードを提出し、待ちます。", "カードを出し、待ちます。"),
        ("カードを提出（ていしゅつ）してください。", "カードを出してください。"),
        ("税を納付したい人", "税を払いたい人"),
        ("家へ持参する。", "家へ持って来る。"),
        ("区役所へお尋ねください。", "区役所へ聞いてください。"),
        ("区役所へ尋ねて", "区役所へ聞いて"),
        ("避難しながら", "逃げながら"),
        ("翌日に", "次の日に"),
    ],
)
def test_the_plain_word_takes_the_form_of_the_hard_one(hard, plain):
    assert pressed(hard, Sort.WORD) == plain


@pytest.mark.parametrize(
    "text",
    [
        "提出が必要です。",  # the sentence has to be written anew
        "提出されたカード",
        "提出させる",
        "提出、お願いします。",
    ],
)
def test_where_no_form_fits_the_word_is_only_named(text):
    assert [replacement for _, replacement in said(text, Sort.WORD)] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "電子申請システム",
        "収集カレンダー",  # behind it another noun goes on
        "お金がかかります。",  # written otherwise than 係る
        "出してください。",
    ],
)
def test_other_words_are_left_alone(text):
    assert said(text, Sort.WORD) == []


def test_a_stiff_word_is_named_within_a_longer_one_and_for_everybody():
    assert said("当該職員", Sort.WORD, level=Level.PLAIN) == [("当該", None)]
    assert said("遅滞なく届けてください。", Sort.WORD, level=Level.PLAIN) == [("遅滞なく", "すぐに")]
    assert said("提出してください。", Sort.WORD, level=Level.PLAIN) == []


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("世帯主の名前", "世帯主〈いっしょに住んでいる家族の代表の人〉の名前"),
        ("世帯主（せたいぬし）の名前", "世帯主（せたいぬし）〈いっしょに住んでいる家族の代表の人〉の名前"),
        ("世帯主〈家族の代表〉の名前", "世帯主〈家族の代表〉の名前"),
    ],
)
def test_a_word_that_stays_gets_its_meaning_once(text, after):
    assert pressed(text, Sort.EXPLAIN) == after


def test_what_ships_says_where_it_comes_from_and_can_be_written():
    with (DATA / "plain-words.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(shipped()) >= 150
    assert all(row["source"] and row["source_url"].startswith("http") for row in rows)
    makes_verbs = [row for row in rows if row["use"] == "言いかえ" and row["word"].endswith("する")]
    assert [row["word"] for row in makes_verbs if verb(row["suggestion"]) is None] == []


def test_no_suggestion_is_a_hard_word_itself():
    with (DATA / "plain-words.csv").open(encoding="utf-8", newline="") as file:
        said = [row for row in csv.DictReader(file) if row["use"] == "言いかえ"]
    hard = [
        row["word"]
        for row in said
        for each in look(row["suggestion"], Level.EASY, shipped())
        if each.sort is Sort.WORD
    ]
    assert hard == []


HEAD = ",".join(COLUMNS)
GOOD = "提出する,出す,言いかえ,すべて,試し,,未確認"


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["word,suggestion"], "見出しを"),
        ([HEAD, ",出す,言いかえ,すべて,試し,,未確認"], "2行目：word、suggestion、source"),
        ([HEAD, "提出する,出す,言いかえ,すべて,,,未確認"], "2行目：word、suggestion、source"),
        ([HEAD, GOOD, "納付する,払う,ほか,すべて,試し,,未確認"], "3行目：use"),
        ([HEAD, "提出する,出す,言いかえ,みんな,試し,,未確認"], "2行目：level"),
        ([HEAD, "提出する,出す,言いかえ,すべて,試し,,"], "2行目：status"),
        ([HEAD, GOOD, "提出,出す,言いかえ,すべて,試し,,未確認"], "「提出」が二つ"),
    ],
)
def test_a_file_that_is_wrong_says_what_to_mend(tmp_path, lines, says):
    file = tmp_path / "plain-words.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(PlainWordsError, match=says):
        load(file)


def test_without_a_file_no_word_is_hard():
    assert look("提出してください。", Level.EASY, PlainWords())[0].sort is Sort.READING
