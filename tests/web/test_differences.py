"""Texts are compared by words: what goes is marked, and what comes in its place."""

from itertools import pairwise

import pytest

from web.differences import Mark, pieces_of

SAME, GONE, NEW = Mark.SAME, Mark.GONE, Mark.NEW


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("同じ", "同じ", [(SAME, "同じ")]),
        ("", "新しい", [(NEW, "新しい")]),
        ("古い", "", [(GONE, "古い")]),
        ("", "", []),
        ("14日以内です。", "30日以内です。", [(GONE, "14"), (NEW, "30"), (SAME, "日以内です。")]),
        (
            "区役所で届け出ます。",
            "総合出張所で届け出ます。",
            [(GONE, "区役所"), (NEW, "総合出張所"), (SAME, "で届け出ます。")],
        ),
        ("一行\n二行", "一行\n\n二行", [(SAME, "一行"), (GONE, "\n"), (NEW, "\n\n"), (SAME, "二行")]),
        ("犬は走る", "猫は歩く", [(GONE, "犬は走る"), (NEW, "猫は歩く")]),
    ],
)
def test_what_differs(before, after, pieces):
    assert [(piece.mark, piece.text) for piece in pieces_of(before, after)] == pieces


@pytest.mark.parametrize("before", ["", "平日の8時30分から17時15分まで", "あ" * 3_000, "い\nろ\nは"])
@pytest.mark.parametrize("after", ["", "平日の9時から16時30分までです", "あ" * 2_999 + "い", "い\nは"])
def test_both_texts_can_be_read_from_the_pieces(before, after):
    pieces = pieces_of(before, after)
    assert "".join(piece.text for piece in pieces if piece.mark is not NEW) == before
    assert "".join(piece.text for piece in pieces if piece.mark is not GONE) == after
    marks = [piece.mark for piece in pieces]
    assert all(one is not other for one, other in pairwise(marks))


def test_texts_that_are_slow_to_compare_stand_side_by_side():
    before, after = "あい" * 500, "いあ" * 500
    assert [(piece.mark, piece.text) for piece in pieces_of(before, after)] == [(GONE, before), (NEW, after)]
