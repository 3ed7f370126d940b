"""Made-up voices with what is personal marked: ⟦name:山本幸子⟧さん."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from nlp.mentions import Kind

FOLDER = Path(__file__).parent / "data" / "voices"
_MARK = re.compile(r"⟦([a-z]+):([^⟦⟧]+)⟧")


@dataclass(frozen=True, slots=True)
class Span:
    """What a person marked."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice without its marks, and where they stood."""

    name: str
    text: str
    spans: tuple[Span, ...]


def read(name: str, written: str) -> Voice:
    """A voice as it is written in the files."""
    text, spans, done = "", [], 0
    for mark in _MARK.finditer(written):
        text += written[done : mark.start()]
        spans.append(Span(len(text), len(text) + len(mark[2]), Kind(mark[1])))
        text += mark[2]
        done = mark.end()
    return Voice(name, text + written[done:], tuple(spans))


def voices(name: str) -> tuple[Voice, ...]:
    """Those of a file, `tuning` or `heldout`."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(read(row["id"], row["voice"]) for row in csv.DictReader(file))
