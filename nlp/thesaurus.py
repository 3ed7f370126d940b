"""Words that mean the same, each with a weight and the name of who says so."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from nlp.analyzer import QUESTION

LONGEST_WORD = 6
"""Tokens of the longest synonym that is sought in a question: 後期/高齢/者/医療/保険/証."""

MOST_READ = 10_000
"""Words of synonyms that are held as they were read."""


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Words of one meaning, as people write them."""

    words: tuple[str, ...]
    weight: float
    """What a synonym counts against the word itself, 0 to 1."""
    source: str


@dataclass(frozen=True, slots=True)
class Related:
    """Another way to say some words of a question."""

    start: int
    stop: int
    """The span of the question's words that it stands for."""
    words: tuple[str, ...]
    """Its own words, normalized."""
    shown: str
    weight: float
    source: str


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Looks up ways to say the same; immutable."""

    by_words: dict[tuple[str, ...], tuple[tuple[tuple[str, ...], str, float, str], ...]]

    @classmethod
    def of(cls, groups: Iterable[WordGroup]) -> "Thesaurus":
        """Reads each word of each group as a question is read; words without content are left out."""
        found: dict[tuple[str, ...], list[tuple[tuple[str, ...], str, float, str]]] = defaultdict(list)
        for group in groups:
            shown: dict[tuple[str, ...], str] = {}
            for word in group.words:
                shown.setdefault(_read(word), word)
            shown.pop((), None)
            for words in shown:
                found[words] += (
                    (others, other, group.weight, group.source)
                    for others, other in shown.items()
                    if others != words
                )
        return cls({words: tuple(others) for words, others in found.items()})

    def beside(self, other: "Thesaurus") -> "Thesaurus":
        """Both; where both know that two words mean the same, this one is heard first."""
        both = dict(self.by_words)
        for words, others in other.by_words.items():
            mine = both.get(words, ())
            known = {said for said, *_ in mine}
            both[words] = (*mine, *(each for each in others if each[0] not in known))
        return Thesaurus(both)

    def related(self, words: Sequence[str]) -> Iterator[Related]:
        """Other ways to say any run of these words."""
        for start in range(len(words)):
            for stop in range(start + 1, min(len(words), start + LONGEST_WORD) + 1):
                for others, shown, weight, source in self.by_words.get(tuple(words[start:stop]), ()):
                    yield Related(start, stop, others, shown, weight, source)


@lru_cache(MOST_READ)
def _read(word: str) -> tuple[str, ...]:
    """A word as a question is read: whoever changes one synonym leaves hundreds as they are."""
    return tuple(token.normalized for token in QUESTION.tokens(word))
