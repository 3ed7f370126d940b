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
CITY_WEIGHTS, CITY_SEMANTIC_WEIGHTS = "weights.json", "weights_semantic.json"
"""Names of a city's own weights in its data folder."""

STANDING = ("own_score_of_best", "title_meaning", "phrasing_near", "answer_score")
"""Features by which the first candidate may stand out among all: rankers of their own, that agree or not."""
LIST_NAMES = (
    *(f"{name}_stands_out" for name in STANDING),  # deviations above the candidates' mean
    "utility",  # of the first candidate
    "lead",  # how far it is before the second
    "lead_of_four",  # how far it is before the fifth
    "share",  # its share in a softmax over all candidates
    "words_known",  # share of the question's idf in words that the knowledge has
    "question_length",  # log of words
)
MOST_LEAD = 4.0
"""Beyond this a lead says nothing more: fifty to one."""
SPREAD = 0.05
"""Added to a deviation: candidates that differ by less than this are about the same, and none stands out."""
RAMPS = 3
"""Straight pieces by which a feature bends: low, middle and high third."""


class BadWeightsError(ValueError):
    """A file of weights that cannot be used; names it and says what to do."""


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

    @property
    def is_finite(self) -> bool:
        """Whether every number of it is one."""
        parts = [self.knots]
        for linear in (self.utility, self.certainty):
            parts += [linear.centre, linear.scale, linear.weights, np.array(linear.bias)]
        return all(bool(np.isfinite(part).all()) for part in parts)

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


def describe_first(asked: Asked, names: tuple[str, ...], measured: Floats, utility: Floats) -> Floats:
    """What is known about the first candidate by utility, and how it stands before the others."""
    first = int(utility.argmax())
    unsized, standing = _columns(names)
    apart = measured[:, standing] - measured[:, standing].mean(axis=0)
    stands_out = apart[first] / (np.sqrt((apart * apart).mean(axis=0)) + SPREAD)
    ordered = np.sort(utility)[::-1]
    highest = float(ordered[0])
    leads = [min(highest - float(ordered[k]), MOST_LEAD) if len(ordered) > k else MOST_LEAD for k in (1, 4)]
    share = 1 / float(np.exp(utility - highest).sum())
    known = sum(float(asked.worth[group]) for group, _ in asked.own) / asked.total
    whole = (highest, *leads, share, known, np.log1p(len(asked.words)))
    return np.concatenate([measured[first, unsized], stands_out, np.array(whole, np.float32)])


@cache
def _columns(names: tuple[str, ...]) -> tuple[list[int], list[int]]:
    """Where the features stand that certainty reads of the first candidate, and those of STANDING."""
    unsized = [place for place, name in enumerate(names) if name not in features.SIZED]
    return unsized, [names.index(name) for name in STANDING]


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
    """The weights that come with the product, or another city's.

    Raises BadWeightsError where they are unreadable or not for `names`.
    """
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        ranker = Ranker(
            _linear(kept["utility"]),
            np.array(kept["knots"], np.float32),
            _linear(kept["certainty"]),
            kept["origin"],
        )
    except (OSError, ValueError, TypeError, LookupError) as error:
        raise BadWeightsError(
            f"{path} cannot be read as weights of the ranker; write it again with `python -m bot train`, or remove it"
        ) from error
    expected = certainty_names(names)
    if (ranker.features, ranker.certainty.names) != (names, expected):
        raise BadWeightsError(f"{path}: the weights are for other features; train them again")
    if ranker.knots.shape != (RAMPS - 1, len(expected) // RAMPS) or not ranker.is_finite:
        raise BadWeightsError(f"{path}: numbers are missing; train the weights again")
    return ranker


def of_city(data_dir: Path) -> Ranker:
    """A city's own weights where its data folder has them, else those that come with the product."""
    own = data_dir / CITY_WEIGHTS
    return load(own) if own.exists() else load()


def unlearnt(names: tuple[str, ...] = features.NAMES) -> Ranker:
    """A ranker that knows nothing yet: for a knowledge from which one is learnt."""
    more = certainty_names(names)
    return Ranker(_nothing(names), np.zeros((RAMPS - 1, len(more) // RAMPS), np.float32), _nothing(more), "")


def save(ranker: Ranker, path: Path) -> None:
    """Writes weights that `load` reads: numbers and names of features, no text of anybody."""
    kept = {
        "origin": ranker.origin,
        "utility": _as_json(ranker.utility),
        "knots": [[float(f"{v:.6g}") for v in row] for row in ranker.knots.tolist()],
        "certainty": _as_json(ranker.certainty),
    }
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _nothing(names: tuple[str, ...]) -> Linear:
    zeros = np.zeros(len(names), np.float32)
    return Linear(names, zeros, zeros + 1, zeros)


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
