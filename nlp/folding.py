"""Text made even, so that one spelling of a word finds all the ways in which people write it in a hurry."""

import re
import unicodedata

import regex

from nlp.width import nfkc

LONGEST = 10_000
"""Letters: a LINE message has 5,000 at most, and only odd ones become more (㍿ is four)."""

_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_LONG_MARKS = dict.fromkeys(map(ord, "-~〜～ｰ―─−‐"), "ー")
_BETWEEN_LATIN = re.compile(r"(?<=[a-z0-9])\s+(?=[a-z0-9])")
_NOT_SAID = re.compile(r"[\W_]+")
_LONG = re.compile("ー+")
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʼ"))
_MARKS = regex.compile(r"\p{Mn}+")
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """`text` in hiragana, kanji, small Latin letters and digits, with no spaces or marks between.

    Width, case, katakana, spaces inside a word (助 け て) and repeated long marks (たすけてーー) are evened
    out; one long mark stays as ー, because ストーカー without it is found in テストから. A single space
    stays between two Latin words. At most `LONGEST` letters are kept.
    """
    even = nfkc(text)[:LONGEST].lower().translate(_TO_HIRAGANA).translate(_LONG_MARKS)
    words = (_NOT_SAID.sub("", word) for word in _BETWEEN_LATIN.split(even))
    return _LONG.sub("ー", " ".join(words))


def without_long_marks(folded: str) -> str:
    """たすけーて -> たすけて."""
    return folded.replace("ー", "")


def apart(text: str) -> str:
    """`text` in small letters, its words apart by one space: for languages whose words stand apart.

    Can't and can’t are cant; all other marks stand between words. At most `LONGEST` letters are kept.
    """
    even = nfkc(text)[:LONGEST].lower().translate(_APOSTROPHES)
    return _BETWEEN_WORDS.sub(" ", even).strip()


def bare(text: str) -> str:
    """Latin letters without their marks, as many write Vietnamese on a telephone: cứu đói -> cuu doi."""
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", _MARKS.sub("", parts))
