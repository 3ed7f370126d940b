"""From features to an order of the candidates and to the probability that the first one answers the question.

Both models are linear in features that a person can read; `faq/train.py` finds their weights.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from faq import features
from faq.asked import Asked
from faq.matrix import Floats

WEIGHTS = Path(__file__).parent / "weights.json"

OF_THE_FIRST = (
    "score_share",
    "question_met",
    "phrasing_met",
    "phrasing_near",
    "entry_met",
    "window_met",
    "pairs_in_phrasing",
    "pairs_in_entry",
    "title_meaning",
    "body_meaning",
    "letters_alike",
    "reading_alike",
    "support",
)
"""Features of the first candidate that say how sure it is; none of them depends on the size of the knowledge."""
CERTAINTY_NAMES = (
    *OF_THE_FIRST,
    "standing",  # its utility
    "lead",  # how far its utility is before the second's
    "share",  # its share in a softmax over all candidates
    "words_known",  # share of the question's idf in words that the knowledge has
    "question_length",  # log of words
)
_FIRST_COLUMNS = [features.NAMES.index(name) for name in OF_THE_FIRST]


@dataclass(frozen=True, slots=True)
class Linear:
    """A weighted sum of standardized features, (F,) each."""

    names: tuple[str, ...]
    centre: Floats
    scale: Floats
    weights: Floats
    bias: float = 0.0

    def __call__(self, values: Floats) -> Floats:
        """(rows,) for (rows, F)."""
        return ((values - self.centre) / self.scale) @ self.weights + np.float32(self.bias)


@dataclass(frozen=True, slots=True)
class Ranker:
    """Utility orders the candidates, certainty says how likely the first is right."""

    utility: Linear
    certainty: Linear
    origin: str
    """What the weights were learnt from."""

    def scores(self, asked: Asked, measured: Floats) -> Floats:
        """(C,) how likely each candidate answers the question, for its features (C, F); C is at least 1."""
        utility = self.utility(measured)
        sure = 1 / (1 + np.exp(-self.certainty(certainty_features(asked, measured, utility))))
        return np.asarray(sure * np.exp(utility - utility.max()), np.float32)


def certainty_features(asked: Asked, measured: Floats, utility: Floats) -> Floats:
    """(len(CERTAINTY_NAMES),) of the first candidate by utility."""
    first = int(utility.argmax())
    highest = float(utility[first])
    others = np.delete(utility, first)
    known = sum(float(asked.worth[group]) for group, _ in asked.own) / asked.total
    return np.array(
        [
            *measured[first, _FIRST_COLUMNS],
            highest,
            min(highest - float(others.max()), MOST_LEAD) if len(others) else MOST_LEAD,
            1 / float(np.exp(utility - highest).sum()),
            known,
            np.log1p(len(asked.words)),
        ],
        np.float32,
    )


MOST_LEAD = 3.0
"""Beyond this a lead says nothing more: twenty to one."""


@cache
def load(path: Path = WEIGHTS) -> Ranker:
    """The weights that come with the product, or another city's; ValueError where they are for other features."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    ranker = Ranker(_linear(kept["utility"]), _linear(kept["certainty"]), kept["origin"])
    if (ranker.utility.names, ranker.certainty.names) != (features.NAMES, CERTAINTY_NAMES):
        raise ValueError(f"{path}: the weights are for other features; train them again")
    return ranker


def save(ranker: Ranker, path: Path) -> None:
    """Writes weights that `load` reads: numbers and names of features, no text of anybody."""
    kept = {
        "origin": ranker.origin,
        "utility": _as_json(ranker.utility),
        "certainty": _as_json(ranker.certainty),
    }
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _as_json(linear: Linear) -> dict[str, object]:
    rows = zip(linear.names, linear.centre.tolist(), linear.scale.tolist(), linear.weights.tolist(), strict=True)
    return {
        "bias": round(linear.bias, 6),
        "features": {name: [float(f"{v:.6g}") for v in values] for name, *values in rows},
    }


def _linear(kept: dict[str, dict[str, list[float]]]) -> Linear:
    columns = np.array(list(kept["features"].values()), np.float32)
    return Linear(tuple(kept["features"]), *columns.T, float(kept["bias"]))  # type: ignore[arg-type]
