"""Telephone numbers of Japan as people write them: （096）334ー1500, +81 90 1234 5678."""

import re
from typing import Final

from nlp.width import nfkc

_MARKS: Final = re.compile(r"[\s()\[\]./\-‐‑‒–—―−─ー~〜の]+")
_ABROAD: Final = re.compile(r"\A\+?81(?:0)?(?=\d)")
_NUMBER: Final = re.compile(r"0[5-9]0\d{8}|0[1-9][1-9]\d{7}")
"""Eleven digits of mobile and IP telephones, ten of places and services (総務省「電気通信番号計画」)."""


def read_telephone(text: str) -> str | None:
    """The digits of the number that the text is; None where it is none.

    >>> read_telephone("０９６ー３３４ー１５００")
    '0963341500'
    """
    digits = _MARKS.sub("", nfkc(text[:40]))
    digits = _ABROAD.sub("0", digits) if not digits.startswith("0") else digits
    return digits if _NUMBER.fullmatch(digits) else None
