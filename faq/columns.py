"""What kinds of file share: the columns that say where a row comes from, its place, the order of days and times."""

import re
from collections.abc import Iterator
from datetime import date, time
from typing import Final, Protocol

from faq import cells
from faq.cells import CellType, Wrong
from faq.models import Provenance, Status
from faq.schemas import Column, Finding, Part
from faq.sentences import Fault

PROVENANCE: Final = (
    Column("source", "provenance.source", cells.text(), required=True),
    Column("source_url", "provenance.source_url", cells.URL),
    Column("published_on", "provenance.published_on", cells.DATE),
    Column("confirmed_on", "provenance.confirmed_on", cells.DATE),
    Column("valid_until", "provenance.valid_until", cells.DATE),
    Column("status", "provenance.status", cells.choice(Status, Status.UNCONFIRMED), required=True),
)
FROM: Final = Part("provenance", Provenance)

_MOST_PLACES: Final = 999


def _place(raw: str) -> int | Wrong:
    value = cells.plain(raw)
    fits = re.fullmatch(r"\d{1,3}", value, re.ASCII)
    return int(value) if fits else Wrong(Fault.BAD_COUNT.format(least=0, most=_MOST_PLACES))


PLACE: Final[CellType[int]] = CellType(_place, str, 0)
"""Where a record stands among its like, the least first."""


class Sourced(Protocol):
    """A record that says where it comes from."""

    @property
    def provenance(self) -> Provenance: ...


def dates_in_order(record: Sourced) -> Iterator[Finding]:
    """A record does not end before it was published."""
    published, until = record.provenance.published_on, record.provenance.valid_until
    if published and until and until < published:
        yield Finding("valid_until", Fault.REVERSED_DATES)


def period_in_order(first: date | None, last: date | None, column: str) -> Iterator[Finding]:
    """The last day is not before the first."""
    if first and last and last < first:
        yield Finding(column, Fault.REVERSED_PERIOD)


def times_in_order(begin: time | None, end: time | None) -> Iterator[Finding]:
    """Both times or none, and the end after the beginning."""
    if (begin is None) != (end is None):
        yield Finding("終了時刻" if end is None else "開始時刻", Fault.HALF_TIME)
    elif begin and end and end <= begin:
        yield Finding("終了時刻", Fault.REVERSED_TIMES)
