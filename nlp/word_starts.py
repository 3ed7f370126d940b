"""Whether a text in another language has a word, where only whole words and beginnings of long ones count."""

from collections.abc import Iterable
from dataclasses import dataclass

from nlp.compact import compact

BEGINNING = 5
"""Letters from which on the beginning of a word is enough: relocat is in relocating, and die not in diet."""
_MOST = 60
"""Words that are looked at."""


@dataclass(frozen=True, slots=True)
class WordStarts:
    """A text from each of its words on, compacted, with the lengths at which a word ends."""

    starts: tuple[tuple[str, frozenset[int]], ...]

    @classmethod
    def of(cls, text: str) -> "WordStarts":
        words = [plain for word in text.split() if (plain := compact(word))][:_MOST]
        starts = []
        for first in range(len(words)):
            ends, length = set(), 0
            for word in words[first:]:
                length += len(word)
                ends.add(length)
            starts.append(("".join(words[first:]), frozenset(ends)))
        return cls(tuple(starts))

    def has_any(self, compacted: Iterable[str]) -> bool:
        """Whether any of these compacted words stands in the text: phonenumber in the phone number of."""
        return any(
            start.startswith(word) and (len(word) >= BEGINNING or len(word) in ends)
            for word in compacted
            for start, ends in self.starts
        )
