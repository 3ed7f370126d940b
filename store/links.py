"""One-time links: unguessable addresses for one purpose, spent by sending a form and never by opening a page.

Messengers and mail programs open links by themselves to show a preview, so opening may change nothing.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, StrEnum, auto
from typing import Final

import sqlalchemy as sa

from store.db import Tx
from store.residents import ResidentId
from store.sight import AccountId
from store.tables import links


class Purpose(StrEnum):
    """What a link is for. Whose it is follows: an account's, or a resident's (or nobody's)."""

    FIRST_SIGN_IN = "first sign-in"
    RESET = "reset"
    BOOKING_FORM = "booking form"
    RECEIPT = "receipt"
    """Of a booking: what a form that was sent leads to, and a button in LINE."""
    CASE_FORM = "case form"
    """By which the resident of a case (`about`) tells whom to telephone, and when."""
    CASE_ANSWER = "case answer"
    """To an answer for one person alone: `about` is the entry of the case's talk."""
    COLLABORATION_FORM = "collaboration form"
    """By which a resident proposes to work together with the city; `about` is what they typed in the talk."""
    MY_DATA = "my data"
    """To all that is kept about a resident; `about` is nothing."""
    VOICE_FORM = "voice form"
    """By which a resident tells the city something; what they have begun in the talk is there already."""
    VOICE_STATE = "voice state"
    """To how a voice (`about` is its case) stands, for who told it by a form: nobody's, and not spent."""

    OPINION_FORM = "opinion form"
    """By which a resident writes an opinion on the page of any plan; `about` is nothing."""

    @property
    def is_of_account(self) -> bool:
        return self in (Purpose.FIRST_SIGN_IN, Purpose.RESET)


RECEIPT_LIFE: Final = timedelta(hours=1)
"""So long a receipt can be looked at, and its calendar's file taken."""
OPINION_FORM_LIFE: Final = timedelta(hours=12)
CASE_FORM_LIFE: Final = timedelta(hours=12)
CASE_ANSWER_LIFE: Final = timedelta(days=7)
"""An answer may come while somebody is away; a new link can be had in the talk at any time."""
COLLABORATION_FORM_LIFE: Final = timedelta(hours=24)
"""A proposal is written with others."""
MY_DATA_LIFE: Final = timedelta(minutes=30)
VOICE_FORM_LIFE: Final = timedelta(hours=12)
VOICE_STATE_LIFE: Final = timedelta(days=400)
"""An answer may take months, and nobody without LINE can ask for another link."""
Owner = ResidentId | AccountId | None


class Refusal(Enum):
    """Why a link opens nothing. One of another purpose looks like one that never was."""

    UNKNOWN = auto()
    EXPIRED = auto()
    SPENT = auto()


@dataclass(frozen=True, slots=True)
class Link:
    """Whose link it is, and what it is about."""

    purpose: Purpose
    resident: ResidentId | None
    account: AccountId | None
    about: int
    expires_at: datetime


def mint(tx: Tx, purpose: Purpose, owner: Owner, about: int, life: timedelta, now: datetime) -> str:
    """A token to be put into an address; it is kept nowhere. `about` is the number of the row it is about."""
    token = secrets.token_urlsafe(32)
    tx.connection.execute(
        links.insert().values(
            digest=_digest(token),
            purpose=purpose.value,
            resident_id=None if purpose.is_of_account else owner,
            account_id=owner if purpose.is_of_account else None,
            about=about,
            created_at=now,
            expires_at=now + life,
        )
    )
    return token


def look(tx: Tx, purpose: Purpose, token: str, now: datetime) -> Link | Refusal:
    """What a link opens, without spending it."""
    return _judged(tx, sa.select(links).where(_this(purpose, token)), now)


def spend(tx: Tx, purpose: Purpose, token: str, now: datetime) -> Link | Refusal:
    """What a link opens; from now on it opens nothing."""
    found = _judged(tx, sa.select(links).where(_this(purpose, token)).with_for_update(), now)
    if isinstance(found, Link):
        tx.connection.execute(links.update().where(_this(purpose, token)).values(spent_at=now))
    return found


def spent(tx: Tx, purpose: Purpose, token: str, now: datetime) -> Link | None:
    """What a link opened that is spent, and not yet expired: for who sends its form a second time."""
    row = tx.connection.execute(sa.select(links).where(_this(purpose, token))).first()
    if row is None or row.spent_at is None or row.expires_at <= now:
        return None
    return _link(row)


def is_any(tx: Tx, purpose: Purpose, about: int) -> bool:
    """Whether a link was ever made that is about this row, and is still known."""
    made = sa.and_(links.c.purpose == purpose.value, links.c.about == about)
    return tx.connection.scalar(sa.select(links.c.about).where(made).limit(1)) is not None


def revoke(tx: Tx, purpose: Purpose, owner: Owner) -> None:
    """Deletes the links of an owner that are not spent."""
    column = links.c.account_id if purpose.is_of_account else links.c.resident_id
    theirs = sa.and_(links.c.purpose == purpose.value, column == owner, links.c.spent_at.is_(None))
    tx.connection.execute(links.delete().where(theirs))


def _this(purpose: Purpose, token: str) -> sa.ColumnElement[bool]:
    return sa.and_(links.c.digest == _digest(token), links.c.purpose == purpose.value)


def _judged(tx: Tx, query: sa.Select[tuple[object, ...]], now: datetime) -> Link | Refusal:
    row = tx.connection.execute(query).first()
    if row is None:
        return Refusal.UNKNOWN
    if row.spent_at is not None:
        return Refusal.SPENT
    if row.expires_at <= now:
        return Refusal.EXPIRED
    return _link(row)


def _link(row: sa.Row[tuple[object, ...]]) -> Link:
    return Link(
        Purpose(row.purpose),
        None if row.resident_id is None else ResidentId(row.resident_id),
        None if row.account_id is None else AccountId(row.account_id),
        row.about,
        row.expires_at,
    )


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
