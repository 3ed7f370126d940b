"""What an answer is worth to who asked, and how much of that a change of the knowledge may cost."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Final

from faq.models import EntryId, Outcome

LOST_MOST: Final = 0.005
"""Of the labelled questions: how many fewer may be answered rightly at once. Three of 700."""
MISLED_MOST: Final = 0.002
"""Of the labelled questions: how many more may be answered wrongly at once. One of 700."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a resident would be shown."""

    outcome: Outcome
    entries: tuple[EntryId, ...]
    """The answer, or what there is to choose from, in that order; empty where nothing was found."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a knowledge made of a question."""

    shown: Shown
    first: EntryId | None
    """The first of the whole ranking, whether or not it was shown."""


class Worth(IntEnum):
    """What an answer is worth to who asked a labelled question; more is better."""

    WRONG = 0
    """Answered at once with an entry that is not it."""
    NOTHING = 1
    """Not answered at once, and nothing that fits was offered. Where nothing may be answered, that is right."""
    OFFERED = 2
    """A fitting entry stands among what there is to choose from."""
    RIGHT = 3
    """Answered at once with a fitting entry."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of the labelled questions, in questions; counted as `faq.evaluate` counts."""

    questions: int = 0
    answerable: int = 0
    """Those that an entry answers."""
    hit1: int = 0
    """A fitting entry stands first in the ranking, shown or not."""
    right: int = 0
    """Answered rightly at once."""
    right_or_offered: int = 0
    wrong: int = 0
    """Answered wrongly at once, those included to which there is no answer."""

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Tally)))


@dataclass(frozen=True, slots=True)
class BelowFloor:
    """Why a change may not be published as it is."""

    lost: int
    """So many labelled questions fewer are answered rightly at once, those that are won taken off."""
    lost_most: int
    """So many may be."""
    misled: int
    """So many more are answered wrongly at once."""
    misled_most: int


def worth(relevance: Mapping[EntryId, int], shown: Shown) -> Worth:
    """What it is worth to be shown this; related entries (1) count as fitting, as in the evaluation."""
    if shown.outcome is Outcome.ANSWER:
        return Worth.RIGHT if shown.entries[0] in relevance else Worth.WRONG
    return Worth.OFFERED if any(each in relevance for each in shown.entries) else Worth.NOTHING


def tally(relevance: Mapping[EntryId, int], found: Found) -> Tally:
    """One labelled question in the figures."""
    value = worth(relevance, found.shown)
    return Tally(
        questions=1,
        answerable=int(bool(relevance)),
        hit1=int(found.first in relevance),
        right=int(value is Worth.RIGHT),
        right_or_offered=int(value >= Worth.OFFERED),
        wrong=int(value is Worth.WRONG),
    )


def below_floor(before: Tally, after: Tally) -> BelowFloor | None:
    """Whether a change takes more than it may.

    The shares are rounded down to whole questions: of few labelled questions none may be lost, of many as few as
    come and go by chance when words are counted anew.
    """
    lost, misled = before.right - after.right, after.wrong - before.wrong
    lost_most, misled_most = int(after.questions * LOST_MOST), int(after.questions * MISLED_MOST)
    if lost <= lost_most and misled <= misled_most:
        return None
    return BelowFloor(lost, lost_most, misled, misled_most)
