"""Kanji without their reading."""

import pytest

from nlp.plainness import Level, Sort
from tests.nlp.plain.texts import pressed, said


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("区役所です。", "区役所（くやくしょ）です。"),
        ("お金を払います。", "お金を払（はら）います。"),
        ("お金を払（はら）います。", "お金を払（はら）います。"),
        ("お金（かね）です。", "お金（かね）です。"),
        ("紙です。紙です。", "紙（かみ）です。紙です。"),
        ("小学校へ", "小学校（しょうがっこう）へ"),
        ("14日です。", "14日です。"),  # the number decides: じゅうよっか
        ("方へ", "方へ"),  # かた or ほう
        ("熊本へ", "熊本へ"),  # nobody can guess a name
        ("カードです。", "カードです。"),
    ],
)
def test_readings_are_added_once_where_they_are_certain(text, after):
    assert pressed(text, Sort.READING) == after


@pytest.mark.parametrize("text", ["方へ", "熊本へ"])
def test_what_cannot_be_guessed_is_named_all_the_same(text):
    assert [replacement for _, replacement in said(text, Sort.READING)] == [None]


def test_a_hard_word_is_changed_before_it_is_read():
    assert [where for where, _ in said("紙を提出する。", Sort.READING)] == ["紙"]


def test_an_answer_for_everybody_needs_none():
    assert said("区役所です。", Sort.READING, level=Level.PLAIN) == []
