"""Holds weights that were just trained against those that ship: the same, but for rounding on another processor."""

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path

RELATIVE, ABSOLUTE = 1e-3, 1e-4


def main(shipped: Path, trained: Path) -> int:
    """The exit code: 1 where names or numbers differ; what they were learnt from is not compared."""
    one, other = (dict(numbers(json.loads(path.read_text(encoding="utf-8")))) for path in (shipped, trained))
    apart = sorted(one.keys() ^ other.keys())
    apart += [name for name in one.keys() & other.keys() if not close(one[name], other[name])]
    sys.stdout.write(f"weights: {len(one)} numbers held, {len(apart)} apart\n")
    if apart:
        sys.stderr.write(f"{shipped} is not what training finds now ({apart[0]}): train it again\n")
    return 1 if apart else 0


def close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=RELATIVE, abs_tol=ABSOLUTE)


def numbers(kept: object, name: str = "") -> Iterator[tuple[str, float]]:
    """Every number with the path to it."""
    if isinstance(kept, dict):
        for key, value in kept.items():
            yield from numbers(value, f"{name}/{key}")
    elif isinstance(kept, list):
        for place, value in enumerate(kept):
            yield from numbers(value, f"{name}/{place}")
    elif isinstance(kept, int | float):
        yield name, float(kept)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
