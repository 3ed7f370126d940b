"""What of a person stands in a voice that is to be published, and what may stand in its place.

More is pointed at than has to go: a person decides on each mention before anything is published. The rules stand
in `nlp/mention_names.py`, `mention_places.py`, `mention_conditions.py` and `mention_numbers.py`; what residents'
messages lose at intake (`nlp/masking.py`) is among it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import Final

from nlp.mention_kinds import Kind, Spot
from nlp.reading import Reading

__all__ = ["NOTHING", "WORDS", "Everybodys", "Kind", "Mention", "find", "replaced"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Letters `start` to `end` of a text, and the words that are suggested for them."""

    start: int
    end: int
    kind: Kind
    replacement: str


@dataclass(frozen=True, slots=True)
class Everybodys:
    """What is public in a city and stays."""

    public: frozenset[str] = frozenset()
    """Numbers and addresses, in any spelling (`City.public`)."""
    places: frozenset[str] = frozenset()
    """Names of offices, shelters, halls and other places of the city."""


NOTHING: Final = Everybodys()
WORDS: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        Kind.NAME: "（個人名）",
        Kind.ADDRESS: "（住所）",
        Kind.TELEPHONE: "（電話番号）",
        Kind.MAIL: "（連絡先）",
        Kind.BIRTH: "（生年月日）",
        Kind.AGE: "（年齢）",
        Kind.HEALTH: "（健康に関すること）",
        Kind.FAMILY: "（家庭の事情）",
        Kind.WORK: "（勤務先）",
        Kind.SCHOOL: "（学校名）",
        Kind.NUMBER: "（番号）",
        Kind.OFFICIAL: "（職員名）",
        Kind.FACILITY: "（施設名）",
    }
)
"""What stands in a published voice in place of a mention."""


def find(text: str, city: Everybodys = NOTHING) -> tuple[Mention, ...]:
    """The mentions in a text, in order and apart. `start` and `end` count code points of `text`."""
    # Their patterns take longer to compile than all else that a page imports, and few processes look for mentions.
    from nlp.mention_conditions import conditions
    from nlp.mention_names import names
    from nlp.mention_numbers import numbers
    from nlp.mention_places import places

    reading = Reading(text)
    everybodys = tuple(_of_the_city(text, city.places))
    spots = [
        spot
        for spot in (
            *numbers(reading, city.public),
            *names(reading),
            *places(reading, city.public),
            *conditions(reading),
        )
        if not any(start <= spot.start and spot.end <= end for start, end in everybodys)
    ]
    return tuple(Mention(*spot, WORDS[spot.kind]) for spot in _apart(text, spots))


def _of_the_city(text: str, known: Iterable[str]) -> Iterator[tuple[int, int]]:
    for name in known:
        start = text.find(name) if name else -1
        while start >= 0:
            yield start, start + len(name)
            start = text.find(name, start + len(name))


def _apart(text: str, spots: Iterable[Spot]) -> list[Spot]:
    """In order; where two overlap the longer stays, of two as long the first, and of the other what sticks out."""
    owner: list[Spot | None] = [None] * len(text)
    for spot in sorted(spots, key=lambda each: each.start - each.end):
        for at in range(spot.start, spot.end):
            owner[at] = owner[at] or spot
    kept: list[Spot] = []
    for spot, run in groupby(enumerate(owner), key=lambda each: each[1]):
        if spot:
            places = [at for at, _ in run]
            kept.append(Spot(places[0], places[-1] + 1, spot.kind))
    return [spot for spot in kept if any(map(str.isalnum, text[spot.start : spot.end]))]


def replaced(text: str, mentions: Iterable[Mention]) -> str:
    """The text with the replacement of each mention; of two that overlap the earlier.

    >>> replaced("山田です", [Mention(0, 2, Kind.NAME, "（個人名）")])
    '（個人名）です'
    """
    parts: list[str] = []
    done = 0
    for mention in sorted(mentions, key=lambda each: each.start):
        if mention.start >= done:
            parts += text[done : mention.start], mention.replacement
            done = mention.end
    return "".join([*parts, text[done:]])
