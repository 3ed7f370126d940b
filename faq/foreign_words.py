"""What residents who speak other languages call the things of a city: `data/foreign-words.csv`."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from nlp.language import Language

COLUMNS: Final[Mapping[Language, str]] = {
    Language.ENGLISH: "en",
    Language.SIMPLIFIED_CHINESE: "zh",
    Language.TRADITIONAL_CHINESE: "zh",
    Language.KOREAN: "ko",
    Language.VIETNAMESE: "vi",
}
"""Simplified and traditional Chinese share a column: each is read as the other."""


@dataclass(frozen=True, slots=True)
class ForeignWord:
    """One thing: in the words of the city, and as each language says it."""

    japanese: str
    """Empty for words that say nothing by themselves: the, please, 请问."""
    said: Mapping[str, tuple[str, ...]]
    """By column."""
    is_general: bool
    """Said of many things, so that it alone asks nothing: where, how much, apply."""


def read_foreign_words(path: Path) -> tuple[ForeignWord, ...]:
    """Reads `japanese` and a column a language, words separated by `|`. Raises ValueError with the line."""
    columns = set(COLUMNS.values())
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if not {"japanese", "general", *columns} <= set(rows.fieldnames or ()):
            raise ValueError(
                f"{path}: the first line must name japanese, general, {', '.join(sorted(columns))}"
            )
        return tuple(_word(path, number, row, columns) for number, row in enumerate(rows, 2))


def _word(path: Path, number: int, row: dict[str, str | None], columns: set[str]) -> ForeignWord:
    said = {column: _words(row[column] or "") for column in columns}
    if not any(said.values()):
        raise ValueError(f"{path}:{number}: no language has a word")
    return ForeignWord(row["japanese"] or "", said, (row["general"] or "") == "yes")


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word for part in cell.split("|") if (word := part.strip()))
