"""From features to an order of the candidates and to the probability that the first one answers the question.

Both models are linear in features that a person can read; `faq/train.py` finds their weights.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypedDict

import numpy as np

from faq import features
from faq.asked import Asked
from faq.matrix import Floats

WEIGHTS = Path(__file__).parent / "weights.json"
SEMANTIC_WEIGHTS = Path(__file__).parent / "weights_semantic.json"
"""With the nearness of vectors (`faq.semantic.NAMES`)."""

LIST_NAMES = (
    "utility",  # of the first candidate
    "lead",  # how far it is before the second
    "share",  # its share in a softmax over all candidates
    "words_known",  # share of the question's idf in words that the knowledge has
    "question_length",  # log of words
)
MOST_LEAD = 3.0
"""Beyond this a lead says nothing more: twenty to one."""
RAMPS = 3
"""Straight pieces by which a feature bends: low, middle and high third."""


class KeptLinear(TypedDict):
    """A linear model in the file: by feature its centre, scale and weight."""

    bias: float
    features: dict[str, list[float]]


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
    knots: Floats
    """(RAMPS - 1, n) where each feature of certainty bends."""
    certainty: Linear
    origin: str
    """What the weights were learnt from."""

    @property
    def features(self) -> tuple[str, ...]:
        """(F,) the columns it was trained on, in their order."""
        return self.utility.names

    @np.errstate(invalid="ignore")  # see faq.search.QUIET
    def scores(self, asked: Asked, measured: Floats) -> Floats:
        """(C,) how likely each candidate answers the question, for its features (C, F); C is at least 1.

        Raises FloatingPointError where a feature is no number.
        """
        utility = self.utility(measured)
        bent = bend(describe_first(asked, self.features, measured, utility), self.knots)
        sure = 1 / (1 + np.exp(-self.certainty(bent)))
        scores = np.asarray(sure * np.exp(utility - utility.max()), np.float32)
        if not np.isfinite(scores).all():
            raise FloatingPointError("a score is no number")
        return scores


def certainty_names(names: Sequence[str]) -> tuple[str, ...]:
    """What certainty weighs where the candidates have these features."""
    described = (*(name for name in names if name not in features.SIZED), *LIST_NAMES)
    return tuple(f"{name}_{piece}" for piece in ("low", "middle", "high") for name in described)


def describe_first(asked: Asked, names: Sequence[str], measured: Floats, utility: Floats) -> Floats:
    """What is known about the first candidate by utility, and how it stands before the others."""
    first = int(utility.argmax())
    highest = float(utility[first])
    others = np.delete(utility, first)
    lead = min(highest - float(others.max()), MOST_LEAD) if len(others) else MOST_LEAD
    share = 1 / float(np.exp(utility - highest).sum())
    known = sum(float(asked.worth[group]) for group, _ in asked.own) / asked.total
    whole = (highest, lead, share, known, np.log1p(len(asked.words)))
    unsized = [place for place, name in enumerate(names) if name not in features.SIZED]
    return np.append(measured[first, unsized], np.array(whole, np.float32))


def bend(values: Floats, knots: Floats) -> Floats:
    """(..., RAMPS · n) for (..., n): how far each value goes into each piece between its knots.

    With weights of 0 or more on the pieces the sum only rises with the value, whatever its shape.
    """
    lower, upper = knots
    middle = np.clip(values - lower, 0, upper - lower)
    pieces = (np.minimum(values, lower), middle, np.maximum(values - upper, 0))
    return np.concatenate(pieces, axis=-1)


@cache
def load(path: Path = WEIGHTS, names: tuple[str, ...] = features.NAMES) -> Ranker:
    """The weights that come with the product, or another city's; ValueError where they are not for `names`."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    ranker = Ranker(
        _linear(kept["utility"]),
        np.array(kept["knots"], np.float32),
        _linear(kept["certainty"]),
        kept["origin"],
    )
    if (ranker.features, ranker.certainty.names) != (names, certainty_names(names)):
        raise ValueError(f"{path}: the weights are for other features; train them again")
    return ranker


def save(ranker: Ranker, path: Path) -> None:
    """Writes weights that `load` reads: numbers and names of features, no text of anybody."""
    kept = {
        "origin": ranker.origin,
        "utility": _as_json(ranker.utility),
        "knots": [[float(f"{v:.6g}") for v in row] for row in ranker.knots.tolist()],
        "certainty": _as_json(ranker.certainty),
    }
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _as_json(linear: Linear) -> KeptLinear:
    rows = zip(
        linear.names, linear.centre.tolist(), linear.scale.tolist(), linear.weights.tolist(), strict=True
    )
    return {
        "bias": round(linear.bias, 6),
        "features": {name: [float(f"{v:.6g}") for v in values] for name, *values in rows},
    }


def _linear(kept: KeptLinear) -> Linear:
    centre, scale, weights = np.array(list(kept["features"].values()), np.float32).T
    return Linear(tuple(kept["features"]), centre, scale, weights, kept["bias"])
