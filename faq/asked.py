"""A question as the matrix sees it: its words, what each is worth, and other ways to say them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from faq.matrix import Floats, Ints, Matrix
from nlp.thesaurus import Thesaurus
from nlp.tokenizer import Token

MOST_WORDS = 60
"""Different words of a question that are weighed; a longer text is no question any more, but still gets
an answer within the same time."""
SYNONYM_SCALE = 0.5
"""What a synonym adds to the first-stage score against the word itself, besides its own weight: its words
come on top of the resident's own, which must stay first."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to say a word of the question: the word itself, or words that mean the same."""

    group: int
    """Which word of the question it stands for."""
    slots: tuple[int, ...]
    """Positions in `Asked.terms` of its words."""
    weight: float
    shown: str
    source: str
    """Empty for the resident's own word."""


@dataclass(frozen=True, slots=True)
class Asked:
    """G groups (different words of the question), Q terms known to the matrix, E variants."""

    words: tuple[str, ...]
    """(G,) normalized."""
    surfaces: tuple[str, ...]
    """(G,) as the resident wrote them."""
    worth: Floats
    """(G,) idf of each word; of a word that no entry has, what it would be."""
    terms: Ints
    """(Q,) without repeats."""
    weights: Floats
    """(Q,) for the first stage."""
    variants: tuple[Variant, ...]
    """(E,) by group."""

    def shares(self, idf: Floats) -> Floats:
        """(Q, E) what share of a variant each term makes up, by idf."""
        shares = np.zeros((len(self.terms), len(self.variants)), np.float32)
        for column, variant in enumerate(self.variants):
            parts = idf[self.terms[list(variant.slots)]]
            shares[list(variant.slots), column] = parts / parts.sum()
        return shares


def ask(tokens: Sequence[Token], matrix: Matrix, thesaurus: Thesaurus) -> Asked:
    """Places a question's content words in the matrix."""
    first: dict[str, Token] = {}
    for token in tokens:
        if len(first) < MOST_WORDS:
            first.setdefault(token.normalized, token)
    words = tuple(first)
    slots: dict[int, int] = {}
    weights: list[float] = []
    variants: list[Variant] = []

    def place(others: Sequence[str], weight: float) -> tuple[int, ...] | None:
        known = [matrix.vocabulary.get(word) for word in others]
        if None in known:
            return None
        placed = []
        for term in known:
            assert term is not None
            slot = slots.setdefault(term, len(slots))
            if slot == len(weights):
                weights.append(0.0)
            weights[slot] = max(weights[slot], weight)
            placed.append(slot)
        return tuple(placed)

    for group, word in enumerate(words):
        own = place([word], 1.0)
        if own:
            variants.append(Variant(group, own, 1.0, first[word].surface, ""))
    running = [token.normalized for token in tokens][: MOST_WORDS * 2]
    group_of = {word: group for group, word in enumerate(words)}
    for related in thesaurus.related(running):
        placed_slots = place(related.words, SYNONYM_SCALE * related.weight)
        for group in sorted({group_of[w] for w in running[related.start : related.stop] if w in group_of}):
            if placed_slots:
                variants.append(Variant(group, placed_slots, related.weight, related.shown, related.source))
    variants.sort(key=lambda variant: variant.group)
    return Asked(
        words,
        tuple(token.surface for token in first.values()),
        _worth(words, matrix),
        np.fromiter(slots, np.int32, len(slots)),
        np.array(weights, np.float32),
        tuple(variants),
    )


def _worth(words: Sequence[str], matrix: Matrix) -> Floats:
    known = [matrix.vocabulary.get(word) for word in words]
    unknown = matrix.unknown_idf
    return np.array([unknown if term is None else matrix.idf[term] for term in known], np.float32)
