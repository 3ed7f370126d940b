"""What staff do about what LINE did not take: send it again as a new message, or note that it was told otherwise."""

import json
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa

from nlp.language import Language
from store import audit, outbox, residents, undelivered
from store.audit import ByAccount, Kind
from store.db import Tx
from store.outbox import OutboxId
from store.residents import ResidentId
from store.sight import Viewer
from store.tables import outbox as outbox_table
from store.tables import undelivered as table

MOST_MESSAGES: Final = 5
"""That LINE takes at once."""


class Settled(StrEnum):
    """What somebody did about it."""

    SENT_AGAIN = "sent_again"
    TOLD = "told"
    """Told in another way, or found that nobody needs to be."""


def send_again(
    tx: Tx, viewer: Viewer, which: OutboxId | str, sorry: Mapping[Language, str], now: datetime
) -> int:
    """Puts one of the viewer's, or all of a kind, into the outbox as new messages; how many. Audited.

    Each begins with `sorry`, in its resident's language, and has a retry key of its own: where nobody knows whether
    the first arrived, the resident may read it twice.
    """
    rows = [row for row in undelivered.of(tx, viewer, which) if undelivered.read(row, now).may_be_sent]
    return sum(_put_again(tx, viewer, row, sorry, now) for row in rows)


def told(tx: Tx, viewer: Viewer, which: OutboxId | str, now: datetime) -> int:
    """Notes that one of the viewer's, or all of a kind, need not be sent; how many. Audited."""
    rows = undelivered.of(tx, viewer, which)
    return sum(_settle(tx, viewer, OutboxId(row.id), Settled.TOLD, now) for row in rows)


def forget_words(tx: Tx, resident: ResidentId) -> None:
    """Takes out the words of what was given up; that it was stays on the list."""
    mine = sa.and_(outbox_table.c.resident_id == resident, outbox_table.c.state == "dead")
    tx.connection.execute(outbox_table.update().where(mine).values(body=None))


def _put_again(tx: Tx, viewer: Viewer, row: Any, sorry: Mapping[Language, str], now: datetime) -> bool:
    resident = residents.find(tx, ResidentId(row.resident_id))
    assert resident is not None
    body = residents.key_of(tx, resident.id).open(row.body, "outbox")
    if not _settle(tx, viewer, OutboxId(row.id), Settled.SENT_AGAIN, now):
        return False
    messages = _excused(body, sorry[resident.speaks])
    until = row.not_after if row.booking_id is not None else None
    outbox.put(tx, resident.id, messages, now, about=row.about, notice=row.notice_id, not_after=until)
    return True


def _excused(body: bytes, sorry: str) -> bytes:
    """The same messages behind an excuse, where LINE takes one message more."""
    messages = json.loads(body)
    if len(messages) < MOST_MESSAGES:
        messages.insert(0, {"type": "text", "text": sorry})
    return json.dumps(messages, separators=(",", ":")).encode()


def _settle(tx: Tx, viewer: Viewer, which: OutboxId, how: Settled, now: datetime) -> bool:
    """False where somebody else has."""
    open_ = sa.and_(table.c.outbox_id == which, table.c.settled_at.is_(None))
    values = {"settled_at": now, "settled_as": how.value}
    if not tx.connection.execute(table.update().where(open_).values(values)).rowcount:
        return False
    tx.connection.execute(outbox_table.update().where(outbox_table.c.id == which).values(body=None))
    audit.record(tx, ByAccount(viewer.account), f"undelivered.{how.value}", Kind.OUTBOX, str(which), now)
    return True
