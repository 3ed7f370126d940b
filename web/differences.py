"""What differs between two texts, word by word, and between two records, cell by cell."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, Final

from faq.schemas import Column, Schema
from web import kinds

_WORD: Final = re.compile(r"[一-龠々〆ヶ]+|[ァ-ヴー]+|[A-Za-z]+|\d+|\s+|.", re.DOTALL)
"""Runs of kanji, of katakana, of Latin letters and of digits; all else letter by letter."""
_LONGEST: Final = 4_000
"""Letters of two texts that are compared by words; longer ones stand side by side as a whole."""
_MOST_MEETINGS: Final = 200_000
"""Pairs of equal words in two texts, by which the time of a comparison grows; sentences of that length have a tenth."""


class Mark(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text that was left, taken away or added."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Differing:
    """A column of a record that is another afterwards."""

    column: Column
    before: str
    after: str
    pieces: tuple[Piece, ...]


def pieces_of(before: str, after: str) -> tuple[Piece, ...]:
    """The one text made into the other: what goes stands before what comes in its place."""
    if len(before) + len(after) > _LONGEST:
        return _whole(before, after)
    old, new = _WORD.findall(before), _WORD.findall(after)
    if _meetings(old, new) > _MOST_MEETINGS:
        return _whole(before, after)
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, came = "".join(old[a:b]), "".join(new[c:d])
        found += (
            [Piece(Mark.SAME, gone)] if tag == "equal" else [Piece(Mark.GONE, gone), Piece(Mark.NEW, came)]
        )
    return tuple(_joined(_without_islands(found)))


def differing(
    schema: Schema[Any], before: Mapping[str, str], after: Mapping[str, str]
) -> tuple[Differing, ...]:
    """The columns that are others afterwards, as people read them, in the order of the file."""
    found = []
    for column in schema.columns:
        old, new = (
            kinds.words_of(schema.name, column, each.get(column.name, "")) for each in (before, after)
        )
        if old != new:
            pieces = _whole(old, new) if column.type.choices else pieces_of(old, new)
            found.append(Differing(column, old, new, pieces))
    return tuple(found)


def _meetings(old: Sequence[str], new: Sequence[str]) -> int:
    counts = Counter(new)
    return sum(counts[word] for word in old)


def _whole(before: str, after: str) -> tuple[Piece, ...]:
    return tuple(_joined([Piece(Mark.GONE, before), Piece(Mark.NEW, after)]))


def _without_islands(pieces: list[Piece]) -> Iterator[Piece]:
    """A letter of kana that stayed between two changes says nothing: it goes and comes with them."""
    for at, piece in enumerate(pieces):
        between = 0 < at < len(pieces) - 1
        if piece.mark is Mark.SAME and between and len(piece.text) < 2 and not piece.text.isspace():
            yield Piece(Mark.GONE, piece.text)
            yield Piece(Mark.NEW, piece.text)
        else:
            yield piece


def _joined(pieces: Iterator[Piece] | list[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one; between two that stay, what goes before what comes."""
    gone = came = ""
    same = ""
    for piece in pieces:
        if piece.mark is Mark.SAME:
            yield from _changed(gone, came)
            gone = came = ""
            same += piece.text
            continue
        if same:
            yield Piece(Mark.SAME, same)
            same = ""
        gone += piece.text if piece.mark is Mark.GONE else ""
        came += piece.text if piece.mark is Mark.NEW else ""
    if same:
        yield Piece(Mark.SAME, same)
    yield from _changed(gone, came)


def _changed(gone: str, came: str) -> Iterator[Piece]:
    if gone:
        yield Piece(Mark.GONE, gone)
    if came:
        yield Piece(Mark.NEW, came)
