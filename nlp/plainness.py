"""How plain a text is: remarks on its places, and a mark for the whole.

Pure: text in, values out. Nobody has to heed a remark; a text that keeps every rule may still be unclear.
"""

from dataclasses import dataclass, replace
from typing import Final

from nlp.plain import dates, grammar
from nlp.plain.readings import unread
from nlp.plain.remarks import Level, Remark, Sort
from nlp.plain.sentences import Bare, sentences
from nlp.plain.words import PlainWords

__all__ = ["MOST", "Level", "PlainWords", "Remark", "Score", "Sort", "look", "score"]

MOST: Final = 4_000
"""Letters that are looked at; no field of a text takes as many."""
_RULES: Final = (
    *(grammar.too_long, grammar.several, grammar.double_negatives, grammar.noun_rows),
    *(grammar.passives, grammar.polite, dates.dates),
)
_NAMED: Final = frozenset({Sort.WORD, Sort.EXPLAIN})
_YIELDING: Final = frozenset({Sort.POLITE, Sort.NOUNS})
"""What need not be said where a hard word is named already."""


def look(text: str, level: Level, words: PlainWords) -> tuple[Remark, ...]:
    """What could be plainer, in the order of the text; of any text, of which the first `MOST` letters count."""
    bare = Bare.of(text[:MOST])
    found = sentences(bare)
    remarks = [each for one in found for each in words.remarks(one, level)]
    taken = [(each.start, each.end) for each in remarks]
    for rule in _RULES:
        said = (each for one in found for each in rule(one, level))
        remarks += (each for each in said if each.sort not in _YIELDING or not _within(each, taken))
    going = [
        (each.start, each.end) for each in remarks if each.sort in _NAMED or each.replacement is not None
    ]
    remarks += (each for each in unread(found, level) if not _within(each, going))
    written = (replace(each, start=bare.places[each.start], end=bare.places[each.end]) for each in remarks)
    return tuple(sorted(written, key=lambda each: (each.start, each.end, each.sort)))


def _within(remark: Remark, places: list[tuple[int, int]]) -> bool:
    return any(start < remark.end and remark.start < end for start, end in places)


@dataclass(frozen=True, slots=True)
class Score:
    """Numbers by which two versions of a text can be compared."""

    sentences: int
    """The lines of a list count as sentences."""
    letters: int
    """Without spaces and what explains a word."""
    longest: int
    """Letters of the longest sentence."""
    hard_words: int
    """Words that the file has a suggestion or an explanation for."""

    @property
    def mean(self) -> float:
        """Letters of a sentence."""
        return self.letters / self.sentences if self.sentences else 0.0

    @property
    def density(self) -> float:
        """Hard words in 100 letters."""
        return 100 * self.hard_words / self.letters if self.letters else 0.0


def score(text: str, words: PlainWords) -> Score:
    """The mark of a text, by the stricter level: a hard word counts whoever is to read it."""
    found = sentences(Bare.of(text[:MOST]))
    lengths = [each.length for each in found]
    hard = sum(1 for one in found for _ in words.remarks(one, Level.EASY))
    return Score(len(found), sum(lengths), max(lengths, default=0), hard)
