"""Charts as shares of their width and height, which templates draw as SVG: no script, no size of their own.

All places across are per cent of the width, so that letters keep their size on any screen; heights are pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

ROOM: Final = 78.0
"""Per cent of the width that the longest bar takes; behind it stands its number."""
HEIGHT: Final = 160.0
"""Pixels of the highest column's room."""
_GAP: Final = 0.25
"""Of a column's room that stays free."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar, per cent of the width; or of a column, pixels from the top."""

    series: int
    start: float
    length: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A row, or a column."""

    label: str
    """Empty where there is no room for it."""
    says: str
    """Its number."""
    parts: tuple[Part, ...]
    start: float = 0.0
    """Of a column: per cent of the width at which it begins."""
    width: float = 0.0

    @property
    def end(self) -> float:
        """Of a row: where its number stands."""
        return sum(part.length for part in self.parts)

    @property
    def middle(self) -> float:
        return self.start + self.width / 2


@dataclass(frozen=True, slots=True)
class Chart:
    """What a picture shows, said for who does not see it, and its bars."""

    name: str
    """Unique on a page."""
    title: str
    about: str
    """What it shows, in a sentence or two."""
    series: tuple[str, ...]
    """What its pieces are, told apart by pattern; a single one needs no name."""
    bars: tuple[Bar, ...]
    top: str = ""
    """Of columns: what the highest line is worth."""


def rows(values: Sequence[Sequence[int]], labels: Sequence[str]) -> tuple[Bar, ...]:
    """Bars that lie, a piece a series; the longest takes the room there is."""
    most = max((sum(each) for each in values), default=0) or 1
    return tuple(
        Bar(label, f"{sum(each):,}", _laid(each, ROOM / most))
        for label, each in zip(labels, values, strict=True)
    )


def columns(
    values: Sequence[Sequence[float]], labels: Sequence[str], says: Sequence[str], top: float
) -> tuple[Bar, ...]:
    """Bars that stand side by side over the whole width, the first series at the bottom; `top` fills the height."""
    room = 100 / max(len(values), 1)
    return tuple(
        Bar(
            label,
            said,
            _stood(each, HEIGHT / (top or 1)),
            round(room * (number + _GAP / 2), 3),
            round(room * (1 - _GAP), 3),
        )
        for number, (each, label, said) in enumerate(zip(values, labels, says, strict=True))
    )


def even_top(most: float) -> float:
    """The first even number that is not below: 1, 2, 3, 4, 5, 6, 8, 10, 20, 30 ..."""
    step = 1.0
    while most > step * 8:
        step *= 10
    return step * next(factor for factor in (1, 2, 3, 4, 5, 6, 8) if step * factor >= most)


def _laid(values: Sequence[float], scale: float) -> tuple[Part, ...]:
    parts, at = [], 0.0
    for series, value in enumerate(values):
        parts.append(Part(series, round(at, 3), round(value * scale, 3)))
        at += value * scale
    return tuple(part for part in parts if part.length)


def _stood(values: Sequence[float], scale: float) -> tuple[Part, ...]:
    return tuple(
        Part(part.series, round(HEIGHT - part.start - part.length, 3), part.length)
        for part in _laid(values, scale)
    )
