"""A table of a report: on a page, in a workbook, and as rows of a CSV file that a program reads."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """Texts as they are shown; the heading has as many as each row."""

    name: str
    """In the program's own words, unique in a report."""
    title: str
    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1
    """So many columns at the left are words; the others are numbers."""
    note: str = ""
    """How it is counted."""


def one_a_row(tables: Iterable[Table]) -> Iterator[list[str]]:
    """Each number in a row of its own: the table, what the row is, what the column is, the number."""
    for table in tables:
        for row in table.rows:
            label = "・".join(cell for cell in row[: table.words] if cell)
            for heading, cell in zip(table.heading[table.words :], row[table.words :], strict=True):
                yield [table.title, label, heading, cell]
