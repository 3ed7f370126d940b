"""Sentences with blanks, taken apart and put together."""

import pytest

from faq.blanks import LONGEST_NAME, Blank, Words, WrongBlank, parse, written


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", ()),
        ("お待ちください。", (Words("お待ちください。"),)),
        ("{氏名}様、{日時}に", (Blank("氏名"), Words("様、"), Blank("日時"), Words("に"))),
        ("｛氏名｝様", (Blank("氏名"), Words("様"))),
        ("{ 氏名 }{日時}", (Blank("氏名"), Blank("日時"))),
        ("<b>{氏名}</b>", (Words("<b>"), Blank("氏名"), Words("</b>"))),
    ],
)
def test_a_text_in_pieces(text, pieces):
    assert parse(text) == pieces


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("{氏名様", "{氏名様"),
        ("氏名}様", "氏名}様"),
        ("お名前は{}です", "{}"),
        ("お名前は{　}です", "{　}"),
        ("{{氏名}}", "{"),
        ("{氏\n名}", "{氏\n名}"),
        (f"{{{'あ' * (LONGEST_NAME + 1)}}}", f"{{{'あ' * (LONGEST_NAME + 1)}}}"),
    ],
)
def test_what_is_wrong_is_shown(text, near):
    assert parse(text) == WrongBlank(near)


def test_it_is_written_as_it_was_read():
    pieces = parse("｛ 氏名 ｝様、\n{日時}に")
    assert not isinstance(pieces, WrongBlank)
    assert written(pieces) == "{氏名}様、\n{日時}に"
