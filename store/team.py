"""Operators at work: who is there, and what came of their calls of a day; for who leads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

import sqlalchemy as sa

from nlp.japan import JAPAN
from store import calls as log
from store.accounts import of_contractor
from store.calls import FIRST_ANSWERS, Outcome
from store.db import Tx
from store.sight import AccountId, Role, Viewer
from store.tables import accounts, calls, sessions

THERE: Final = timedelta(minutes=10)
"""Whose last act was so long ago may have gone for a break."""


@dataclass(frozen=True, slots=True)
class Member:
    """An operator who is signed in, or has logged a call today."""

    account: AccountId
    shown: str
    outside: bool
    seen_at: datetime | None
    """The last act of a session that is open; None: signed out. To the minute (`sessions.NOTED_EVERY`)."""
    last_call_at: datetime | None
    """Of the day."""
    outcomes: Mapping[Outcome, int]
    """Calls of the day that nobody took back; none is left out."""
    counted: int
    """Calls that count for the first-answer rate."""
    first_answers: int

    @property
    def total(self) -> int:
        return sum(self.outcomes.values())

    def is_there(self, now: datetime) -> bool:
        """Whether they did something just now."""
        last = max((each for each in (self.seen_at, self.last_call_at) if each), default=None)
        return self.seen_at is not None and last is not None and now - last <= THERE


@dataclass(frozen=True, slots=True)
class Team:
    """All of them, by name."""

    members: tuple[Member, ...]

    @property
    def outcomes(self) -> Mapping[Outcome, int]:
        return {each: sum(member.outcomes[each] for member in self.members) for each in Outcome}

    @property
    def total(self) -> int:
        return sum(member.total for member in self.members)

    @property
    def counted(self) -> int:
        return sum(member.counted for member in self.members)

    @property
    def first_answers(self) -> int:
        return sum(member.first_answers for member in self.members)


@dataclass(slots=True)
class _Sum:
    """What is added up of one operator."""

    outcomes: dict[Outcome, int]
    counted: int = 0
    first_answers: int = 0
    last_call_at: datetime | None = None


def of_day(tx: Tx, viewer: Viewer, day: date, now: datetime) -> Team:
    """The operators whom the viewer leads: those who are signed in now, or logged a call on that day in Japan."""
    done = _calls(tx, viewer, day)
    seen = sa.select(sessions.c.account_id, sa.func.max(sessions.c.seen_at).label("seen_at")).where(
        sessions.c.expires_at > now
    )
    seen = seen.group_by(sessions.c.account_id)
    open_sessions = seen.subquery()
    query = (
        sa.select(accounts, open_sessions.c.seen_at)
        .join(open_sessions, open_sessions.c.account_id == accounts.c.id, isouter=True)
        .where(_led_by(viewer))
        .order_by(accounts.c.shown, accounts.c.id)
    )
    rows = tx.connection.execute(query)
    return Team(
        tuple(
            _member(row, done.get(row.id, _nothing()))
            for row in rows
            if row.id in done or (row.role == Role.OPERATOR and row.seen_at is not None)
        )
    )


def _led_by(viewer: Viewer) -> sa.ColumnElement[bool]:
    """A contractor's lead has the contractor's operators; who does not lead, nobody."""
    if not viewer.supervises:
        return sa.false()
    return accounts.c.id.in_(of_contractor()) if viewer.outside else sa.true()


def _calls(tx: Tx, viewer: Viewer, day: date) -> dict[int, _Sum]:
    of = calls.c
    begins = datetime.combine(day, time(), JAPAN)
    query = (
        sa.select(of.operator_id, of.outcome, of.counts, sa.func.count(), sa.func.max(of.logged_at))
        .where(of.logged_at >= begins, of.logged_at < begins + timedelta(days=1))
        .where(of.undone_at.is_(None), log.seen_by(viewer))
        .group_by(of.operator_id, of.outcome, of.counts)
    )
    sums: dict[int, _Sum] = {}
    for operator, name, counts, number, last in tx.connection.execute(query):
        added, outcome = sums.setdefault(operator, _nothing()), Outcome(name)
        added.outcomes[outcome] += number
        added.counted += number if counts else 0
        added.first_answers += number if counts and outcome in FIRST_ANSWERS else 0
        added.last_call_at = max(last, added.last_call_at or last)
    return sums


def _nothing() -> _Sum:
    return _Sum(dict.fromkeys(Outcome, 0))


def _member(row: sa.Row[tuple[object, ...]], done: _Sum) -> Member:
    return Member(
        account=AccountId(row.id),
        shown=row.shown,
        outside=row.outside,
        seen_at=row.seen_at,
        last_call_at=done.last_call_at,
        outcomes=done.outcomes,
        counted=done.counted,
        first_answers=done.first_answers,
    )
