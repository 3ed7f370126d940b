"""Answer, offer a choice, or admit that nothing fits."""

from collections.abc import Sequence
from dataclasses import dataclass

from faq.models import Outcome

MOST_OFFERED = 3
"""Matches in a choice; with "none of these" and "talk to a person" five buttons."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability on an entry is given as the answer, or offered."""

    answer: float = 0.90
    choose: float = 0.35
    lead: float = 0.03
    """How far the first must be before the second to be given alone."""


def decide(scores: Sequence[float], thresholds: Thresholds) -> tuple[Outcome, int]:
    """The outcome for scores in descending order, and how many of the matches to show."""
    if not scores or scores[0] < thresholds.choose:
        return Outcome.NONE, 0
    clear = len(scores) == 1 or scores[0] - scores[1] >= thresholds.lead
    if scores[0] >= thresholds.answer and clear:
        return Outcome.ANSWER, 1
    offered = sum(score >= thresholds.choose for score in scores[:MOST_OFFERED])
    return Outcome.CHOOSE, offered
