"""Entries by how their questions sound: for one in kana that the tokenizer cannot read, or that is mistyped."""

from dataclasses import dataclass

import numpy as np
import regex
from rapidfuzz import fuzz, process

from faq.matrix import Ints
from faq.rows import Phrasings
from nlp import char_filters
from nlp.analyzer import QUESTION
from nlp.token_filters import katakana

SHORTEST = 5
"""Kana from which on a reading is looked for: four are in too many words (しんせい, こうしん)."""
SOUNDS_ALIKE = 85
"""rapidfuzz partial ratio in per cent: one wrong kana in seven."""
COMPARED = 100
"""Readings that are compared letter by letter: those that share the most pairs of kana, the shorter first."""
LONGEST = 256
"""Kana from which on readings count as equally long."""

_ONLY_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}ー]+")


@dataclass(frozen=True, slots=True)
class Typed:
    """The readings of all phrasings of a knowledge, P of them, and which of them have a pair of kana (B pairs)."""

    readings: tuple[str, ...]
    lengths: Ints
    """(P,)"""
    place: tuple[int, ...]
    """(P,) the entry of each."""
    pairs: Ints
    """(B,) ascending."""
    pair_start: Ints
    """(B + 1,) into `phrases`."""
    phrases: Ints
    """Where a pair stands, pair after pair."""

    @classmethod
    def of(cls, phrasings: Phrasings) -> "Typed":
        """The phrasings of these entries, in their order, without those that are too short to be looked for."""
        read = zip(phrasings.readings(), phrasings.entry_of.tolist(), strict=True)
        found = [both for both in dict.fromkeys(read) if len(both[0]) >= SHORTEST]
        readings = tuple(reading for reading, _ in found)
        pairs = _pairs("".join(readings))
        lengths = np.array([len(reading) for reading in readings], np.int64)
        phrase = np.repeat(np.arange(len(readings), dtype=np.int64), lengths)[:-1]
        within = phrase == np.repeat(np.arange(len(readings)), lengths)[1:]
        cells = _different(pairs[within] * max(len(readings), 1) + phrase[within])
        pair, phrases = np.divmod(cells, max(len(readings), 1))
        start = np.flatnonzero(np.diff(pair, prepend=-1))
        return cls(
            readings,
            lengths,
            tuple(place for _, place in found),
            pair[start],
            np.append(start, len(phrases)),
            phrases.astype(np.int32),
        )

    def sounding_like(self, text: str, count: int) -> list[tuple[int, float]]:
        """The entries whose reading holds a question written in kana alone, and how alike they are, 0 to 1.

        Nothing for any other text.
        """
        plain = char_filters.letters(char_filters.normalize(text, QUESTION.limit))
        if len(plain) < SHORTEST or not _ONLY_KANA.fullmatch(plain):
            return []
        kana = katakana(plain)
        near = {number: self.readings[number] for number in self._sharing(kana)}
        alike = process.extract(kana, near, scorer=fuzz.partial_ratio, score_cutoff=SOUNDS_ALIKE, limit=None)
        alike.sort(key=lambda found: (-found[1], len(found[0])))
        best: dict[int, float] = {}
        for _, ratio, number in alike:
            best.setdefault(self.place[number], ratio / 100)
        return list(best.items())[:count]

    def _sharing(self, kana: str) -> list[int]:
        """The phrasings that share the most pairs of kana, in their order."""
        wanted = np.unique(_pairs(kana))
        found = np.flatnonzero(np.isin(self.pairs, wanted)).tolist()
        spans = [self.phrases[self.pair_start[pair] : self.pair_start[pair + 1]] for pair in found]
        if not spans:
            return []
        shared = np.bincount(np.concatenate(spans), minlength=len(self.readings))
        shared = shared * LONGEST - np.minimum(self.lengths, LONGEST - 1) * (shared > 0)
        best = np.argpartition(-shared, min(COMPARED, len(shared) - 1))[:COMPARED]
        return sorted(best[shared[best] > 0].tolist())


def _pairs(kana: str) -> Ints:
    """Each two letters that stand side by side, as one number."""
    letters = np.frombuffer(kana.encode("utf-32-le"), np.uint32).astype(np.int64)
    return letters[:-1] << 21 | letters[1:]


def _different(numbers: Ints) -> Ints:
    """Each number once, ascending: a tenth of the time of `np.unique`, which hashes."""
    ordered = np.sort(numbers)
    return ordered[np.flatnonzero(np.diff(ordered, prepend=-1))]
