"""Two people who changed one record: what each wrote, what it was, and what both together would be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from faq.schemas import Schema
from web import kinds

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Side:
    """A column on which not all three agree, as people read it."""

    label: str
    name: str
    mine: str
    theirs: str
    was: str
    is_clash: bool
    """Whether both changed it, each in another way: somebody has to choose."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What both together would be, and where they differ."""

    cells: Cells
    """Of a column that both changed, mine."""
    sides: tuple[Side, ...]


def merge(schema: Schema[Any], was: Cells, mine: Cells, theirs: Cells) -> Merged:
    """Takes of each column what only one of both changed."""
    cells: dict[str, str] = {}
    sides: list[Side] = []
    for column in schema.columns:
        old, own, other = (each.get(column.name, "") for each in (was, mine, theirs))
        cells[column.name] = other if own == old else own
        if not own == other == old:
            label = kinds.column_label(schema.name, column.name)
            own_words, other_words, old_words = (
                kinds.words_of(schema.name, column, each) for each in (own, other, old)
            )
            is_clash = own != old and other not in (old, own)
            sides.append(Side(label, column.name, own_words, other_words, old_words, is_clash))
    return Merged(cells, tuple(sides))
