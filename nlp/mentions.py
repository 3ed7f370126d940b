"""What of a person stands in a voice that is to be published, and what may stand in its place.

More is pointed at than has to go: a person decides on each mention before anything is published.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from nlp.masking import Personal, finds


class Kind(StrEnum):
    """What a mention tells of a person."""

    NAME = "name"
    ADDRESS = "address"
    TELEPHONE = "telephone"
    MAIL = "mail"
    """Addresses of mail and accounts of networks, LINE among them."""
    BIRTH = "birth"
    AGE = "age"
    HEALTH = "health"
    """Illness, disability, medicine, pregnancy, hospital, and benefits paid for them."""
    FAMILY = "family"
    """What happened in a family: divorce, violence, death, a child that does not go to school."""
    WORK = "work"
    SCHOOL = "school"
    NUMBER = "number"
    """Numbers of a person: My Number, account, card, plate, customer."""
    OFFICIAL = "official"
    """A named member of staff."""
    FACILITY = "facility"
    """A small place by which one is known: the flats, the shop, the day care at the corner."""


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
_OF_MASKING: Final[Mapping[Personal, Kind]] = MappingProxyType(
    {
        Personal.TELEPHONE: Kind.TELEPHONE,
        Personal.ADDRESS: Kind.ADDRESS,
        Personal.EMAIL: Kind.MAIL,
        Personal.NAME: Kind.NAME,
        Personal.BIRTH_DATE: Kind.BIRTH,
    }
)
"""All others are numbers."""


def find(text: str, city: Everybodys = NOTHING) -> tuple[Mention, ...]:
    """The mentions in a text, in order and apart. `start` and `end` count code points of `text`."""
    return tuple(
        Mention(each.start, each.end, kind, WORDS[kind])
        for each in finds(text, city.public)
        for kind in (_OF_MASKING.get(each.kind, Kind.NUMBER),)
    )


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
