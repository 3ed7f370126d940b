"""Finds the ranker's weights from labelled questions, by Newton's method alone."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from faq import features
from faq.asked import Asked
from faq.index import prepare
from faq.labelled import Labelled, read_entries, read_questions
from faq.matrix import Floats
from faq.ranker import RAMPS, Linear, Ranker, bend, certainty_names, describe_first, unlearnt
from faq.search import SEMANTIC_NAMES, Knowledge
from faq.semantic import NO_VECTORS, Fetch, Vector

Doubles = npt.NDArray[np.float64]
Slopes = Callable[[Doubles], tuple[Doubles, Doubles]]
"""Gradient and curvature of a loss at some weights."""

UTILITY_PENALTY = 0.05
CERTAINTY_PENALTY = 0.08
"""Squared-weight penalties for standardized features; between a third and three times as much the
cross-validated figures stay within their noise."""
STEPS, SWEEPS, SMALL = 30, 1_000, 1e-6
"""Newton steps, sweeps over the weights within one, and the change at which both may stop."""
FOLDS = 4
MAY_LOWER = (*features.MAY_LOWER, "question_length")


@dataclass(frozen=True, slots=True)
class Example:
    """A question with C candidates."""

    asked: Asked
    measured: Floats
    """(C, F) columns as `names` of `train`."""
    relevance: npt.NDArray[np.int64]
    """(C,) 0, 1 or 2."""


def train_on(faq_path: Path, questions_path: Path, origin: str, fetch: Fetch | None = None) -> Ranker:
    """A ranker from two labelled files as `evaluate` reads them; BadFileError where they are wrong.

    Each question is learnt from twice: with its answers in the knowledge, and with them taken out. With `fetch`,
    which gives the vectors, it is a ranker for the semantic layer.
    """
    learning = learning_from(faq_path, questions_path, fetch)
    examples = examples_of(learning.knowledge, learning.questions, learning.vectors)
    return train(examples, origin, learning.knowledge.features)


@dataclass(frozen=True, slots=True)
class Learning:
    """A knowledge that nothing was learnt from yet, questions to it, and the vectors of these, if any."""

    knowledge: Knowledge
    questions: Sequence[Labelled]
    vectors: Mapping[str, Vector]


def learning_from(faq_path: Path, questions_path: Path, fetch: Fetch | None) -> Learning:
    """What two labelled files give to learn from; BadFileError where they are wrong."""
    knowledge = Knowledge.of([prepare(entry) for entry in read_entries(faq_path)], weights=unlearnt())
    questions = read_questions(questions_path, knowledge)
    if fetch is None:
        return Learning(knowledge, questions, NO_VECTORS)
    fetched = fetch(knowledge.entries, [question.query for question in questions])
    knowing = knowledge.with_vectors(fetched.entries, unlearnt(SEMANTIC_NAMES))
    return Learning(knowing, questions, fetched.questions)


def examples_of(
    knowledge: Knowledge, questions: Iterable[Labelled], vectors: Mapping[str, Vector] = NO_VECTORS
) -> list[Example]:
    """Up to two examples a question; none where the knowledge has no word of it. `vectors` by question."""
    examples = []
    for question in questions:
        takes = (
            [((), question.relevance), (tuple(question.relevance), {})] if question.relevance else [((), {})]
        )
        for gone, known in takes:
            found = knowledge.candidates(question.query, gone, vectors.get(question.query))
            if found is not None:
                entries = knowledge.entries_at(found.evidence.candidates)
                relevance = np.array([known.get(entry.id, 0) for entry in entries])
                examples.append(Example(found.asked, found.measured, relevance))
    return examples


def train(examples: Sequence[Example], origin: str, names: tuple[str, ...] = features.NAMES) -> Ranker:
    """A ranker from questions with answers and questions without; at least one must have an answer.

    `names` are the columns of the examples. Any other than those of `features.MAY_LOWER` can only raise an entry.
    """
    described, right = [], []
    for learnt, judged in _folds(examples):
        utility = _utility([example for example in learnt if example.relevance.any()], names)
        for example in judged:
            worth = utility(example.measured)
            described.append(describe_first(example.asked, names, example.measured, worth))
            right.append(example.relevance[int(worth.argmax())] > 0)
    values = np.array(described)
    knots = np.quantile(values, [1 / RAMPS, 2 / RAMPS], axis=0).astype(np.float32)
    certainty = _certainty(bend(values, knots), np.array(right), certainty_names(names))
    return Ranker(_utility([e for e in examples if e.relevance.any()], names), knots, certainty, origin)


def _folds(examples: Sequence[Example]) -> Iterator[tuple[list[Example], list[Example]]]:
    """Certainty must be learnt on questions that the utility has not seen, or it believes too much."""
    questions = list(dict.fromkeys(example.asked.words for example in examples))
    fold_of = {words: place % FOLDS for place, words in enumerate(questions)}
    for fold in range(min(FOLDS, len(questions))):
        judged = [example for example in examples if fold_of[example.asked.words] == fold]
        others = [example for example in examples if fold_of[example.asked.words] != fold]
        yield (others if any(e.relevance.any() for e in others) else judged), judged


def _utility(examples: Sequence[Example], names: tuple[str, ...]) -> Linear:
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

    raising = np.array([name not in features.MAY_LOWER for name in names])
    weights = _fit(slopes, raising, np.full(len(names), UTILITY_PENALTY))
    return _linear(names, centre, scale, weights, 0.0)


def _certainty(values: Floats, right: npt.NDArray[np.bool_], names: tuple[str, ...]) -> Linear:
    """Logistic regression; the last weight is the bias."""
    centre, scale = _standard(values)
    standard = np.column_stack([(values - centre) / scale, np.ones(len(values))])

    def slopes(weights: Doubles) -> tuple[Doubles, Doubles]:
        chance = 1 / (1 + np.exp(-standard @ weights))
        spread = chance * (1 - chance)
        return (chance - right) @ standard / len(right), (standard * spread[:, None]).T @ standard / len(
            right
        )

    raising = np.array([*(not name.startswith(MAY_LOWER) for name in names), False])
    penalty = np.append(np.full(len(names), CERTAINTY_PENALTY), 0.0)
    weights = _fit(slopes, raising, penalty)
    return _linear(names, centre, scale, weights[:-1], float(weights[-1]))


def _fit(slopes: Slopes, raising: npt.NDArray[np.bool_], penalty: Doubles) -> Doubles:
    """Newton's method; weights of features that must raise stay at 0 or above."""
    lowest = np.where(raising, 0.0, -np.inf)
    weights = np.zeros(len(raising))
    for _ in range(STEPS):
        gradient, curvature = slopes(weights)
        curvature = curvature + np.diag(2 * penalty)
        moved = _descend(curvature, gradient + 2 * penalty * weights, weights, lowest)
        if np.abs(moved - weights).max() < SMALL:
            return moved
        weights = moved
    return weights


def _descend(curvature: Doubles, gradient: Doubles, start: Doubles, lowest: Doubles) -> Doubles:
    """The minimum of the quadratic model around `start` with no weight below `lowest`, by coordinates."""
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
