"""Words in Latin letters, which stand between spaces: open is none of the words of reopened."""

import re
import unicodedata
from typing import Final

from nlp.width import nfkc

_WORDS: Final = re.compile(r"[a-z0-9à-ɏḀ-ỿ]+|[^\W_a-z0-9à-ɏḀ-ỿ]+")
_LATIN: Final = re.compile(r"[a-z0-9à-ɏḀ-ỿ\s'’.?!&,-]+")


def spaced(text: str) -> str:
    """The words in small letters with one space before, between and after them, so that a word can be looked for
    with its spaces; marks are gone. Other scripts are words of their own: tel教えて has two.
    """
    return f" {' '.join(_WORDS.findall(nfkc(text).lower()))} "


def is_latin(word: str) -> bool:
    """Whether it has nothing but Latin letters, digits and marks."""
    return _LATIN.fullmatch(nfkc(word).lower()) is not None


def bare(word: str) -> str:
    """Without marks on its letters, as many write Vietnamese: đổ -> do."""
    plain = unicodedata.normalize("NFD", word.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", "".join(each for each in plain if not unicodedata.combining(each)))
