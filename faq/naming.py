"""Finds the thing with the longest name in a text: an office, a section, a procedure, a consultation."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from nlp.compact import compact
from nlp.covering import GAP

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
    """The compacted text with a gap for the name."""


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
        self._longest = max(map(len, self._things), default=0)

    def find(self, text: str) -> Found[Thing] | None:
        """The longest name in the text, the first of those equally long: 東区役所 before 東区."""
        return self.find_in(compact(text))

    def find_in(self, plain: str) -> Found[Thing] | None:
        """The same in a compacted text, which may have gaps where other names were taken out."""
        longest, at = self._longest_in(plain)
        if not longest:
            return None
        first, stop = self._joined(plain, at, at + len(longest), self._things[longest])
        return Found(self._things[longest], plain[first:stop], f"{plain[:first]}{GAP}{plain[stop:]}")

    def _longest_in(self, plain: str) -> tuple[str, int]:
        """The longest name in a compacted text, and where the first of those equally long begins."""
        beginnings = {plain[at : at + SHORTEST] for at in range(len(plain) - SHORTEST + 1)}
        begun = (name for beginning in beginnings for name in self._by_start.get(beginning, ()))
        longest, first = "", 0
        for name in sorted(begun, key=len, reverse=True):
            if len(name) < len(longest):
                break
            at = plain.find(name)
            if at >= 0 and (not longest or at < first):
                longest, first = name, at
        return longest, first

    def _joined(self, plain: str, first: int, stop: int, things: tuple[Thing, ...]) -> tuple[int, int]:
        """With other names of the same that run into it: 要介護 and 介護の申請 in 要介護の申請."""
        for start in range(max(first - self._longest + 1, 0), stop):
            name = self._starting(plain, start)
            reaches = start + len(name)
            if name and reaches > first and set(self._things[name]) & set(things):
                first, stop = min(first, start), max(stop, reaches)
        return first, stop

    def _starting(self, plain: str, start: int) -> str:
        """The longest name that stands at that place, or an empty text."""
        for name in self._by_start.get(plain[start : start + SHORTEST], ()):
            if plain.startswith(name, start):
                return name
        return ""
