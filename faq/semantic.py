"""What entries mean to an embedding model: their vectors, and how near the vector of a question comes to them.

Nothing here fetches a vector. Without vectors, of the question or of the entries, nothing here is used.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from faq.matrix import Floats, Ints
from faq.models import EntryId, FaqEntry

Vector = npt.NDArray[np.float32]
"""(D,) at length 1."""
Vectors = npt.NDArray[np.float32]
"""(n, D)"""
Halves = npt.NDArray[np.float16]
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

_SENTENCE = re.compile(r"(?<=[。!?！？\n])")


@dataclass(frozen=True, slots=True)
class EntryTexts:
    """What of an entry is given to the model."""

    entry_id: EntryId
    titles: tuple[str, ...]
    """The question, then the phrasings."""
    passages: tuple[str, ...]
    """The answer, some sentences each."""
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
    passages = _passages(entry.answer)[:MOST_PASSAGES]
    return EntryTexts(entry.id, titles, tuple(passages), fingerprint(entry))


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


Fetch = Callable[[Sequence[FaqEntry], Sequence[str]], Fetched]
"""Fetches the vectors of entries and questions; may raise where it cannot."""


@dataclass(frozen=True, slots=True)
class SemanticIndex:
    """The vectors of N entries, R texts with D numbers each, in the order of the matrix."""

    titles: Vectors
    """(T, D) of all entries, one after the other."""
    title_start: Ints
    """(N,) the first of each entry; every entry has one."""
    passages: Vectors
    passage_start: Ints
    known: npt.NDArray[np.bool_]
    """(N,) whether the entry has vectors; those of one that has not are zeros."""

    @classmethod
    def of(
        cls, entries: Sequence[FaqEntry], vectors: Mapping[EntryId, EntryVectors]
    ) -> "SemanticIndex | None":
        """The vectors of these entries, as far as they are of their present texts; None where there are none."""
        found = [_of(vectors.get(entry.id), entry) for entry in entries]
        dimensions = {each.titles.shape[1] for each in found if each}
        if not dimensions:
            return None
        nothing = np.zeros((1, min(dimensions)), np.float16)
        fits = [each if each and each.titles.shape[1] == nothing.shape[1] else None for each in found]
        titles = [each.titles if each else nothing for each in fits]
        passages = [each.passages if each else nothing for each in fits]
        return cls(
            np.concatenate(titles).astype(np.float32),
            _starts(titles),
            np.concatenate(passages).astype(np.float32),
            _starts(passages),
            np.array([each is not None for each in fits]),
        )

    def nearness(self, vector: Vector) -> tuple[Floats, Floats]:
        """(N,) each: the cosine of the nearest question or phrasing, and of the nearest passage of the answer."""
        return (
            np.maximum.reduceat(self.titles @ vector, self.title_start),
            np.maximum.reduceat(self.passages @ vector, self.passage_start),
        )


def _of(kept: EntryVectors | None, entry: FaqEntry) -> EntryVectors | None:
    return kept if kept and kept.fingerprint == fingerprint(entry) else None


def _starts(parts: Sequence[Halves]) -> Ints:
    return np.cumsum([0, *(len(part) for part in parts[:-1])])


@dataclass(frozen=True, slots=True)
class Look:
    """The candidates with those that only the vectors found, and what the vectors say of each."""

    places: Ints
    """(C,) entries."""
    columns: Floats
    """(C, len(NAMES))"""


def look(index: SemanticIndex, vector: Vector | None, places: Ints, gone: Sequence[int]) -> Look | None:
    """Looks at a question by its vector; None where it, or a candidate, has none of this model.

    `places` are the candidates by words, `gone` entries that must not be among them. Entries are compared on one
    footing: as long as one of the candidates waits for its vectors, words alone decide between them.
    """
    if vector is None or vector.shape != index.titles.shape[1:] or not index.known[places].all():
        return None
    counted = index.known.copy()
    counted[list(gone)] = False
    title, passage = index.nearness(vector)
    nearest = np.where(counted, title + passage, -np.inf)
    found = np.argpartition(-nearest, min(NEAREST, len(nearest) - 1))[:NEAREST]
    found = found[counted[found] & ~np.isin(found, places)]
    places = np.concatenate([places, np.sort(found)]).astype(np.int32)
    return Look(
        places, np.column_stack([*_columns(title, counted, places), *_columns(passage, counted, places)])
    )


def _columns(cosines: Floats, counted: npt.NDArray[np.bool_], places: Ints) -> tuple[Floats, Floats]:
    """(C,) each: how far above the whole knowledge, in standard deviations, and how far below the best candidate."""
    whole, here = cosines[counted], cosines[places]
    return (here - whole.mean()) / max(float(whole.std()), 1e-6), here - here.max(initial=-1)
