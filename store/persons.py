"""Persons: who is consulted, known by a keyed hash alone, the same in LINE and by telephone.

Limits hold for the person and not for the LINE account: a daughter books for both of her parents.
"""

from datetime import date
from typing import Final, NewType

from nlp.folding import fold, without_long_marks
from nlp.width import nfkc
from store.db import Tx
from store.residents import system_key

Person = NewType("Person", bytes)
"""32 bytes (HMAC-SHA-256)."""

_HEARD: Final = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖぢづをゐゑ", "あいうえおつやゆよわかけじずおいえ")
"""An operator writes what is heard (しずか for しづか), and many forms write キヨウコ for キョウコ."""


def digest(tx: Tx, name: str, known_by: date | str) -> Person:
    """The person of that name (in kana where it was asked) and birth date, or telephone number where that was asked.

    Width, spaces, hiragana or katakana, small kana, kana that sound alike and long marks make no difference; nor do
    the hyphens of a number or +81.
    Raises ValueError where the name or the number has no letter or digit: it would be one person for all.
    """
    folded = without_long_marks(fold(name)).replace(" ", "").translate(_HEARD)
    if not folded:
        raise ValueError("a name without a letter")
    return Person(system_key(tx, "persons").digest(f"{folded}\n{_second(known_by)}"))


def _second(known_by: date | str) -> str:
    if isinstance(known_by, date):
        return f"born {known_by.isoformat()}"
    even = nfkc(known_by)
    digits = "".join(sign for sign in even if sign.isdecimal())
    if not digits:
        raise ValueError("a telephone number without a digit")
    return (
        "tel 0" + digits.removeprefix("81").removeprefix("0")
        if even.lstrip().startswith("+")
        else f"tel {digits}"
    )
