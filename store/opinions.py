"""Opinions on the drafts of the city (パブリックコメント): sent until the close, and withdrawn until then.

What decides is the moment at which it was sent: LINE's own time of the message, or the server's of the form. However
late it is worked on, who sent it in time is in time, and who did not is told so.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NewType, assert_never

import sqlalchemy as sa

from faq.plans import Phase, Plan, PlanId
from store import audit, opinion_words, plans, receipts, residents
from store.audit import SERVICE, Actor, ByAccount, ByResident, Kind, Unattended
from store.db import Tx
from store.inserting import unless_there
from store.particulars import ParticularsId
from store.receipts import Receipt
from store.residents import ResidentId
from store.tables import opinion_keys, opinion_results
from store.tables import opinions as table

OpinionId = NewType("OpinionId", int)
GroupId = NewType("GroupId", int)

UNANSWERED: Final = timedelta(days=365)
"""So long results may take, where they are not public here at all."""
MOST: Final = 20
"""Opinions of one resident on one plan: each may be about another part of it, and a flood ends."""
LONGEST: Final = 4_000
"""Letters of one opinion."""


class Way(StrEnum):
    """How it came."""

    LINE = "line"
    FORM = "form"
    EMAIL = "email"
    MAIL = "mail"
    FAX = "fax"
    COUNTER = "counter"


ENTERED: Final = (Way.EMAIL, Way.MAIL, Way.FAX, Way.COUNTER)
"""Ways by which staff enter what came."""


class State(StrEnum):
    """Where it stands."""

    RECEIVED = "received"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class OpinionDraft:
    """An opinion as it is sent."""

    once: str
    """Made for each talk or form: what is sent twice is one opinion. Up to 64 letters."""
    plan: PlanId
    words: str
    """Masked."""
    way: Way
    wants_to_be_told: bool = False
    particulars: ParticularsId | None = None
    """Name and address, where the city's rule asks for them."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """An opinion, as it stands."""

    id: OpinionId
    plan: PlanId
    receipt: Receipt
    way: Way
    received_at: datetime
    """When it was sent."""
    resident: ResidentId | None
    """None for the open form's, for what staff entered, and once the resident is erased."""
    particulars: ParticularsId | None
    words: str
    """Empty once they are erased."""
    wants_to_be_told: bool
    group: GroupId | None
    state: State


@dataclass(frozen=True, slots=True)
class Closed:
    """It was sent after the close."""

    at: datetime
    """The first moment that was too late."""


@dataclass(frozen=True, slots=True)
class NotYet:
    """The city takes no opinions on it before this moment."""

    opens_at: datetime


@dataclass(frozen=True, slots=True)
class NotHere:
    """There is no such plan, or no such opinion of theirs, or none is taken in this service."""


@dataclass(frozen=True, slots=True)
class NeedsName:
    """The city's rule asks for name and address, which only the form takes."""


@dataclass(frozen=True, slots=True)
class TooMany:
    """More than one resident may send on one plan."""

    most: int


Refusal = Closed | NotYet | NotHere | NeedsName | TooMany
Sender = ByResident | ByAccount | Unattended
"""A resident, staff who enter what came on paper, or anybody on the open form (`SERVICE`)."""


def send(tx: Tx, draft: OpinionDraft, by: Sender, sent_at: datetime, now: datetime) -> Opinion | Refusal:
    """Takes an opinion that was sent at a moment; sent again it is the one that is there."""
    if isinstance(by, ByResident):
        residents.lock(tx, by.resident)
    if (there := _same(tx, draft.once, by)) is not None:
        return _read(tx, there)
    refusal = refused(plans.find(tx, draft.plan), by, sent_at, has_name=draft.particulars is not None)
    if refusal is not None:
        return refusal
    if isinstance(by, ByResident) and _sent(tx, by.resident, draft.plan) >= MOST:
        return TooMany(MOST)
    made = None
    while made is None:
        if (there := _same(tx, draft.once, by)) is not None:
            return _read(tx, there)
        made = unless_there(tx, table, _columns(draft, by, sent_at))  # None: that receipt is taken, by chance
    return _made(tx, OpinionId(made), draft, by, now)


def refused(plan: Plan | None, by: Sender, sent_at: datetime, *, has_name: bool) -> Refusal | None:
    """Why an opinion that was sent at that moment is not taken; None where it is."""
    if plan is None or not (plan.here or isinstance(by, ByAccount)):
        return NotHere()
    match plan.phase(sent_at):
        case Phase.COMING:
            return NotYet(plan.opens_at)
        case Phase.CLOSED:
            return Closed(plan.closes_at)
        case Phase.OPEN:
            # What staff enter came on paper that has the name.
            nameless = plan.asks_name and not has_name and not isinstance(by, ByAccount)
            return NeedsName() if nameless else None
        case other:
            assert_never(other)


def withdraw(
    tx: Tx, resident: ResidentId, opinion: OpinionId, sent_at: datetime, now: datetime
) -> Opinion | Closed | NotHere:
    """Takes an opinion of the resident's back, until the close; its words go at once. Taken back twice is once."""
    residents.lock(tx, resident)
    found = own(tx, resident, opinion)
    plan = plans.find(tx, found.plan) if found else None
    if found is None or plan is None:
        return NotHere()
    if found.state is State.WITHDRAWN:
        return found
    if plan.phase(sent_at) is Phase.CLOSED:
        return Closed(plan.closes_at)
    values = {
        "state": State.WITHDRAWN.value,
        "withdrawn_at": now,
        "group_id": None,
        "wants_to_be_told": False,
    }
    tx.connection.execute(table.update().where(table.c.id == opinion).values(values))
    opinion_words.drop(tx, opinion)
    audit.record(tx, ByResident(resident), "opinion.withdrawn", Kind.OPINION, str(opinion), now)
    return _read(tx, opinion)


def tell_me(tx: Tx, resident: ResidentId, plan: PlanId, wants: bool) -> None:
    """Whether the resident wants to be told once the city has answered the opinions on a plan."""
    theirs = sa.and_(
        table.c.resident_id == resident, table.c.plan_id == plan, table.c.state == State.RECEIVED.value
    )
    tx.connection.execute(table.update().where(theirs).values(wants_to_be_told=wants))


def sent(tx: Tx, resident: ResidentId, once: str) -> Opinion | None:
    """What the resident sent under this number; None where nothing."""
    found = _same(tx, once, ByResident(resident))
    return None if found is None else _read(tx, found)


def own(tx: Tx, resident: ResidentId, opinion: OpinionId) -> Opinion | None:
    """An opinion of the resident's; None where it is another's."""
    return next(iter(_found(tx, table.c.id == opinion, table.c.resident_id == resident)), None)


def of_resident(tx: Tx, resident: ResidentId) -> tuple[Opinion, ...]:
    """All of theirs, the latest first."""
    return tuple(reversed(_found(tx, table.c.resident_id == resident)))


def of_plan(tx: Tx, plan: PlanId) -> tuple[Opinion, ...]:
    """Those that stand, in the order in which they were sent. Whose plan it is says `opinion_groups.is_theirs`."""
    return _found(tx, table.c.plan_id == plan, table.c.state == State.RECEIVED.value)


@dataclass(frozen=True, slots=True)
class Count:
    """How many opinions stand, and of how many people."""

    opinions: int
    people: int


NONE: Final = Count(0, 0)


def counts(tx: Tx) -> Mapping[PlanId, Count]:
    """Of each plan that has any. Who sends without LINE is counted as a person each time: nobody knows who they are."""
    of = table.c
    query = (
        sa.select(of.plan_id, sa.func.count(), sa.func.count(of.person.distinct()))
        .where(of.state == State.RECEIVED.value)
        .group_by(of.plan_id)
    )
    return {PlanId(plan): Count(number, people) for plan, number, people in tx.connection.execute(query)}


def erase(tx: Tx, opinion: OpinionId, by: Actor, now: datetime) -> None:
    """Deletes its words and whose it is; that there was one is still counted."""
    opinion_words.drop(tx, opinion)
    nobodys = {"resident_id": None, "wants_to_be_told": False, "erased_at": now}
    tx.connection.execute(table.update().where(table.c.id == opinion).values(nobodys))
    audit.record(tx, by, "opinion.erased", Kind.OPINION, str(opinion), now)


def past(tx: Tx, until: datetime, most: int) -> tuple[OpinionId, ...]:
    """Opinions with words whose results were published before a moment; or that came `UNANSWERED` before it, where
    the results are not public here: a city may tell them elsewhere, or the plan is gone.
    """
    published = opinion_results.c.published_at
    unanswered = sa.and_(published.is_(None), table.c.received_at < until - UNANSWERED)
    old = (
        sa.select(table.c.id)
        .join(opinion_results, opinion_results.c.plan_id == table.c.plan_id, isouter=True)
        .where(sa.or_(published < until, unanswered), table.c.words.is_not(None))
        .order_by(table.c.id)
        .limit(most)
    )
    return tuple(OpinionId(each) for each in tx.connection.scalars(old))


def keyless(tx: Tx) -> tuple[OpinionId, ...]:
    """Those whose words went after a backup was made which was brought back: nobody has their key."""
    keyed = sa.select(opinion_keys.c.opinion_id)
    lost = sa.select(table.c.id).where(table.c.words.is_not(None), table.c.id.not_in(keyed))
    return tuple(OpinionId(each) for each in tx.connection.scalars(lost.order_by(table.c.id)))


# How it is done ------------------------------------------------------------------------------------


def _made(tx: Tx, made: OpinionId, draft: OpinionDraft, by: Sender, now: datetime) -> Opinion:
    opinion_words.seal(tx, made, draft.words)
    person = _first(tx, by.resident, draft.plan) if isinstance(by, ByResident) else made
    tx.connection.execute(table.update().where(table.c.id == made).values(person=person))
    unless_there(tx, opinion_results, {"plan_id": draft.plan, "version": 1, "state": "draft", "reason": ""})
    audit.record(tx, by, "opinion.sent", Kind.OPINION, str(made), now, plan=draft.plan)
    return _read(tx, made)


def _first(tx: Tx, resident: ResidentId, plan: PlanId) -> int:
    """By which a person is told from others on this plan: the number of their first opinion, whatever became of it."""
    theirs = sa.select(sa.func.min(table.c.id)).where(
        table.c.resident_id == resident, table.c.plan_id == plan
    )
    return int(tx.connection.execute(theirs).scalar_one())


def _sent(tx: Tx, resident: ResidentId, plan: PlanId) -> int:
    mine = sa.and_(table.c.resident_id == resident, table.c.plan_id == plan)
    return tx.connection.scalar(sa.select(sa.func.count()).select_from(table).where(mine)) or 0


def _same(tx: Tx, once: str, by: Sender) -> OpinionId | None:
    found = tx.connection.scalar(sa.select(table.c.id).where(table.c.once == _once(once, by)))
    return None if found is None else OpinionId(found)


def _once(once: str, by: Sender) -> str:
    """64 letters that nobody else can have."""
    match by:
        case ByResident(resident):
            owner = f"resident:{resident}"
        case ByAccount(account):
            owner = f"account:{account}"
        case Unattended():
            owner = by.value
        case _:
            assert_never(by)
    return hashlib.sha256(f"{owner}:{once}".encode("utf-8", "surrogatepass")).hexdigest()


def _columns(draft: OpinionDraft, by: Sender, sent_at: datetime) -> dict[str, Any]:
    return {
        "plan_id": draft.plan,
        "receipt": receipts.new(),
        "once": _once(draft.once, by),
        "way": draft.way.value,
        "resident_id": by.resident if isinstance(by, ByResident) else None,
        "entered_by": by.account if isinstance(by, ByAccount) else None,
        "particulars_id": draft.particulars,
        "wants_to_be_told": draft.wants_to_be_told and isinstance(by, ByResident),
        "state": State.RECEIVED.value,
        "received_at": sent_at,
    }


def _read(tx: Tx, opinion: OpinionId) -> Opinion:
    (found,) = _found(tx, table.c.id == opinion)
    return found


def _found(tx: Tx, *which: sa.ColumnElement[bool]) -> tuple[Opinion, ...]:
    query = (
        sa.select(table, opinion_keys.c.wrapped)
        .outerjoin(opinion_keys, opinion_keys.c.opinion_id == table.c.id)
        .where(*which)
        .order_by(table.c.received_at, table.c.id)
    )
    return tuple(_opinion(tx, row) for row in tx.connection.execute(query))


def _opinion(tx: Tx, row: sa.Row[tuple[Any, ...]]) -> Opinion:
    return Opinion(
        OpinionId(row.id),
        PlanId(row.plan_id),
        Receipt(row.receipt),
        Way(row.way),
        row.received_at,
        None if row.resident_id is None else ResidentId(row.resident_id),
        None if row.particulars_id is None else ParticularsId(row.particulars_id),
        opinion_words.opened(tx, row.id, row.wrapped, row.words),
        row.wants_to_be_told,
        None if row.group_id is None else GroupId(row.group_id),
        State(row.state),
    )


OPEN_FORM: Final = SERVICE
"""Who sends an opinion on the open page: nobody who is known."""
