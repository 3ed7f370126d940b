"""In which language the words of a turn are to be read, and what they say in Japanese."""

import re
from typing import Final

from handlers.city import City
from nlp.language import Language
from nlp.tongue import detect

_KANA: Final = re.compile(r"[ぁ-ゖァ-ヺ]")
_LETTERS: Final = re.compile(r"[^\W\d_]")
_CHINESE: Final = (Language.SIMPLIFIED_CHINESE, Language.TRADITIONAL_CHINESE)


def tongue(city: City, text: str) -> Language | None:
    """The language, where it is none that the Japanese search reads.

    What does not tell (a name, a single word) is in the language that the resident speaks. Characters that Japanese and
    Chinese share are Chinese of who speaks it.
    """
    if not _LETTERS.search(text):
        return None
    spoken = None if city.language.is_japanese else city.language
    found = detect(text)
    if found is None:
        return None if spoken is None or _KANA.search(text) else spoken
    if found.is_japanese:
        return spoken if spoken in _CHINESE and not _KANA.search(text) else None
    return found
