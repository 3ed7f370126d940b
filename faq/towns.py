"""Parts of the city by name, as the addresses and names of its offices and shelters have them: 水前寺, 健軍."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from faq.models import Office, Place, Shelter
from nlp.compact import compact
from nlp.covering import GAP

SHORTEST = 2
MOST = 60
"""Letters looked at; who writes more does not ask where something is."""
_BEFORE_BLOCK = re.compile(r"^\D+")
_WITHIN = re.compile(r"^(.+?[町村])(.+)$")
"""河内町船津: both the former town and the part of it are said."""


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the city that a text names."""

    name: str
    """As it was said."""
    rest: str
    """The compacted text with a gap for the name."""
    centre: Place
    """The middle of what is known to stand there. No distance may be given from it: nobody said where they are."""
    wards: tuple[str, ...]


class Towns:
    """All parts of a city that have an office or shelter with known coordinates. Immutable."""

    def __init__(self, places: Sequence[Office | Shelter], city: str) -> None:
        self._members: dict[str, dict[Place, str]] = {}
        for there in places:
            if there.place is not None:
                for beginning in {b for name in _names(there) for b in _beginnings(name)}:
                    # The city's own name says nothing about where in it.
                    if not city.startswith(beginning):
                        self._members.setdefault(beginning, {})[there.place] = there.ward
        self._longest = max(map(len, self._members), default=0)

    def named(self, text: str) -> Area | None:
        """The part of the city with the longest name in the text; gaps in it stay."""
        plain = GAP.join(map(compact, text.split(GAP)))[:MOST]
        found = max(self._found(plain), key=len, default="")
        if not found:
            return None
        members = self._members[found]
        return Area(
            found, plain.replace(found, GAP, 1), _middle(members), tuple(dict.fromkeys(members.values()))
        )

    def _found(self, plain: str) -> Iterator[str]:
        for start in range(len(plain)):
            for stop in range(start + SHORTEST, min(start + self._longest, len(plain)) + 1):
                if plain[start:stop] in self._members:
                    yield plain[start:stop]


def _names(there: Office | Shelter) -> Iterator[str]:
    """The town of the address, with and without the former town before it, and the name: 健軍小学校."""
    yield compact(there.name)
    after_ward = there.address.rpartition(there.ward)[2] if there.ward else there.address
    town = _BEFORE_BLOCK.match(compact(after_ward))
    if town:
        yield town[0]
        parts = _WITHIN.match(town[0])
        if parts:
            yield parts[2]


def _beginnings(name: str) -> Iterator[str]:
    """健軍本町 is found by 健軍 too."""
    return (name[:length] for length in range(SHORTEST, len(name) + 1))


def _middle(places: Iterable[Place]) -> Place:
    known = list(places)
    return Place(
        sum(place.latitude for place in known) / len(known),
        sum(place.longitude for place in known) / len(known),
    )
