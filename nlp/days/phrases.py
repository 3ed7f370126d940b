"""Words for days put together into phrases: 来月 + の + 第3 + 木曜 speak of one day."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from nlp.days.pieces import (
    Day,
    DayOfMonth,
    Impossible,
    Month,
    Named,
    Next,
    Nth,
    PartOfMonth,
    Past,
    Period,
    Piece,
    Season,
    Weekdays,
    Word,
    Year,
)
from nlp.when import Kinds

_P = TypeVar("_P", bound=Piece)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that say one thing together: 来月の第3木曜."""

    start: int
    end: int
    pieces: tuple[Piece, ...]

    def one(self, kind: type[_P]) -> _P | None:
        return next((piece for piece in self.pieces if isinstance(piece, kind)), None)

    @property
    def kinds(self) -> Kinds:
        return tuple(sorted({k for each in self.pieces if isinstance(each, Weekdays) for k in each.kinds}))

    def is_only(self, *kinds: type[Piece]) -> bool:
        return all(isinstance(piece, kinds) for piece in self.pieces)


_ORDER: tuple[tuple[type[Piece], ...], ...] = (
    (Year, Past),
    (Month, Period, Season, Named),
    (Impossible,),
    (DayOfMonth, PartOfMonth, Day),
    (Nth, Next),
    (Weekdays,),
)
"""A phrase goes from the large to the small; what goes back begins a new one."""
_JOINS = re.compile(r"の?|中の|内の|\s{1,2}")
_LISTS = re.compile(r"\s?[・、,/かとや]{1,2}\s?|\s?|または|もしくは|および|及び")


def phrases(even: str, words: Iterable[Word]) -> list[Phrase]:
    """The words in phrases, in order."""
    built: list[Phrase] = []
    for word in words:
        last = built[-1] if built else None
        if last and _belongs(last, word, even[last.end : word.start]):
            built[-1] = Phrase(last.start, word.end, last.pieces + word.pieces)
        else:
            built.append(Phrase(word.start, word.end, word.pieces))
    return built


def _belongs(phrase: Phrase, word: Word, gap: str) -> bool:
    last, first = phrase.pieces[-1], word.pieces[0]
    if isinstance(last, Weekdays) and isinstance(first, Weekdays):
        return _LISTS.fullmatch(gap) is not None
    return _place(last) < _place(first) and _JOINS.fullmatch(gap) is not None


def _place(piece: Piece) -> int:
    return next(place for place, kinds in enumerate(_ORDER) if isinstance(piece, kinds))
