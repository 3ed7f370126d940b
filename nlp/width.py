"""Unicode's compatibility form (NFKC): half-width kana become full-width, full-width letters and digits ASCII."""

import unicodedata
from functools import lru_cache
from typing import Final

import regex

MOST_MARKS: Final = 30
"""On one letter, as in Unicode's stream-safe format (UAX #15, section 13). No language writes more."""

WIDEST: Final = 18
"""Letters that one letter may become: ﷺ."""

_LONG: Final = 500
"""Letters from which on it is quicker to know the text again than to even it again."""

_PIECE: Final = 50
"""Letters that are measured together, which is quicker than one by one."""

_TOO_MANY: Final = regex.compile(rf"([\p{{M}}ﾞﾟ]{{{MOST_MARKS}}})[\p{{M}}ﾞﾟ]+")
"""ﾞ and ﾟ are letters until NFKC makes combining marks of them."""


def nfkc(text: str) -> str:
    """The text in NFKC, with no more than 30 marks on a letter.

    Python sorts the marks of a letter by insertion: 5,000 of them took a third of a second, 40,000 half a minute.
    """
    return _of_long(text) if len(text) > _LONG else _evened(text)


def _evened(text: str) -> str:
    if len(text) > MOST_MARKS:
        text = str(_TOO_MANY.sub(r"\1", text))
    return unicodedata.normalize("NFKC", text)


@lru_cache(maxsize=4)
def _of_long(text: str) -> str:
    """Kept for a moment: a turn looks at its words in a dozen ways, and each begins here."""
    return _evened(text)


def bounded(text: str, most: int) -> str:
    """The text as far as its compatibility form has `most` letters: 5,000 times ﷺ would be 90,000."""
    if len(text) * WIDEST <= most or len(nfkc(text)) <= most:
        return text
    room, kept = most, 0
    for piece in (text[at : at + _PIECE] for at in range(0, len(text), _PIECE)):
        wide = nfkc(piece)
        if len(wide) > room:
            break
        room -= len(wide)
        kept += len(piece)
    for letter in text[kept:]:
        room -= len(unicodedata.normalize("NFKC", letter))
        if room < 0:
            break
        kept += 1
    return text[:kept]
