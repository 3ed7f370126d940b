"""Which office: by name in a text, and by distance."""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from faq.begun import BegunNames
from faq.models import Office, OfficeId, Place, Shelter
from faq.naming import Names

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius (IUGG)."""

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


class Directory:
    """The offices and shelters of a city. Immutable."""

    def __init__(
        self, offices: Sequence[Office], shelters: Sequence[Shelter], counter_kinds: Collection[str] = ()
    ) -> None:
        """`counter_kinds` are the kinds of office where procedures are done."""
        self._counter_kinds = frozenset(counter_kinds)
        self._by_id = {office.id: office for office in offices}
        self.offices = tuple(offices)
        self.shelters = tuple(shelters)
        self._names = Names(
            (name, office) for office in self.offices for name in (office.name, *office.aliases)
        )

    def named(self, text: str) -> Named | None:
        """The office with the longest name found in the text."""
        found = self._names.find(text)
        return Named(found.things[0], found.rest) if found else None

    @cached_property
    def begun(self) -> BegunNames:
        """The names of the offices, for one that is still being typed."""
        return BegunNames.of(self.offices)

    def office(self, office_id: OfficeId) -> Office | None:
        """The office of this id."""
        return self._by_id.get(office_id)

    @property
    def counters(self) -> tuple[Office, ...]:
        """The offices where procedures are done."""
        return tuple(office for office in self.offices if office.kind in self._counter_kinds)

    def nearest_counters(self, here: Place, most: int) -> tuple[Nearby[Office], ...]:
        """The nearest offices where procedures are done; those without a confirmed place are left out."""
        return nearest(self.counters, here, most)

    def of_kinds(self, kinds: Collection[str], ward: str = "") -> tuple[Office, ...]:
        """The offices of these kinds; those of one ward alone where one is given."""
        return tuple(
            office for office in self.offices if office.kind in kinds and (not ward or office.ward == ward)
        )

    def shelters_in(self, ward: str) -> tuple[Shelter, ...]:
        """The designated shelters of a ward that are for everybody, by address."""
        there = [s for s in self.shelters if s.ward == ward and s.for_everybody]
        return tuple(sorted(there, key=lambda shelter: (shelter.address, shelter.name)))

    def nearest_shelters(self, here: Place, most: int) -> tuple[Nearby[Shelter], ...]:
        """The nearest designated shelters that are for everybody."""
        return nearest((shelter for shelter in self.shelters if shelter.for_everybody), here, most)


def nearest(places: Iterable[Somewhere], here: Place, most: int) -> tuple[Nearby[Somewhere], ...]:
    """The nearest first; those without a confirmed place are left out."""
    known = [Nearby(there, distance(here, there.place)) for there in places if there.place is not None]
    return tuple(sorted(known, key=lambda nearby: nearby.metres)[:most])
