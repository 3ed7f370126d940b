"""Words that mean something, words that must stand near them, and words that take the meaning away."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

WITHIN = 20
"""Letters between a word and one that must stand with it, where a rule does not say."""
UNLESS_REACH = 12
"""Letters between a word and one that makes it harmless: few, since a miss is worse than a false alarm."""

LAST_LATIN = "\u024f"
"""Of the blocks Basic Latin to Latin Extended-B."""
VIETNAMESE = "\u1e00", "\u1eff"
"""Latin Extended Additional, whose letters carry two marks."""

Spots = list[tuple[int, str]]


class View:
    """A folded text, the letters and pairs of letters in it, which rule out most words at once, and where
    the words that were looked for stand: rules share many."""

    __slots__ = ("_starts", "openings", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.openings = {*text, *map(str.__add__, text, text[1:])}
        self._starts: dict[str, tuple[int, ...]] = {}

    def having(self, words: Iterable[str]) -> list[str]:
        """Those of `words` that the text has."""
        return [word for word in words if word[:2] in self.openings and word in self.text]

    def starts(self, word: str) -> tuple[int, ...]:
        """Where `word` stands."""
        if (known := self._starts.get(word)) is None:
            known = self._starts[word] = tuple(_starts(self.text, word))
        return known


@dataclass(frozen=True, slots=True)
class Phrase:
    """Plain words, all folded, and how they must meet."""

    words: tuple[str, ...]
    nearby: tuple[tuple[str, ...], ...]
    """One word of each of these must stand within `within` letters; empty where the words alone are enough."""
    unless: tuple[str, ...]
    """None of these may stand within `reach` letters."""
    within: int = WITHIN
    reach: int = UNLESS_REACH
    openings: frozenset[str] = field(init=False, repr=False, compare=False)
    """How the words begin: a text that has none of it has none of the words."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "openings", frozenset(word[:2] for word in self.words))

    def match(self, view: View) -> str:
        """The words that met, for people to read, or nothing. Linear in the text's length."""
        words = view.having(self.words)
        nearby: list[Spots] = []
        for group in self.nearby if words else ():
            nearby.append(_spots(view, group))
            if not nearby[-1]:
                return ""
        harmless = _spots(view, self.unless) if words else []
        for word in words:
            for start in view.starts(word):
                end = start + len(word)
                if _near(harmless, start - self.reach, end + self.reach):
                    continue
                company = [_near(spots, start - self.within, end + self.within) for spots in nearby]
                if all(company):
                    return "と".join(f"「{each}」" for each in (word, *company))
        return ""


def _spots(view: View, words: Iterable[str]) -> Spots:
    return sorted((start, word) for word in view.having(words) for start in view.starts(word))


def _starts(text: str, word: str) -> Iterable[int]:
    """Where `word` stands; Latin words and numbers only as a whole (dv is not in dvd, 119 not in 7119)."""
    start, may_be_cut = text.find(word), _has_joints(word[0]) or _has_joints(word[-1])
    while start >= 0:
        if not may_be_cut or not (_cut(text, start) or _cut(text, start + len(word))):
            yield start
        start = text.find(word, start + 1)


def _cut(text: str, at: int) -> bool:
    """Whether a run of Latin letters, or of digits, goes on across `at`."""
    around = text[at - 1 : at + 1] if at else ""
    return len(around) == 2 and all(map(_has_joints, around)) and (around.isdigit() or around.isalpha())


def _has_joints(letter: str) -> bool:
    """Whether words of such letters stand apart: Latin, also with the marks of Vietnamese."""
    return letter <= LAST_LATIN or VIETNAMESE[0] <= letter <= VIETNAMESE[1]


def _near(spots: Spots, first: int, last: int) -> str:
    """A word that starts between `first` and `last`, or nothing."""
    at = bisect_left(spots, (first, ""))
    return spots[at][1] if at < len(spots) and spots[at][0] <= last else ""
