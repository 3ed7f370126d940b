"""What somebody typed, made even: people paste line breaks, and leave blanks behind."""

from typing import Final

from nlp.width import nfkc

_MOST: Final = 1_000
"""Letters that are looked at."""


def one_line(text: str | None) -> str:
    """Without line breaks and blanks at its ends."""
    return " ".join((text or "").split())


def even(text: str | None, most: int = _MOST) -> str:
    """The same with letters and digits of one width: not for names, whose letters NFKC would make others."""
    return one_line(nfkc((text or "")[:most]))
