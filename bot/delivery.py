"""What becomes of a try to tell somebody of the city."""

from dataclasses import dataclass

from store.tellings import Problem


@dataclass(frozen=True, slots=True)
class Delivered:
    """The other side has taken it."""

    pushes: int = 0
    """What it counts against the quota of LINE's plan."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """The other side surely has not."""

    problem: Problem
    for_good: bool = False
    """Another try would be refused as well."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """It was handed over, and no answer came: the other side may have it."""

    problem: Problem


Delivery = Delivered | NotTaken | Unsure
