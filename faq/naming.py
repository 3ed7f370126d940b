"""Finds the thing with the longest name in a text: an office, a section, a procedure, a consultation."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from nlp.compact import compact

SHORTEST = 2
"""Characters; a single one is in too many words to name anything."""

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Found(Generic[Thing]):
    """What a text names, and what it says besides."""

    things: tuple[Thing, ...]
    """All that have the name, in the order given: each ward office has a 区民課."""
    name: str
    """Compacted, as it stands in the text."""
    rest: str
    """The compacted text without the name."""


class Names(Generic[Thing]):
    """Names and what they stand for. Immutable."""

    def __init__(self, named: Iterable[tuple[str, Thing]]) -> None:
        """Names are compared compacted; those of fewer than two characters then count for nothing."""
        things: dict[str, list[Thing]] = defaultdict(list)
        for name, thing in named:
            plain = compact(name)
            if len(plain) >= SHORTEST and thing not in things[plain]:
                things[plain].append(thing)
        self._things = {name: tuple(those) for name, those in things.items()}
        by_start: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self._things, key=len, reverse=True):
            by_start[name[:SHORTEST]].append(name)
        self._by_start = dict(by_start)

    def find(self, text: str) -> Found[Thing] | None:
        """The longest name in the text, the first of those equally long: 東区役所 before 東区."""
        plain = compact(text)
        longest, at = "", 0
        for start in range(len(plain) - SHORTEST + 1):
            name = self._starting(plain, start)
            if len(name) > len(longest):
                longest, at = name, start
        if not longest:
            return None
        return Found(self._things[longest], longest, plain[:at] + plain[at + len(longest) :])

    def _starting(self, plain: str, start: int) -> str:
        """The longest name that stands at that place, or an empty text."""
        for name in self._by_start.get(plain[start : start + SHORTEST], ()):
            if plain.startswith(name, start):
                return name
        return ""
