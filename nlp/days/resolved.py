"""What a phrase comes to: days, or a puzzle that only who wrote it can solve."""

from dataclasses import dataclass
from datetime import date

from nlp.when import Assumed, Days, OnDays, Reason


@dataclass(frozen=True, slots=True)
class Sure:
    days: Days
    assumed: frozenset[Assumed] = frozenset()


@dataclass(frozen=True, slots=True)
class Puzzle:
    reason: Reason
    candidates: tuple[date, ...] = ()


Resolved = Sure | Puzzle


def sure(first: date, last: date, *assumed: Assumed) -> Sure:
    return Sure(OnDays(first, last), frozenset(assumed))
