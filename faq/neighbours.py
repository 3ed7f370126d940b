"""The right authority where it is not the city's: the prefecture, the state, the police, and who brings electricity."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NewType

from faq.dealing import met, words_said
from faq.models import Provenance

NeighbourId = NewType("NeighbourId", str)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody else than the city, whom residents mistake for it."""

    id: NeighbourId
    name: str
    aliases: tuple[str, ...]
    deals: tuple[str, ...]
    """What it deals with, in the words of residents: 確定申告, 相続税."""
    leaves: tuple[str, ...]
    """What sounds like it and is the city's: 市県民税の申告."""
    does: str
    """What it does, as a sentence to residents."""
    telephone: str
    """Empty where nobody confirmed it."""
    hours: str
    """When the telephone is answered, in words; empty where nobody confirmed it."""
    link: str
    provenance: Provenance


def fitting(neighbours: Iterable[Neighbour], text: str) -> Neighbour | None:
    """Whose it is by what was said; None where it may well be the city's.

    Of several the one of which most is met. What a neighbour leaves to the city counts before what it deals with.
    """
    said = words_said(text)
    dealt = [(_met(each, said), each) for each in neighbours]
    return max((pair for pair in dealt if pair[0]), key=lambda pair: pair[0], default=(0, None))[1]


def _met(neighbour: Neighbour, said: frozenset[str]) -> int:
    if met(neighbour.leaves, said):
        return 0
    return met((neighbour.name, *neighbour.aliases, *neighbour.deals), said)
