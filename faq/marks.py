"""A text that is to be published, and what a person decided on each place of it in which something personal may stand.

What is undecided counts as replaced: a text that is shown too early shows less, never more.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from nlp.mentions import Kind, Mention


class Decision(StrEnum):
    """What somebody decided on a mark."""

    OPEN = "open"
    """Nothing yet."""
    REPLACED = "replaced"
    """Other words stand in its place, those that were suggested or one's own."""
    LEFT = "left"
    """It says nothing of a person and stays."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Letters `start` to `end` of a text, and what stands in their place."""

    start: int
    end: int
    kind: Kind | None
    """None: a person marked it."""
    words: str
    """What is suggested, or was written; empty: nothing stands there any more."""
    decision: Decision = Decision.OPEN


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text: as it was written, and as it is published."""

    text: str
    shown: str
    number: int | None
    """Of the mark, from 0; None between marks."""


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text with its marks, in order and apart."""

    text: str
    marks: tuple[Mark, ...] = ()

    @classmethod
    def suggested(cls, text: str, find: Callable[[str], Iterable[Mention]]) -> Self:
        """With a mark for each mention that `find` sees."""
        marks = [Mark(each.start, each.end, each.kind, each.replacement) for each in find(text)]
        return cls(text, _apart(marks))

    @property
    def undecided(self) -> int:
        return sum(mark.decision is Decision.OPEN for mark in self.marks)

    @property
    def shown(self) -> str:
        """As it is published."""
        return "".join(piece.shown for piece in self.pieces).strip()

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The whole text, run by run."""
        return tuple(self._pieces())

    def words_of(self, number: int) -> str:
        """What stands in the text at a mark."""
        mark = self.marks[number]
        return self.text[mark.start : mark.end]

    def decided(self, number: int, decision: Decision, words: str | None = None) -> Self:
        """With what was decided on a mark; `words`: what stands in its place, else as before.

        A mark of one's own that is left is none any more. Raises IndexError where there is no such mark.
        """
        mark = self.marks[number]
        if decision is Decision.LEFT and mark.kind is None:
            return replace(self, marks=self.marks[:number] + self.marks[number + 1 :])
        changed = replace(mark, decision=decision, words=mark.words if words is None else words)
        return replace(self, marks=(*self.marks[:number], changed, *self.marks[number + 1 :]))

    def all_replaced(self) -> Self:
        """With every suggestion taken that nobody decided on."""
        marks = [
            replace(mark, decision=Decision.REPLACED) if mark.decision is Decision.OPEN else mark
            for mark in self.marks
        ]
        return replace(self, marks=tuple(marks))

    def marked(self, sought: str, words: str) -> Self | None:
        """With `words` wherever `sought` stands, also over marks that it touches; None where it stands nowhere."""
        own = tuple(self._stands(sought)) if sought else ()
        if not own:
            return None
        marks = list(self.marks)
        for start, end in own:
            touched = [each for each in marks if each.start < end and start < each.end]
            first = min([start, *(each.start for each in touched)])
            last = max([end, *(each.end for each in touched)])
            marks = [each for each in marks if each not in touched]
            marks.append(Mark(first, last, None, words, Decision.REPLACED))
        return replace(self, marks=_apart(marks))

    def _stands(self, sought: str) -> Iterator[tuple[int, int]]:
        start = self.text.find(sought)
        while start >= 0:
            yield start, start + len(sought)
            start = self.text.find(sought, start + len(sought))

    def _pieces(self) -> Iterator[Piece]:
        done = 0
        for number, mark in enumerate(self.marks):
            if mark.start > done:
                between = self.text[done : mark.start]
                yield Piece(between, between, None)
            written = self.text[mark.start : mark.end]
            yield Piece(written, written if mark.decision is Decision.LEFT else mark.words, number)
            done = mark.end
        if rest := self.text[done:]:
            yield Piece(rest, rest, None)


def _apart(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """In order; of two that overlap the earlier, then the longer."""
    found: list[Mark] = []
    for mark in sorted(marks, key=lambda each: (each.start, -each.end)):
        if mark.end > mark.start and (not found or mark.start >= found[-1].end):
            found.append(mark)
    return tuple(found)
