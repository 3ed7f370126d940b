"""The entries that may answer a question: what is known of each, and in which order they stand."""

from dataclasses import dataclass

from faq import decision
from faq.asked import Asked
from faq.decision import Thresholds
from faq.evidence import Evidence, share_in_words
from faq.matrix import Floats, Ints
from faq.models import FaqEntry, Outcome
from faq.ranker import Ranker
from faq.semantic import SemanticIndex

ALL_BUT_ROUNDING = 0.999


@dataclass(frozen=True, slots=True)
class Candidates:
    """What is known about a question and its C best entries."""

    asked: Asked
    evidence: Evidence
    measured: Floats
    """(C, F)"""
    plain: str
    """The question without marks and gaps."""
    ranker: Ranker
    """The one for these F features."""
    thresholds: Thresholds
    """Those for its scores."""

    @property
    def scores(self) -> Floats:
        """(C,) how likely each candidate answers the question."""
        return self.ranker.scores(self.asked, self.measured)

    def decide(self, scores: Floats, order: Ints) -> tuple[Outcome, int]:
        """What may be said of the candidates, which stand in that order by their scores, and how many to show."""
        asked, evidence, first = self.asked, self.evidence, int(order[0])
        grounded = share_in_words(asked, evidence, first)
        brief = len(asked.words) <= decision.BRIEF
        titled = not brief or share_in_words(asked, evidence, first, in_questions=True) > ALL_BUT_ROUNDING
        return decision.decide(scores[order].tolist(), grounded, self.thresholds, titled=titled)


@dataclass(frozen=True, slots=True)
class Semantics:
    """The optional layer: vectors of the entries, and a ranker that reads their nearness besides all else."""

    index: SemanticIndex
    ranker: Ranker
    thresholds: Thresholds


@dataclass(frozen=True, slots=True)
class Ranking:
    """Every candidate, best first."""

    entries: tuple[FaqEntry, ...]
    scores: tuple[float, ...]
