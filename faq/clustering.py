"""Groups questions that ask the same, so that staff read one row instead of fifty.

Two questions are alike by their words, with synonyms and near words; by the entries that a search leads both to; and
by the mean of their word vectors. A question joins the group that it is most alike to, or founds one. It stays there:
groups never unite or part by themselves, so that whatever people decided about them holds, and adding questions
moves none of those before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from faq import matrix
from faq.asked import Asked, ask
from faq.matrix import Floats
from faq.meaning import mean
from faq.search import QUIET, Knowledge
from nlp import vectors
from nlp.analyzer import QUESTION

ALIKE: Final = 0.55
"""How alike a question must be to a group to join it; `docs/matching.md` says how this and the weights were chosen."""
BY_WORDS: Final = 0.4
BY_ENTRIES: Final = 0.3
BY_MEANING: Final = 0.3
ENTRIES: Final = 30
"""Best entries that are compared."""
_UNKNOWN: Final = 1 << 62
"""In the hash of a word that no entry has; words of entries have their numbers, entries negative ones."""

Keys = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Gist:
    """What a question is about; comparable with others that were read with the same knowledge.

    The scalar product of two is 1 for a question and itself. Its words can be found out from it: it may be kept no
    longer than they.
    """

    keys: Keys
    """(K,) words and entries."""
    weights: Floats
    """(K,)"""
    direction: Floats
    """(D,) the mean of the word vectors; zeros where no word has one."""


@QUIET
def read(knowledge: Knowledge, text: str) -> Gist | None:
    """The gist of a question; None where it has no word that could be compared."""
    known = knowledge.known
    asked = ask(QUESTION.tokens(text), known.matrix, knowledge.thesaurus, known.meaning)
    if not asked.words:
        return None
    keys, worth = _words(asked, known.matrix.vocabulary)
    places, scores = _entries(asked, knowledge)
    direction = mean(asked.units, asked.worth)
    there = BY_WORDS + BY_ENTRIES * bool(len(places)) + BY_MEANING * bool(asked.units.any())
    return Gist(
        np.concatenate((keys, -1 - places)),
        np.concatenate((_long(worth, BY_WORDS / there), _long(scores, BY_ENTRIES / there))),
        _long(direction, BY_MEANING / there),
    )


def place(groups: Sequence[Sequence[Gist]], new: Sequence[Gist]) -> tuple[int, ...]:
    """The group of each new question: a number of `groups`, or from `len(groups)` on one that a new one founded.

    How alike a question is to a group lies halfway between how alike it is to the nearest of its questions and to
    all of them on average: the nearest alone would chain what has little in common, the average alone break up what
    is asked in many ways. Of groups that are equally alike, the first is taken.
    """
    if not new:
        return ()
    known = [each for group in groups for each in group]
    compared = _Compared([*known, *new], len(known))
    group_of = [number for number, group in enumerate(groups) for _ in group]
    members = _members(group_of, len(groups))
    for item in range(len(known), len(known) + len(new)):
        group = _nearest(compared, item, group_of, members)
        if group == len(members):
            members.append([])
        members[group].append(item)
        group_of.append(group)
        compared.take_in(item)
    return tuple(group_of[len(known) :])


def _members(group_of: Sequence[int], groups: int) -> list[list[int]]:
    members: list[list[int]] = [[] for _ in range(groups)]
    for item, group in enumerate(group_of):
        members[group].append(item)
    return members


def _nearest(
    compared: "_Compared", item: int, group_of: Sequence[int], members: Sequence[Sequence[int]]
) -> int:
    """The group that a question joins; the number of the next where it is alike to none."""
    shared = compared.shared(item)
    best, best_score = len(members), ALIKE
    for group in sorted({group_of[each] for each in compared.near(item, shared)}):
        alike = compared.alike(item, shared, members[group])
        score = float(alike.max() + alike.mean()) / 2
        if score > best_score:
            best, best_score = group, score
    return best


def likeness(one: Gist, others: Sequence[Gist]) -> Floats:
    """(others,) how alike a question is to each of some, 0 to 1."""
    compared = _Compared([*others, one], len(others))
    return compared.alike(len(others), compared.shared(len(others)), range(len(others)))


def middle(gists: Sequence[Gist]) -> int:
    """Which of some questions is the most alike to all of them: the one to show for all."""
    return int(np.argmax([likeness(each, gists).sum() for each in gists]))


def _words(asked: Asked, vocabulary: dict[str, int]) -> tuple[Keys, Floats]:
    """The question's words, with what they are worth, and what else they may be called, with less."""
    found = {
        vocabulary.get(word, _UNKNOWN | vectors.key(word) >> 2): value
        for word, value in zip(asked.words, asked.worth.tolist(), strict=True)
    }
    terms, worth = asked.terms.tolist(), asked.worth.tolist()
    for variant in asked.variants:
        value = variant.weight * worth[variant.group]
        for slot in variant.slots:
            found[terms[slot]] = max(found.get(terms[slot], 0.0), value)
    return np.fromiter(found, np.int64, len(found)), np.fromiter(found.values(), np.float32, len(found))


def _entries(asked: Asked, knowledge: Knowledge) -> tuple[Keys, Floats]:
    """The best entries by the first stage of the search; squared, so that the first ones decide."""
    built = knowledge.known.matrix
    scores = np.zeros(built.entries, np.float32)
    built.add(scores, asked.terms, asked.weights)
    places = matrix.best(scores, ENTRIES)
    return places.astype(np.int64), scores[places] ** 2


def _long(values: Floats, squared: float) -> Floats:
    """The same direction at a length, which is given squared."""
    return np.asarray(values * (squared**0.5 / max(float(np.linalg.norm(values)), 1e-9)), np.float32)


class _Compared:
    """N gists, at least one, of which some are known from the beginning and the others are taken in, in their order."""

    def __init__(self, gists: Sequence[Gist], known: int) -> None:
        lengths = np.array([len(each.keys) for each in gists], np.int64)
        different, place = np.unique(np.concatenate([each.keys for each in gists]), return_inverse=True)
        order = np.argsort(place, kind="stable")
        of = np.repeat(np.arange(len(gists)), lengths)
        self._known = known
        self._weights_of = [each.weights for each in gists]
        self._places = np.split(place, np.cumsum(lengths)[:-1])
        self._items, self._weights = of[order], np.concatenate(self._weights_of)[order]
        self._starts = np.searchsorted(place[order], np.arange(len(different)))
        self._stops = self._starts + np.bincount(place[of < known], minlength=len(different))
        self._directions = np.array([each.direction for each in gists], np.float32)
        self._lengths = np.linalg.norm(self._directions, axis=1)

    def take_in(self, item: int) -> None:
        """Makes the next one known."""
        self._stops[self._places[item]] += 1
        self._known = item + 1

    def shared(self, item: int) -> Floats:
        """(known,) how alike one is to each that is known, by words and entries."""
        places = self._places[item]
        starts = self._starts[places]
        many = self._stops[places] - starts
        cells = np.arange(int(many.sum())) + np.repeat(starts - np.cumsum(many) + many, many)
        weights = self._weights[cells] * np.repeat(self._weights_of[item], many)
        return np.bincount(self._items[cells], weights, self._known).astype(np.float32)

    def near(self, item: int, shared: Floats) -> list[int]:
        """The known ones that may be alike enough: their directions could be the same."""
        at_most = shared + self._lengths[: self._known] * self._lengths[item]
        return np.flatnonzero(at_most >= ALIKE).tolist()

    def alike(self, item: int, shared: Floats, others: Sequence[int]) -> Floats:
        """(others,) how alike one is to some that are known."""
        some = np.fromiter(others, np.int64, len(others))
        means = np.maximum(self._directions[some] @ self._directions[item], 0)
        return np.asarray(shared[some] + means, np.float32)
