"""Buttons that act on a record: opaque random tokens naming a row, never an id to trust."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

import sqlalchemy as sa

from store.db import Tx
from store.residents import ResidentId
from store.tables import buttons

LIFE = timedelta(days=7)


class Refusal(Enum):
    """Why a button does nothing. Another's button and an unknown one look alike."""

    UNKNOWN = auto()
    EXPIRED = auto()
    SPENT = auto()


@dataclass(frozen=True, slots=True)
class Button:
    """What a press does, and to which row."""

    act: str
    subject: int


_MINT = buttons.insert()


def mint(tx: Tx, resident: ResidentId, button: Button, now: datetime) -> str:
    """A token for a button that only this resident may press, once, within a week."""
    return mint_each(tx, resident, (button,), now)[0]


def mint_each(tx: Tx, resident: ResidentId, made: Sequence[Button], now: datetime) -> tuple[str, ...]:
    """A token for each of some buttons, in their order, as `mint` makes one."""
    tokens = tuple(secrets.token_urlsafe(24) for _ in made)
    tx.connection.execute(
        _MINT,
        [
            {
                "token": _digest(token),
                "resident_id": resident,
                "act": button.act,
                "subject": button.subject,
                "expires_at": now + LIFE,
            }
            for token, button in zip(tokens, made, strict=True)
        ],
    )
    return tokens


def look(tx: Tx, resident: ResidentId, token: str) -> Button | None:
    """What a button of this resident does, whether or not it may still be pressed; None for any other."""
    mine = sa.and_(buttons.c.token == _digest(token), buttons.c.resident_id == resident)
    row = tx.connection.execute(sa.select(buttons.c.act, buttons.c.subject).where(mine)).first()
    return Button(row.act, row.subject) if row else None


def spend(tx: Tx, resident: ResidentId, token: str, now: datetime) -> Button | Refusal:
    """Presses a button: what it does, or why it does nothing."""
    mine = sa.and_(buttons.c.token == _digest(token), buttons.c.resident_id == resident)
    row = tx.connection.execute(sa.select(buttons).where(mine).with_for_update()).first()
    if row is None:
        return Refusal.UNKNOWN
    if row.spent_at is not None:
        return Refusal.SPENT
    if row.expires_at < now:
        return Refusal.EXPIRED
    tx.connection.execute(buttons.update().where(mine).values(spent_at=now))
    return Button(row.act, row.subject)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
