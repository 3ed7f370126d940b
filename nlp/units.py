"""Texts of other languages in the pieces by which they are compared: words, or letters where words run together."""

import re
import unicodedata
from typing import Final

from nlp.han import as_japanese
from nlp.language import Language
from nlp.width import nfkc

MOST: Final = 500
"""Letters that are looked at; what is asked stands in the first of them."""
LETTERS_OF_ONE: Final = 4
"""Letters that one letter is made of at the most: of a long text no more is evened than is looked at."""
_WORDS: Final = re.compile(r"[぀-ヿ㐀-鿿々ー]+|[^\W_]+")
_LETTERS: Final = re.compile(r"[a-z]+|\d+|[぀-ヿ㐀-鿿々ー]+|[^\W\d_]|\s+")
_OF: Final = re.compile(r"(?<=\w)['’]s\b")
_KANA: Final = re.compile(r"[぀-ヿー]{2,}")
_JAPANESE: Final = re.compile(r"[぀-ヿ㐀-鿿々ー]{2,}")
_CHINESE: Final = re.compile(r"[a-z]+|\d+(?:[月日号分]|[点時]半?)?|[぀-ヿー]+|[^\W\d_]")
_AS_IN_JAPANESE: Final = str.maketrans("号点", "日時")
_MARKS: Final = re.compile(r"[̀-ͯ]")
_APOSTROPHES: Final = re.compile(r"(?<=\w)['’](?=\w)")


def units(text: str, language: Language) -> tuple[str, ...]:
    """English and Vietnamese in words (English without endings), Chinese and Korean in letters, with the gaps.

    >>> units("Where's the trash collected?", Language.ENGLISH)
    ('wher', 'the', 'trash', 'collect')
    >>> units("12月4号", Language.SIMPLIFIED_CHINESE)
    ('12月', '4日')
    """
    even = nfkc(text[: MOST * LETTERS_OF_ONE])[:MOST].casefold()
    match language:
        case Language.ENGLISH:
            return tuple(stem(word) for word in _WORDS.findall(_APOSTROPHES.sub("", _OF.sub("", even))))
        case Language.VIETNAMESE:
            return tuple(_WORDS.findall(unicodedata.normalize("NFC", even)))
        case Language.KOREAN:
            return tuple(" " if each.isspace() else each for each in _LETTERS.findall(even.strip()))
        case _:
            return tuple(map(_counted, _CHINESE.findall(as_japanese(even))))


def is_counted(unit: str) -> bool:
    """Whether it is a number with what it counts: a part of a date or a time, 12月, 4日, 3時半."""
    return unit[0].isdecimal() and not unit.isdecimal()


def _counted(unit: str) -> str:
    return unit.translate(_AS_IN_JAPANESE) if is_counted(unit) else unit


def is_japanese(piece: str, language: Language) -> bool:
    """Whether a piece is Japanese within a text of that language; kanji in Chinese are Chinese."""
    is_chinese = language in (Language.SIMPLIFIED_CHINESE, Language.TRADITIONAL_CHINESE)
    return (_KANA if is_chinese else _JAPANESE).fullmatch(piece) is not None


def without_tones(word: str) -> str:
    """thẻ lưu trú as it is typed without a Vietnamese keyboard: the luu tru."""
    return _MARKS.sub("", unicodedata.normalize("NFD", word)).replace("đ", "d")


def stem(word: str) -> str:
    """An English word without the endings of number and tense; never shorter than three letters.

    >>> stem("moving"), stem("move"), stem("batteries"), stem("battery")
    ('mov', 'mov', 'battery', 'battery')
    """
    if not word.isascii() or len(word) < 4:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return _undoubled(word[: -len(ending)].removesuffix("e"))
    return word


def _undoubled(word: str) -> str:
    """stopped is stop; sell stays."""
    doubled = len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz"
    return word[:-1] if doubled else word
