"""A question as the matrix sees it: its words, what each is worth, and other ways to say them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from faq.matrix import Floats, Ints, Matrix
from faq.meaning import Meaning, Near
from nlp.thesaurus import Thesaurus
from nlp.token_filters import NEGATION
from nlp.tokenizer import Token

MOST_WORDS = 60
"""Different words of a question that are weighed; a longer text is no question any more, but still gets
an answer within the same time."""
SYNONYM_SCALE = 0.5
"""What a synonym adds to the first-stage score against the word itself, besides its own weight: its words
come on top of the resident's own, which must stay first."""
NEAR_SCALE = 0.4
"""The same for a near word, besides its cosine."""
OWN_WORD, NEAR_WORD, BEGUN = "", "意味の近い言葉", "入力中の言葉"
"""Who says that two words mean the same: nobody needs to, the word vectors, or that the one begins the other."""


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


@dataclass(frozen=True, slots=True)
class Asked:
    """G different words of a question, Q terms known to the matrix, E variants, P pairs."""

    words: tuple[str, ...]
    """(G,) normalized."""
    surfaces: tuple[str, ...]
    """(G,) as the resident wrote them."""
    worth: Floats
    """(G,) idf of each word; of a word that no entry has, what it would be."""
    units: Floats
    """(G, D) its vector, or zeros."""
    own: tuple[tuple[int, int], ...]
    """Words that the knowledge has, as (group, slot)."""
    terms: Ints
    """(Q,) without repeats, the question's own words first."""
    weights: Floats
    """(Q,) for the first stage."""
    pairs: tuple[tuple[int, int], ...]
    """(P,) slots of own words that follow each other."""
    variants: tuple[Variant, ...]
    """(E,) by group."""

    @property
    def total(self) -> float:
        """What all words of the question are worth; never 0."""
        return max(float(self.worth.sum()), 1e-6)


@dataclass(slots=True)
class _Terms:
    """Terms with the highest weight that anybody gave them."""

    vocabulary: dict[str, int]
    weight: dict[int, float] = field(default_factory=dict)
    slot: dict[int, int] = field(default_factory=dict)

    def place(self, term: int, weight: float) -> int:
        self.weight[term] = max(self.weight.get(term, 0.0), weight)
        return self.slot.setdefault(term, len(self.slot))

    def place_all(self, words: Iterable[str], weight: float) -> tuple[int, ...]:
        """The slots of all words, or none where the knowledge lacks one of them."""
        known = [self.vocabulary.get(word) for word in words]
        return (
            tuple(self.place(term, weight) for term in known if term is not None) if None not in known else ()
        )


def ask(tokens: Sequence[Token], matrix: Matrix, thesaurus: Thesaurus, meaning: Meaning) -> Asked:
    """Places a question's content words in the matrix."""
    # What no entry denies tells nothing about the entries, so it is not held against them.
    counted = (t for t in tokens if t.pos != NEGATION or t.normalized in matrix.vocabulary)
    running = tuple(counted)[: 2 * MOST_WORDS]
    first: dict[str, Token] = {}
    for token in running:
        first.setdefault(token.normalized, token)
    words = tuple(first)[:MOST_WORDS]
    group_of = {word: group for group, word in enumerate(words)}
    terms = _Terms(matrix.vocabulary)
    own = {word: terms.place(matrix.vocabulary[word], 1.0) for word in words if word in matrix.vocabulary}
    looked_up = meaning.look_up(words)
    variants = [Variant(group_of[w], (slot,), 1.0, _form(first[w]), OWN_WORD) for w, slot in own.items()]
    variants += _synonyms([t.normalized for t in running], group_of, terms, thesaurus)
    variants += _near(words, [near for _, near in looked_up], terms, matrix)
    variants.sort(key=lambda variant: variant.group)
    slots = [own.get(token.normalized) for token in running]
    return Asked(
        words,
        tuple(first[word].surface for word in words),
        _worth(words, matrix),
        np.array([unit for unit, _ in looked_up], np.float32).reshape(
            len(words), meaning.words.units.shape[1]
        ),
        tuple((group_of[word], slot) for word, slot in own.items()),
        np.fromiter(terms.slot, np.int32, len(terms.slot)),
        np.array([terms.weight[term] for term in terms.slot], np.float32),
        tuple(
            dict.fromkeys((a, b) for a, b in pairwise(slots) if a is not None and b is not None and a != b)
        ),
        tuple(variants),
    )


def _form(token: Token) -> str:
    """A word as a dictionary has it: 取れる for 取れ."""
    return token.normalized if token.pos.startswith(("動詞", "形容詞")) else token.surface


def completed(asked: Asked, begun: str, becomes: Iterable[str], matrix: Matrix) -> Asked:
    """The same with one more word, of which only the beginning is there; each word that it may become counts fully."""
    numbers = [matrix.vocabulary[word] for word in becomes if word in matrix.vocabulary]
    numbers = [number for number in numbers if matrix.words_by_number[number] not in asked.words]
    if not numbers:
        return asked
    group = len(asked.words)
    terms = dict(zip(asked.terms.tolist(), asked.weights.tolist(), strict=True))
    terms |= dict.fromkeys(numbers, 1.0)
    slot_of = {term: slot for slot, term in enumerate(terms)}
    variants = (Variant(group, (slot_of[n],), 1.0, matrix.words_by_number[n], BEGUN) for n in numbers)
    return replace(
        asked,
        words=(*asked.words, begun),
        surfaces=(*asked.surfaces, begun),
        worth=np.append(asked.worth, matrix.idf[numbers].max()).astype(np.float32),
        units=np.vstack((asked.units, np.zeros_like(asked.units, shape=(1, asked.units.shape[1])))),
        terms=np.fromiter(terms, np.int32, len(terms)),
        weights=np.fromiter(terms.values(), np.float32, len(terms)),
        variants=(*asked.variants, *variants),
    )


def _synonyms(
    running: Sequence[str], group_of: dict[str, int], terms: _Terms, thesaurus: Thesaurus
) -> Iterable[Variant]:
    for related in thesaurus.related(running):
        slots = terms.place_all(related.words, SYNONYM_SCALE * related.weight)
        said = running[related.start : related.stop]
        for group in sorted({group_of[word] for word in said if word in group_of}):
            if slots:
                yield Variant(group, slots, related.weight, related.shown, related.source)


def _near(
    words: Sequence[str], near_words: Iterable[Near], terms: _Terms, matrix: Matrix
) -> Iterable[Variant]:
    for group, near in enumerate(near_words):
        for term, cosine in near:
            shown = matrix.words_by_number[term]
            if shown != words[group]:
                slot = terms.place(term, NEAR_SCALE * cosine)
                yield Variant(group, (slot,), cosine, shown, NEAR_WORD)


def _worth(words: Sequence[str], matrix: Matrix) -> Floats:
    known = [matrix.vocabulary.get(word) for word in words]
    unknown = matrix.unknown_idf
    return np.array([unknown if term is None else matrix.idf[term] for term in known], np.float32)
