"""What was decided about a disaster, by whom and when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from faq.disaster import DisasterId
from store.db import Tx
from store.overtaken import Overtaken
from store.sight import AccountId
from store.tables import accounts, disaster_acts


class Act(StrEnum):
    """The value ends the key of its sentence."""

    REHEARSED = "rehearsed"
    LEFT_OFF = "left_off"
    """A rehearsal."""
    PROPOSED = "proposed"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    """A proposal that nobody confirmed in time."""
    CONFIRMED = "confirmed"
    PROLONGED = "prolonged"
    ENDED = "ended"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Done:
    """One act."""

    act: Act
    at: datetime
    by: str | None
    """The name that colleagues know; None: the service, because time was up."""
    until: datetime | None
    """Until when it was to last from then on."""


def write(
    tx: Tx, which: DisasterId, act: Act, by: AccountId | None, at: datetime, until: datetime | None
) -> None:
    """Notes an act; the audit is its caller's."""
    values = {"disaster_id": which, "act": act.value, "account_id": by, "at": at, "until": until}
    tx.connection.execute(disaster_acts.insert().values(values))


def all_of(tx: Tx, which: DisasterId) -> tuple[Done, ...]:
    """In the order in which they were done."""
    rows = tx.connection.execute(_select().where(_of(which)).order_by(disaster_acts.c.id))
    return tuple(Done(Act(row.act), row.at, row.shown, row.until) for row in rows)


def was_left_off(tx: Tx, which: DisasterId) -> bool:
    """Whether it was never more than a rehearsal, and is over."""
    left = sa.and_(_of(which), disaster_acts.c.act == Act.LEFT_OFF.value)
    return tx.connection.scalar(sa.select(disaster_acts.c.id).where(left)) is not None


def last(tx: Tx, which: DisasterId) -> Overtaken:
    """Who acted last, for whom they were faster than."""
    row = tx.connection.execute(_select().where(_of(which)).order_by(disaster_acts.c.id.desc())).first()
    assert row is not None, "each disaster begins with an act"
    return Overtaken(row.shown or "", row.at)


def _of(which: DisasterId) -> sa.ColumnElement[bool]:
    return disaster_acts.c.disaster_id == which


def _select() -> sa.Select[tuple[object, ...]]:
    people = disaster_acts.outerjoin(accounts, accounts.c.id == disaster_acts.c.account_id)
    return sa.select(disaster_acts, accounts.c.shown).select_from(people)
