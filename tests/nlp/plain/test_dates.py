"""Days and times as who learns Japanese reads them."""

import pytest

from nlp.plainness import Level, Sort
from tests.nlp.plain.texts import pressed, said


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("令和8年4月1日です。", "2026年4月1日です。"),
        ("令和元年度です。", "2019年度です。"),
        ("平成31年です。", "2019年です。"),
        ("令和8年（2026年）です。", "令和8年（2026年）です。"),
        ("2026年（令和8年）です。", "2026年（令和8年）です。"),
        ("8/15です。", "8月15日です。"),
        ("1/2/3です。", "1/2/3です。"),
        ("13/40です。", "13/40です。"),
        ("20時です。", "午後8時です。"),
        ("２０時です。", "午後8時です。"),
        ("17時15分です。", "午後5時15分です。"),
        ("16時半です。", "午後4時半です。"),
        ("9:30です。", "午前9時30分です。"),
        ("12:15です。", "午後0時15分です。"),
        ("24時です。", "午前0時です。"),
        ("24時間です。", "24時間です。"),
        ("午後8時です。", "午後8時です。"),
        ("午後10:30です。", "午後10:30です。"),
        ("9時です。", "9時です。"),
        ("99時です。", "99時です。"),
        ("096-334-1500", "096-334-1500"),
    ],
)
def test_dates_and_times(written, plain):
    assert pressed(written, Sort.DATE, Sort.TIME) == plain


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("8時半〜17時15分です。", "8時半から17時15分までです。"),
        ("月曜〜金曜です。", "月曜から金曜までです。"),
        ("4月1日～5月10日まで", "4月1日から5月10日まで"),
        ("平日～休日", "平日～休日"),
    ],
)
def test_spans(written, plain):
    assert pressed(written, Sort.RANGE) == plain


def test_nothing_of_this_is_asked_of_an_answer_for_everybody():
    assert said("令和8年の8/15は8時〜20時です。", *Sort, level=Level.PLAIN) == []
