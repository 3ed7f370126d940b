"""What becomes of records: changes that are proposed, and what all that the city knows becomes by them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from faq.holdings import FIELDS, Holdings
from faq.kinds import KINDS


class Sort(StrEnum):
    """What becomes of a record."""

    NEW = "new"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class RecordName:
    """A record of the knowledge, by its kind and the name that staff know it by."""

    kind: str
    key: str
    """As `Schema.name_of` has it."""


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one record. `before` is what its author saw; None: there is none, or there will be none."""

    kind: str
    key: str
    """As `Schema.name_of` has it."""
    before: Any | None
    after: Any | None

    @property
    def sort(self) -> Sort:
        if self.before is None:
            return Sort.NEW
        return Sort.REMOVED if self.after is None else Sort.CHANGED

    @property
    def what(self) -> RecordName:
        return RecordName(self.kind, self.key)


def effective(changes: Iterable[Change]) -> tuple[Change, ...]:
    """One for each name, without those that change nothing; under another name, a record goes and another comes.

    Raises ValueError where a record is to become two things.
    """
    found: dict[RecordName, Change] = {}
    for part in (part for each in changes for part in _parts(each)):
        met = found.get(part.what)
        found[part.what] = part if met is None else _merged(met, part)
    return tuple(each for each in found.values() if each.before != each.after)


def by_kind(changes: Iterable[Change]) -> Mapping[str, list[Change]]:
    """The changes of each kind, in the order in which kinds refer to one another."""
    found: dict[str, list[Change]] = defaultdict(list)
    for each in changes:
        found[each.kind].append(each)
    return {kind: found[kind] for kind in KINDS if kind in found}


def amended(holdings: Holdings, changes: Iterable[Change]) -> Holdings:
    """All that the city knows once the changes are made; what they bring stands last."""
    for kind, some in by_kind(changes).items():
        if kind in FIELDS:
            names, schema = {each.key for each in some}, KINDS[kind]
            kept = [record for record in holdings.of(kind) if schema.name_of(record) not in names]
            brought = [each.after for each in some if each.after is not None]
            holdings = replace(holdings, **{FIELDS[kind]: (*kept, *brought)})
    return holdings


def _parts(change: Change) -> Iterator[Change]:
    schema = KINDS[change.kind]
    names = [schema.name_of(each) for each in (change.before, change.after) if each is not None]
    if len(set(names)) < 2:
        yield from (replace(change, key=name) for name in names[:1])
    else:
        yield Change(change.kind, names[0], change.before, None)
        yield Change(change.kind, names[1], None, change.after)


def _merged(one: Change, other: Change) -> Change:
    """Of a record that goes and one that comes under its name, the change of the one into the other."""
    goes, comes = (one, other) if one.after is None else (other, one)
    if goes.after is not None or comes.before is not None:
        raise ValueError(f"two changes of {one.what}")
    return Change(one.kind, one.key, goes.before, comes.after)
