"""Labelled questions to figures: how well a knowledge is found."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from faq.candidates import Ranking
from faq.index import prepare
from faq.labelled import BadFileError as BadFileError
from faq.labelled import Labelled, read_entries, read_questions
from faq.models import Outcome
from faq.search import Knowledge
from faq.semantic import NO_VECTORS, Fetch, Vector

DEPTH = 10
"""Places of a ranking that count."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares between 0 and 1, but for the times and the count of questions."""

    ndcg: float
    recall: float
    mrr: float
    hit1: float
    hit3: float
    hit1_answering: float
    """Only over questions that have an entry of relevance 2, counting only those."""
    answered: float
    precision_answered: float
    precision_at_50: float
    auroc_answerable: float
    p50_ms: float
    p99_ms: float
    queries: int

    def as_json(self) -> dict[str, float]:
        """Under the names that the command promises."""
        return {
            "ndcg@10": self.ndcg,
            "recall@10": self.recall,
            "mrr": self.mrr,
            "hit@1": self.hit1,
            "hit@3": self.hit3,
            "hit@1A": self.hit1_answering,
            "answered": self.answered,
            "precision_answered": self.precision_answered,
            "precision_at_50": self.precision_at_50,
            "auroc_answerable": self.auroc_answerable,
            "p50_ms": self.p50_ms,
            "p99_ms": self.p99_ms,
            "queries": self.queries,
        }


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What came of one question."""

    gains: tuple[int, ...]
    """Relevance of the first `DEPTH` places."""
    judged: tuple[int, ...]
    """Relevance of the judged entries, highest first; empty where nothing answers."""
    confidence: float
    confidence_without: float
    """With the judged entries taken out of the knowledge."""
    answered: bool
    milliseconds: float


def evaluate(faq_path: Path, questions_path: Path, fetch: Fetch | None = None) -> Figures:
    """Measures on two CSV files alone, in memory; with `fetch`, which gives the vectors, with the semantic layer.

    The first has `id, question, answer` (and, where known, `phrasings, category, section`), the second
    `query_id, query, faq_id, relevance`; other columns are passed over. A question without faq_id is one
    that nothing answers. Raises BadFileError.
    """
    knowledge = Knowledge.of([prepare(entry) for entry in read_entries(faq_path)])
    questions = read_questions(questions_path, knowledge)
    if fetch is None:
        return figures(outcomes(knowledge, questions))
    fetched = fetch(knowledge.entries, [question.query for question in questions])
    return figures(outcomes(knowledge.with_vectors(fetched.entries), questions, fetched.questions))


def outcomes(
    knowledge: Knowledge, questions: Sequence[Labelled], vectors: Mapping[str, Vector] = NO_VECTORS
) -> list[Outcomes]:
    """Asks every question once with the whole knowledge and once without its judged entries; `vectors` by question.

    The time is that of the search; fetching a vector is not part of it.
    """
    knowledge.search(questions[0].query)  # loads the dictionary outside the measured time
    return [_outcome(knowledge, question, vectors.get(question.query)) for question in questions]


def figures(results: Sequence[Outcomes]) -> Figures:
    """The figures over all questions; those of finding are over the questions that something answers."""
    found = [result for result in results if result.judged]
    answering = [result for result in found if result.judged[0] == 2]
    answered = [result for result in results if result.answered]
    surest = sorted(found, key=lambda result: -result.confidence)[: (len(found) + 1) // 2]
    positive = [result.confidence for result in found]
    negative = [r.confidence_without if r.judged else r.confidence for r in results]
    milliseconds = [result.milliseconds for result in results]
    return Figures(
        ndcg=_mean([ndcg(result.gains, result.judged) for result in found]),
        recall=_mean([sum(g > 0 for g in result.gains) / len(result.judged) for result in found]),
        mrr=_mean([_reciprocal_rank(result.gains) for result in found]),
        hit1=_mean([any(result.gains[:1]) for result in found]),
        hit3=_mean([any(result.gains[:3]) for result in found]),
        hit1_answering=_mean([result.gains[:1] == (2,) for result in answering]),
        answered=len(answered) / len(results),
        precision_answered=_mean([any(result.gains[:1]) for result in answered]),
        precision_at_50=_mean([any(result.gains[:1]) for result in surest]),
        auroc_answerable=auroc(positive, negative),
        p50_ms=float(np.percentile(milliseconds, 50)),
        p99_ms=float(np.percentile(milliseconds, 99)),
        queries=len(results),
    )


def ndcg(gains: Sequence[int], judged: Sequence[int]) -> float:
    """Normalized discounted cumulative gain, linear gain, log2 discount (Järvelin, Kekäläinen 2002)."""
    ideal = _discounted(judged[:DEPTH])
    return _discounted(gains[:DEPTH]) / ideal if ideal else 0.0


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive is above a negative, ties counting half (Mann-Whitney)."""
    if not positive or not negative:
        return 0.5
    above = np.asarray(positive)[:, None] - np.asarray(negative)[None, :]
    return float((above > 0).mean() + (above == 0).mean() / 2)


def _outcome(knowledge: Knowledge, question: Labelled, vector: Vector | None) -> Outcomes:
    started = time.perf_counter()
    result = knowledge.search(question.query, vector)
    milliseconds = (time.perf_counter() - started) * 1000
    ranking = knowledge.rank(question.query, vector=vector)
    rest = knowledge.rank(question.query, question.relevance, vector)
    return Outcomes(
        gains=tuple(question.relevance.get(entry.id, 0) for entry in ranking.entries[:DEPTH]),
        judged=tuple(sorted(question.relevance.values(), reverse=True)),
        confidence=_confidence(ranking),
        confidence_without=_confidence(rest),
        answered=result.outcome is Outcome.ANSWER,
        milliseconds=milliseconds,
    )


def _confidence(ranking: Ranking) -> float:
    return ranking.scores[0] if ranking.scores else 0.0


def _discounted(gains: Sequence[int]) -> float:
    return float(sum(gain / np.log2(place + 2) for place, gain in enumerate(gains)))


def _reciprocal_rank(gains: Sequence[int]) -> float:
    return next((1 / (place + 1) for place, gain in enumerate(gains) if gain), 0.0)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
