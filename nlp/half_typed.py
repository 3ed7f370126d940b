"""A text that is still being typed: what stands, the kana at its end, and the letter that is no kana yet."""

from dataclasses import dataclass

import regex

from nlp import char_filters
from nlp.token_filters import katakana

MOST = 300
"""Characters that are looked at, from the end: nobody types on in the middle of more."""

_ROWS = {
    "k": "カキクケコ",
    "g": "ガギグゲゴ",
    "s": "サシスセソ",
    "z": "ザジズゼゾ",
    "t": "タチツテト",
    "d": "ダヂヅデド",
    "n": "ナニヌネノン",
    "h": "ハヒフヘホ",
    "b": "バビブベボ",
    "p": "パピプペポ",
    "m": "マミムメモ",
    "y": "ヤユヨ",
    "r": "ラリルレロ",
    "w": "ワヲ",
    "j": "ジ",
    "f": "フ",
    "c": "カチ",
    "v": "ヴ",
    "q": "ク",
}
"""Letters by the kana that they begin."""
_BEFORE_SMALL = frozenset("キギシジチヂニヒビピミリ")
"""Kana that stand before a small ャ, ュ or ョ: リ of ry, シ of sh."""

_PENDING = regex.compile(r"(?<![a-z])([b-df-hj-np-tv-z])(\1?)(h|y|s)?$")
"""k, ky, kk, kky, sh, ts: letters of which an input method has not made kana yet."""
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}ー]+$")


@dataclass(frozen=True, slots=True)
class HalfTyped:
    """What is typed, in parts."""

    plain: str
    """Normalized, without letters that are no kana yet."""
    kana: str
    """What `plain` ends in, as katakana: a word that is not converted yet, perhaps."""
    coming: str
    """The katakana of which the next will be one; empty where nothing is pending."""


def read(text: str) -> HalfTyped:
    """The parts of any `str`."""
    plain = char_filters.normalize(text[-MOST:], MOST)
    coming = ""
    if pending := _PENDING.search(plain):
        letter, doubled, after = pending.groups()
        plain = plain[: pending.start()] + ("ッ" if doubled and letter != "n" else "")
        coming = _coming(letter, after or "")
    kana = _KANA.search(plain)
    return HalfTyped(plain, katakana(kana[0]) if kana else "", coming)


def _coming(letter: str, after: str) -> str:
    if letter + after == "ts":
        return "ツ"
    row = _ROWS.get(letter, "")
    return "".join(kana for kana in row if kana in _BEFORE_SMALL) if after else row
