"""What a turn ends with: what follows is remembered, its events are done, and its answer is in the outbox; on
PostgreSQL in one statement.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum, auto
from functools import cache
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from store import conversations, inbox, outbox, residents
from store.conversations import IDLE, Conversation
from store.db import Tx
from store.inbox import InboxId
from store.outbox import InHand, OutboxItem
from store.tables import conversations as talks
from store.tables import inbox as events
from store.tables import outbox as answers
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
_KEEPING: Final = _REPLACED.on_conflict_do_update(
    index_elements=["resident_id"],
    set_={name: _REPLACED.excluded[name] for name in _KEPT if name != "resident_id"},
).cte("kept")
_FORGETTING: Final = talks.delete().where(talks.c.resident_id == _WHO).cte("forgotten")
_SAID: Final = (
    answers.insert()
    .values({name: sa.bindparam(f"said_{name}", type_=answers.c[name].type) for name in outbox.IN_HAND})
    .returning(answers.c.id)
)


class _Talk(Enum):
    """What becomes of what is kept of a conversation."""

    NOTHING = auto()
    KEPT = auto()
    FORGOTTEN = auto()


@cache
def _statement(talk: _Talk, *, says: bool) -> sa.Executable:
    """Made once of each kind: every turn needs one."""
    done = _DONE
    if talk is _Talk.KEPT:
        done = done.add_cte(_KEEPING)
    elif talk is _Talk.FORGOTTEN:
        done = done.add_cte(_FORGETTING)
    return _SAID.add_cte(done.cte("done")) if says else done


def end(
    tx: Tx,
    turn: Begun,
    items: Sequence[InboxId],
    after: Conversation,
    now: datetime,
    said: InHand | None = None,
) -> OutboxItem | None:
    """`remember`, the events have had their effect, and what is `said` is in the outbox, in this worker's hand."""
    if tx.connection.dialect.name != "postgresql":
        remember(tx, turn, after, now)
        inbox.done(tx, items, now)
        return None if said is None else outbox.put_in_hand(tx, said)
    given = {"who": turn.resident.id, "at": now, "items": list(items)}
    talk = _Talk.FORGOTTEN if turn.has_talked else _Talk.NOTHING
    if after != IDLE:
        talk = _Talk.KEPT
        sealed = conversations.sealed(residents.key_of(tx, turn.resident.id), after)
        given |= {"new_topic": after.topic, "new_slots": sealed}
    if said is None:
        tx.connection.execute(_statement(talk, says=False), given)
        return None
    given |= {f"said_{name}": value for name, value in said.row.items()}
    row_id = tx.connection.execute(_statement(talk, says=True), given).scalar_one()
    return said.item(row_id)


def remember(tx: Tx, turn: Begun, after: Conversation, now: datetime) -> None:
    """The resident was seen, and this is what they are talking about from now on."""
    if turn.has_talked or after != IDLE:
        conversations.keep(tx, turn.resident.id, after, now)
    residents.seen(tx, turn.resident.id, now)
