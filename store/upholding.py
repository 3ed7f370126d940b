"""Still right: staff confirm that a record holds, in one tap; what residents are told stays as it is.

Nothing is proposed, and nobody approves: only the day of the confirmation changes, and for what had ended the day
until which it holds. The history has it, and who pressed by mistake takes it back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from faq.changes import Change, RecordName, by_kind
from faq.freshness import in_charge
from faq.kinds import KINDS
from faq.models import Status
from faq.record_cells import fingerprint
from nlp.japan import today
from store import audit, changing, editions, keeping, knowledge
from store.audit import ByAccount, Kind
from store.db import Tx
from store.editions import EditionId
from store.sight import Role, Viewer
from store.tables import editions as editions_table

LONGER: Final = timedelta(days=365)
"""So long holds what had ended and is still right."""
TAKEN_BACK_WITHIN: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Upheld:
    """What was confirmed, and what of it was not, since somebody has changed it meanwhile or it is not theirs."""

    edition: EditionId | None
    names: tuple[RecordName, ...]
    left: tuple[RecordName, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A record as the person saw it."""

    what: RecordName
    fingerprint: str


def is_theirs(viewer: Viewer, record: Any, sections: Sequence[Any]) -> bool:
    """Whether somebody may say of a record that it holds: of their section's, or of nobody's; approvers of all."""
    if viewer.role in (Role.APPROVER, Role.ADMIN) or viewer.section is None:
        return True
    return viewer.section in in_charge(record, sections)


def uphold(tx: Tx, viewer: Viewer, seen: Sequence[Seen], why: str, now: datetime) -> Upheld:
    """Confirms, as of today, the records that are still as they were seen."""
    keeping.claim(tx)
    holdings, day = knowledge.everything(tx), today(now)
    found: list[Change] = []
    for kind in dict.fromkeys(each.what.kind for each in seen):
        schema, wanted = (
            KINDS[kind],
            {each.what.key: each.fingerprint for each in seen if each.what.kind == kind},
        )
        for record in holdings.of(kind):
            name = schema.name_of(record)
            same = name in wanted and fingerprint(schema, record) == wanted[name]
            if same and is_theirs(viewer, record, holdings.sections):
                found.append(Change(kind, name, record, _confirmed(record, day)))
    changes = [each for each in found if each.before != each.after]
    edition = _make(tx, viewer, changes, why, now) if changes else None
    done = tuple(each.what for each in found)
    return Upheld(edition, done, tuple(each.what for each in seen if each.what not in done))


def upheld_at(tx: Tx, viewer: Viewer, edition: EditionId) -> datetime | None:
    """When somebody confirmed records by this edition; None where it was not they, or there is none."""
    mine = sa.and_(
        editions_table.c.id == edition,
        editions_table.c.by_id == viewer.account,
        editions_table.c.proposal_id.is_(None),
    )
    return tx.connection.scalar(sa.select(editions_table.c.at).where(mine))


def take_back(tx: Tx, viewer: Viewer, edition: EditionId, why: str, now: datetime) -> bool:
    """Makes the records what they were; False where it was not theirs, too long ago, or somebody has changed one."""
    keeping.claim(tx)
    at = upheld_at(tx, viewer, edition)
    if at is None or at < now - TAKEN_BACK_WITHIN:
        return False
    changes = tuple(changing.of_edition(tx, edition))
    holdings = knowledge.everything(tx)
    there = {
        (kind, KINDS[kind].name_of(record)): record
        for kind in {each.kind for each in changes}
        for record in holdings.of(kind)
    }
    if any(there.get((each.kind, each.key)) != each.after for each in changes):
        return False
    _make(tx, viewer, [replace(each, before=each.after, after=each.before) for each in changes], why, now)
    return True


def _make(tx: Tx, viewer: Viewer, changes: Sequence[Change], why: str, now: datetime) -> EditionId:
    for kind, some in by_kind(changes).items():
        keeping.amend(tx, knowledge.kept_of(kind), some, now)
    edition = editions.note(tx, changes, viewer.account, why, None, now)
    by = ByAccount(viewer.account)
    audit.record(tx, by, "upheld", Kind.KNOWLEDGE, str(edition), now, records=str(len(changes)))
    return edition


def _confirmed(record: Any, day: date) -> Any:
    of = record.provenance
    over = of.valid_until is not None and of.valid_until < day
    until = day + LONGER if over else of.valid_until
    return replace(
        record, provenance=replace(of, confirmed_on=day, valid_until=until, status=Status.CONFIRMED)
    )
