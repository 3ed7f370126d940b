"""Which office: by name in a text, and by distance."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import regex
from rapidfuzz import fuzz, process

from faq.models import Office, Place, Shelter
from nlp import half_typed
from nlp.compact import compact
from nlp.token_filters import hiragana

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius (IUGG)."""

COUNTERS = frozenset({"区役所", "総合出張所", "出張所"})
"""Kinds of office where procedures are done; community centres are not among them."""

SHORTEST_TYPED = 2
"""Kana that a name must have in common with what is typed; one kanji is enough."""
SHORTEST_MISTYPED = 5
TYPED_ALIKE = 80
"""rapidfuzz ratio in per cent from which on a name is thought to be mistyped: one wrong letter in five."""
_HAN = regex.compile(r"\p{Han}")

Somewhere = TypeVar("Somewhere", Office, Shelter)


@dataclass(frozen=True, slots=True)
class Nearby(Generic[Somewhere]):
    """Something near a place, and how far it is as the crow flies."""

    there: Somewhere
    metres: float


def distance(a: Place, b: Place) -> float:
    """Metres along the great circle (haversine)."""
    lat_a, lat_b = math.radians(a.latitude), math.radians(b.latitude)
    half = math.sin((lat_b - lat_a) / 2) ** 2
    half += math.cos(lat_a) * math.cos(lat_b) * math.sin(math.radians(b.longitude - a.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(half))


@dataclass(frozen=True, slots=True)
class Named:
    """An office that a text names, and what the text says besides."""

    office: Office
    rest: str
    """The compacted text without the name."""


@dataclass(frozen=True, slots=True)
class Completed:
    """The offices that a text in any state of typing may name."""

    offices: tuple[Office, ...]
    begins: bool
    """Whether the whole text is the beginning of a name."""


class Directory:
    """The offices and shelters of a city. Immutable."""

    def __init__(self, offices: Sequence[Office], shelters: Sequence[Shelter]) -> None:
        self.offices = tuple(offices)
        self.shelters = tuple(shelters)
        names = [
            (name, office)
            for office in self.offices
            for name in map(compact, (office.name, *office.aliases))
            if name
        ]
        # The longest name first: 東区役所 before 東区, and 中央区役所 is not 区役所.
        self._names = sorted(names, key=lambda pair: len(pair[0]), reverse=True)
        readings = [(compact(office.kana), office) for office in self.offices if office.kana]
        self._typed_names = [(hiragana(name), office) for name, office in (*names, *readings)]

    def named(self, text: str) -> Named | None:
        """The office with the longest name found in the text."""
        plain = compact(text)
        for name, office in self._names:
            if name in plain:
                return Named(office, plain.replace(name, "", 1))
        return None

    def completing(self, text: str, most: int) -> Completed:
        """The offices that the text names, or whose name or reading the text, or its last word, begins."""
        typed = half_typed.read(text)
        whole, last = compact(typed.plain), compact(typed.plain.rpartition(" ")[2])
        begin = self._beginning(hiragana(whole), typed.coming)
        named = self.named(typed.plain)
        found = [*begin, *([named.office] if named else ()), *self._beginning(hiragana(last), typed.coming)]
        if not found and not typed.coming:
            found = self._sounding_like(hiragana(last))
        return Completed(tuple({office.id: office for office in found}.values())[:most], begins=bool(begin))

    def _beginning(self, typed: str, coming: str) -> list[Office]:
        """The offices of which a name or the reading begins so; one kana alone begins too many."""
        starts = tuple(f"{typed}{hiragana(kana)}" for kana in coming) or (typed,)
        if len(typed) < SHORTEST_TYPED and not _HAN.match(typed):
            return []
        found = [(len(name), office) for name, office in self._typed_names if name.startswith(starts)]
        return [office for _, office in sorted(found, key=lambda pair: pair[0])]

    def _sounding_like(self, typed: str) -> list[Office]:
        """The offices whose name or reading is the same but for a slip of the finger."""
        if len(typed) < SHORTEST_MISTYPED:
            return []
        names = [name[: len(typed) + 1] for name, _ in self._typed_names]
        alike = process.extract(typed, names, scorer=fuzz.ratio, score_cutoff=TYPED_ALIKE, limit=None)
        return [self._typed_names[at][1] for _, _, at in alike]

    def nearest_counters(self, here: Place, most: int) -> tuple[Nearby[Office], ...]:
        """The nearest offices where procedures are done; those without a confirmed place are left out."""
        return _nearest((office for office in self.offices if office.kind in COUNTERS), here, most)

    def nearest_shelters(self, here: Place, most: int) -> tuple[Nearby[Shelter], ...]:
        """The nearest designated shelters that are for everybody."""
        return _nearest((shelter for shelter in self.shelters if shelter.for_everybody), here, most)


def _nearest(places: Iterable[Somewhere], here: Place, most: int) -> tuple[Nearby[Somewhere], ...]:
    known = [Nearby(there, distance(here, there.place)) for there in places if there.place is not None]
    return tuple(sorted(known, key=lambda nearby: nearby.metres)[:most])
