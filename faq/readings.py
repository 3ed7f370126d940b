"""How names of places are read, where nobody could guess: 神水 is くわみず."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from faq.models import Provenance

_KANJI: Final = re.compile(r"[一-龠々ヶ]")
_ENDS_A_NAME: Final = frozenset("都道府県市区町村郡字の")
"""Kanji after which another name begins: 中央区神水."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A name, and how it is read."""

    word: str
    reading: str
    """In hiragana."""
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text; `ruby` is how it is read, empty where nothing need be said."""

    text: str
    ruby: str = ""


class Readings:
    """The readings of a city, to be put beside names in any text. Immutable."""

    def __init__(self, readings: Iterable[Reading] = ()) -> None:
        self._kana = {each.word: each.reading for each in readings}
        longest_first = sorted(self._kana, key=len, reverse=True)
        # Most letters begin no name: to look at one first is ten times as fast as to try all names.
        begins = "".join(re.escape(first) for first in {word[0] for word in self._kana})
        names = f"(?=[{begins}])(?:{'|'.join(map(re.escape, longest_first))})"
        self._names = re.compile(names) if longest_first else None

    def segments(self, text: str) -> tuple[Segment, ...]:
        """The text in pieces, names with their readings; joined they are the text again.

        Of several names at one place the longest counts. One that begins within a longer word of kanji is none, and
        one that its reading follows in brackets needs no other.
        """
        if self._names is None:
            return (Segment(text),) if text else ()
        pieces: list[Segment] = []
        done = 0
        for found in self._names.finditer(text):
            kana = self._kana[found[0]]
            if text.startswith((f"（{kana}", f"({kana}"), found.end()) or _is_within(
                text, found.start(), done
            ):
                continue
            if found.start() > done:
                pieces.append(Segment(text[done : found.start()]))
            pieces.append(Segment(found[0], kana))
            done = found.end()
        return (*pieces, Segment(text[done:])) if done < len(text) else tuple(pieces)

    def of(self, name: str) -> tuple[str, ...] | None:
        """How the pieces of a name are read, by what is known alone: kana say it themselves; None where a piece is
        not known.
        """
        pieces = self.segments(name)
        if any(_KANJI.search(piece.text) and not piece.ruby for piece in pieces):
            return None
        return tuple(piece.ruby or piece.text for piece in pieces)


def _is_within(text: str, start: int, done: int) -> bool:
    """Whether a longer word of kanji goes on there; right behind another name a new one begins."""
    before = text[start - 1 : start]
    return start != done and bool(_KANJI.match(before)) and before not in _ENDS_A_NAME
