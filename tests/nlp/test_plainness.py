"""A text as a whole: whatever is written, remarks lie within it and can be heeded; and its mark."""

import csv
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.plainness import MOST, Level, Score, look, score
from tests.conftest import DATA
from tests.nlp.plain.texts import shipped

PIECES = (
    *(
        "提出",
        "ご",
        "お",
        "して",
        "ください",
        "できません",
        "ない",
        "わけ",
        "では",
        "令和",
        "8",
        "年",
        "20時",
        "〜",
        "（",
        "だ",
        "）",
    ),
    *(
        "世帯主",
        "〈",
        "〉",
        "、",
        "。",
        "\n",
        "\r\n",
        " ",
        "　",
        "方",
        "熊本",
        "届け",
        "られ",
        "ます",
        "8/15",
        "12:00",
        "\ud800",
        "👨‍👩‍👧",
        "A",
    ),
)


@settings(deadline=None)
@given(
    st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)), st.sampled_from(Level)
)
def test_any_text_can_be_looked_at(text, level):
    found = look(text, level, shipped())
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert list(found) == sorted(found, key=lambda each: each.start)
    assert all(each.replacement != text[each.start : each.end] for each in found)
    mark = score(text, shipped())
    assert mark.mean >= 0 <= mark.density


def test_only_so_much_is_looked_at():
    assert max(each.end for each in look("提出。" * MOST, Level.EASY, shipped())) <= MOST


@pytest.mark.parametrize(
    ("text", "mark", "mean", "density"),
    [
        ("", Score(0, 0, 0, 0), 0, 0),
        ("カードを出します。", Score(1, 9, 9, 0), 9, 0),
        ("カードを提出します。カードを出します。", Score(2, 19, 10, 1), 9.5, 100 / 19),
        ("紙（かみ）です。", Score(1, 4, 4, 0), 4, 0),
    ],
)
def test_the_mark_of_a_text(text, mark, mean, density):
    found = score(text, shipped())
    assert found == mark
    assert (found.mean, found.density) == (mean, density)


def test_two_thousand_letters_are_looked_at_in_fifty_milliseconds():
    with (DATA / "faq.csv").open(encoding="utf-8", newline="") as file:
        text = "\n".join(row["answer"] for row in csv.DictReader(file))[:2_000]
    look(text, Level.EASY, shipped())
    spent = []
    for _ in range(5):
        began = time.process_time()
        look(text, Level.EASY, shipped())
        spent.append(time.process_time() - began)
    assert min(spent) < 0.05
