"""The entries that may answer a question: what is known of each, and in which order they stand."""

from dataclasses import dataclass

from faq.asked import Asked
from faq.decision import Thresholds
from faq.evidence import Evidence
from faq.matrix import Floats
from faq.models import FaqEntry
from faq.ranker import Ranker
from faq.semantic import SemanticIndex


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
