"""Word vectors: how near two words are in meaning, from a compact file that all processes share.

`nlp/words/ORIGIN.md` says where they come from. Many words share one pruned vector (住民票 and 戸籍 do), so a
vector may widen a search and must never make an answer sure.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

FOLDER = Path(__file__).parent / "words"
NO_VECTOR = -1


@dataclass(frozen=True, slots=True)
class WordVectors:
    """R vectors of D dimensions, for K words."""

    keys: npt.NDArray[np.uint64]
    """(K,) hashes of the words, ascending."""
    rows: npt.NDArray[np.uint16]
    """(K,) the vector of each word."""
    vectors: npt.NDArray[np.int8]
    """(R, D)"""

    def rows_of(self, words: Iterable[str]) -> npt.NDArray[np.int32]:
        """The row of each word, `NO_VECTOR` for one that has none; words as `token_filters.fold_spelling`
        leaves them."""
        wanted = np.fromiter(map(key, words), np.uint64)
        places = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[places] == wanted, self.rows[places].astype(np.int32), NO_VECTOR)

    def units(self, rows: npt.NDArray[np.int32]) -> npt.NDArray[np.float32]:
        """(len(rows), D) vectors of length 1."""
        vectors = self.vectors[rows].astype(np.float32)
        return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1.0))


def key(word: str) -> int:
    """64 bits of BLAKE2b: among half a million words no two share them."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


@cache
def load() -> WordVectors:
    """The vectors that come with the product, mapped into memory: a millisecond, and shared by processes."""
    keys, rows, vectors = (
        np.load(FOLDER / f"{name}.npy", mmap_mode="r") for name in ("keys", "rows", "vectors")
    )
    return WordVectors(keys, rows, vectors)
