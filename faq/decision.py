"""Answer, offer a choice, or admit that nothing fits."""

from collections.abc import Sequence
from dataclasses import dataclass

from faq.models import Outcome

MOST_OFFERED = 3
"""Matches in a choice; with "none of these" and "talk to a person" five buttons."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability on an entry is given as the answer, or offered.

    On residents' questions to another city (cross-validated) 13 % are answered at once, 86 % of these
    rightly; 86 % are answered or offered something, the right entry among it for 75 % of these. With the
    right entries taken out of the knowledge 6 % are answered and 71 % are offered something near.
    """

    answer: float = 0.49
    choose: float = 0.08
    grounded: float = 0.55
    """Share of the question, by idf, that an answer must have in its own words or a written synonym."""
    grounded_choice: float = 0.20
    """The same for what is offered."""
    rival: float = 0.8
    """How near to the first the second may come, as a share of its probability, for the first to be given alone:
    to 住民票 three entries answer about as well, and the resident knows which is meant."""


WITH_VECTORS = Thresholds(answer=0.40, grounded_choice=0.10)
"""With the semantic layer, which knows an entry by other words too. On questions to the knowledge that ships, more are
offered the right entry than by words alone, and fewer are misled (see docs/semantic.md)."""


BRIEF = 2
"""Words of a question up to which every one counts: 土曜のごみ does not ask whether the counters are open on Saturdays,
though the answer to that happens to speak of ごみ. Of 241 right answers to our questions, 3 become an offer by it."""


def decide(
    scores: Sequence[float], grounded: float, thresholds: Thresholds, *, titled: bool = True
) -> tuple[Outcome, int]:
    """The outcome for scores in descending order, and how many of the matches to show.

    `grounded` is the share of the question that the first meets without word vectors; `titled` is False where the
    question is brief and one of its words stands in no question or phrasing of the first.
    """
    if not scores or scores[0] < thresholds.choose or grounded < thresholds.grounded_choice:
        return Outcome.NONE, 0
    clear = len(scores) == 1 or scores[1] <= thresholds.rival * scores[0]
    if scores[0] >= thresholds.answer and clear and titled and grounded >= thresholds.grounded:
        return Outcome.ANSWER, 1
    offered = sum(score >= thresholds.choose for score in scores[:MOST_OFFERED])
    return Outcome.CHOOSE, offered
