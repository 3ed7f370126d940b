"""What a resident typed in the talk before they open the form: there, it stands already.

It is sealed under the resident's own key, and goes when the form is sent, or after a day.
"""

from datetime import datetime
from typing import NewType

import sqlalchemy as sa

from store import residents
from store.db import Tx
from store.residents import ResidentId
from store.tables import collaboration_drafts as table

DraftId = NewType("DraftId", int)
_PURPOSE = "collaboration draft"


def begin(tx: Tx, resident: ResidentId, words: str, now: datetime) -> DraftId:
    """Keeps what was typed, masked, in place of what was typed before; it may be nothing."""
    tx.connection.execute(table.delete().where(table.c.resident_id == resident))
    sealed = residents.key_of(tx, resident).seal_text(words, _PURPOSE)
    values = {"resident_id": resident, "words": sealed, "begun_at": now}
    made = tx.connection.execute(table.insert().values(values)).inserted_primary_key
    assert made is not None
    return DraftId(made[0])


def words_of(tx: Tx, resident: ResidentId, draft: DraftId) -> str:
    """What was typed; empty where it is another's, or has gone."""
    mine = sa.and_(table.c.id == draft, table.c.resident_id == resident)
    sealed = tx.connection.scalar(sa.select(table.c.words).where(mine))
    if sealed is None:
        return ""
    return residents.key_of(tx, resident).open_text(sealed, _PURPOSE)


def of_resident(tx: Tx, resident: ResidentId) -> tuple[str, ...]:
    """What of theirs is kept so."""
    ids = tx.connection.scalars(sa.select(table.c.id).where(table.c.resident_id == resident))
    return tuple(filter(None, (words_of(tx, resident, DraftId(each)) for each in ids)))


def drop(tx: Tx, resident: ResidentId) -> None:
    """Deletes all of theirs."""
    tx.connection.execute(table.delete().where(table.c.resident_id == resident))
