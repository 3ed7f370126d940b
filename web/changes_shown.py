"""Changes as people read them: which record, what becomes of it, and every column that is another afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from faq.kinds import KINDS
from faq.record_cells import Cells, cells_of
from store.history import Revision
from store.proposals import Change, Sort
from web import kinds
from web.differences import Differing, differing

CHANGES: Final = 20
"""Of a page."""


@dataclass(frozen=True, slots=True)
class ShownChange:
    """What becomes of one record."""

    kind: str
    key: str
    sort: Sort
    title: str
    differing: tuple[Differing, ...]
    """Of a record that is new or goes, all that it says."""


def shown_changes(changes: Iterable[Change]) -> tuple[ShownChange, ...]:
    """The changes of a proposal."""
    return tuple(_shown(each) for each in changes)


def _shown(change: Change) -> ShownChange:
    before, after = (
        None if record is None else cells_of(KINDS[change.kind], record)
        for record in (change.before, change.after)
    )
    return of_cells(change.kind, change.key, change.sort, before, after)


def of_cells(kind: str, key: str, sort: Sort, before: Cells | None, after: Cells | None) -> ShownChange:
    """The same of what the history kept, which may be older than the columns of today."""
    schema = KINDS[kind]
    title = kinds.title_of_cells(schema, after or before or {}) or key
    return ShownChange(kind, key, sort, title, differing(schema, before or {}, after or {}))


@dataclass(frozen=True, slots=True)
class Past:
    """What became of a record once, as people read it."""

    revision: Revision
    change: ShownChange


def past_of(found: Iterable[Revision]) -> tuple[Past, ...]:
    """Revisions with their differences."""
    return tuple(
        Past(each, of_cells(each.kind, each.key, each.sort, each.before, each.after)) for each in found
    )
