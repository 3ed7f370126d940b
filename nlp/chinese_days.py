"""Days and times in figures, as they are written in Chinese."""

import re
from typing import Final

_FIGURES: Final = re.compile(
    r"\d{1,4}\s*(?:年|月|[日号號](?!线|線))|(?:上午|早上|下午|晚上)?\d{1,2}\s*[點点时時](?:半|\s*\d{1,2}分?)?"
)
_HALVES: Final = (("上午", "午前"), ("早上", "午前"), ("下午", "午後"), ("晚上", "午後"))
_COUNTED: Final = str.maketrans("号號點点时", "日日時時時")
_ADDRESS: Final = re.compile(r"番\s*\d{1,4}\s*[号號]")
"""4番18号 is no day."""


def taken_out(text: str) -> tuple[str, str]:
    """The text without them, and they alone as they are written in Japanese.

    >>> taken_out("12月4号下午3点半可以吗")
    ('可以吗', '12月4日午後3時半')
    """
    if _ADDRESS.search(text):
        return text, ""
    days = "".join(each.group() for each in _FIGURES.finditer(text)).translate(_COUNTED)
    for half, japanese in _HALVES:
        days = days.replace(half, japanese)
    return _FIGURES.sub("", text), days
