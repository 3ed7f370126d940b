"""The way back: what a record was before is proposed anew, and approved like everything."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from faq.amending import RecordProblem
from faq.changes import Change, RecordName
from faq.kinds import KINDS
from faq.record_cells import record_of
from store import drafting, history, records
from store.db import Tx
from store.editions import EditionId, RevisionId
from store.history import Revision
from store.objections import InvalidRecord, NotYours, Refusal, TooManyChanges
from store.proposed import Proposal
from store.sight import Viewer


def roll_back(tx: Tx, viewer: Viewer, revision: RevisionId, why: str, now: datetime) -> Proposal | Refusal:
    """A draft that makes a record again what it was before, whatever has become of it since."""
    found = history.find(tx, viewer, revision)
    return NotYours() if found is None else _draft(tx, viewer, [found], why, now)


def roll_back_all(tx: Tx, viewer: Viewer, edition: EditionId, why: str, now: datetime) -> Proposal | Refusal:
    """The same for all records that were changed at once, as by an import."""
    found = history.of_edition(tx, viewer, edition)
    return _draft(tx, viewer, found, why, now) if found else NotYours()


def _draft(tx: Tx, viewer: Viewer, some: Sequence[Revision], why: str, now: datetime) -> Proposal | Refusal:
    if len(some) > drafting.MOST_CHANGES:
        return TooManyChanges(len(some), drafting.MOST_CHANGES)
    changes: list[Change] = []
    problems: list[RecordProblem] = []
    stored = _stored(tx, some)
    for each in some:
        what = RecordName(each.kind, each.key)
        before = None if each.before is None else record_of(KINDS[each.kind], each.before)
        if isinstance(before, tuple):
            problems += (RecordProblem(what, problem) for problem in before)
        else:
            changes.append(Change(each.kind, each.key, stored.get(what), before))
    return InvalidRecord(tuple(problems)) if problems else drafting.draft(tx, viewer, changes, why, None, now)


def _stored(tx: Tx, some: Sequence[Revision]) -> Mapping[RecordName, Any]:
    """The records as they are now."""
    return {
        RecordName(kind, key): record
        for kind in dict.fromkeys(each.kind for each in some)
        for key, record in records.named(tx, kind, [each.key for each in some if each.kind == kind]).items()
    }
