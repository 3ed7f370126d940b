"""What is wrong with a file from staff: where, and the sentence that says what to do about it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

LISTED = 1_000
"""How many problems are listed at most; the rest is counted."""
SHOWN = 40
"""How many letters of a wrong value are shown."""

_PRIVATE = re.compile(
    r"(?<!\d)(?:0[5789]0[- ]?\d{4}[- ]?\d{4}|\d{4}[- ]?\d{4}[- ]?\d{4})(?!\d)|[\w.+-]+@[\w-]+\.[\w.-]+"
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend in a file."""

    line: int
    """Counted from 1 as the program that made the file counts; 0 means the file as a whole."""
    column: str
    """The heading, or empty where the whole line is meant."""
    value: str
    """The beginning of the value, on one line, with what looks like personal data hidden."""
    reason: str
    """What is wrong and what to do, in Japanese."""

    def __str__(self) -> str:
        where = (f"{self.line}行目" if self.line else "") + (f"「{self.column}」" if self.column else "")
        shown = f"（値：{self.value}）" if self.value else ""
        return f"{where}：{self.reason}{shown}" if where else self.reason


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that changes nothing, and all that has to be mended."""

    problems: tuple[Problem, ...]
    """By line; at most `LISTED`."""
    total: int
    """How many there are."""

    @classmethod
    def because(cls, problems: Iterable[Problem]) -> Self:
        """Every problem given, put in the order of the lines."""
        by_line = sorted(problems, key=lambda problem: problem.line)
        return cls(tuple(by_line[:LISTED]), len(by_line))


def of_file(reason: str) -> Problem:
    """A problem of the file as a whole."""
    return Problem(0, "", "", reason)


def shown(value: str) -> str:
    """The value as it may be listed: short, on one line, printable, without personal data."""
    masked = _PRIVATE.sub("***", value[: 10 * SHOWN])
    line = "".join(letter if letter.isprintable() else " " for letter in masked)
    return line if len(line) <= SHOWN else line[:SHOWN] + "…"
