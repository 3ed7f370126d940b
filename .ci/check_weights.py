"""Holds weights that were just trained against those that ship: the same, but for rounding on another processor."""

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path

RELATIVE, ABSOLUTE = 1e-3, 1e-4


def main(shipped: Path, trained: Path) -> int:
    """The exit code: 1 where names or numbers differ; where they come from is not compared."""
    one, other = (list(numbers(json.loads(path.read_text(encoding="utf-8")))) for path in (shipped, trained))
    apart = [name for name, _ in one] != [name for name, _ in other] or [
        name
        for (name, was), (_, is_now) in zip(one, other, strict=True)
        if not math.isclose(was, is_now, rel_tol=RELATIVE, abs_tol=ABSOLUTE)
    ]
    sys.stdout.write(f"weights: {len(one)} numbers held, apart: {apart or 'none'}\n")
    return 1 if apart else 0


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
