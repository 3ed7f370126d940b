"""On what terms programmes are booked."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from faq.terms import Ages, Allocation, Before, Insurance, Limit, Mode, Period, Residence, Sort, Terms
from store import keeping
from store.db import Tx
from store.keeping import Kept, Row, read, rows
from store.tables import booking_terms

_PARTS: Final = {
    "opens": Before,
    "line_until": Before,
    "phone_until": Before,
    "draw": Before,
    "ages": Ages,
    "limit": Limit,
}
"""The records within the record: a column for each of their fields, all empty where there is none."""


def all_terms(tx: Tx) -> tuple[Terms, ...]:
    return tuple(map(_terms, rows(tx, booking_terms)))


def _write(terms: Terms) -> dict[str, Any]:
    row = keeping.write(terms)
    for name, kind in _PARTS.items():
        part = row.pop(name)
        row |= {f"{name}_{field.name}": getattr(part, field.name, None) for field in fields(kind)}
    return row


def _terms(row: Row) -> Terms:
    return read(
        Terms,
        row,
        sort=Sort(row["sort"]),
        modes=tuple(map(Mode, row["modes"])),
        residence=tuple(map(Residence, row["residence"])),
        insurance=tuple(map(Insurance, row["insurance"])),
        exclusions=tuple(row["exclusions"]),
        accommodations=tuple(row["accommodations"]),
        allocation=Allocation(row["allocation"]),
        opens=_before(row, "opens"),
        line_until=_before(row, "line_until"),
        phone_until=_before(row, "phone_until"),
        draw=_before(row, "draw"),
        ages=_ages(row),
        limit=_limit(row),
    )


def _before(row: Row, name: str) -> Before | None:
    return None if row[f"{name}_at"] is None else Before(row[f"{name}_days"], row[f"{name}_at"])


def _ages(row: Row) -> Ages | None:
    both = row["ages_least"], row["ages_most"]
    return None if both == (None, None) else Ages(*both)


def _limit(row: Row) -> Limit | None:
    return None if row["limit_times"] is None else Limit(row["limit_times"], Period(row["limit_period"]))


KEPT: Mapping[type, Kept] = {
    Terms: Kept("booking-terms", booking_terms, lambda terms: (terms.programme,), _write, _terms)
}
