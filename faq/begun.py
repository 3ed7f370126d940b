"""Offices whose name is still being typed: by its writing, its reading, and despite a slip of the finger."""

from collections.abc import Iterable
from dataclasses import dataclass

import regex
from rapidfuzz import fuzz, process

from faq.models import Office
from nlp.compact import compact
from nlp.half_typed import HalfTyped
from nlp.token_filters import hiragana

SHORTEST = 2
"""Kana that a name must begin with; one kanji is enough."""
SHORTEST_MISTYPED = 5
"""Letters from which on a name may be mistyped."""
ALIKE = 80
"""rapidfuzz ratio in per cent from which on it is: one wrong letter in five."""
_HAN = regex.compile(r"\p{Han}")


@dataclass(frozen=True, slots=True)
class BegunNames:
    """The names, other names and readings of offices, compacted and in hiragana; some hundreds at most."""

    names: tuple[str, ...]
    offices: tuple[Office, ...]
    """The office of each name."""

    @classmethod
    def of(cls, offices: Iterable[Office]) -> "BegunNames":
        """Short names first, since they fit what is typed best."""
        named = [
            (hiragana(compact(name)), office)
            for office in offices
            for name in (office.name, *office.aliases, office.kana)
        ]
        named = sorted(((name, office) for name, office in named if name), key=lambda pair: len(pair[0]))
        return cls(tuple(name for name, _ in named), tuple(office for _, office in named))

    def beginning(self, typed: HalfTyped) -> tuple[Office, ...]:
        """The offices of which a name begins with the whole text."""
        return self._beginning(typed.plain, typed.coming)

    def ending(self, typed: HalfTyped) -> tuple[Office, ...]:
        """Those of which a name begins with the last word, or is the same but for a slip of the finger."""
        last = typed.plain.rpartition(" ")[2]
        return self._beginning(last, typed.coming) or self._mistyped(last)

    def _beginning(self, written: str, coming: str) -> tuple[Office, ...]:
        begun = hiragana(compact(written))
        if len(begun) < SHORTEST and not _HAN.match(begun):
            return ()
        starts = tuple(begun + hiragana(kana) for kana in coming) or (begun,)
        return self._once(at for at, name in enumerate(self.names) if name.startswith(starts))

    def _mistyped(self, written: str) -> tuple[Office, ...]:
        begun = hiragana(compact(written))
        if len(begun) < SHORTEST_MISTYPED:
            return ()
        openings = [name[: len(begun) + 1] for name in self.names]
        alike = process.extract(begun, openings, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None)
        return self._once(at for _, _, at in alike)

    def _once(self, places: Iterable[int]) -> tuple[Office, ...]:
        return tuple({self.offices[at].id: self.offices[at] for at in places}.values())
