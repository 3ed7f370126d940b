"""A city of so many residents, as a year of use leaves its database. Every seal is real and opens.

The shares are assumptions, said here: a resident keeps one question a year (a fifth found no answer), writes every
twelfth month, one in five chose notices, one in a hundred booked, one in two hundred has a case, one in thirty called.
"""

import os
import random
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

import sqlalchemy as sa

from store import case_words, receipts, residents
from store.audit import SERVICE, Kind, record
from store.db import Database, Tx
from store.keyring import Key, new_key
from store.queries import DESK
from store.receipts import Receipt
from store.tables import (
    bookings,
    calls,
    case_entries,
    case_keys,
    cases,
    clustered,
    clusters,
    inbox,
    notices,
    outbox,
    queries,
    resident_keys,
    seats,
    slots,
    subscribers,
    subscriptions,
)
from store.tables import residents as people

Row = dict[str, Any]
AT_ONCE: Final = 20_000
"""Rows of one transaction."""
LEFT_WITHIN: Final = 31
"""Days: who left earlier is erased by now (`data/retention.toml`)."""
LIKE: Final = 200
"""Unanswered questions that ask the same, on average."""
TOPICS: Final = ("waste", "disaster", "events", "children")


@dataclass(frozen=True, slots=True)
class Town:
    """How large, and since when."""

    residents: int
    now: datetime
    questions: Sequence[str]
    """What is asked, again and again."""
    entries: Sequence[str]
    """Ids of what answers."""
    section: str

    def ago(self, chance: random.Random, days: int) -> datetime:
        return self.now - timedelta(seconds=chance.uniform(60, days * 86_400))


def address_of(number: int) -> str:
    """LINE's id of a resident."""
    return f"U{number:032x}"


def fill(database: Database, town: Town, account: int) -> None:
    """Fills the tables that grow; `account` is who took calls and cases. The database has nothing of these before."""
    chance = random.Random(town.residents)
    with database.read() as tx:
        lookup, desk = residents.system_key(tx, "lookup"), residents.system_key(tx, DESK)
    for first in range(1, town.residents + 1, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, town.residents + 1))
        keys = {number: new_key() for number in numbers}
        with database.write(synced=False) as tx:
            _insert(tx, people, (_person(town, chance, each, keys[each], lookup) for each in numbers))
            _insert(tx, resident_keys, (_wrapped(tx, each, keys[each]) for each in numbers))
            _insert(tx, queries, (_question(town, chance, each, keys[each]) for each in numbers))
            _insert(tx, inbox, (_event(town, chance, each) for each in numbers if each % 12 == 0))
            _insert(tx, outbox, (_answer(town, chance, each) for each in numbers if each % 4 == 0))
            choosers = [each for each in numbers if each % 5 == 0]
            _insert(
                tx,
                subscribers,
                ({"resident_id": each, "ward": "", "changed_at": town.now} for each in choosers),
            )
            _insert(tx, subscriptions, (_chosen(town, each, place) for each in choosers for place in (0, 1)))
    _fill_clusters(database, town)
    _fill_desk(database, town, chance, account, desk)
    _fill_bookings(database, town, chance)
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
            _count_on(connection)


def _count_on(connection: sa.Connection) -> None:
    """Rows came with their numbers: the next one is behind them."""
    for table in (
        people,
        queries,
        inbox,
        outbox,
        cases,
        case_entries,
        calls,
        bookings,
        slots,
        clusters,
        notices,
    ):
        name = table.name
        connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT coalesce(max(id), 1) FROM {name}))"
        )


def _insert(tx: Tx, table: sa.Table, rows: Iterable[Row]) -> None:
    many = iter(rows)
    while part := list(islice(many, 5_000)):
        tx.connection.execute(table.insert(), part)


def _person(town: Town, chance: random.Random, number: int, key: Key, lookup: Key) -> Row:
    address, follows = address_of(number), number % 50 != 0
    return {
        "id": number,
        "lookup": lookup.digest(address),
        "address": key.seal_text(address, "address"),
        "follows": follows,
        "first_seen": town.now - timedelta(days=400),
        "last_seen": town.ago(chance, 300 if follows else LEFT_WITHIN),
        "language": None,
        "language_chosen": False,
    }


def _wrapped(tx: Tx, number: int, key: Key) -> Row:
    return {"resident_id": number, "wrapped": tx.keyring.wrap(key, f"resident:{number}")}


def _question(town: Town, chance: random.Random, number: int, key: Key) -> Row:
    answered = number % 5 != 0
    return {
        "id": number,
        "resident_id": number,
        "message_ids": f" {number} ",
        "channel": "LINE",
        "asked_at": town.now - timedelta(days=364) * (1 - number / (town.residents + 1)),
        "text": key.seal_text(chance.choice(town.questions), "query"),
        "handler": "question",
        "outcome": "answer" if answered else "none",
        "entry_id": chance.choice(town.entries) if answered else None,
        "score": chance.random(),
        "verdict": None,
        "gathered": number in _gathered(town),
    }


def _gathered(town: Town) -> range:
    """Each fifth question found no answer; the last few are not gathered yet."""
    unanswered = range(5, town.residents + 1, 5)
    return unanswered[: -min(20, len(unanswered) // 2)]


def _event(town: Town, chance: random.Random, number: int) -> Row:
    at = town.ago(chance, 29)
    return {
        "event_id": f"{number:026d}",
        "resident_id": number,
        "kind": "message/text",
        "occurred_at": at,
        "received_at": at,
        "may_reply": True,
        "done_at": at,
        "state": "done",
        "attempts": 0,
        "not_before": at,
    }


def _answer(town: Town, chance: random.Random, number: int) -> Row:
    at = town.ago(chance, 89)
    return {
        "resident_id": number,
        "retry_key": str(uuid.UUID(bytes=os.urandom(16))),
        "about": "answer",
        "created_at": at,
        "replied_at": at,
        "done_at": at,
        "state": "done",
        "not_before": at,
    }


def _chosen(town: Town, number: int, place: int) -> Row:
    return {"resident_id": number, "topic_id": TOPICS[(number + place) % len(TOPICS)], "chosen_at": town.now}


def _fill_clusters(database: Database, town: Town) -> None:
    gathered = _gathered(town)
    number = max(1, town.residents // 5 // LIKE)
    with database.write(synced=False) as tx:
        _insert(
            tx,
            clusters,
            (
                {"id": each, "version": 1, "state": "open" if each % 3 else "answered", "looked": 10**9,
                 "section": None, "made_at": town.now}
                for each in range(1, number + 1)
            ),
        )  # fmt: skip
        _insert(
            tx,
            clustered,
            (
                {"query_id": each, "cluster_id": 1 + each % number,
                 "settled_at": None if (1 + each % number) % 3 else town.now}
                for each in gathered
            ),
        )  # fmt: skip


def _fill_desk(database: Database, town: Town, chance: random.Random, account: int, desk: Key) -> None:
    with database.write(synced=False) as tx:
        _insert(
            tx, calls, (_call(town, chance, each, account, desk) for each in range(1, town.residents // 30))
        )
        many = range(1, max(2, town.residents // 200))
        keys = {each: new_key() for each in many}
        called = _receipts(len(many))
        _insert(tx, cases, (_case(town, chance, each, account, keys[each], called.pop()) for each in many))
        _insert(
            tx,
            case_keys,
            ({"case_id": each, "wrapped": tx.keyring.wrap(keys[each], f"case:{each}")} for each in many),
        )
        _insert(tx, case_entries, (_entry(town, chance, each, keys[each]) for each in many for _ in range(3)))
    for first in range(0, town.residents // 10, AT_ONCE):
        with database.write(synced=False) as tx:
            for number in range(first, min(first + AT_ONCE, town.residents // 10)):
                record(tx, SERVICE, "case.opened", Kind.CASE, str(number), town.ago(chance, 365))


def _call(town: Town, chance: random.Random, number: int, account: int, desk: Key) -> Row:
    at = town.ago(chance, 364)
    return {
        "id": number,
        "operator_id": account,
        "once": str(number),
        "channel": "phone",
        "sort": "inquiry",
        "outcome": "answered",
        "text": desk.seal_text(chance.choice(town.questions), "call"),
        "entry_id": chance.choice(town.entries),
        "section": town.section,
        "counts": True,
        "began_at": at,
        "logged_at": at,
    }


def _receipts(number: int) -> set[Receipt]:
    """So many that differ: of ten thousand by chance two would be alike."""
    made = set[Receipt]()
    while len(made) < number:
        made.add(receipts.new())
    return made


def _case(town: Town, chance: random.Random, number: int, account: int, key: Key, receipt: Receipt) -> Row:
    at, closed = town.ago(chance, 364), number % 20 != 0
    return {
        "id": number,
        "receipt": receipt,
        "origin": "line",
        "once": str(number),
        "resident_id": number,
        "section": town.section,
        "subject": case_words.sealed(key, number, chance.choice(town.questions), case_words.SUBJECT),
        "ward": "",
        "reach": "line",
        "urgent": False,
        "state": "closed" if closed else "new",
        "ending": "solved" if closed else None,
        "opened_at": at,
        "promised_at": at + timedelta(days=7),
        "waits_since": at,
        "taken_by": account if closed else None,
        "answered_at": at if closed else None,
        "closed_at": at if closed else None,
        "moves": 0,
        "reopened": 0,
        "unread": 0,
        "version": 1,
    }


def _entry(town: Town, chance: random.Random, case: int, key: Key) -> Row:
    words = case_words.sealed(key, case, chance.choice(town.questions), case_words.ENTRY)
    return {"case_id": case, "kind": "said", "at": town.ago(chance, 364), "words": words}


def _fill_bookings(database: Database, town: Town, chance: random.Random) -> None:
    """A slot with a seat for each booking of the last year."""
    many = range(1, max(2, town.residents // 100))
    hours = timedelta(hours=1)
    with database.write(synced=False) as tx:
        starts = {
            each: town.now.replace(minute=0, second=0, microsecond=0) - each % 350 * 24 * hours
            for each in many
        }
        _insert(tx, slots, (_slot(each, starts[each]) for each in many))
        _insert(tx, seats, ({"slot_id": each, "seat": 1} for each in many))
        called = _receipts(len(many))
        _insert(tx, bookings, (_booking(each, starts[each], called.pop()) for each in many))


def _slot(number: int, at: datetime) -> Row:
    return {"id": number, "programme": "legal", "day": at.date(), "starts_at": at, "ends_at": at + timedelta(hours=1),
            "place": str(number), "seats": 1, "state": "open"}  # fmt: skip


def _booking(number: int, at: datetime, receipt: Receipt) -> Row:
    return {
        "id": number,
        "receipt": receipt,
        "programme": "legal",
        "day": at.date(),
        "slot_id": number,
        "seat": 1,
        "state": "kept",
        "channel": "line",
        "extended": False,
        "resident_id": number,
        "made_at": at,
        "changed_at": at,
    }


def newest(town: Town) -> Iterator[int]:
    """Residents in an order that nobody knows beforehand, for what is measured."""
    chance = random.Random(1)
    while True:
        yield chance.randrange(1, town.residents + 1)
