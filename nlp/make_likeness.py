"""Makes `nlp/likeness.csv`: `python -m nlp.make_likeness DATA TABLES`, say `data tests/nlp`.

Learns from the sentences of the danger tables in TABLES, and from DATA's questions and entries as what is
no danger, but for those in which the rules of DATA find one.
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from nlp import danger_words
from nlp.folding import fold
from nlp.likeness import BIAS, FILE, pieces

SEEN = 2
"""Sentences that a piece must stand in."""
EVEN = 0.3
"""How strongly weights are held small (L2, divided by the number of sentences)."""
ROUNDS = 150
STEP = 0.1
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Learnt:
    """What is learnt from: the sentences, and which of them tell of a danger."""

    dangerous: tuple[str, ...]
    harmless: tuple[str, ...]


def main(data: Path, tables: Path) -> None:
    """Writes the file, heaviest pieces first."""
    weights, bias = train(read(data, tables))
    with FILE.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("piece", "weight"))
        out.writerow((BIAS, f"{bias:.2f}"))
        out.writerows((piece, f"{weight:.2f}") for piece, weight in weights if abs(weight) >= 0.005)


def read(data: Path, tables: Path) -> Learnt:
    """The sentences of both folders."""
    rules = danger_words.load(data / "danger.toml")
    rows = _rows(tables / "danger_sentences.csv")
    told = [(row["sentence"], bool(row["expected"])) for row in rows]
    told += [(row["text"], bool(row["kind"])) for row in _rows(tables / "danger_fresh.csv")]
    asked = [row["query"] for row in _rows(data / "questions.csv") if row["handler"] != "danger"]
    for row in _rows(data / "faq.csv"):
        asked += [row["question"], *filter(None, row["phrasings"].split("|"))]
    return Learnt(
        tuple(text for text, dangerous in told if dangerous),
        (
            *(text for text, dangerous in told if not dangerous),
            *(text for text in dict.fromkeys(asked) if rules.find(text) is None),
        ),
    )


def train(learnt: Learnt) -> tuple[list[tuple[str, float]], float]:
    """Weights, heaviest first, and bias, by gradient descent with momentum (Adam, Kingma and Ba 2015)."""
    texts = [pieces(fold(text)) for text in (*learnt.dangerous, *learnt.harmless)]
    names = _often(texts)
    sentence, column, value = _sparse(texts, {name: at for at, name in enumerate(names)})
    truth = np.repeat([1.0, 0.0], [len(learnt.dangerous), len(learnt.harmless)])
    weights, bias = np.zeros(len(names)), 0.0
    mean, spread = np.zeros(len(names)), np.zeros(len(names))
    for turn in range(1, ROUNDS + 1):
        sums = np.bincount(sentence, value * weights[column], len(texts))
        off: Floats = (1 / (1 + np.exp(-(sums + bias))) - truth) / len(texts)
        slope = np.bincount(column, value * off[sentence], len(names)) + EVEN * weights / len(texts)
        mean, spread = 0.9 * mean + 0.1 * slope, 0.99 * spread + 0.01 * slope**2
        weights = weights - STEP * (mean / (1 - 0.9**turn)) / (np.sqrt(spread / (1 - 0.99**turn)) + 1e-8)
        bias -= 3 * STEP * float(off.sum())
    order = np.argsort(-weights, kind="stable")
    return [(names[at], float(weights[at])) for at in order], bias


def _often(texts: Iterable[set[str]]) -> list[str]:
    counts = Counter(piece for text in texts for piece in text)
    return sorted(piece for piece, count in counts.items() if count >= SEEN)


def _sparse(
    texts: Sequence[set[str]], at: dict[str, int]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Floats]:
    """Sentence, piece and value of each piece in each sentence; a sentence's values have length 1."""
    found = [sorted(at[piece] for piece in text if piece in at) for text in texts]
    sizes = np.array([len(each) for each in found])
    sentence = np.repeat(np.arange(len(texts)), sizes)
    column = np.array([each for some in found for each in some], np.int64)
    return sentence, column, 1 / np.sqrt(sizes[sentence])


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
