"""A database with something in every table, and a mark in every field that is about a person."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

import sqlalchemy as sa

from faq.counters import SectionId
from faq.photograph import Jpeg
from store import (
    buttons,
    case_opening,
    case_saying,
    collaboration_drafts,
    collaboration_opening,
    conversations,
    inbox,
    knowledge,
    links,
    opinions,
    outbox,
    particulars,
    photographs,
    queries,
    relay,
    residents,
)
from store.audit import SERVICE, ByResident
from store.buttons import Button
from store.case_opening import CaseDraft
from store.cases import Case
from store.collaboration_opening import CollaborationDraft
from store.collaboration_words import NAMES, Words
from store.conversations import Conversation
from store.db import Database, Tx
from store.inbox import Arrival
from store.opinions import OpinionDraft, Way
from store.outbox import ReplyToken
from store.particulars import Field, Purpose
from store.queries import Query
from store.residents import ResidentId
from store.tables import accounts, metadata
from store.tables.columns import Instant
from tests.handlers.opinions_town import PARKS
from tests.line import HANAKO, TARO

LATER = datetime(2028, 1, 1, tzinfo=UTC)


def plant(database: Database, now: datetime) -> tuple[str, ...]:
    """Marks of Hanako's, all different; each was given to the service as something personal. Taro has his own."""
    with database.write() as tx:
        knowledge.take_in(tx, [PARKS], now)
        taro = residents.meet(tx, TARO, now).id
        hanako = residents.meet(tx, HANAKO, now).id
        _tell(tx, taro, now, "taro")
        marks = _tell(tx, hanako, now, "hanako")
    return (HANAKO, *marks)


def plant_everywhere(database: Database, now: datetime) -> None:
    """The same, and a row of no meaning in each table that has none."""
    plant(database, now)
    with database.write() as tx:
        for table in metadata.sorted_tables:
            if not tx.connection.scalar(sa.select(sa.func.count()).select_from(table)):
                tx.connection.execute(table.insert().values(_any_row(tx, table, now)))
                if table is accounts:  # what is confirmed takes two
                    second = _any_row(tx, table, now) | {"id": 2, "name": "y"}
                    tx.connection.execute(table.insert().values(second))


def _tell(tx: Tx, who: ResidentId, now: datetime, name: str) -> tuple[str, ...]:
    numbers = count(1)
    marks: list[str] = []

    def mark() -> str:
        marks.append(f"印-{name}-{next(numbers):02}-しるし")
        return marks[-1]

    for purpose in Purpose:
        told = {field: mark() for field in Field}
        particulars.keep(tx, purpose, told, who, date(2027, 1, 1), SERVICE, now)
    for number in range(2):
        asked = Query(mark(), "question", "none")
        queries.record(tx, who, asked, now, channel="LINE", message_ids=[f"{name}{number}"])
    conversations.keep(tx, who, Conversation("booking", {"subject": mark(), "name": mark()}), now)
    by = ByResident(who)
    draft = CaseDraft(name, SectionId("x"), mark(), (mark(),))
    case = case_opening.open_case(tx, draft, now, by, now)
    assert isinstance(case, Case)
    case_saying.say(tx, who, case.id, mark(), now)
    kept = photographs.keep(tx, Jpeg(mark().encode(), 8, 8), who, name, now)
    photographs.attach(tx, [kept], case.id)
    photographs.keep(tx, Jpeg(mark().encode(), 8, 8), who, name, now)
    proposal = CollaborationDraft(name, SectionId("x"), Words(**{each: mark() for each in NAMES}), False)
    collaboration_opening.submit(tx, who, proposal, now)
    collaboration_drafts.begin(tx, who, mark(), now)
    opinions.send(tx, OpinionDraft(name, PARKS.id, mark(), Way.LINE), by, PARKS.opens_at, now)
    for number in range(2):
        body = mark().encode()
        address = residents.address(tx, who)
        inbox.keep(tx, [Arrival(f"{name}{number}", address, "message/text", now, True, True, body)], now)
        until = now + timedelta(minutes=1)
        outbox.put(tx, who, mark().encode(), now, reply=ReplyToken(mark(), until))
    relay.keep(tx, mark().encode(), "signature", now)
    buttons.mint(tx, who, Button("helped", 1), now)
    links.mint(tx, links.Purpose.BOOKING_FORM, who, 1, timedelta(hours=1), now)
    return tuple(marks)


FITTING = {
    "backups": {"rows": 1, "bytes": 1},
    "bookings": {"state": "cancelled", "person": bytes(32)},
    "callbacks": {"state": "waiting"},
    "notices": {"booking_id": 1},
    "proposal_changes": {"after": {"ID": "x"}},
    "published_voices": {"undecided": 0, "confirmed_by": 2, "withdrawn_at": LATER, "withdrawn_why": "x"},
    "revisions": {"before": {"ID": "x"}},
    "ripple_flips": {"label": "x"},
    "slips": {"state": "new"},
    "slots": {"ends_at": LATER},
}
"""What the rules of a table ask for."""


def _any_row(tx: Tx, table: sa.Table, now: datetime) -> dict[str, object]:
    """A row of a table that nothing else of this file fills."""
    row = {column.name: _any_value(tx, column, now) for column in table.columns if not column.nullable}
    return row | FITTING.get(table.name, {})


def _any_value(tx: Tx, column: sa.Column[object], now: datetime) -> object:
    for key in column.foreign_keys:
        return tx.connection.scalar(sa.select(sa.func.min(key.column)))
    if isinstance(column.type, sa.JSON):
        return ["x"]
    made = {date: now.date(), bool: True, int: 1, str: "x", bytes: bytes(32), float: 1.5}
    return now if isinstance(column.type, Instant) else made[column.type.python_type]
