"""Photographs: what a resident sends with what they tell the city, from LINE or by a form.

One in LINE is known by its message until a worker has fetched it (`store/photograph_fetching.py`). A picture is sealed
under a key of its own, which goes with its case, with its resident, or after a day where it belongs to no case.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NewType

import sqlalchemy as sa

from faq.photograph import Jpeg
from store import audit, case_talk, cases, notices
from store.audit import Actor, ByAccount, Kind
from store.case_talk import EntryKind
from store.cases import CaseId
from store.db import Tx
from store.inserting import unless_there
from store.keyring import new_key
from store.notices import NoticeKind
from store.residents import ResidentId
from store.sight import Viewer
from store.tables import photograph_keys
from store.tables import photographs as table

PhotographId = NewType("PhotographId", int)
MOST: Final = 3
"""Pictures with one case."""
UNATTACHED: Final = timedelta(days=1)
"""So long a picture waits for what it was sent with to be sent."""


class PhotographState(StrEnum):
    """How far a picture is."""

    WANTED = "waiting"
    """A worker is to fetch it from LINE."""
    KEPT = "kept"
    REFUSED = "refused"
    """There is none, and never will be."""


class Why(StrEnum):
    """Why a picture was refused."""

    TOO_BIG = "too_big"
    NOT_A_PICTURE = "not_a_picture"
    GONE = "gone"
    """LINE does not have it any more, or did not give it."""


@dataclass(frozen=True, slots=True)
class Photograph:
    """A picture as such, without what is on it."""

    id: PhotographId
    case: CaseId | None
    """None while what it was sent with is not sent."""
    state: PhotographState
    why: Why | None
    made_at: datetime
    width: int
    """Pixels, as the height; 0 while it is not kept."""
    height: int
    bytes: int


def want(tx: Tx, resident: ResidentId, message_id: str, now: datetime) -> PhotographId:
    """Notes that the picture of a message in LINE is to be fetched; the same message twice is one picture."""
    values = {
        "resident_id": resident,
        "message_id": message_id,
        "made_at": now,
        "state": PhotographState.WANTED.value,
        "not_before": now,
    }
    made = unless_there(tx, table, values)
    if made is None:
        mine = sa.and_(table.c.resident_id == resident, table.c.message_id == message_id)
        made = tx.connection.execute(sa.select(table.c.id).where(mine)).scalar_one()
    return PhotographId(made)


def keep(tx: Tx, jpeg: Jpeg, resident: ResidentId | None, form: str, now: datetime) -> PhotographId:
    """Keeps a picture that came by a form. `form`: by which it is found again when the form is sent; up to 64 letters,
    which nobody can guess.
    """
    # A row says `kept` from its first moment, and its id is part of the seal.
    values = {
        "resident_id": resident,
        "form": form,
        "made_at": now,
        "state": PhotographState.KEPT.value,
        "not_before": now,
        "picture": b"",
    }
    made = tx.connection.execute(table.insert().values(values)).inserted_primary_key
    assert made is not None
    kept = PhotographId(made[0])
    seal(tx, kept, jpeg)
    return kept


def seal(tx: Tx, photograph: PhotographId, jpeg: Jpeg) -> None:
    """Puts the picture into its row, under a key made for it."""
    key = new_key()
    wrapped = tx.keyring.wrap(key, _purpose(photograph))
    tx.connection.execute(photograph_keys.insert().values(photograph_id=photograph, wrapped=wrapped))
    tx.connection.execute(
        table.update()
        .where(table.c.id == photograph)
        .values(
            state=PhotographState.KEPT.value,
            picture=key.seal(jpeg.data, _purpose(photograph)),
            width=jpeg.width,
            height=jpeg.height,
            bytes=len(jpeg.data),
        )
    )


def attach(tx: Tx, ids: Iterable[PhotographId], case: CaseId) -> None:
    """Gives pictures to the case that they were sent with; one that has a case stays with it."""
    free = sa.and_(table.c.id.in_(list(ids)), table.c.case_id.is_(None))
    tx.connection.execute(table.update().where(free).values(case_id=case))


def tell_lost(tx: Tx, case: CaseId, now: datetime) -> None:
    """Writes into a case that a picture of it could not be had, and plans to tell the resident so."""
    entry = case_talk.add(tx, case, EntryKind.PICTURE_LOST, now)
    notices.put_case(tx, cases.read(tx, case), entry, NoticeKind.CASE_PICTURE, now)


def of_form(tx: Tx, form: str) -> tuple[Photograph, ...]:
    """The pictures that came by a form which is not sent yet."""
    return _photographs(tx, sa.and_(table.c.form == form, table.c.case_id.is_(None)))


def waiting_of(tx: Tx, resident: ResidentId) -> tuple[Photograph, ...]:
    """The resident's pictures that belong to no case yet."""
    return _photographs(tx, sa.and_(table.c.resident_id == resident, table.c.case_id.is_(None)))


def of_resident(tx: Tx, resident: ResidentId) -> tuple[Photograph, ...]:
    """All of the resident's pictures."""
    return _photographs(tx, table.c.resident_id == resident)


def with_case(tx: Tx, case: CaseId) -> tuple[Photograph, ...]:
    """The pictures of a case, for whose case it is."""
    return _photographs(tx, table.c.case_id == case)


def of_case(tx: Tx, viewer: Viewer, case: CaseId) -> tuple[Photograph, ...]:
    """The pictures of a case that the viewer keeps; none where it is not theirs to read."""
    return with_case(tx, case) if cases.is_kept_by(tx, viewer, case) else ()


def read(tx: Tx, viewer: Viewer, photograph: PhotographId, now: datetime) -> bytes | None:
    """The JPEG of a picture whose case the viewer keeps, in a transaction that writes: the look is audited.

    None where it is not theirs, not there, or not kept.
    """
    case = tx.connection.scalar(sa.select(table.c.case_id).where(table.c.id == photograph))
    if case is None or not cases.is_kept_by(tx, viewer, CaseId(case)):
        return None
    return _opened(tx, photograph, ByAccount(viewer.account), now)


def _opened(tx: Tx, photograph: PhotographId, by: Actor, now: datetime) -> bytes | None:
    row = tx.connection.execute(
        sa.select(table.c.picture, photograph_keys.c.wrapped)
        .join(photograph_keys)
        .where(table.c.id == photograph)
    ).first()
    if row is None:
        return None
    audit.record(tx, by, "photograph.seen", Kind.PHOTOGRAPH, str(photograph), now)
    key = tx.keyring.unwrap(row.wrapped, _purpose(photograph))
    return key.open(row.picture, _purpose(photograph))


def drop_of_case(tx: Tx, case: CaseId) -> int:
    """Deletes the pictures of a case with their keys; how many there were."""
    return _drop(tx, table.c.case_id == case)


def drop_of_message(tx: Tx, resident: ResidentId, message_id: str) -> int:
    """Deletes the picture of a message that the resident took back."""
    return _drop(tx, sa.and_(table.c.resident_id == resident, table.c.message_id == message_id))


def drop(tx: Tx, ids: Iterable[PhotographId]) -> int:
    """Deletes pictures that belong to no case."""
    return _drop(tx, sa.and_(table.c.id.in_(list(ids)), table.c.case_id.is_(None)))


def forget_unattached(tx: Tx, now: datetime) -> int:
    """Deletes pictures that nobody has sent within a day; how many."""
    return _drop(tx, _stale(now))


def is_any_stale(tx: Tx, now: datetime) -> bool:
    """Whether there are such: a look that writes nothing."""
    return tx.connection.scalar(sa.select(table.c.id).where(_stale(now)).limit(1)) is not None


def drop_keyless(tx: Tx) -> int:
    """Deletes pictures that nobody can open: they were erased after a backup was made which was brought back."""
    keyed = sa.select(photograph_keys.c.photograph_id)
    return _drop(tx, sa.and_(table.c.state == PhotographState.KEPT.value, table.c.id.not_in(keyed)))


def _stale(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.case_id.is_(None), table.c.made_at <= now - UNATTACHED)


def _drop(tx: Tx, which: sa.ColumnElement[bool]) -> int:
    return tx.connection.execute(table.delete().where(which)).rowcount


def _photographs(tx: Tx, which: sa.ColumnElement[bool]) -> tuple[Photograph, ...]:
    query = sa.select(*_WITHOUT_PICTURE).where(which).order_by(table.c.id)
    return tuple(_photograph(row) for row in tx.connection.execute(query))


def _photograph(row: sa.Row[Any]) -> Photograph:
    return Photograph(
        id=PhotographId(row.id),
        case=None if row.case_id is None else CaseId(row.case_id),
        state=PhotographState(row.state),
        why=None if row.why is None else Why(row.why),
        made_at=row.made_at,
        width=row.width or 0,
        height=row.height or 0,
        bytes=row.bytes or 0,
    )


def _purpose(photograph: PhotographId) -> str:
    return f"photograph:{photograph}"


_WITHOUT_PICTURE: Final = [each for each in table.c if each.name != "picture"]
