"""Reading the audit: who did what, the newest first."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from nlp.japan import JAPAN
from store.audit import Actor, ByAccount, ByResident, Kind, Unattended
from store.db import Tx
from store.residents import ResidentId
from store.sight import AccountId
from store.tables import accounts, audit

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Act:
    """One row of the audit."""

    place: int
    """Its place in the chain, by which people name it."""
    at: datetime
    by: Actor
    name: str
    """Of the account that acted, as colleagues know it; empty where none did."""
    act: str
    kind: str
    subject: str
    detail: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows; None and empty: all."""

    by: Actor | None = None
    kind: Kind | None = None
    subject: str = ""
    first: date | None = None
    """Days in Japan, both included."""
    last: date | None = None


ALL = Wanted()


def some(tx: Tx, wanted: Wanted, most: int, before: int | None = None) -> tuple[Act, ...]:
    """At most so many rows, the newest first; with `before`, those before that place."""
    query = _query(wanted).order_by(audit.c.place.desc()).limit(most)
    if before is not None:
        query = query.where(audit.c.place < before)
    return tuple(map(_act, tx.connection.execute(query)))


def every(tx: Tx, wanted: Wanted = ALL) -> Iterator[Act]:
    """All of them, the oldest first, read in portions; close the iterator where it is not read to its end."""
    query = _query(wanted).order_by(audit.c.place).execution_options(yield_per=_AT_ONCE)
    with tx.connection.execute(query) as rows:
        for row in rows:
            yield _act(row)


def count(tx: Tx, wanted: Wanted = ALL) -> int:
    """How many there are."""
    return tx.connection.scalar(sa.select(sa.func.count()).select_from(_query(wanted).subquery())) or 0


def _query(wanted: Wanted) -> sa.Select[tuple[object, ...]]:
    by = accounts.c.id == audit.c.actor_id, audit.c.actor == "account"
    query = sa.select(audit, accounts.c.shown, accounts.c.name.label("account")).outerjoin(
        accounts, sa.and_(*by)
    )
    return query.where(audit.c.place.is_not(None), *_conditions(wanted))


def _conditions(wanted: Wanted) -> Iterator[sa.ColumnElement[bool]]:
    match wanted.by:
        case ByAccount(number):
            yield sa.and_(audit.c.actor == "account", audit.c.actor_id == number)
        case ByResident(number):
            yield sa.and_(audit.c.actor == "resident", audit.c.actor_id == number)
        case Unattended():
            yield audit.c.actor == wanted.by.value
    if wanted.kind is not None:
        yield audit.c.kind == wanted.kind.value
    if wanted.subject:
        yield audit.c.subject == wanted.subject
    if wanted.first is not None:
        yield audit.c.at >= datetime.combine(wanted.first, time(), JAPAN)
    if wanted.last is not None:
        yield audit.c.at < datetime.combine(wanted.last + timedelta(days=1), time(), JAPAN)


def _act(row: sa.Row[tuple[object, ...]]) -> Act:
    return Act(
        place=row.place,
        at=row.at,
        by=_by(row.actor, row.actor_id),
        name=f"{row.shown}（{row.account}）" if row.account else "",
        act=row.act,
        kind=row.kind,
        subject=row.subject,
        detail=json.loads(row.detail),
    )


def _by(actor: str, number: int | None) -> Actor:
    match actor, number:
        case "account", int():
            return ByAccount(AccountId(number))
        case "resident", int():
            return ByResident(ResidentId(number))
        case _:
            return Unattended(actor)
