"""Slips (受付票): what the call centre hands to a section in writing, and what became of it.

Name and telephone, where the caller wants to be called, are particulars. Subject and words are masked before they come
here, and sealed under the desk's key.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NewType, assert_never

import sqlalchemy as sa

from faq.counters import SectionId
from faq.retention import Purpose
from store import audit, particulars, receipts
from store.audit import ByAccount, Kind
from store.db import Tx
from store.desk_words import reader, sealed
from store.inserting import unless_there
from store.particulars import Field, ParticularsId
from store.receipts import Receipt
from store.sight import AccountId, Role, Viewer
from store.tables import accounts, slips

SlipId = NewType("SlipId", int)

PURPOSE: Final = "slip"
"""What its words are sealed for."""


class State(StrEnum):
    """How a slip stands."""

    NEW = "new"
    TAKEN = "taken"
    """Somebody of the section looks after it."""
    DONE = "done"


@dataclass(frozen=True, slots=True)
class SlipDraft:
    """A slip as it is written."""

    by: AccountId
    once: str
    """Made for each form: what is sent twice is one slip. Up to 64 letters."""
    section: SectionId
    subject: str
    """In a few words, masked."""
    words: str
    """All of it, masked; may be empty."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip, and what has become of it."""

    id: SlipId
    receipt: Receipt
    section: SectionId
    subject: str
    words: str
    """Subject and words are empty once they are deleted."""
    particulars: ParticularsId | None
    """None where nobody is to be called, or once they are deleted."""
    state: State
    made_by: AccountId
    made_by_shown: str
    made_at: datetime
    taken_by: AccountId | None
    taken_by_shown: str
    """Empty where nobody has taken it."""
    taken_at: datetime | None
    done_at: datetime | None
    result: str
    """What the section did, for the operator; may be empty."""


def seen_by(viewer: Viewer) -> sa.ColumnElement[bool]:
    """A section's are its people's; operators see what became of all, a contractor's of their own."""
    own = slips.c.made_by == viewer.account
    if viewer.supervises and not viewer.outside:
        return sa.true()
    match viewer.role:
        case Role.OPERATOR | Role.ADMIN:
            return own if viewer.outside else sa.true()
        case Role.STAFF | Role.APPROVER:
            return sa.or_(own, slips.c.section == viewer.section) if viewer.section else own
        case _:
            assert_never(viewer.role)


def kept_by(viewer: Viewer) -> sa.ColumnElement[bool]:
    """The slips that the viewer may act upon: those of their section, and all for an administrator."""
    if viewer.role is Role.ADMIN:
        return sa.true()
    is_of_a_section = viewer.section is not None and viewer.role is not Role.OPERATOR
    return slips.c.section == viewer.section if is_of_a_section else sa.false()


def make(tx: Tx, draft: SlipDraft, whom: Mapping[Field, str], delete_on: date, now: datetime) -> SlipId:
    """Keeps a slip, and whom to call where somebody is to be; sent again, it is the one that is there."""
    same = sa.and_(slips.c.made_by == draft.by, slips.c.once == draft.once)
    there = tx.connection.scalar(sa.select(slips.c.id).where(same))
    while there is None:
        made = unless_there(
            tx, slips, _columns(tx, draft, now)
        )  # None: the same form, or the same receipt by chance
        if made is not None:
            return _made(tx, SlipId(made), draft, whom, delete_on, now)
        there = tx.connection.scalar(sa.select(slips.c.id).where(same))
    return SlipId(there)


def find(tx: Tx, viewer: Viewer, slip: SlipId) -> Slip | None:
    """A slip that the viewer may see."""
    found = _all(tx, viewer, slips.c.id == slip, newest=False)
    return found[0] if found else None


def by_receipt(tx: Tx, viewer: Viewer, receipt: Receipt) -> Slip | None:
    """The slip that a caller asks about."""
    found = _all(tx, viewer, slips.c.receipt == receipt, newest=False)
    return found[0] if found else None


def is_kept_by(tx: Tx, viewer: Viewer, slip: SlipId) -> bool:
    """Whether the viewer may act upon it."""
    mine = sa.select(slips.c.id).where(slips.c.id == slip, kept_by(viewer))
    return tx.connection.scalar(mine) is not None


def open_of(tx: Tx, viewer: Viewer) -> tuple[Slip, ...]:
    """What is still to be done of all that the viewer sees, the oldest first."""
    return _all(tx, viewer, slips.c.state != State.DONE.value, newest=False)


def done_since(tx: Tx, viewer: Viewer, since: datetime) -> tuple[Slip, ...]:
    """What was settled, the newest first."""
    return _all(tx, viewer, slips.c.done_at >= since, newest=True)


def _made(
    tx: Tx, made: SlipId, draft: SlipDraft, whom: Mapping[Field, str], delete_on: date, now: datetime
) -> SlipId:
    by = ByAccount(draft.by)
    if any(whom.values()):
        kept = particulars.keep(tx, Purpose.SLIP, whom, None, delete_on, by, now)
        tx.connection.execute(slips.update().where(slips.c.id == made).values(particulars_id=kept))
    audit.record(tx, by, "made", Kind.SLIP, str(made), now, section=draft.section)
    return made


def _all(tx: Tx, viewer: Viewer, which: sa.ColumnElement[bool], *, newest: bool) -> tuple[Slip, ...]:
    maker, taker = accounts.alias("maker"), accounts.alias("taker")
    query = (
        sa.select(slips, maker.c.shown.label("made_by_shown"), taker.c.shown.label("taken_by_shown"))
        .join(maker, maker.c.id == slips.c.made_by)
        .join(taker, taker.c.id == slips.c.taken_by, isouter=True)
        .where(which, seen_by(viewer))
        .order_by(*((slips.c.done_at.desc(), slips.c.id.desc()) if newest else (slips.c.id,)))
    )
    read = reader(tx, PURPOSE)
    return tuple(
        _slip(row, read(row.subject), read(row.words), read(row.result))
        for row in tx.connection.execute(query)
    )


def _columns(tx: Tx, draft: SlipDraft, now: datetime) -> dict[str, object]:
    return {
        "receipt": receipts.new(),
        "made_by": draft.by,
        "once": draft.once,
        "made_at": now,
        "section": draft.section,
        "subject": sealed(tx, draft.subject, PURPOSE),
        "words": sealed(tx, draft.words, PURPOSE),
        "state": State.NEW.value,
    }


def _slip(row: sa.Row[tuple[object, ...]], subject: str, words: str, result: str) -> Slip:
    return Slip(
        id=SlipId(row.id),
        receipt=Receipt(row.receipt),
        section=SectionId(row.section),
        subject=subject,
        words=words,
        particulars=None if row.particulars_id is None else ParticularsId(row.particulars_id),
        state=State(row.state),
        made_by=AccountId(row.made_by),
        made_by_shown=row.made_by_shown,
        made_at=row.made_at,
        taken_by=None if row.taken_by is None else AccountId(row.taken_by),
        taken_by_shown=row.taken_by_shown or "",
        taken_at=row.taken_at,
        done_at=row.done_at,
        result=result,
    )
