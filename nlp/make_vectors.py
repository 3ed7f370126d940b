"""Makes `nlp/words/*.npy` from the wheel of ja-ginza: `python -m nlp.make_vectors WHEEL`.

The wheel comes from `pip download ja-ginza==5.2.0 --no-deps`. Only its word vectors are used, without spaCy.
"""

import hashlib
import io
import json
import struct
import sys
import zipfile
from pathlib import Path

import numpy as np
import numpy.typing as npt

from nlp.token_filters import hiragana
from nlp.vectors import FOLDER, key

SHA256 = "c31a2ac57a7c2a1440f7e58111e37306c20dfaf08fd5a3f6f065948ff126cb30"
INSIDE = "ja_ginza/ja_ginza-5.2.0/vocab/"
DIMENSIONS = 128
"""Of 300, by principal components: the nearest words stay the same for a search (nDCG differs by 0.000)."""

_MASK = (1 << 64) - 1
_MULTIPLIER = 0xC6A4A7935BD1E995
_INTEGERS = {0xCC: ">B", 0xCD: ">H", 0xCE: ">I", 0xCF: ">Q"}


def main(wheel: Path) -> None:
    """Writes the three arrays; ValueError where the wheel is another one."""
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != SHA256:
        raise ValueError(f"{wheel} is not ja-ginza 5.2.0 (its SHA-256 differs)")
    with zipfile.ZipFile(wheel) as archive:
        words: list[str] = json.loads(archive.read(INSIDE + "strings.json"))
        row_of = read_integer_map(archive.read(INSIDE + "key2row"))
        vectors = np.load(io.BytesIO(archive.read(INSIDE + "vectors")))
    rows = fold({word: row_of[k] for word in words if (k := murmur(word.encode())) in row_of})
    keys = np.array([key(word) for word in rows], np.uint64)
    order = np.argsort(keys)
    FOLDER.mkdir(exist_ok=True)
    np.save(FOLDER / "keys.npy", keys[order])
    np.save(FOLDER / "rows.npy", np.array(list(rows.values()), np.uint16)[order])
    np.save(FOLDER / "vectors.npy", compress(vectors))


def fold(rows: dict[str, int]) -> dict[str, int]:
    """By the analyzer's spelling (ゴミ -> ごみ, JR -> jr); a word written so already goes first."""
    folded = {word: row for word, row in rows.items() if hiragana(word).casefold() == word}
    for word, row in rows.items():
        folded.setdefault(hiragana(word).casefold(), row)
    return folded


def compress(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.int8]:
    """The first principal components of the vectors at length 1, each row in the full range of a byte."""
    units = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    units = units - units.mean(axis=0)
    _, axes = np.linalg.eigh(units.T @ units)
    turned = units @ axes[:, ::-1][:, :DIMENSIONS]
    return np.asarray(np.rint(turned * (127 / np.abs(turned).max(axis=1, keepdims=True))), np.int8)


def read_integer_map(packed: bytes) -> dict[int, int]:
    """A MessagePack map of unsigned integers, which is what spaCy keeps its vectors' keys in."""
    if packed[0] != 0xDF:
        raise ValueError("not a MessagePack map of more than 65,535 pairs")
    (pairs,) = struct.unpack_from(">I", packed, 1)
    place, numbers = 5, []
    for _ in range(2 * pairs):
        head = packed[place]
        kind = _INTEGERS.get(head)
        if kind is None:
            numbers.append(head)
            place += 1
        else:
            numbers.append(struct.unpack_from(kind, packed, place + 1)[0])
            place += 1 + struct.calcsize(kind)
    return dict(zip(numbers[::2], numbers[1::2], strict=True))


def murmur(data: bytes, seed: int = 1) -> int:
    """MurmurHash64A (Austin Appleby, public domain), by which spaCy names strings."""
    state = seed ^ (len(data) * _MULTIPLIER & _MASK)
    whole = len(data) // 8 * 8
    for start in range(0, whole, 8):
        block = int.from_bytes(data[start : start + 8], "little") * _MULTIPLIER & _MASK
        state = (state ^ ((block ^ block >> 47) * _MULTIPLIER & _MASK)) * _MULTIPLIER & _MASK
    if rest := data[whole:]:
        state = (state ^ int.from_bytes(rest, "little")) * _MULTIPLIER & _MASK
    state = (state ^ state >> 47) * _MULTIPLIER & _MASK
    return state ^ state >> 47


if __name__ == "__main__":
    main(Path(sys.argv[1]))
