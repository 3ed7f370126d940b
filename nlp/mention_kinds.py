"""What is found of a person in a voice: kinds, and where they stand."""

from enum import StrEnum
from typing import NamedTuple


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
    """Illness, disability, medicine, pregnancy, hospital."""
    FAMILY = "family"
    """What happened in a family: divorce, violence, death, debts, public support, a child not at school."""
    WORK = "work"
    SCHOOL = "school"
    NUMBER = "number"
    """Numbers of a person: My Number, account, card, plate, customer."""
    OFFICIAL = "official"
    """A named member of staff."""
    FACILITY = "facility"
    """A small place by which one is known: the flats, the shop, the day care at the corner."""


class Spot(NamedTuple):
    """Letters `start` to `end` of a text."""

    start: int
    end: int
    kind: Kind
