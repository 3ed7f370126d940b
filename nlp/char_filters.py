"""What happens to the characters before words are sought: the char filters of Lucene and Janome.

Each filter is a function from text to text. The order matters and is fixed in `normalize`.
"""

import regex

from nlp.width import nfkc

_INVISIBLE = regex.compile(r"[\p{Cf}\p{Cs}\p{Co}\p{Cn}]+")
"""Marks without width, lone surrogates and private use (LINE's own emoji)."""

_COMBINING = regex.compile(r"\p{M}+")
"""What NFKC could not combine."""


_PICTURES = regex.compile(r"[\p{Cc}\p{So}\p{Sk}\p{Z}]+")
"""Control characters, emoji and all kinds of space: they part words, so they become one space."""

_DASH_IN_KATAKANA = regex.compile(r"(?<=[ァ-ヺ])[-‐‑‒–—―−─━~〜]+(?=[ァ-ヺ]|$|\s|[ぁ-ゖ一-鿿])")
_NO_LETTERS = regex.compile(r"[^\p{L}\p{N}]+")
_LONG_VOWELS = regex.compile(r"ー{2,}")
_COURTESIES = regex.compile(
    r"(?:どうも)?(?:すみません|すいません|すみませーん|申し訳(?:あり|ござい)ません|ごめんなさい)(?:が)?"
    r"|(?:どうも)?ありがとう(?:ござい(?:ます|ました))?"
    r"|よろしく(?:お願い(?:いた)?します)?|(?:お願い|おねがい)(?:いた|致)?します"
    r"|こんにち[はわ]|こんばん[はわ]|おはよう(?:ございます)?|はじめまして|お世話になって(?:い|お)?ます"
)
_REPEATED_MARKS = regex.compile(r"([!?。、.,・…~〜w])\1+")


def cut(text: str, limit: int) -> str:
    """The first `limit` code points; done before NFKC, which can make 18 characters of one."""
    return text[:limit]


def fold_width(text: str) -> str:
    """NFKC: half-width kana become full-width, full-width letters and digits become ASCII."""
    return str(_COMBINING.sub("", nfkc(text)))


def strip_invisible(text: str) -> str:
    """Without marks that have no width, lone surrogates, emoji and control characters."""
    return str(_PICTURES.sub(" ", _INVISIBLE.sub("", text))).strip()


def mend_long_vowels(text: str) -> str:
    """サ-ビス and サーーービス become サービス."""
    return str(_LONG_VOWELS.sub("ー", _DASH_IN_KATAKANA.sub("ー", text)))


def shorten_repeats(text: str) -> str:
    """！！！ becomes ！, www becomes w."""
    return str(_REPEATED_MARKS.sub(r"\1", text))


def drop_courtesies(text: str) -> str:
    """Without words of greeting, excuse and thanks, which Sudachi cuts into verbs: すみません, 済む."""
    return str(_COURTESIES.sub(" ", text)).strip()


def letters(text: str) -> str:
    """Only letters and digits: marks and spaces say nothing about likeness."""
    return str(_NO_LETTERS.sub("", text))


def normalize(text: str, limit: int) -> str:
    """All filters in order; never longer than `limit` code points, never raises for any `str`."""
    folded = fold_width(strip_invisible(cut(text, limit)))
    return cut(drop_courtesies(shorten_repeats(mend_long_vowels(strip_invisible(folded)))), limit)
