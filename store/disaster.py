"""Disaster mode: what is on, proposed or rehearsed, by whom, and until when; `store/disaster_switch.py` changes it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import sqlalchemy as sa

from faq.counters import SectionId
from faq.disaster import DisasterId
from store import disaster_acts
from store.db import Tx
from store.sight import AccountId, Role, Viewer
from store.tables import accounts, disasters

USUAL: Final = timedelta(hours=24)
"""How long it lasts where nobody says otherwise."""
LONGEST: Final = timedelta(days=7)
"""At a time; it is prolonged by somebody who has looked at it again."""
STANDS: Final = timedelta(hours=24)
"""How long a proposal waits for who confirms it."""


class State(StrEnum):
    """How far it has come."""

    REHEARSED = "rehearsed"
    """Nobody but who rehearses sees anything of it."""
    PROPOSED = "proposed"
    ON = "on"
    ENDED = "ended"


class How(StrEnum):
    """What stood beside the word of who proposed it."""

    TWO_PEOPLE = "two_people"
    SECOND_FACTOR = "second_factor"


class Refusal(StrEnum):
    """Why nothing was done; the value ends the key of its sentence."""

    ALREADY_ON = "already_on"
    ALREADY_PROPOSED = "already_proposed"
    GONE = "gone"
    """Not there, not theirs to act upon, or no longer in a state for it: it ended, or lapsed."""
    NEEDS_ANOTHER = "needs_another"
    """Who proposed it confirms it only with a code of their authenticator app."""
    CODE_USED = "code_used"
    """The code was right, but has served before."""
    TOO_LONG = "too_long"
    NOT_LATER = "not_later"


@dataclass(frozen=True, slots=True)
class Draft:
    """What is proposed. Raises ValueError where it lasts no time, or too long."""

    what: str
    section: SectionId | None
    lasts: timedelta = USUAL

    def __post_init__(self) -> None:
        if not timedelta(0) < self.lasts <= LONGEST:
            raise ValueError("a disaster that lasts no time, or too long")


@dataclass(frozen=True, slots=True)
class Disaster:
    """One of them, with who did what, by the names that colleagues know."""

    id: DisasterId
    state: State
    what: str
    section: SectionId | None
    lasts: timedelta
    version: int
    """Rises with each decision."""
    proposed_by: AccountId
    proposed_by_shown: str
    proposed_at: datetime
    how: How | None
    confirmed_by_shown: str | None
    started_at: datetime | None
    """None: it was never on."""
    expires_at: datetime | None
    ended_by_shown: str | None
    """None while it lasts, and where it ended by itself."""
    ended_at: datetime | None

    def is_on(self, now: datetime) -> bool:
        return self.state is State.ON and self.expires_at is not None and now < self.expires_at

    def awaits(self, now: datetime) -> bool:
        """Whether it is proposed and may still be confirmed."""
        return self.state is State.PROPOSED and now < self.proposed_at + STANDS


def may_lead(viewer: Viewer) -> bool:
    """Whether they propose, confirm, prolong, end and say what holds: the city's own people, but for operators."""
    return viewer.role is not Role.OPERATOR and not viewer.outside


def present(tx: Tx, now: datetime) -> Disaster | None:
    """The one that is on."""
    found = _one(tx, disasters.c.state == State.ON.value)
    return found if found is not None and found.is_on(now) else None


def proposed(tx: Tx, now: datetime) -> Disaster | None:
    """The one that waits for somebody to confirm it."""
    found = _one(tx, disasters.c.state == State.PROPOSED.value)
    return found if found is not None and found.awaits(now) else None


def rehearsed(tx: Tx, viewer: Viewer) -> Disaster | None:
    """What the viewer rehearses."""
    mine = disasters.c.proposed_by == viewer.account
    return _one(tx, mine, disasters.c.state == State.REHEARSED.value) if may_lead(viewer) else None


def find(tx: Tx, viewer: Viewer, which: DisasterId) -> Disaster | None:
    """One of them; a rehearsal, also one that is over, only for who rehearsed, and none for who may not lead."""
    found = _one(tx, disasters.c.id == which) if may_lead(viewer) else None
    if found is None or found.proposed_by == viewer.account:
        return found
    return None if found.state is State.REHEARSED or disaster_acts.was_left_off(tx, which) else found


def read(tx: Tx, which: DisasterId) -> Disaster:
    """One that is there, for the service itself."""
    found = _one(tx, disasters.c.id == which)
    assert found is not None
    return found


def past(tx: Tx, most: int) -> tuple[Disaster, ...]:
    """Those that were on and have ended, the last first."""
    ended = _select().where(disasters.c.state == State.ENDED.value, disasters.c.started_at.is_not(None))
    rows = tx.connection.execute(ended.order_by(disasters.c.id.desc()).limit(most))
    return tuple(_disaster(row) for row in rows)


def locked(tx: Tx, which: DisasterId) -> Disaster | None:
    """The disaster, which nobody else changes until the transaction ends."""
    tx.connection.execute(sa.select(disasters.c.id).where(disasters.c.id == which).with_for_update())
    return _one(tx, disasters.c.id == which)


_proposer, _confirmer, _ender = (accounts.alias(each) for each in ("proposer", "confirmer", "ender"))


def _select() -> sa.Select[tuple[object, ...]]:
    named = [
        _proposer.c.shown.label("proposed_by_shown"),
        _confirmer.c.shown.label("confirmed_by_shown"),
        _ender.c.shown.label("ended_by_shown"),
    ]
    people = (
        disasters.join(_proposer, _proposer.c.id == disasters.c.proposed_by)
        .outerjoin(_confirmer, _confirmer.c.id == disasters.c.confirmed_by)
        .outerjoin(_ender, _ender.c.id == disasters.c.ended_by)
    )
    return sa.select(disasters, *named).select_from(people)


def _one(tx: Tx, *which: sa.ColumnElement[bool]) -> Disaster | None:
    row = tx.connection.execute(_select().where(*which)).first()
    return None if row is None else _disaster(row)


def _disaster(row: sa.Row[tuple[object, ...]]) -> Disaster:
    return Disaster(
        id=DisasterId(row.id),
        state=State(row.state),
        what=row.what,
        section=None if row.section is None else SectionId(row.section),
        lasts=timedelta(minutes=row.lasts_minutes),
        version=row.version,
        proposed_by=AccountId(row.proposed_by),
        proposed_by_shown=row.proposed_by_shown,
        proposed_at=row.proposed_at,
        how=None if row.how is None else How(row.how),
        confirmed_by_shown=row.confirmed_by_shown,
        started_at=row.started_at,
        expires_at=row.expires_at,
        ended_by_shown=row.ended_by_shown,
        ended_at=row.ended_at,
    )
