"""What residents chose to hear of: none until they choose, and nothing but the topics and the ward.

To have chosen is the consent; it ends with a tap, and goes with the resident.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from faq.topics import TopicId
from nlp.language import Language
from store.db import Tx
from store.inserting import unless_there
from store.residents import ResidentId
from store.tables import leaving, residents, subscribers, subscriptions

WHOLE_CITY: Final = ""
"""In place of a ward: notices for any ward."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """What one resident chose."""

    topics: frozenset[TopicId]
    ward: str
    """`WHOLE_CITY`, or the one ward whose notices they want beside those for the whole city."""


NOTHING: Final = Subscription(frozenset(), WHOLE_CITY)


def of_resident(tx: Tx, resident: ResidentId) -> Subscription:
    """What they chose; `NOTHING` where they never did."""
    mine = sa.select(subscribers.c.ward, subscriptions.c.topic_id).select_from(
        subscribers.outerjoin(subscriptions, subscriptions.c.resident_id == subscribers.c.resident_id)
    )
    rows = tx.connection.execute(mine.where(subscribers.c.resident_id == resident)).all()
    if not rows:
        return NOTHING
    return Subscription(frozenset(TopicId(row.topic_id) for row in rows if row.topic_id), rows[0].ward)


def choose(tx: Tx, resident: ResidentId, topics: Iterable[TopicId], now: datetime) -> None:
    """From now on they hear of these topics as well."""
    unless_there(tx, subscribers, {"resident_id": resident, "ward": WHOLE_CITY, "changed_at": now})
    for topic in topics:
        unless_there(tx, subscriptions, {"resident_id": resident, "topic_id": topic, "chosen_at": now})


def give_up(tx: Tx, resident: ResidentId, topics: Iterable[TopicId]) -> int:
    """They hear of these topics no more; of how many they had."""
    these = sa.and_(subscriptions.c.resident_id == resident, subscriptions.c.topic_id.in_(list(topics)))
    return tx.connection.execute(subscriptions.delete().where(these)).rowcount


def give_up_all(tx: Tx, resident: ResidentId) -> bool:
    """Nothing of what they chose is kept; False where nothing was."""
    mine = subscribers.c.resident_id == resident
    return tx.connection.execute(subscribers.delete().where(mine)).rowcount > 0


def live_in(tx: Tx, resident: ResidentId, ward: str, now: datetime) -> None:
    """From now on they hear of this ward, or of all (`WHOLE_CITY`)."""
    insert = postgresql.insert if tx.connection.dialect.name == "postgresql" else sqlite.insert
    values = {"ward": ward, "changed_at": now}
    kept = insert(subscribers).values(resident_id=resident, **values)
    tx.connection.execute(kept.on_conflict_do_update(index_elements=["resident_id"], set_=values))


def wants(topics: Sequence[TopicId], wards: Sequence[str]) -> sa.ColumnElement[bool]:
    """Whether the resident of a row of `residents` is to get a notice of these topics, for these wards (none: all).

    Not who blocked the account, nor who wants nothing of theirs to be kept.
    """
    hears = sa.exists().where(
        subscriptions.c.resident_id == residents.c.id, subscriptions.c.topic_id.in_(list(topics))
    )
    goes = sa.exists().where(leaving.c.resident_id == residents.c.id)
    fits = [residents.c.follows, hears, ~goes]
    if wards:
        there = subscribers.c.ward.in_([WHOLE_CITY, *wards])
        fits.append(sa.exists().where(subscribers.c.resident_id == residents.c.id, there))
    return sa.and_(*fits)


LANGUAGE: Final = sa.func.coalesce(residents.c.language, Language.JAPANESE.value)
"""In which the resident of a row of `residents` is told something."""


def count(tx: Tx, topics: Sequence[TopicId], wards: Sequence[str]) -> Counter[Language]:
    """How many people would get such a notice now, by language."""
    people = sa.select(LANGUAGE, sa.func.count()).where(wants(topics, wards)).group_by(LANGUAGE)
    return Counter({Language(language): number for language, number in tx.connection.execute(people)})


def by_topic(tx: Tx) -> Counter[TopicId]:
    """How many people hear of each topic and can be reached."""
    reached = (
        sa.select(subscriptions.c.topic_id, sa.func.count())
        .join(residents, residents.c.id == subscriptions.c.resident_id)
        .where(residents.c.follows)
        .group_by(subscriptions.c.topic_id)
    )
    return Counter({TopicId(topic): number for topic, number in tx.connection.execute(reached)})
