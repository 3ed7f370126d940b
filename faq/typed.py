"""Entries by how they are written and read: for a question half typed, and for one written in kana."""

from dataclasses import dataclass

import regex
from rapidfuzz import fuzz, process

from faq.rows import Phrasings
from nlp import char_filters
from nlp.analyzer import QUESTION
from nlp.token_filters import katakana

SHORTEST = 5
"""Kana from which on a reading is looked for: four are in too many words (しんせい, こうしん)."""
SOUNDS_ALIKE = 85
"""rapidfuzz partial ratio in per cent: one wrong kana in seven."""

_ONLY_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}ー]+")
_HALF_TYPED = regex.compile(r"(?<=[\p{Hiragana}\p{Katakana}\p{Han}ー])[a-z]{1,3}$")
"""Letters that an input method has not yet made kana of: じゅうみんhy."""


@dataclass(frozen=True, slots=True)
class Typed:
    """All phrasings of a knowledge, P of them, as letters and as readings."""

    letters: tuple[str, ...]
    readings: tuple[str, ...]
    place: tuple[int, ...]
    """(P,) the entry of each."""

    @classmethod
    def of(cls, phrasings: Phrasings) -> "Typed":
        """These phrasings, in their order."""
        return cls(tuple(phrasings.letters), tuple(phrasings.readings), tuple(phrasings.entry_of.tolist()))

    def completing(self, prefix: str, count: int) -> list[int]:
        """The entries that what is typed may become: those that begin with it first, then short ones."""
        plain = _HALF_TYPED.sub("", char_filters.letters(char_filters.normalize(prefix, QUESTION.limit)))
        if not plain:
            return []
        reading = "".join(token.reading for token in QUESTION.tokens(plain)) or katakana(plain)
        kana = katakana(plain)
        found = []
        for number, (letters, sound) in enumerate(zip(self.letters, self.readings, strict=True)):
            starts = (letters.find(plain), sound.find(kana), sound.find(reading))
            at = min((start for start in starts if start >= 0), default=-1)
            if at >= 0:
                found.append((at > 0, len(letters), number))
        return list(dict.fromkeys(self.place[number] for *_, number in sorted(found)))[:count]

    def sounding_like(self, text: str, count: int) -> list[tuple[int, float]]:
        """The entries whose reading holds a question written in kana alone, and how alike they are, 0 to 1.

        Nothing for any other text.
        """
        plain = char_filters.letters(char_filters.normalize(text, QUESTION.limit))
        if len(plain) < SHORTEST or not _ONLY_KANA.fullmatch(plain):
            return []
        readings = {number: sound for number, sound in enumerate(self.readings) if len(sound) >= SHORTEST}
        alike = process.extract(
            katakana(plain), readings, scorer=fuzz.partial_ratio, score_cutoff=SOUNDS_ALIKE, limit=count * 3
        )
        best: dict[int, float] = {}
        for _, ratio, number in alike:
            best.setdefault(self.place[number], ratio / 100)
        return list(best.items())[:count]
