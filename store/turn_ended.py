"""What a turn ends with: what follows is remembered, and its events are done; on PostgreSQL in one statement."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from store import conversations, inbox, residents
from store.conversations import IDLE, Conversation
from store.db import Tx
from store.inbox import InboxId
from store.tables import conversations as talks
from store.tables import inbox as events
from store.tables import residents as people
from store.turn_begun import Begun

# Named otherwise than columns: a value of such a name would be set in what is changed, too.
_WHO: Final = sa.bindparam("who", type_=people.c.id.type)
_AT: Final = sa.bindparam("at", type_=people.c.last_seen.type)
_KEPT: Final = {
    "resident_id": _WHO,
    "topic": sa.bindparam("new_topic", type_=talks.c.topic.type),
    "slots": sa.bindparam("new_slots", type_=talks.c.slots.type),
    "updated_at": _AT,
}
_SEEN: Final = (
    people.update().where(people.c.id == _WHO, people.c.last_seen < _AT).values(last_seen=_AT).cte("seen")
)
_DONE: Final = (
    events.update()
    .where(events.c.id.in_(sa.bindparam("items", expanding=True)))
    .values(state="done", done_at=_AT, body=None)
    .add_cte(_SEEN)
)
_REPLACED: Final = postgresql.insert(talks).values(_KEPT)
_DONE_AND_KEPT: Final = _DONE.add_cte(
    _REPLACED.on_conflict_do_update(
        index_elements=["resident_id"],
        set_={name: _REPLACED.excluded[name] for name in _KEPT if name != "resident_id"},
    ).cte("kept")
)
_DONE_AND_FORGOTTEN: Final = _DONE.add_cte(talks.delete().where(talks.c.resident_id == _WHO).cte("forgotten"))


def end(tx: Tx, turn: Begun, items: Sequence[InboxId], after: Conversation, now: datetime) -> None:
    """`remember`, and the events have had their effect."""
    if tx.connection.dialect.name != "postgresql":
        remember(tx, turn, after, now)
        inbox.done(tx, items, now)
        return
    given = {"who": turn.resident.id, "at": now, "items": list(items)}
    if after != IDLE:
        sealed = conversations.sealed(residents.key_of(tx, turn.resident.id), after)
        kept = {"new_topic": after.topic, "new_slots": sealed}
        tx.connection.execute(_DONE_AND_KEPT, given | kept)
    else:
        tx.connection.execute(_DONE_AND_FORGOTTEN if turn.has_talked else _DONE, given)


def remember(tx: Tx, turn: Begun, after: Conversation, now: datetime) -> None:
    """The resident was seen, and this is what they are talking about from now on."""
    if turn.has_talked or after != IDLE:
        conversations.keep(tx, turn.resident.id, after, now)
    residents.seen(tx, turn.resident.id, now)
