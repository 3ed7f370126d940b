"""What is said about a place of a text."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """For whom a text is to be plain."""

    PLAIN = "plain"
    """Everybody who reads Japanese: the answers of entries."""
    EASY = "easy"
    """Who is still learning Japanese: やさしい日本語."""


class Sort(StrEnum):
    """Why a place is hard to read."""

    LONG = "long"
    SEVERAL = "several"
    """Several things are said in one sentence."""
    DOUBLE_NEGATIVE = "double_negative"
    NOUNS = "nouns"
    """Nouns of kanji follow one another with nothing between them."""
    WORD = "word"
    EXPLAIN = "explain"
    """A word that has to stay, because counters and forms use it; it wants a few words beside it."""
    PASSIVE = "passive"
    POLITE = "polite"
    """Honorific words about the reader, humble ones about the city."""
    DATE = "date"
    TIME = "time"
    RANGE = "range"
    """～ for から and まで."""
    READING = "reading"
    """Kanji without their reading."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A place of a text that could be plainer. Nobody has to heed it."""

    start: int
    end: int
    """The place, in characters."""
    sort: Sort
    suggestion: str = ""
    """What to write instead, or how it is read; empty where only the writer can know."""
    replacement: str | None = None
    """What may stand there at once, word for word; None where the sentence around it would have to change too."""
