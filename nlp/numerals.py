"""Numbers as people write them, and text made even letter for letter."""

import unicodedata

KANJI = "〇一二三四五六七八九"

_SAME_LETTER = {
    code: even
    for code in (*range(0x2F00, 0x2FD6), *range(0xFF01, 0xFF5F))  # radicals as pasted from PDF; full width
    if len(even := unicodedata.normalize("NFKC", chr(code))) == 1
}
_MARKS = dict.fromkeys(map(ord, "‐‑‒–—―−─"), "-") | dict.fromkeys(map(ord, "〜～∼"), "~")
_EVEN = _SAME_LETTER | _MARKS | {ord("　"): " ", ord("零"): "〇", ord("："): ":"}


def even_letters(text: str) -> str:
    """Full-width letters and digits, dashes and waves in one spelling; each letter stays at its place."""
    return text.translate(_EVEN)


def number(written: str) -> int:
    """12, 十二, 三十一 and 二〇二六 as numbers. Raises ValueError for anything else.

    >>> number("二十八")
    28
    """
    if written.isdigit():
        return int(written)
    if "十" in written:
        tens, _, ones = written.partition("十")
        return (_digits(tens) if tens else 1) * 10 + (_digits(ones) if ones else 0)
    return _digits(written)


def _digits(written: str) -> int:
    return int("".join(str(KANJI.index(digit)) for digit in written))
