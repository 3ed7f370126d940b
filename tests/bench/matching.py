"""How well matching finds, step by step, on labelled files: `python -m tests.bench.matching FOLDER`.

FOLDER holds `faq.csv` (id, question, answer) and `questions.csv` (query_id, query, faq_id, relevance); it may
also be given as MATCHING_BENCHMARK. Every figure is of questions that its weights have not seen (5 folds by
question, 3 times), with a bootstrap 95 % interval. `bm25s` is measured beside.
"""

import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import bm25s
import numpy as np

from faq.evaluate import auroc, ndcg
from faq.features import NAMES
from faq.index import PreparedEntry, prepare
from faq.labelled import Labelled, read_entries, read_questions
from faq.search import Knowledge
from faq.train import Example, examples_of, train
from nlp.analyzer import ENTRY
from nlp.tokenizer import tokenize

FOLDS, TIMES, RESAMPLES = 5, 3, 1_000
GROUPS = {
    "likeness of letters and readings": ("letters_", "reading_"),
    "word pairs": ("pairs_",),
    "meaning by word vectors": ("title_meaning", "body_meaning", "support"),
    "soft alignment": ("question_met", "phrasing_near", "entry_met", "window_met"),
    "standing among the candidates": ("_of_best", "support"),
    "lengths": ("phrasing_length", "entry_length", "sentences"),
}

Order = Callable[[Example], np.ndarray]


@dataclass(frozen=True)
class Asked:
    """A question with its candidates, and with those that are left without its answers."""

    labelled: Labelled
    whole: Example | None
    rest: Example | None

    @property
    def ideal(self) -> list[int]:
        return sorted(self.labelled.relevance.values(), reverse=True)


def main(folder: Path) -> None:
    prepared = [prepare(entry) for entry in read_entries(folder / "faq.csv")]
    knowledge = Knowledge.of(prepared)
    questions = [q for q in read_questions(folder / "questions.csv", knowledge) if q.relevance]
    asked = [ask(knowledge, question) for question in questions]
    show("question by question", ("nDCG@10", "95 %", "hit@1", "hit@3"))
    ranked(asked, [bm25s_order(prepared, knowledge, questions)], "bm25s on the same tokens")
    for name, column in (("BM25, own words", "own_score_of_best"), ("BM25, with near words", "score")):
        ranked(asked, [[gains(a.whole, by_column(column)) for a in asked]], name)
    ranked(asked, learnt(asked), "ranker")
    for name, parts in GROUPS.items():
        fewer = [without(a, parts) for a in asked]
        ranked(fewer, learnt(fewer), f"  without {name}")
    sure(asked)
    speed(knowledge, questions)


def ask(knowledge: Knowledge, question: Labelled) -> Asked:
    """Both takes of a question, None where no word of it is known."""
    whole = knowledge.candidates(question.query)
    rest = knowledge.candidates(question.query, question.relevance)
    examples = iter(examples_of(knowledge, [question]))
    return Asked(question, next(examples) if whole else None, next(examples) if rest else None)


def by_column(name: str) -> Order:
    return lambda example: example.measured[:, NAMES.index(name)]


def gains(example: Example | None, order: Order) -> list[int]:
    if example is None:
        return []
    return example.relevance[np.argsort(-order(example), kind="stable")].tolist()


def splits(count: int) -> list[list[set[int]]]:
    return [
        [set(np.random.default_rng(seed).permutation(count)[fold::FOLDS].tolist()) for fold in range(FOLDS)]
        for seed in range(TIMES)
    ]


def ranker_without(asked: Sequence[Asked], held: set[int]):
    seen = [e for place, a in enumerate(asked) if place not in held for e in (a.whole, a.rest) if e]
    return train(seen, "bench")


def learnt(asked: Sequence[Asked]) -> list[list[list[int]]]:
    """The gains of each question by a ranker that has not seen it, once for each seed."""
    runs = []
    for folds in splits(len(asked)):
        run: list[list[int]] = [[] for _ in asked]
        for held in folds:
            ranker = ranker_without(asked, held)
            for place in held:
                run[place] = gains(asked[place].whole, lambda e, r=ranker: r.utility(e.measured))
        runs.append(run)
    return runs


def without(asked: Asked, parts: Sequence[str]) -> Asked:
    """The same without the features whose names hold one of `parts`."""
    kept = np.array([not any(part in name for part in parts) for name in NAMES])

    def thin(example: Example | None) -> Example | None:
        return example and replace(example, measured=example.measured * kept)

    return Asked(asked.labelled, thin(asked.whole), thin(asked.rest))


def ranked(asked: Sequence[Asked], runs: Sequence[Sequence[Sequence[int]]], name: str) -> None:
    each = np.array([[ndcg(g[:10], a.ideal) for g, a in zip(run, asked, strict=True)] for run in runs])
    first = np.mean([[any(g[:1]) for g in run] for run in runs])
    three = np.mean([[any(g[:3]) for g in run] for run in runs])
    low, high = interval(each.mean(axis=0))
    show(name, (f"{each.mean():.3f}", f"{low:.3f}-{high:.3f}", f"{first:.3f}", f"{three:.3f}"))


def interval(values: np.ndarray) -> tuple[float, float]:
    """Bootstrap 95 % interval of the mean over questions."""
    chance = np.random.default_rng(0)
    means = [chance.choice(values, len(values)).mean() for _ in range(RESAMPLES)]
    return float(np.percentile(means, 2.5)), float(np.percentile(means, 97.5))


def sure(asked: Sequence[Asked]) -> None:
    """How far certainty can be trusted: whole, and with the answers taken out."""
    with_answers, without_answers, right = [], [], []
    for folds in splits(len(asked)):
        for held in folds:
            ranker = ranker_without(asked, held)
            for place in held:
                whole, rest = asked[place].whole, asked[place].rest
                scores = ranker.scores(whole.asked, whole.measured) if whole else np.zeros(1)
                with_answers.append(float(scores.max()))
                right.append(bool(whole and whole.relevance[scores.argmax()] > 0))
                left = ranker.scores(rest.asked, rest.measured) if rest else np.zeros(1)
                without_answers.append(float(left.max()))
    certain, correct = np.array(with_answers), np.array(right)
    show("area under ROC, answers in or taken out", (f"{auroc(with_answers, without_answers):.3f}",))
    everything = np.concatenate([certain, without_answers])
    truth = np.concatenate([correct, np.zeros(len(without_answers))])
    show("calibration error, half of the answers taken out", (f"{calibration_error(everything, truth):.3f}",))
    order = np.argsort(-certain)
    for share in (0.1, 0.2, 0.3, 0.5, 0.7, 1.0):
        surest = correct[order[: int(share * len(order))]]
        show(f"precision of the surest {share:.0%}", (f"{surest.mean():.3f}",))


def calibration_error(certain: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error over ten bins (Naeini et al. 2015)."""
    bins = np.minimum((certain * 10).astype(int), 9)
    return sum(
        float((bins == b).mean() * abs(certain[bins == b].mean() - right[bins == b].mean()))
        for b in np.unique(bins)
    )


def bm25s_order(
    prepared: Sequence[PreparedEntry], knowledge: Knowledge, questions: Sequence[Labelled]
) -> list[list[int]]:
    texts = [
        [w for p in e.questions for w in p.words] + [w for sentence in e.answer for w in sentence]
        for e in prepared
    ]
    peer = bm25s.BM25(k1=1.6, b=0.6)
    peer.index(texts, show_progress=False)
    found = []
    for question in questions:
        words = list(dict.fromkeys(token.normalized for token in ENTRY.tokens(question.query)))
        places, _ = peer.retrieve([words], k=10, show_progress=False)
        ids = [knowledge.entries[place].id for place in places[0].tolist()]
        found.append([question.relevance.get(entry_id, 0) for entry_id in ids])
    return found


def speed(knowledge: Knowledge, questions: Sequence[Labelled]) -> None:
    knowledge.search(questions[0].query)
    alone = times(tokenize, questions)
    search = times(knowledge.search, questions)
    for name, percentile in (("p50", 50), ("p99", 99)):
        ours, floor = np.percentile(search, percentile), np.percentile(alone, percentile)
        show(f"search {name}, ms and times Sudachi alone", (f"{ours:.2f}", f"{ours / floor:.0f}"))


def times(act: Callable[[str], object], questions: Sequence[Labelled]) -> list[float]:
    measured = []
    for question in questions:
        started = time.perf_counter()
        act(question.query)
        measured.append((time.perf_counter() - started) * 1000)
    return measured


def show(name: str, values: Sequence[str]) -> None:
    sys.stdout.write(f"| {name} | {' | '.join(values)} |\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else os.environ["MATCHING_BENCHMARK"]))
