"""The words of a knowledge by how they are read: what kana that are not converted yet may become."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from faq.matrix import QUESTION, Ints, Matrix
from faq.rows import Phrasings
from nlp.half_typed import HalfTyped
from nlp.token_filters import katakana
from nlp.tokenizer import Token

MOST_WORDS = 30
"""Words that one beginning may become; ten or a hundred find as much."""
LONGEST = 24
"""Kana at the end of a text that are parted into words."""
_BEYOND = "\U0010ffff"
"""Sorts behind every letter."""

_PARTICLES = frozenset(
    katakana(
        "の は が を に で と も へ や から まで より って など とか ので けど だけ しか ため こと です ます ました"
        " ません たい か な ある する した して ください どう どこ いつ なに なん いくら ほしい しりたい おしえて"
    ).split()
)
"""Kana between words, or after the last, that are no words of the knowledge."""
_PARTICLE, _WORD, _ONE_KANA, _UNKNOWN = 0.8, 1.0, 1.25, 1.3
"""What a particle, a word, a word of one kana and a kana that belongs to neither cost: few long words are likeliest."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a run of kana says."""

    words: tuple[Token, ...]
    """Words that are complete; of several that sound the same, the one that is written most often."""
    begun: str
    """What the last word begins with; empty where nothing is begun."""
    may_become: tuple[str, ...]
    """Words of the knowledge that begin so, most frequent first."""
    is_clear: bool
    """Whether every kana was understood."""


class _Part(NamedTuple):
    """The last piece of the cheapest way to part some kana."""

    cost: float
    start: int
    unknown: int
    """Kana so far that belong to no word."""
    is_word: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """L pairs of a reading and a word, by reading."""

    readings: tuple[str, ...]
    """(L,) katakana, ascending."""
    words: tuple[str, ...]
    """(L,) normalized."""
    counts: Ints
    """(L,) how often the word is read so in questions and phrasings."""
    spans: dict[str, tuple[int, int]]
    """Where each different reading stands."""
    written: tuple[str, ...]
    """The different words, ascending."""

    @classmethod
    def of(cls, phrasings: Phrasings, matrix: Matrix) -> "Lexicon":
        """The words of these questions and phrasings, which are those of the matrix."""
        numbers = matrix.segments.words_of(QUESTION).tolist()
        counted: Counter[tuple[str, str]] = Counter()
        for (reading, number), count in Counter(zip(phrasings.words_read(), numbers, strict=True)).items():
            counted[katakana(reading), matrix.words_by_number[number]] += count
        ordered = sorted(pair for pair in counted if pair[0])
        readings = tuple(reading for reading, _ in ordered)
        firsts = [at for at, reading in enumerate(readings) if not at or readings[at - 1] != reading]
        spans = {readings[a]: (a, b) for a, b in pairwise([*firsts, len(readings)])}
        counts = np.array([counted[pair] for pair in ordered], np.int32)
        return cls(
            readings,
            tuple(word for _, word in ordered),
            counts,
            spans,
            tuple(sorted({word for _, word in ordered})),
        )

    def hear(self, typed: HalfTyped) -> Heard:
        """Parts the kana at the end of a text into words, of which the last may be unfinished: the cheapest way."""
        kana = typed.kana[-LONGEST:]
        parts = self._parted(kana, opens=len(typed.kana) == len(typed.plain))
        costs = (
            (parts[at].cost + _WORD, at) for at in range(len(kana)) if self._begins(kana[at:], typed.coming)
        )
        cost, begins = min(costs, default=(np.inf, 0))
        if cost > parts[-1].cost:
            cost, begins = parts[-1].cost, len(kana)
        words = tuple(self._words(kana, parts, begins))
        begun = kana[begins:]
        becomes = self._most_frequent(self._spans_of(begun, typed.coming)) if begun else ()
        return Heard(words, begun, becomes, parts[begins].unknown == 0)

    def see(self, token: Token) -> Heard:
        """A word of which the beginning is written: 健 may become 健康, 健診."""
        begun = token.normalized
        start, stop = bisect_left(self.written, begun), bisect_left(self.written, begun + _BEYOND)
        return Heard((), begun, self.written[start:stop][:MOST_WORDS], is_clear=True)

    def _parted(self, kana: str, *, opens: bool) -> list["_Part"]:
        """For each place the cheapest way to part the kana before it. Text that opens so begins with no particle."""
        parts = [_Part(0.0, 0, 0, is_word=False), *(_Part(np.inf, 0, 0, is_word=False) for _ in kana)]
        for start in range(len(kana)):
            for stop in range(start + 1, len(kana) + 1):
                part, before = kana[start:stop], parts[start]
                if part in self.spans:
                    step = _WORD if stop - start > 1 else _ONE_KANA
                    way = _Part(before.cost + step, start, before.unknown, is_word=True)
                elif part in _PARTICLES and (start or not opens):
                    way = _Part(before.cost + _PARTICLE, start, before.unknown, is_word=False)
                elif stop - start == 1:
                    way = _Part(before.cost + _UNKNOWN, start, before.unknown + 1, is_word=False)
                else:
                    continue
                if way.cost < parts[stop].cost:
                    parts[stop] = way
        return parts

    def _words(self, kana: str, parts: Sequence["_Part"], stop: int) -> Iterator[Token]:
        found = []
        while stop > 0:
            part = parts[stop]
            if part.is_word:
                reading = kana[part.start : stop]
                found.append(Token(reading, self._most_frequent([self.spans[reading]])[0], reading, "名詞"))
            stop = part.start
        return reversed(found)

    def _begins(self, kana: str, coming: str) -> bool:
        return any(start < stop for start, stop in self._spans_of(kana, coming))

    def _spans_of(self, kana: str, coming: str) -> list[tuple[int, int]]:
        """Where the readings stand that begin so."""
        return [
            (bisect_left(self.readings, start), bisect_left(self.readings, start + _BEYOND))
            for start in ([kana + each for each in coming] or [kana])
        ]

    def _most_frequent(self, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
        places = np.concatenate([np.arange(*span) for span in spans])
        order = np.argsort(-self.counts[places], kind="stable")[:MOST_WORDS]
        return tuple(dict.fromkeys(self.words[place] for place in places[order].tolist()))
