"""How well questions are grouped by meaning: `python -m tests.bench.clustering [FOLDER]`.

FOLDER holds `faq.csv` and `questions.csv` as `tests.bench.matching` reads them; without one (or MATCHING_BENCHMARK),
those of `data/` serve. Two questions belong together where one entry answers both (relevance 2). Questions reach the
inbox because nothing answers them, so they are grouped a second time by a knowledge without any entry that is
relevant to them, where that leaves a knowledge at all. The peer is single link over BM25 (`bm25s`, the product's own
tokens), both ways and divided by the questions' scores for themselves; of all its thresholds it is given the one that
is best on the very questions.
"""

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np

from faq.clustering import place, read
from faq.index import prepare
from faq.labelled import Labelled, read_entries, read_questions
from faq.search import Knowledge
from nlp.analyzer import QUESTION
from tests.bench.tables import Table

DATA = Path(__file__).parents[2] / "data"
MANY = 10_000
NO_WORDS = ("",)


def run(folder: Path) -> Table:
    entries = read_entries(folder / "faq.csv")
    whole = Knowledge.of(prepare(each) for each in entries)
    asked = [each for each in read_questions(folder / "questions.csv", whole) if 2 in each.relevance.values()]
    relevant = frozenset[str]().union(*(each.relevance for each in asked))
    texts = [each.query for each in asked]
    together = belonging(asked)
    rest = whole.without(each.id for each in entries if each.id in relevant)
    unanswered = ("grouped, nothing known that answers them", *b_cubed(groups(rest, texts), together))
    return Table(
        f"{len(asked)} questions grouped by meaning ({folder.name}), B-cubed",
        ("", "precision", "recall", "F1"),
        (
            *((unanswered,) if 2 * len(rest.entries) > len(entries) else ()),
            ("grouped, the answers known", *b_cubed(groups(whole, texts), together)),
            ("single link over BM25 at its best threshold", *best_single_link(texts, together)),
            ("every question alone", *b_cubed(range(len(texts)), together)),
            (f"processor seconds for {MANY:,} questions", "", "", f"{seconds(whole, texts):.1f}"),
        ),
    )


def belonging(asked: Sequence[Labelled]) -> np.ndarray:
    """(N, N) whether one entry answers both."""
    answers = [{entry for entry, grade in each.relevance.items() if grade == 2} for each in asked]
    return np.array([[bool(one & other) for other in answers] for one in answers])


def groups(knowledge: Knowledge, texts: Sequence[str]) -> list[int]:
    """The group of each question; who has no word that is compared is alone."""
    gists = [read(knowledge, text) for text in texts]
    placed = iter(place((), [each for each in gists if each is not None]))
    return [-1 - number if gist is None else next(placed) for number, gist in enumerate(gists)]


def b_cubed(labels: Sequence[int], together: np.ndarray) -> tuple[str, str, str]:
    """Precision, recall and F1 as Bagga and Baldwin (1998) define them, averaged over questions.

    Belonging together need not be transitive, since a question may have several answers: what counts is each pair.
    """
    figures = scores(labels, together)
    return f"{figures[0]:.3f}", f"{figures[1]:.3f}", f"{figures[2]:.3f}"


def scores(labels: Sequence[int], together: np.ndarray) -> tuple[float, float, float]:
    label = np.array(labels)
    grouped = label[:, None] == label
    right = (grouped & together).sum(axis=1)
    precision, recall = (right / grouped.sum(axis=1)).mean(), (right / together.sum(axis=1)).mean()
    return float(precision), float(recall), float(2 * precision * recall / (precision + recall))


def best_single_link(texts: Sequence[str], together: np.ndarray) -> tuple[str, str, str]:
    likeness = by_bm25(texts)
    at = [single_link(likeness, threshold) for threshold in np.arange(0.1, 0.9, 0.025)]
    return b_cubed(max(at, key=lambda labels: scores(labels, together)[2]), together)


def by_bm25(texts: Sequence[str]) -> np.ndarray:
    words = [[token.normalized for token in QUESTION.tokens(text)] or NO_WORDS for text in texts]
    peer = bm25s.BM25(k1=1.6, b=0.6)
    peer.index(words, show_progress=False)
    found = np.array([peer.get_scores(list(dict.fromkeys(each))) for each in words])
    own = np.maximum(np.diag(found), 1e-6)
    return (found + found.T) / (own[:, None] + own)


def single_link(likeness: np.ndarray, threshold: float) -> list[int]:
    """Connected by a chain of pairs that are at least so alike."""
    labels = list(range(len(likeness)))
    for one, other in np.argwhere(np.triu(likeness >= threshold, 1)).tolist():
        kept, gone = labels[one], labels[other]
        if kept != gone:
            labels = [kept if label == gone else label for label in labels]
    return labels


def seconds(knowledge: Knowledge, texts: Sequence[str]) -> float:
    """What grouping many questions takes; half of them begin as one question and end as another."""
    chance = np.random.default_rng(0)
    pairs = chance.integers(0, len(texts), (MANY, 2)).tolist()
    many = [texts[one] if one % 2 else _half(texts[one], texts[other]) for one, other in pairs]
    read(knowledge, texts[0])
    started = time.process_time()
    groups(knowledge, many)
    return time.process_time() - started


def _half(one: str, other: str) -> str:
    return one[: len(one) // 2] + other[len(other) // 2 :]


def folders() -> tuple[Path, ...]:
    """What can be measured here."""
    named = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("MATCHING_BENCHMARK")
    return (Path(named), DATA) if named else (DATA,)


if __name__ == "__main__":
    for each in folders():
        sys.stdout.write(f"{run(each)}\n\n")
