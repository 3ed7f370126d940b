"""Arrays in one file that processes map into memory and share.

The file begins with `MAGIC`, the length of a heading in eight bytes, and the heading: JSON with the length of the
whole file, and type, shape and place of each array.
"""

import json
import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

MAGIC = b"ARRAYS 1"
ALIGNED = 64
"""Bytes: where arrays begin, so that a processor reads them at full speed."""

Arrays = Mapping[str, npt.NDArray[Any]]


def write(path: Path, arrays: Arrays) -> None:
    """Writes a new file."""
    places: dict[str, tuple[str, tuple[int, ...], int]] = {}
    end = 0
    for name, array in arrays.items():
        places[name] = array.dtype.str, array.shape, end
        end += -(-array.nbytes // ALIGNED) * ALIGNED
    heading = json.dumps({"bytes": end, "arrays": places}).encode()
    heading += b" " * (-(len(MAGIC) + 8 + len(heading)) % ALIGNED)
    with path.open("wb") as file:
        file.write(MAGIC + len(heading).to_bytes(8, "little") + heading)
        for array in arrays.values():
            file.write(np.ascontiguousarray(array).data)
            file.write(b"\0" * (-array.nbytes % ALIGNED))


def read(path: Path) -> Arrays:
    """The arrays, mapped and not to be written to. ValueError where the file is no whole one, OSError where it
    cannot be opened."""
    with path.open("rb") as file:
        start = file.read(len(MAGIC) + 8)
        if start[: len(MAGIC)] != MAGIC:
            raise ValueError(f"{path} does not hold arrays")
        whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    length = int.from_bytes(start[len(MAGIC) :], "little")
    try:
        heading = json.loads(whole[len(start) : len(start) + length])
        if len(whole) != len(start) + length + heading["bytes"]:
            raise ValueError(f"{path} is not whole")
        return {
            name: _array(whole, dtype, shape, len(start) + length + offset)
            for name, (dtype, shape, offset) in heading["arrays"].items()
        }
    except (KeyError, TypeError) as broken:
        raise ValueError(f"{path} has another heading") from broken


def _array(whole: mmap.mmap, dtype: str, shape: list[int], offset: int) -> npt.NDArray[Any]:
    flat = np.frombuffer(whole, np.dtype(dtype), int(np.prod(shape)), offset)
    return flat.reshape(shape)
