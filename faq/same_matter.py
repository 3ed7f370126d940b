"""Whether two voices are about the same matter: what they say, their category, and where it is."""

from dataclasses import dataclass
from typing import Final

from faq.dealing import words_said
from faq.models import Place
from faq.offices import distance
from faq.voice_categories import VoiceCategoryId

ALIKE: Final = 0.5
"""The share of the shorter one's content words that the other has too, from which on both may be one matter."""
NEAR_ALIKE: Final = 0.25
"""The same of two that are at the same place."""
NEAR: Final = 150.0
"""Metres between two locations of one place: a telephone's may be some tens of metres off."""
LEAST: Final = 2
"""Content words that both must have."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What somebody tells the city."""

    words: str
    category: VoiceCategoryId | None
    at: Place | None


def is_same(one: Matter, other: Matter) -> bool:
    """Whether they may be one matter. It proposes and never joins: people decide."""
    return likeness(one, other) > 0


def likeness(one: Matter, other: Matter) -> float:
    """How alike they are, from above 0 to 1; 0 where they are not one matter."""
    if one.category and other.category and one.category != other.category:
        return 0
    if one.at and other.at:
        if distance(one.at, other.at) > NEAR:
            return 0
        return _shared(one.words, other.words, NEAR_ALIKE, least=1)
    return _shared(one.words, other.words, ALIKE, LEAST)


def _shared(one: str, other: str, floor: float, least: int) -> float:
    said, told = words_said(one), words_said(other)
    both = len(said & told)
    share = both / min(len(said), len(told)) if said and told else 0.0
    return share if both >= least and share >= floor else 0
