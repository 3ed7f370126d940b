"""How well a ranker finds for questions that it has not learnt from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from faq.evaluate import Outcomes, figures
from faq.labelled import Labelled
from faq.matrix import Floats
from faq.ranker import Ranker
from faq.train import Example, Learning, examples_of, train

FOLDS, RESAMPLES = 5, 300
MEASURED = ("ndcg@10", "recall@10", "mrr", "hit@1", "hit@3", "precision_at_50", "auroc_answerable")
"""Figures of `evaluate` that the order and the certainty decide."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its bootstrap 95 % interval over questions."""

    name: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Fold:
    """What a ranker that learnt from all other questions made of these."""

    number: int
    """From 1 to `FOLDS`."""
    outcomes: tuple[Outcomes, ...]


def folds(learning: Learning) -> Iterator[Fold]:
    """Asks each question a ranker that has not seen it; every fold must leave a question with an answer."""
    knowledge, questions = learning.knowledge, learning.questions
    takes = [examples_of(knowledge, [question], learning.vectors) for question in questions]
    shuffled = np.random.default_rng(0).permutation(len(questions))
    for fold in range(FOLDS):
        held = set(shuffled[fold::FOLDS].tolist())
        seen = [example for place, both in enumerate(takes) if place not in held for example in both]
        ranker = train(seen, "a fold", knowledge.features)
        yield Fold(fold + 1, tuple(_outcome(ranker, questions[at], takes[at]) for at in sorted(held)))


def estimates(outcomes: Sequence[Outcomes]) -> Iterator[Estimate]:
    """The figures of `MEASURED`."""
    whole = figures(outcomes).as_json()
    chance = np.random.default_rng(0)
    drawn = [chance.integers(len(outcomes), size=len(outcomes)).tolist() for _ in range(RESAMPLES)]
    resampled = [figures([outcomes[place] for place in places]).as_json() for places in drawn]
    for name in MEASURED:
        low, high = np.percentile([each[name] for each in resampled], [2.5, 97.5])
        yield Estimate(name, whole[name], float(low), float(high))


def _outcome(ranker: Ranker, question: Labelled, takes: Sequence[Example]) -> Outcomes:
    """`takes` are those of `examples_of`: with the answers, then without, as far as words were known."""
    scores: list[Floats] = [ranker.scores(example.asked, example.measured) for example in takes]
    sure = [float(each.max()) for each in scores]
    gains = takes[0].relevance[np.argsort(-scores[0], kind="stable")].tolist() if takes else []
    return Outcomes(
        gains=tuple(gains),
        judged=tuple(sorted(question.relevance.values(), reverse=True)),
        confidence=sure[0] if sure else 0.0,
        confidence_without=sure[1] if len(sure) > 1 else 0.0,
        answered=False,
        milliseconds=0.0,
    )
