"""What the clock deletes: whatever has been kept for as long as `data/retention.toml` says.

A day ends at midnight in Japan, so each kind is looked at in earnest once a day, and the audit gets one row for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa

from faq.retention import Retention, Trace
from nlp.japan import JAPAN
from store import (
    ahead,
    audit,
    case_erasing,
    chain,
    collaboration_erasing,
    erasure,
    keys_file,
    opinions,
    particulars,
)
from store.audit import SERVICE, Kind
from store.booked import ACTIVE
from store.db import Database, Tx
from store.notices import NoticeState
from store.particulars import ParticularsId
from store.refusals import State
from store.residents import ResidentId
from store.tables import (
    alarms,
    bookings,
    buttons,
    callbacks,
    calls,
    calls_for_help,
    collaboration_drafts,
    conversations,
    inbox,
    links,
    mailing_recipients,
    mailings,
    notices,
    outbox,
    queries,
    relay,
    residents,
    sessions,
    slips,
    staff_notices,
    tellings,
    to_tell,
    tries,
)
from store.tables import particulars as particulars_table

AT_ONCE: Final = 500
"""Rows of a kind that one transaction deletes: others want to write too."""
ONE_BY_ONE: Final = 25
"""The same of each kind that is erased piece by piece with a row of the audit for each, in some 4 to 40 ms."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What went."""

    particulars: int
    traces: Mapping[Trace, int]

    @property
    def is_nothing(self) -> bool:
        return not self.particulars and not any(self.traces.values())

    def and_then(self, more: "Swept") -> "Swept":
        traces = {trace: self.traces.get(trace, 0) + more.traces.get(trace, 0) for trace in Trace}
        return Swept(self.particulars + more.particulars, traces)


NOTHING: Final = Swept(0, {})


def step(database: Database, rules: Retention, now: datetime, keys: Path | None = None) -> Swept:
    """Deletes all that is past its day, in small transactions, also where it still stands in SQLite's log.

    `keys`: the copy of the keys (`store/keys_file.py`), which is written anew where there is one: also keys that
    others have deleted since the last time are in no copy then.
    """
    swept = NOTHING
    while True:
        with database.write() as tx:
            more = due(tx, rules, now)
        if more.is_nothing:
            break
        swept = swept.and_then(more)
    keys_file.renew(database, keys)
    if not swept.is_nothing:
        database.forget()
    return swept


def due(tx: Tx, rules: Retention, now: datetime, most: int = AT_ONCE) -> Swept:
    """Deletes at most so many rows of each kind that are past their day; audited in the same transaction."""
    today = now.astimezone(JAPAN).date()
    gone = _particulars(tx, today, now, min(most, ONE_BY_ONE))
    traces = {trace: _trace(tx, rules, trace, today, now, most) for trace in Trace}
    return Swept(gone, traces)


def _trace(tx: Tx, rules: Retention, trace: Trace, today: date, now: datetime, most: int) -> int:
    until = datetime.combine(today - timedelta(days=rules.traces[trace].days), time(), JAPAN)
    if erase := _ERASE.get(trace):
        return erase(tx, until, now, min(most, ONE_BY_ONE))
    gone = _DELETE[trace](tx, until, most)
    if gone:
        audit.record(tx, SERVICE, "retention.deleted", Kind.RETENTION, trace.value, now, count=str(gone))
    return gone


def _particulars(tx: Tx, today: date, now: datetime, most: int) -> int:
    past = particulars_table.c.delete_on <= today
    ids = sa.select(particulars_table.c.id).where(past).order_by(particulars_table.c.id).limit(most)
    found = tx.connection.scalars(ids).all()
    for each in found:
        particulars.erase(tx, ParticularsId(each), SERVICE, now)
    return len(found)


Delete = Callable[[Tx, datetime, int], int]
"""Deletes at most so many rows that ended before a moment; how many."""
Erase = Callable[[Tx, datetime, datetime, int], int]
"""The same of what is erased piece by piece, each audited as of now."""


def _some(table: sa.Table, ended: sa.ColumnElement[Any], *which: sa.ColumnElement[bool]) -> Delete:
    """Deletes rows of a table whose time `ended` before the moment."""

    def delete(tx: Tx, until: datetime, most: int) -> int:
        return tx.connection.execute(
            table.delete().where(_first(table, most, ended < until, *which))
        ).rowcount

    return delete


def _first(table: sa.Table, most: int, *which: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """At most so many of these rows."""
    (key,) = table.primary_key.columns
    return key.in_(sa.select(key).where(*which).order_by(key).limit(most))


def _words(tx: Tx, until: datetime, most: int) -> int:
    """The words of questions, and the ids of the messages they came in; the question stays for the figures."""
    old = _first(queries, most, queries.c.asked_at < until, queries.c.text.is_not(None))
    return tx.connection.execute(queries.update().where(old).values(text=None, message_ids="")).rowcount


def _call_words(tx: Tx, until: datetime, most: int) -> int:
    """The words of calls; the call stays for the figures."""
    old = _first(calls, most, calls.c.logged_at < until, calls.c.text.is_not(None))
    return tx.connection.execute(calls.update().where(old).values(text=None)).rowcount


def _desk_words(tx: Tx, until: datetime, most: int) -> int:
    """The words of what is settled at the desk; that it was stays, for the figures."""
    gone = 0
    for table, ended, words in _AT_THE_DESK:
        some = sa.or_(*(column.is_not(None) for column in words))
        old = _first(table, most, ended < until, some)
        values = {column.name: None for column in words}
        gone += tx.connection.execute(table.update().where(old).values(values)).rowcount
    return gone


def _mailed(tx: Tx, until: datetime, most: int) -> int:
    """Who was sent a mailing that ended; how many were stays."""
    whose = (mailing_recipients.c.mailing_id, mailing_recipients.c.resident_id)
    old = (
        sa.select(*whose)
        .join(mailings, mailings.c.id == mailing_recipients.c.mailing_id)
        .where(mailings.c.ended_at < until)
        .order_by(*whose)
        .limit(most)
    )
    gone = mailing_recipients.delete().where(sa.tuple_(*whose).in_(old))
    return tx.connection.execute(gone).rowcount


def _people(tx: Tx, until: datetime, most: int) -> int:
    """What tells in past bookings who they were for; the bookings stay for the figures."""
    of = bookings.c
    day = until.astimezone(JAPAN).date()
    old = _first(bookings, most, of.day < day, of.person.is_not(None), of.state.not_in(_OPEN))
    return tx.connection.execute(bookings.update().where(old).values(person=None, resident_id=None)).rowcount


def _residents(tx: Tx, until: datetime, now: datetime, most: int) -> int:
    """Residents who blocked the account and have nothing before them, with all that is theirs; each is audited.

    The last that is seen of somebody who blocked the account is that they did.
    """
    left = sa.and_(residents.c.follows.is_(False), residents.c.last_seen < until, ~ahead.of_row(now))
    ids = sa.select(residents.c.id).where(left).order_by(residents.c.id).limit(most)
    found = tx.connection.scalars(ids).all()
    for each in found:
        erasure.erase(tx, ResidentId(each), SERVICE, now)
    return len(found)


def _cases(tx: Tx, until: datetime, now: datetime, most: int) -> int:
    """The words of cases that are closed, with their keys; each is audited. The case stays, for the figures."""
    found = case_erasing.closed_before(tx, until, most)
    for each in found:
        case_erasing.erase(tx, each, SERVICE, now)
    return len(found)


def _opinions(tx: Tx, until: datetime, now: datetime, most: int) -> int:
    """The words of opinions whose results are public, with their keys; each is audited."""
    found = opinions.past(tx, until, most)
    for each in found:
        opinions.erase(tx, each, SERVICE, now)
    return len(found)


def _collaborations(tx: Tx, until: datetime, now: datetime, most: int) -> int:
    """The words of proposals that are over, with their keys; each is audited. What was published stays."""
    found = collaboration_erasing.closed_before(tx, until, most)
    for each in found:
        collaboration_erasing.erase(tx, each, SERVICE, now)
    return len(found)


def _talks(tx: Tx, until: datetime, most: int) -> int:
    """What a talk was about, and what was typed for a form that nobody sent."""
    both = (
        _some(conversations, conversations.c.updated_at),
        _some(collaboration_drafts, collaboration_drafts.c.begun_at),
    )
    return sum(delete(tx, until, most) for delete in both)


def _failures(tx: Tx, until: datetime, most: int) -> int:
    """What `doctor` has told of for long enough."""
    return sum(delete(tx, until, most) for delete in _FAILED)


_AT_THE_DESK: Final = (
    (callbacks, callbacks.c.settled_at, (callbacks.c.about,)),
    (slips, slips.c.done_at, (slips.c.subject, slips.c.words, slips.c.result)),
    (calls_for_help, calls_for_help.c.ended_at, (calls_for_help.c.note,)),
)
"""What has words, when it ended, and where they stand."""
_OPEN: Final = [state.value for state in ACTIVE if state is not State.CONFIRMED]
_OVER_IN_INBOX: Final = inbox.c.state != sa.literal_column("'waiting'")
_OVER_IN_OUTBOX: Final = outbox.c.state != sa.literal_column("'waiting'")
"""In the words of the indexes that find them, or no index would be taken."""
_FAILED: Final = (
    _some(inbox, inbox.c.done_at, _OVER_IN_INBOX, inbox.c.state == "failed"),
    _some(outbox, outbox.c.done_at, _OVER_IN_OUTBOX, outbox.c.state == "dead"),
    _some(relay, relay.c.done_at, relay.c.state == "dead"),
)
_TOLD_OR_DUE: Final = sa.func.coalesce(notices.c.settled_at, notices.c.due_at)
"""When a notice was sent; one that lost its point before has the time at which it would have been."""
_ALL_TOLD: Final = sa.not_(
    sa.exists().where(tellings.c.notice_id == staff_notices.c.id, tellings.c.state == "waiting")
)
_ERASE: Final[Mapping[Trace, Erase]] = MappingProxyType(
    {
        Trace.CASES: _cases,
        Trace.OPINIONS: _opinions,
        Trace.COLLABORATIONS: _collaborations,
        Trace.UNFOLLOWED: _residents,
    }
)
_DELETE: Final[Mapping[Trace, Delete]] = MappingProxyType(
    {
        Trace.CONVERSATIONS: _talks,
        Trace.QUESTIONS: _words,
        Trace.CALLS: _call_words,
        Trace.DESK: _desk_words,
        Trace.EVENTS: _some(inbox, inbox.c.done_at, _OVER_IN_INBOX, inbox.c.state != "failed"),
        Trace.REPLIES: _some(
            outbox, outbox.c.done_at, _OVER_IN_OUTBOX, outbox.c.state.in_(("sent", "dropped"))
        ),
        Trace.FAILURES: _failures,
        Trace.RELAYED: _some(relay, relay.c.done_at, relay.c.state == "sent"),
        Trace.BUTTONS: _some(buttons, buttons.c.expires_at),
        Trace.LINKS: _some(links, links.c.expires_at),
        Trace.SESSIONS: _some(sessions, sessions.c.expires_at),
        Trace.TRIES: _some(tries, tries.c.tried_at),
        Trace.NOTICES: _some(notices, _TOLD_OR_DUE, notices.c.state != NoticeState.PLANNED.value),
        Trace.STAFF_NOTICES: _some(staff_notices, staff_notices.c.settled_at, _ALL_TOLD),
        Trace.TO_TELL: _some(to_tell, to_tell.c.asked_at),
        Trace.MAILED: _mailed,
        Trace.PERSONS: _people,
        Trace.ALARMS: _some(alarms, alarms.c.raised_at),
        Trace.AUDIT: chain.prune,
    }
)
