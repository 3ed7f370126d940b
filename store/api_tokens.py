"""Keys by which other programs ask: made by an administrator and shown once; of a key only its digest is kept.

How often a key may ask is held by a row of the database, so that the limit is one for all processes. The rule is the
generic cell rate algorithm (ITU-T I.371, A.1, as a "virtual scheduling algorithm"): each request takes a piece of time,
and a key may be ahead of the clock by one minute's worth of pieces.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NewType

import sqlalchemy as sa

from store import audit
from store.audit import ByAccount, Kind
from store.db import Tx
from store.set_back import SKEW
from store.sight import Viewer
from store.tables import accounts, api_tokens

TokenId = NewType("TokenId", int)

PREFIX: Final = "helpdesk_"
"""By which people, and programs that look for leaked keys, know one."""
WINDOW: Final = timedelta(minutes=1)
MOST_A_MINUTE: Final = 6000
LONGEST_LIFE: Final = timedelta(days=731)


@dataclass(frozen=True, slots=True)
class TokenDraft:
    """What a key is made of. Raises ValueError for a limit that is none."""

    name: str
    """Which program uses it, for people."""
    a_minute: int
    """How many requests in any minute, from 1 to `MOST_A_MINUTE`."""
    expires_at: datetime

    def __post_init__(self) -> None:
        if not 1 <= self.a_minute <= MOST_A_MINUTE:
            raise ValueError(f"{self.a_minute} requests a minute")


@dataclass(frozen=True, slots=True)
class Token:
    """A key, without what proves it."""

    id: TokenId
    name: str
    a_minute: int
    made_by: str
    """Their name, for colleagues."""
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    used_at: datetime | None

    def is_good(self, now: datetime) -> bool:
        """Whether it opens anything."""
        return self.revoked_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class Made:
    """A new key, and the text that proves it, which is kept nowhere."""

    id: TokenId
    text: str


@dataclass(frozen=True, slots=True)
class Wait:
    """It asked too often; from then on it may ask again."""

    until: datetime


def make(tx: Tx, viewer: Viewer, draft: TokenDraft, now: datetime) -> Made:
    """A new key. Who may make one the page decides (`ADMINS`)."""
    text = PREFIX + secrets.token_urlsafe(32)
    made = tx.connection.execute(
        api_tokens.insert().values(
            name=draft.name,
            digest=_digest(text),
            a_minute=draft.a_minute,
            made_by=viewer.account,
            made_at=now,
            expires_at=draft.expires_at,
        )
    )
    assert made.inserted_primary_key is not None
    which = TokenId(made.inserted_primary_key[0])
    audit.record(tx, ByAccount(viewer.account), "made", Kind.PROGRAM, str(which), now)
    return Made(which, text)


def revoke(tx: Tx, viewer: Viewer, which: TokenId, now: datetime) -> bool:
    """Makes it worth nothing; False where there is none. Again, it is revoked all the same."""
    revoked = tx.connection.execute(
        api_tokens.update()
        .where(api_tokens.c.id == which, api_tokens.c.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    if revoked.rowcount:
        audit.record(tx, ByAccount(viewer.account), "revoked", Kind.PROGRAM, str(which), now)
        return True
    return find(tx, which) is not None


def listed(tx: Tx) -> tuple[Token, ...]:
    """All that were made, the newest first."""
    newest = _select().order_by(api_tokens.c.made_at.desc(), api_tokens.c.id.desc())
    return tuple(_token(row) for row in tx.connection.execute(newest))


def find(tx: Tx, which: TokenId) -> Token | None:
    """One of them."""
    row = tx.connection.execute(_select().where(api_tokens.c.id == which)).first()
    return None if row is None else _token(row)


def known(tx: Tx, text: str, now: datetime) -> Token | None:
    """The key that this text proves; None where there is none, or it is worth nothing any more."""
    row = tx.connection.execute(_select().where(api_tokens.c.digest == _digest(text))).first()
    found = None if row is None else _token(row)
    return found if found is not None and found.is_good(now) else None


def must_wait(tx: Tx, token: Token, now: datetime) -> Wait | None:
    """Whether the key has to wait; writes nothing, so that a flood costs no writing."""
    until = tx.connection.scalar(sa.select(api_tokens.c.taken_until).where(api_tokens.c.id == token.id))
    return _wait(token, _still(until, now), now)


def take(tx: Tx, token: Token, now: datetime) -> Wait | None:
    """Takes one request of the key's, or none where it has to wait; requests at one moment one after the other."""
    row = sa.select(api_tokens.c.taken_until).where(api_tokens.c.id == token.id).with_for_update()
    until = _still(tx.connection.scalar(row), now)
    waits = _wait(token, until, now)
    if waits is None:
        values = {"taken_until": until + WINDOW / token.a_minute, "used_at": now}
        tx.connection.execute(api_tokens.update().where(api_tokens.c.id == token.id).values(values))
    return waits


def _still(taken_until: datetime | None, now: datetime) -> datetime:
    """Until when is taken, from now on. More than a window ahead it was noted by a clock that was set back since."""
    if taken_until is None or not now < taken_until <= now + 2 * WINDOW + SKEW:
        return now
    return taken_until


def _wait(token: Token, until: datetime, now: datetime) -> Wait | None:
    allowed_from = until + WINDOW / token.a_minute - WINDOW
    return None if allowed_from <= now else Wait(allowed_from)


def _digest(text: str) -> bytes:
    """Of 256 random bits, which nobody guesses: a slow hash would guard nothing more."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _select() -> sa.Select[tuple[object, ...]]:
    return sa.select(api_tokens, accounts.c.shown).join(accounts, accounts.c.id == api_tokens.c.made_by)


def _token(row: sa.Row[tuple[object, ...]]) -> Token:
    return Token(
        id=TokenId(row.id),
        name=row.name,
        a_minute=row.a_minute,
        made_by=row.shown,
        made_at=row.made_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        used_at=row.used_at,
    )
