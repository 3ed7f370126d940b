"""Which passwords may be chosen: long ones that are not the first that somebody would guess.

After NIST SP 800-63B: length counts, and what is expected or belongs to the service or its user is refused. No mixture
of kinds of letters is demanded, and no change after a time.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from nlp.width import nfkc
from web.leaked_passwords import is_leaked
from web.passwords import LONGEST, normalized

SHORTEST = 12
"""Letters."""
LEFT_OVER = 6
"""So many letters must be left when what anybody would guess is taken out."""
DIFFERENT = 5
"""So many different letters at least."""

OBVIOUS = (
    "password passw0rd passwd pass パスワード admin administrator root login welcome helpdesk service secret letmein "
    "master test user guest line himitsu ヘルプデスク city shiyakusho yakusho 市役所 役所 operator staff approver "
    "sakura nippon nihon japan tokyo iloveyou aishiteru arigatou konnichiwa monkey dragon football baseball "
    "sunshine princess qwerty asdf zxcv abc abcd"
).split()
ROWS = (
    "01234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb",
)
RUN = 4
"""Letters that follow each other as on a keyboard or in the alphabet, or are all the same, from this many on."""


class Weakness(StrEnum):
    """Why a password is refused; the end of the key of its sentence."""

    SHORT = "short"
    LONG = "long"
    GUESSED = "guessed"


def weakness(password: str, about: Iterable[str]) -> Weakness | None:
    """What is wrong with a password; `about` are the names of its owner and of the city."""
    plain = normalized(password)
    if len(plain) < SHORTEST:
        return Weakness.SHORT
    if len(password) > LONGEST:
        return Weakness.LONG
    folded = plain.casefold()
    left = _without_runs(_without_words(folded, about))
    if len(left) < LEFT_OVER or len(set(folded)) < DIFFERENT or _repeats(folded) or is_leaked(folded):
        return Weakness.GUESSED
    return None


def _without_words(folded: str, about: Iterable[str]) -> str:
    own = (nfkc(word).strip().casefold() for word in about)
    words = {*OBVIOUS, *(word for word in own if len(word) > 1)}
    longest_first = sorted(words, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest_first)), "", folded)


def _without_runs(text: str) -> str:
    """Without 12345, fedcba, aaaa and years, and without marks between them."""
    runs = {
        row[start : start + RUN] for row in (*ROWS, *(row[::-1] for row in ROWS)) for start in range(len(row))
    }
    kept = [True] * len(text)
    for start in range(len(text) - RUN + 1):
        piece = text[start : start + RUN]
        if piece in runs or len(set(piece)) == 1 or re.fullmatch("(19|20)[0-9]{2}", piece):
            kept[start : start + RUN] = [False] * RUN
    return "".join(letter for letter, keep in zip(text, kept, strict=True) if keep and letter.isalnum())


def _repeats(folded: str) -> bool:
    """Whether it is a short piece said several times: kumakumakuma."""
    return re.fullmatch(r"(.{1,6}?)\1{2,}.{0,5}", folded) is not None
