"""Days and times in Chinese, as far as they are written in figures."""

import pytest

from nlp.chinese_days import taken_out


@pytest.mark.parametrize(
    ("text", "rest", "days"),
    [
        ("12月4日", "", "12月4日"),
        ("12月4号可以吗", "可以吗", "12月4日"),
        ("想預約12月4號", "想預約", "12月4日"),
        ("2026年12月4日下午3点半", "", "2026年12月4日午後3時半"),
        ("東区役所 上午10點30分", "東区役所 ", "午前10時30分"),
        ("晚上8点有人吗", "有人吗", "午後8時"),
        ("下周五", "下周五", ""),
        ("花畑町4番18号", "花畑町4番18号", ""),
        ("坐2号线", "坐2号线", ""),
        ("3", "3", ""),
    ],
)
def test_taken_out(text: str, rest: str, days: str) -> None:
    assert taken_out(text) == (rest, days)
