"""How much a message is like those that tell of a danger: a second look where no rule has found one.

Pure. Logistic regression on the pieces of one to three letters of the folded text, each with a weight that
anybody can read in `likeness.csv` (made by `nlp.make_likeness`). It knows neither kind nor urgency, so it
may only put numbers before the ordinary answer, and never takes the answer's place.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

FILE = Path(__file__).with_name("likeness.csv")
LONGEST = 3
BIAS = "(bias)"
"""Stands among the pieces: what a message has that is made of none of them."""
THRESHOLD = 0.8
"""Above it a message counts as like a danger: 2 of 100 everyday questions that it had not learnt from."""
FEWEST = 10
"""Letters of a message that is looked at: もういいです and まだです are too short to be like anything."""
READ = 2000
"""Letters that are looked at: nobody tells of a danger only after two pages."""
SHOWN = 3
EDGES = "^$"


@dataclass(frozen=True, slots=True)
class Likeness:
    """The weights. Immutable, so one is shared by all threads."""

    weights: Mapping[str, float]
    bias: float

    def score(self, folded: str) -> float:
        """Above `THRESHOLD` where the folded text is like a danger. Linear in its length."""
        return self._score(pieces(folded))

    def because(self, folded: str) -> str:
        """The pieces that say most, for staff, where the folded text is like a danger; else nothing."""
        if len(folded) < FEWEST or self._score(found := pieces(folded)) <= THRESHOLD:
            return ""
        telling = [piece for piece in found if len(piece.strip(EDGES)) > 1]
        heaviest = sorted(telling, key=lambda piece: (-self.weights.get(piece, 0.0), piece))[:SHOWN]
        return "似た言い方：" + "".join(f"「{piece.strip(EDGES)}」" for piece in heaviest)

    def _score(self, found: set[str]) -> float:
        known = [weight for piece in found if (weight := self.weights.get(piece)) is not None]
        return self.bias + sum(known) / sqrt(len(known)) if known else self.bias


def load(path: Path = FILE) -> Likeness:
    """The weights of the file at `path`; OSError where it cannot be read, ValueError where it is damaged."""
    with path.open(encoding="utf-8", newline="") as file:
        weights = {row["piece"]: float(row["weight"]) for row in csv.DictReader(file)}
    if BIAS not in weights:
        raise ValueError(f"{path.name} has no {BIAS}: make it anew with nlp.make_likeness")
    return Likeness(weights, weights.pop(BIAS))


def pieces(folded: str) -> set[str]:
    """The pieces of a folded text, between its edges ^ and $.

    Without those of Latin letters and digits alone: most examples in English tell of a danger, so it would
    take any English question for one.
    """
    text = f"^{folded[:READ]}$"
    spans = {text[at : at + size] for size in range(1, LONGEST + 1) for at in range(len(text) - size + 1)}
    return {piece for piece in spans if not piece.isascii()}
