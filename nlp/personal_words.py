"""The lists of words in `nlp/personal`."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent / "personal"


@cache
def listed(name: str) -> frozenset[str]:
    """The words of a list. Raises OSError where there is none of that name."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def any_of(words: Iterable[str]) -> str:
    """A pattern of one of the words, the longest first, for a place where more than one stands."""
    return "(?:" + "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) + ")"
