"""Kana in Latin letters and in Hangul, for who reads no kana.

Latin: Hepburn without marks over long vowels, as the names of places stand on signs in Japan (Higashi, Chuo; 国土地理院
「地名等の英語表記規程」, https://www.gsi.go.jp/kohokocho/eigo-hyoki.html). Hangul: the table for Japanese of the
Korean rules for foreign words (국립국어원 외래어 표기법, 표 4, https://korean.go.kr), by which the first か is 가 and a
later one 카, and long vowels are not written.
"""

import re
import unicodedata
from typing import Final

_VOWELS: Final = "aiueo"
_ROWS: Final = {
    "": "アイウエオ",
    "k": "カキクケコ",
    "s": "サシスセソ",
    "t": "タチツテト",
    "n": "ナニヌネノ",
    "h": "ハヒフヘホ",
    "m": "マミムメモ",
    "y": "ヤ ユ ヨ",
    "r": "ラリルレロ",
    "w": "ワ   ヲ",
    "g": "ガギグゲゴ",
    "z": "ザジズゼゾ",
    "d": "ダヂヅデド",
    "b": "バビブベボ",
    "p": "パピプペポ",
}
_LATIN: Final = {
    kana: consonant + vowel
    for consonant, row in _ROWS.items()
    for kana, vowel in zip(row, _VOWELS, strict=False)
    if kana != " "
} | {
    "シ": "shi",
    "チ": "chi",
    "ツ": "tsu",
    "フ": "fu",
    "ジ": "ji",
    "ヂ": "ji",
    "ヅ": "zu",
    "ヲ": "o",
    "ヴ": "vu",
}
_SMALL: Final = {"ャ": "a", "ュ": "u", "ョ": "o", "ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o"}
_HANGUL_FIRST: Final = {"k": "ㄱ", "t": "ㄷ", "ch": "ㅈ", "ts": "ㅆ"}
_HANGUL: Final = {
    "": "ㅇ",
    "k": "ㅋ",
    "g": "ㄱ",
    "s": "ㅅ",
    "sh": "ㅅ",
    "z": "ㅈ",
    "j": "ㅈ",
    "t": "ㅌ",
    "ch": "ㅊ",
    "ts": "ㅆ",
    "d": "ㄷ",
    "n": "ㄴ",
    "h": "ㅎ",
    "f": "ㅎ",
    "b": "ㅂ",
    "p": "ㅍ",
    "m": "ㅁ",
    "r": "ㄹ",
    "v": "ㅂ",
}
_LEADS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_MIDDLES: Final = {"a": 0, "i": 20, "u": 13, "e": 5, "o": 8, "ya": 2, "yu": 17, "yo": 12, "wa": 9, "ui": 13}
_N, _TSU = 4, 19
"""Final ㄴ for ン and ㅅ for ッ."""
_EU: Final = 18
"""ス, ズ and ツ are written with ㅡ."""
_SYLLABLE: Final = re.compile(r"([bcdfghjkmnprstvwyz]*?)(y?[aiueo])")


def romanised(kana: str) -> str:
    """ヒガシ is Higashi, チュウオウ is Chuo; what is no kana stays.

    >>> romanised("チュウオウ"), romanised("ホンチョウ"), romanised("サンヤ")
    ('Chuo', 'Honcho', "San'ya")
    """
    return _shortened("".join(_latin_syllables(_katakana(kana)))).capitalize()


def in_hangul(kana: str) -> str:
    """ヒガシ is 히가시, チュウオウ is 주오; what is no kana stays.

    >>> in_hangul("チュウオウ"), in_hangul("キタ")
    ('주오', '기타')
    """
    written: list[str] = []
    for syllable in _merged_long(_latin_syllables(_katakana(kana))):
        if syllable in ("n", "n'") and written:
            written[-1] = _with_final(written[-1], _N)
        elif syllable == "*" and written:
            written[-1] = _with_final(written[-1], _TSU)
        else:
            written.append(_hangul(syllable, first=not written))
    return "".join(written)


def _katakana(kana: str) -> str:
    even = unicodedata.normalize("NFKC", kana)
    return "".join(chr(ord(each) + 0x60) if "ぁ" <= each <= "ゖ" else each for each in even)


def _latin_syllables(katakana: str) -> list[str]:
    """One a mora; `*` for ッ, `n'` where ン stands before a vowel."""
    syllables: list[str] = []
    for at, each in enumerate(katakana):
        after = _LATIN.get(katakana[at + 1 : at + 2], "")
        if each in _SMALL and syllables:
            syllables[-1] = _contracted(syllables[-1], _SMALL[each], each in "ャュョ")
        elif each == "ン":
            syllables.append("n'" if after[:1] in tuple("aiueoy") else "n")
        elif each == "ッ":
            syllables.append("*")
        elif each != "ー":
            syllables.append(_LATIN.get(each, each))
    return syllables


def _contracted(before: str, vowel: str, palatal: bool) -> str:
    stem = before[:-1]
    glide = "y" if palatal and stem not in ("sh", "ch", "j") else ""
    return f"{stem}{glide}{vowel}"


def _merged_long(syllables: list[str]) -> list[str]:
    """Without the vowels that only make the one before long: オウ, オオ, ウウ."""
    kept: list[str] = []
    for syllable in syllables:
        is_long = bool(kept) and (kept[-1][-1:] + syllable) in ("ou", "oo", "uu")
        if not is_long:
            kept.append(syllable)
    return kept


def _shortened(latin: str) -> str:
    doubled = re.sub(r"\*(?=ch)", "t", latin)
    doubled = re.sub(r"\*([a-z])", r"\1\1", doubled).replace("*", "")
    return re.sub(r"o[ou]|uu", lambda found: found[0][0], doubled)


def _hangul(syllable: str, *, first: bool) -> str:
    parts = _SYLLABLE.fullmatch(syllable)
    if parts is None:
        return syllable
    consonant, vowel = parts.groups()
    if consonant in ("sh", "ch", "j") and vowel in ("a", "u", "o") and not _is_hard(consonant, vowel):
        vowel = {"a": "ya", "u": "yu", "o": "yo"}[vowel] if consonant == "sh" else vowel
    middle = _EU if consonant in ("s", "z", "ts") and vowel == "u" else _MIDDLES.get(vowel, 0)
    if consonant == "w":
        return "와" if vowel == "a" else "오"
    if consonant == "y":
        consonant, middle = "", _MIDDLES[f"y{vowel}"]
    lead = (_HANGUL_FIRST if first else {}).get(consonant, _HANGUL.get(consonant, "ㅇ"))
    return chr(0xAC00 + (_LEADS.index(lead) * 21 + middle) * 28)


def _is_hard(consonant: str, vowel: str) -> bool:
    """チュ is 추 and ジョ is 조: no glide is written after ㅊ and ㅈ."""
    return consonant in ("ch", "j") and bool(vowel)


def _with_final(syllable: str, final: int) -> str:
    code = ord(syllable[-1]) - 0xAC00
    return syllable[:-1] + chr(0xAC00 + code + final) if 0 <= code < 11172 and code % 28 == 0 else syllable
