"""What entries mean to an embedding model: their vectors, and how near the vector of a question comes to them.

Nothing here fetches a vector. Without vectors, of the question or of the entries, nothing here is used.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from faq.directions import Common
from faq.matrix import Floats, Ints, best
from faq.models import EntryId, FaqEntry

Vector = npt.NDArray[np.float32]
"""(D,) at length 1."""
Vectors = npt.NDArray[np.float32]
"""(n, D)"""
Halves = npt.NDArray[np.float16]
Bools = npt.NDArray[np.bool_]
NO_VECTORS: Mapping[str, Vector] = MappingProxyType({})

PASSAGE = 120
"""Letters after which a passage of an answer ends with its sentence, so that one thought is not lost among ten."""
MOST_TITLES, MOST_PASSAGES = 20, 12
"""Texts of one entry that are looked at; what comes after is left out."""
LAYOUT = "1"
"""Moves when texts are cut in another way: their vectors must be made anew."""

NEAREST = 20
"""Entries that the vectors bring among the candidates."""
NAMES = (
    "title_near",  # cosine of the nearest question or phrasing, in standard deviations over the whole knowledge
    "title_behind",  # how far behind the best candidate
    "passage_near",  # the same of the nearest passage of the answer
    "passage_behind",
)
"""What the vectors say of a candidate; each can only speak for it."""
COMMON_AXES = 3
"""Directions that all passages share and that are taken out of them, as in `faq.meaning`. On residents' questions to
another city passages alone then find 0.608 (nDCG@10) instead of 0.530; titles find no more."""
ENOUGH, PASSAGES_AN_AXIS = 20_000, 50
"""Passages that these are looked for in, at most, and at least for each."""
WORST = -2.0
"""Below any cosine, and any sum of two."""

_SENTENCE = re.compile(r"(?<=[。!?！？\n])")


@dataclass(frozen=True, slots=True)
class EntryTexts:
    """What of an entry is given to the model."""

    entry_id: EntryId
    titles: tuple[str, ...]
    """The question, then the phrasings."""
    passages: tuple[str, ...]
    """The answer, some sentences each, under the question: by itself 3月末までです means nothing."""
    fingerprint: bytes
    """As `fingerprint` gives it."""


@dataclass(frozen=True, slots=True)
class EntryVectors:
    """The vectors of the texts of one entry."""

    entry_id: EntryId
    fingerprint: bytes
    """Of the texts that the vectors were made of."""
    titles: Halves
    """(T, D)"""
    passages: Halves
    """(P, D)"""


def texts_of(entry: FaqEntry) -> EntryTexts:
    """The texts of an entry."""
    titles = (entry.question, *entry.phrasings)[:MOST_TITLES]
    passages = tuple(f"{entry.question}\n{passage}" for passage in _passages(entry.answer)[:MOST_PASSAGES])
    return EntryTexts(entry.id, titles, passages, fingerprint(entry))


def fingerprint(entry: FaqEntry) -> bytes:
    """(32 bytes) the same only for the same texts."""
    whole = "\0".join((LAYOUT, entry.question, *entry.phrasings, entry.answer))
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).digest()


def _passages(answer: str) -> list[str]:
    passages = [""]
    for sentence in _SENTENCE.split(answer):
        said = sentence.strip()
        so_far = len(passages[-1])
        if so_far >= PASSAGE or (so_far and so_far + len(said) > 2 * PASSAGE):
            passages.append("")
        passages[-1] += said
    return [passage for passage in passages if passage] or [answer]


@dataclass(frozen=True, slots=True)
class Fetched:
    """Vectors of a knowledge and of questions to it."""

    entries: Mapping[EntryId, EntryVectors]
    questions: Mapping[str, Vector]


Fetch = Callable[[Iterable[FaqEntry], Sequence[str]], Fetched]
"""Fetches the vectors of entries and questions; may raise where it cannot."""


@dataclass(frozen=True, slots=True)
class SemanticIndex:
    """The vectors of N entries with D numbers each, in the order of the knowledge."""

    titles: Vectors
    """(T, D) of all entries, one after the other."""
    title_start: Ints
    """(N,) the first of each entry; each has at least one."""
    common: Common
    """What is taken out of a question before it is compared with passages: the mean of the titles, which are
    questions too, and the directions that all passages share."""
    passages: Vectors
    """(P, D) without their mean and those directions."""
    passage_start: Ints
    fingerprints: tuple[bytes, ...]
    """(N,) of the texts that the vectors were made of; empty where there are none."""
    known: Bools
    """(N,) whether there are any."""

    @classmethod
    def of(cls, ids: Sequence[EntryId], vectors: Mapping[EntryId, EntryVectors]) -> "SemanticIndex | None":
        """The vectors of these entries; None where there are none at all."""
        found = [vectors.get(entry_id) for entry_id in ids]
        dimensions = next((each.titles.shape[1] for each in found if each), 0)
        if not dimensions:
            return None
        nothing = EntryVectors(EntryId(""), b"", *[np.zeros((1, dimensions), np.float16)] * 2)
        fits = [each if each and each.titles.shape[1] == dimensions else nothing for each in found]
        titles = np.concatenate([each.titles for each in fits]).astype(np.float32)
        passages = np.concatenate([each.passages for each in fits]).astype(np.float32)
        shared = _common(passages)
        return cls(
            titles,
            _starts([each.titles for each in fits]),
            Common(titles.mean(axis=0), shared.axes),
            shared.removed_from(passages),
            _starts([each.passages for each in fits]),
            tuple(each.fingerprint for each in fits),
            np.array([each is not nothing for each in fits]),
        )

    def nearness(self, vector: Vector) -> tuple[Floats, Floats]:
        """(N,) each: the cosine of the nearest question or phrasing, and of the nearest passage of the answer."""
        title, passage = self.titles @ vector, self.passages @ self.common.removed_from(vector)
        return (
            np.maximum.reduceat(title, self.title_start),
            np.maximum.reduceat(passage, self.passage_start),
        )

    def holds(self, place: int, entry: FaqEntry) -> bool:
        """Whether the vectors at a place are of the present texts of the entry there."""
        return self.fingerprints[place] == fingerprint(entry)


@dataclass(frozen=True, slots=True)
class Look:
    """The candidates with those that only the vectors found, and what the vectors say of each."""

    places: Ints
    """(C,) entries."""
    columns: Floats
    """(C, len(NAMES))"""


def look(
    index: SemanticIndex,
    vector: Vector,
    places: Ints,
    gone: Sequence[int],
    entry_at: Callable[[int], FaqEntry],
) -> Look | None:
    """Looks at a question by its vector; None where it is another model's, or a candidate has no vectors.

    `places` are the candidates by words, `gone` entries that must not be among them. All are compared on one
    footing: as long as one of the candidates waits for its vectors, words alone decide between them.
    """
    if vector.shape != index.titles.shape[1:]:
        return None
    counted = index.known.copy()
    counted[list(gone)] = False
    title, passage = index.nearness(vector)
    found = best(np.where(counted, title + passage - WORST, 0), NEAREST)
    places = np.concatenate([places, found[~np.isin(found, places)]]).astype(np.int32)
    if not all(index.holds(place, entry_at(place)) for place in places.tolist()):
        return None
    columns = (*_standing(title, counted, places), *_standing(passage, counted, places))
    return Look(places, np.column_stack(columns).astype(np.float32))


def _standing(cosines: Floats, counted: Bools, places: Ints) -> tuple[Floats, Floats]:
    """(C,) each: how far above the whole knowledge, in standard deviations, and how far behind the best candidate."""
    whole, here = cosines[counted], cosines[places]
    return (here - whole.mean()) / max(float(whole.std()), 1e-6), here - here.max(initial=WORST)


def _common(passages: Vectors) -> Common:
    """Of no more passages than is needed to tell: an answer's politeness and layout say nothing about its matter."""
    some = passages[:: max(1, len(passages) // ENOUGH)]
    middle = some.mean(axis=0)
    centred = some - middle
    _, axes = np.linalg.eigh(centred.T @ centred)
    count = min(COMMON_AXES, len(some) // PASSAGES_AN_AXIS)
    return Common(middle, axes[:, ::-1][:, :count].astype(np.float32))


def _starts(parts: Sequence[Halves]) -> Ints:
    return np.cumsum([0, *(len(part) for part in parts[:-1])])
