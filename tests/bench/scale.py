"""How a large knowledge fares: the first stage beside bm25s, a whole search, a publish, a start.

`python -m tests.bench.scale [FOLDER]`. The entries are resampled from FOLDER's `faq.csv` (id, question, answer), and
its `questions.csv` is asked; without a folder, those of `data/`.
"""

import csv
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import bm25s
import numpy as np
from bm25s.selection import topk

from faq.index import PreparedEntry, prepare
from faq.labelled import read_entries
from faq.models import EntryId
from faq.postings import best
from faq.search import Knowledge
from nlp.analyzer import ENTRY
from nlp.tokenizer import tokenize
from tests.bench import large_store
from tests.bench.tables import Table

DATA = Path(__file__).parent.parent.parent / "data"
SIZES = (1_786, 100_000)
LARGEST = SIZES[-1]
Given = TypeVar("Given")
TOP = 10
"""Entries that the first stages return."""


@dataclass(frozen=True, slots=True)
class Timed:
    """Processor seconds of each question; everything here is one thread."""

    seconds: Sequence[float]

    def milliseconds(self, percentile: int) -> float:
        return float(np.percentile(self.seconds, percentile)) * 1000

    def beside(self, other: "Timed") -> tuple[str, ...]:
        """p50 and p99 in milliseconds, and in times of the other's."""
        values = [(self.milliseconds(p), self.milliseconds(p) / other.milliseconds(p)) for p in (50, 99)]
        return (*(f"{own:.3f}" for own, _ in values), *(f"{ratio:.2f}" for _, ratio in values))


def resampled(prepared: Sequence[PreparedEntry], count: int) -> list[PreparedEntry]:
    """So many entries, drawn from these; each has an id of its own."""
    drawn = np.random.default_rng(0).integers(0, len(prepared), count).tolist()
    return [
        replace(prepared[at], entry=replace(prepared[at].entry, id=EntryId(f"{number:06}")))
        for number, at in enumerate(drawn)
    ]


def questions_of(file: Path) -> list[str]:
    """Each different question once."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(dict.fromkeys(row["query"] for row in csv.DictReader(stream)))


def run(folder: Path) -> list[Table]:
    """Every table."""
    prepared = [prepare(entry) for entry in read_entries(folder / "faq.csv")]
    questions = questions_of(folder / "questions.csv")
    alone = timed(tokenize, questions)
    first: list[tuple[str, ...]] = []
    whole: list[tuple[str, ...]] = [("Sudachi alone", *alone.beside(alone))]
    for size in SIZES:
        entries = resampled(prepared, size)
        started = time.perf_counter()
        knowledge = Knowledge.of(entries)
        counted = time.perf_counter() - started
        first += first_stage(knowledge, entries, questions)
        knowledge.search(questions[0])
        name = f"search, {size:,} entries (counted in {counted:.1f} s)"
        whole.append((name, *timed(knowledge.search, questions).beside(alone)))
    with TemporaryDirectory(prefix="helpdesk-bench-") as place:
        stored = large_store.run(entries, Path(place))
    figures = ("", "p50 ms", "p99 ms", "p50 ratio", "p99 ratio")
    return [
        Table(f"The best {TOP} by BM25 on the same tokens, ratio to bm25s", figures, tuple(first)),
        Table(
            "A whole search, every question for the first time, ratio to Sudachi alone", figures, tuple(whole)
        ),
        stored,
    ]


def first_stage(
    knowledge: Knowledge, entries: Sequence[PreparedEntry], questions: Sequence[str]
) -> list[tuple[str, ...]]:
    """Both on numbers of words: neither reads text here."""
    matrix = knowledge.known.matrix
    peer = bm25s.BM25(k1=1.6, b=0.6, backend="numpy")
    peer.index([words_of(entry) for entry in entries], show_progress=False)
    asked = [list(dict.fromkeys(token.normalized for token in ENTRY.tokens(text))) for text in questions]
    ours = [np.array([matrix.vocabulary[w] for w in words if w in matrix.vocabulary]) for words in asked]
    theirs = [[peer.vocab_dict[w] for w in words if w in peer.vocab_dict] for words in asked]

    def of_peer(words: list[int]) -> object:
        return topk(peer.get_scores_from_ids(words), TOP, backend="numpy", sorted=True)

    def of_ours(words: np.ndarray) -> object:
        scores = np.zeros(matrix.entries, np.float32)
        matrix.add(scores, words, np.ones(len(words), np.float32))
        return best(scores, TOP)

    beside = timed(of_peer, [words for words in theirs if words])
    own = timed(of_ours, [words for words in ours if len(words)])
    return [
        (f"bm25s, numpy, {matrix.entries:,} entries", *beside.beside(beside)),
        (f"first stage, {matrix.entries:,} entries", *own.beside(beside)),
    ]


def words_of(entry: PreparedEntry) -> list[str]:
    """The words of all fields that the first stage reads."""
    said = [word for phrase in entry.questions for word in phrase.words]
    return [*said, *(word for sentence in entry.answer for word in sentence), *entry.context]


def timed(act: Callable[[Given], object], asked: Sequence[Given]) -> Timed:
    seconds = []
    for each in asked:
        started = time.thread_time()  # what else the machine does must not count
        act(each)
        seconds.append(time.thread_time() - started)
    return Timed(seconds)


if __name__ == "__main__":
    for table in run(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA):
        sys.stdout.write(f"{table}\n\n")
