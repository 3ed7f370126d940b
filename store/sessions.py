"""Sessions of the people at the city, kept here so that they can be listed and ended; of a token only its digest.

At most 12 hours, as NIST SP 800-63B has it for its second level; how long one may be idle is a run-time setting.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final, NewType

import sqlalchemy as sa

from store import audit, run_settings
from store.accounts import Account, account_of
from store.audit import Actor, ByAccount, Kind
from store.db import Tx
from store.sight import AccountId, Viewer
from store.tables import accounts, sessions

SessionId = NewType("SessionId", int)

LIFE = timedelta(hours=12)
HALFWAY = timedelta(minutes=15)
"""How long a sign-in may wait for its second factor."""
NOTED_EVERY = timedelta(minutes=1)
"""A visit writes no more often than this."""
LONGEST_DEVICE = 200


class Standing(Enum):
    """How far a sign-in has come."""

    SIGNED_IN = auto()
    NEEDS_CODE = auto()
    """The password was right; the code of the authenticator app is missing."""
    NEEDS_SETTING_UP = auto()
    """The password was right; the account must have an authenticator app, and has none."""


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in on one device."""

    id: SessionId
    account: Account
    proven: bool
    """Whether a second factor was shown."""
    device: str
    """What the browser says that it is."""
    begun_at: datetime
    seen_at: datetime
    expires_at: datetime

    @property
    def viewer(self) -> Viewer:
        return self.account.viewer

    @property
    def standing(self) -> Standing:
        if self.proven:
            return Standing.SIGNED_IN
        if self.account.has_authenticator:
            return Standing.NEEDS_CODE
        return Standing.NEEDS_SETTING_UP if self.account.needs_authenticator else Standing.SIGNED_IN

    def is_to_be_noted(self, now: datetime) -> bool:
        """Whether it is time to write down that they are still there."""
        return now - self.seen_at >= NOTED_EVERY


def begin(tx: Tx, account: Account, device: str, now: datetime, *, proven: bool = False) -> str:
    """A new session; its token, which is kept nowhere. `proven`: a second factor was shown already."""
    waits = not proven and (account.has_authenticator or account.needs_authenticator)
    token = secrets.token_urlsafe(32)
    tx.connection.execute(
        sessions.insert().values(
            digest=_digest(token),
            account_id=account.id,
            proven=proven,
            device=device[:LONGEST_DEVICE],
            begun_at=now,
            seen_at=now,
            expires_at=now + (HALFWAY if waits else LIFE),
        )
    )
    if not waits:
        _note_sign_in(tx, account.id, now)
    audit.record(tx, ByAccount(account.id), "sign-in", Kind.ACCOUNT, str(account.id), now)
    return token


def rise(tx: Tx, session: Session, now: datetime) -> str | None:
    """The session with a second factor shown, under a new token; the old one is worth nothing from now on.

    None where the session was ended meanwhile.
    """
    token = secrets.token_urlsafe(32)
    risen = tx.connection.execute(
        sessions.update()
        .where(sessions.c.id == session.id)
        .values(digest=_digest(token), proven=True, seen_at=now, expires_at=now + LIFE)
    )
    if risen.rowcount == 0:
        return None
    _note_sign_in(tx, session.account.id, now)
    audit.record(
        tx, ByAccount(session.account.id), "second factor", Kind.ACCOUNT, str(session.account.id), now
    )
    return token


def _note_sign_in(tx: Tx, account: AccountId, now: datetime) -> None:
    tx.connection.execute(accounts.update().where(accounts.c.id == account).values(signed_in_at=now))


def find(tx: Tx, token: str, now: datetime) -> Session | None:
    """The session with this token, unless it is over or its account may not sign in any more. One statement."""
    row = tx.connection.execute(_BY_TOKEN, {"digest": _digest(token), "now": now}).first()
    return None if row is None or _is_idle(row, now) else _session(row)


def note(tx: Tx, session: SessionId, now: datetime) -> None:
    """Notes that they are still there."""
    tx.connection.execute(
        sessions.update().where(sessions.c.id == session, sessions.c.seen_at < now).values(seen_at=now)
    )


def of(tx: Tx, account: AccountId, now: datetime) -> tuple[Session, ...]:
    """The open sessions of an account, the latest first."""
    rows = tx.connection.execute(_OF_ACCOUNT, {"account": account, "now": now})
    return tuple(_session(row) for row in rows if not _is_idle(row, now))


def end(tx: Tx, account: AccountId, session: SessionId, by: Actor, now: datetime) -> bool:
    """Ends a session of this account; False where there is none."""
    mine = sa.and_(sessions.c.id == session, sessions.c.account_id == account)
    if tx.connection.execute(sessions.delete().where(mine)).rowcount == 0:
        return False
    audit.record(tx, by, "end", Kind.SESSION, str(session), now, account=str(account))
    return True


def end_all(tx: Tx, account: AccountId, by: Actor, now: datetime, *, but: SessionId | None = None) -> int:
    """Ends the sessions of an account, but for one; how many."""
    theirs = sessions.c.account_id == account
    if but is not None:
        theirs = sa.and_(theirs, sessions.c.id != but)
    ended = tx.connection.scalars(sessions.delete().where(theirs).returning(sessions.c.id)).all()
    for session in ended:
        audit.record(tx, by, "end", Kind.SESSION, str(session), now, account=str(account))
    return len(ended)


def _is_idle(row: sa.Row[tuple[object, ...]], now: datetime) -> bool:
    """Whether nobody has been there for too long. The setting is read with the session, so it counts at once."""
    return bool(row.of_session_seen_at <= now - run_settings.idle_of(row.idle))


def _session(row: sa.Row[tuple[object, ...]]) -> Session:
    return Session(
        id=SessionId(row.of_session_id),
        account=account_of(row),
        proven=row.of_session_proven,
        device=row.of_session_device,
        begun_at=row.of_session_begun_at,
        seen_at=row.of_session_seen_at,
        expires_at=row.of_session_expires_at,
    )


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


# Each request looks a session up: the statements are made once.
_OPEN: Final[sa.Select[tuple[object, ...]]] = (
    sa.select(
        *(column.label(f"of_session_{column.name}") for column in sessions.c),
        *accounts.c,
        run_settings.IDLE.label("idle"),
    )
    .join_from(sessions, accounts)
    .where(sessions.c.expires_at > sa.bindparam("now", type_=sessions.c.expires_at.type), accounts.c.active)
)
_BY_TOKEN: Final = _OPEN.where(sessions.c.digest == sa.bindparam("digest"))
_OF_ACCOUNT: Final = _OPEN.where(sessions.c.account_id == sa.bindparam("account")).order_by(
    sessions.c.seen_at.desc(), sessions.c.id.desc()
)
