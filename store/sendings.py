"""What was sent in LINE, counted by day: replies are free, pushes count against the quota of LINE's plan.

LINE counts a push for each person, however many messages it holds, and none for who blocked the account
(https://developers.line.biz/en/docs/messaging-api/pricing/); those it tells nobody of are counted here.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from faq.periods import Period
from store import run_settings
from store.db import Tx
from store.tables import sendings

_Insert = TypeVar("_Insert", postgresql.Insert, sqlite.Insert)


class Way(StrEnum):
    """How something was sent."""

    REPLY = "reply"
    PUSH = "push"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a period cost."""

    replies: int
    pushes: Counter[str]
    """By what they were about: an answer that came too late for a reply, or the kind of a notice."""
    quota: int
    """Pushes that the plan gives for a month; 0: nobody said, or there is no limit."""
    ahead: int | None
    """Pushes by the end of the month, where they go on as they have; None where that cannot be told."""


def count(tx: Tx, way: Way, about: str, day: date, number: int = 1) -> None:
    """So many more were sent on that day in Japan."""
    values = {"day": day, "way": way.value, "about": about, "number": number}
    tx.connection.execute(_count(tx.connection.dialect.name), values)


@cache
def _count(dialect: str) -> sa.Executable:
    if dialect == "postgresql":
        return _counted(postgresql.insert(sendings))
    return _counted(sqlite.insert(sendings))


def _counted(insert: _Insert) -> _Insert:
    more = {"number": sendings.c.number + insert.excluded.number}
    return insert.on_conflict_do_update(index_elements=["day", "way", "about"], set_=more)


def count_of(changed: sa.CTE) -> postgresql.Insert:
    """PostgreSQL's statement that counts one where `changed` gives a row, with `on_day`, `by_way` and `of_what`;
    not synced."""
    not_synced = sa.select(sa.func.set_config("synchronous_commit", "off", True)).cte("not_synced")
    # Named otherwise than columns: a value of such a name would be set in what is changed, too.
    of = {"on_day": sendings.c.day, "by_way": sendings.c.way, "of_what": sendings.c.about}
    given = (sa.bindparam(name, type_=column.type) for name, column in of.items())
    one = sa.select(*given, sa.literal_column("1")).select_from(changed.join(not_synced, sa.true()))
    return _counted(postgresql.insert(sendings).from_select(["day", "way", "about", "number"], one))


def cost(tx: Tx, period: Period, now: datetime) -> Cost:
    """What was sent in a period."""
    of = sendings.c
    rows = tx.connection.execute(
        sa.select(of.way, of.about, sa.func.sum(of.number))
        .where(of.day.between(period.first, period.last))
        .group_by(of.way, of.about)
    ).all()
    pushes = Counter({row[1]: int(row[2]) for row in rows if row[0] == Way.PUSH})
    replies = sum(int(row[2]) for row in rows if row[0] == Way.REPLY)
    return Cost(replies, pushes, run_settings.read(tx).line_quota, _ahead(period, pushes.total(), now))


def _ahead(period: Period, so_far: int, now: datetime) -> int | None:
    """So many a day as until now, for the whole month; told from its second day on."""
    gone = now - period.begins
    if period.is_year or now >= period.ends or gone < timedelta(days=1):
        return None
    return round(so_far * ((period.ends - period.begins) / gone))
