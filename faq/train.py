"""Finds the ranker's weights from labelled questions, by Newton's method alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from faq import features
from faq.asked import Asked
from faq.matrix import Floats
from faq.models import EntryId
from faq.ranker import CERTAINTY_NAMES, Linear, Ranker, certainty_features

Doubles = npt.NDArray[np.float64]
Slopes = Callable[[Doubles], tuple[Doubles, Doubles]]
"""Gradient and curvature of a loss at some weights."""

UTILITY_PENALTY = 0.1
CERTAINTY_PENALTY = 0.02
"""Squared-weight penalties for standardized features; between a third and three times as much the
cross-validated figures stay within their noise."""
STEPS, SWEEPS, SMALL = 30, 1_000, 1e-6
"""Newton steps, sweeps over the weights within one, and the change at which both may stop."""
NEVER_LOWERS = frozenset(CERTAINTY_NAMES) - {"question_length"}


@dataclass(frozen=True, slots=True)
class Example:
    """A question with C candidates."""

    asked: Asked
    measured: Floats
    """(C, F)"""
    relevance: npt.NDArray[np.int64]
    """(C,) 0, 1 or 2."""


def train(examples: Sequence[Example], origin: str) -> Ranker:
    """A ranker from questions with answers and questions without; at least one must have an answer."""
    utility = _utility([example for example in examples if example.relevance.any()])
    values, right = [], []
    for example in examples:
        worth = utility(example.measured)
        values.append(certainty_features(example.asked, example.measured, worth))
        right.append(example.relevance[int(worth.argmax())] > 0)
    return Ranker(utility, _certainty(np.array(values), np.array(right)), origin)


def _utility(examples: Sequence[Example]) -> Linear:
    """Listwise softmax (Cao et al. 2007, ListNet): relevance as a distribution over the candidates."""
    centre, scale = _standard(np.concatenate([example.measured for example in examples]))
    lists = [((e.measured - centre) / scale, e.relevance / e.relevance.sum()) for e in examples]

    def slopes(weights: Doubles) -> tuple[Doubles, Doubles]:
        gradient, curvature = np.zeros(len(weights)), np.zeros((len(weights), len(weights)))
        for values, target in lists:
            utility = values @ weights
            share = np.exp(utility - utility.max())
            share /= share.sum()
            mean = share @ values
            gradient += (share - target) @ values
            curvature += (values * share[:, None]).T @ values - np.outer(mean, mean)
        return gradient / len(lists), curvature / len(lists)

    raising = np.array([name in features.MUST_RAISE for name in features.NAMES])
    return _linear(features.NAMES, centre, scale, _fit(slopes, raising, UTILITY_PENALTY), 0.0)


def _certainty(values: Floats, right: npt.NDArray[np.bool_]) -> Linear:
    """Logistic regression; the last weight is the bias."""
    centre, scale = _standard(values)
    standard = np.column_stack([(values - centre) / scale, np.ones(len(values))])

    def slopes(weights: Doubles) -> tuple[Doubles, Doubles]:
        chance = 1 / (1 + np.exp(-standard @ weights))
        spread = chance * (1 - chance)
        return (chance - right) @ standard / len(right), (standard * spread[:, None]).T @ standard / len(right)

    raising = np.array([*(name in NEVER_LOWERS for name in CERTAINTY_NAMES), False])
    weights = _fit(slopes, raising, CERTAINTY_PENALTY)
    return _linear(CERTAINTY_NAMES, centre, scale, weights[:-1], float(weights[-1]))


def _fit(slopes: Slopes, raising: npt.NDArray[np.bool_], penalty: float) -> Doubles:
    """Newton's method; weights of features that must raise stay at 0 or above."""
    lowest = np.where(raising, 0.0, -np.inf)
    weights = np.zeros(len(raising))
    for _ in range(STEPS):
        gradient, curvature = slopes(weights)
        curvature = curvature + 2 * penalty * np.eye(len(weights))
        moved = _descend(curvature, gradient + 2 * penalty * weights, weights, lowest)
        if np.abs(moved - weights).max() < SMALL:
            return moved
        weights = moved
    return weights


def _descend(curvature: Doubles, gradient: Doubles, start: Doubles, lowest: Doubles) -> Doubles:
    """The minimum of the quadratic model around `start` with every weight at or above `lowest`, one at a time."""
    weights, gradient = start.copy(), gradient.copy()
    for _ in range(SWEEPS):
        before = weights.copy()
        for index in range(len(weights)):
            better = max(lowest[index], weights[index] - gradient[index] / curvature[index, index])
            gradient += curvature[:, index] * (better - weights[index])
            weights[index] = better
        if np.abs(weights - before).max() < SMALL:
            break
    return weights


def _standard(values: Floats) -> tuple[Floats, Floats]:
    return values.mean(axis=0), np.maximum(values.std(axis=0), np.float32(1e-3))


def _linear(names: tuple[str, ...], centre: Floats, scale: Floats, weights: Doubles, bias: float) -> Linear:
    return Linear(names, centre, scale, weights.astype(np.float32), bias)
