"""From features to the probability that a candidate answers the question."""

import numpy as np

from faq.features import Features
from faq.matrix import Floats


def probabilities(features: Features) -> Floats:
    """(C,) each between 0 and 1."""
    evidence = (
        3.0 * features.question_covered
        + 2.0 * features.entry_covered
        + 2.0 * features.phrasing_covered
        + 3.0 * features.likeness
        + 0.05 * features.bm25
    )
    return np.asarray(1 / (1 + np.exp(4.5 - evidence)), np.float32)
