"""What somebody typed, made even: people paste line breaks, and leave blanks behind."""

from datetime import UTC, datetime
from typing import Final

from nlp.japan import JAPAN
from nlp.width import nfkc

_MOST: Final = 1_000
"""Letters that are looked at."""


def one_line(text: str | None) -> str:
    """Without line breaks and blanks at its ends."""
    return " ".join((text or "").split())


def even(text: str | None, most: int = _MOST) -> str:
    """The same with letters and digits of one width: not for names, whose letters NFKC would make others."""
    return one_line(nfkc((text or "")[:most]))


def lines(text: str | None) -> str:
    """With its lines, of one sort of line break, and without blanks at its ends."""
    return "\n".join((text or "").splitlines()).strip()


def telephone(text: str | None, most: int = _MOST) -> str:
    """A number in one width; the long mark of a Japanese keyboard is a hyphen."""
    return even(text, most).replace("ー", "-")


def typed_moment(at: datetime) -> str:
    """An aware moment as an input of the kind datetime-local has it, in Japan's time."""
    return at.astimezone(JAPAN).strftime("%Y-%m-%dT%H:%M")


def moment(text: str | None) -> datetime | None:
    """What such an input tells, in UTC; None where it is no moment of our time."""
    try:
        found = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    if found.tzinfo is not None or not 2000 <= found.year < 2200:
        return None
    return found.replace(tzinfo=JAPAN).astimezone(UTC)
