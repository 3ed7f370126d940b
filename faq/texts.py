"""Many short texts as one: quick to search, to load, and to copy with a few changes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from faq.ragged import Splice, Starts, starts

END = "\n"
"""What ends each text; none has it within."""


@dataclass(frozen=True, slots=True)
class Texts:
    """P texts."""

    joined: str
    """All of them, each with `END` behind it."""
    start: Starts
    """(P + 1,) into `joined`."""

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Texts":
        """These texts, without `END` within."""
        parts = [text.replace(END, " ") + END for text in texts]
        return cls("".join(parts), starts(np.fromiter(map(len, parts), np.int64, len(parts))))

    @classmethod
    def split(cls, joined: str) -> "Texts":
        """The texts that were joined."""
        parts = joined.split(END)[:-1]
        return cls(joined, starts(np.fromiter(map(len, parts), np.int64, len(parts)) + 1))

    def __len__(self) -> int:
        return len(self.start) - 1

    def __iter__(self) -> Iterator[str]:
        return iter(self.joined.split(END)[:-1])

    def between(self, first: int, stop: int) -> list[str]:
        """The texts from one number up to another."""
        return self.joined[self.start[first] : self.start[stop]].split(END)[:-1]

    def spliced(self, group: Starts, fresh: "Texts", fresh_group: Starts, splice: Splice) -> "Texts":
        """Where the texts are grouped by row: those of some rows of these, and of some fresh ones."""
        old_at, fresh_at = self.start[group], fresh.start[fresh_group]
        parts = [
            fresh.joined[fresh_at[span.start] : fresh_at[span.stop]]
            if new
            else self.joined[old_at[span.start] : old_at[span.stop]]
            for new, span in splice.runs()
        ]
        lengths = splice.ragged(np.diff(self.start), group, np.diff(fresh.start), fresh_group)
        return Texts("".join(parts), starts(lengths))
