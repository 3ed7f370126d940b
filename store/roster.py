"""The roster: accounts, searched and filtered, a page at a time."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import sqlalchemy as sa

from faq.counters import SectionId
from store.accounts import Account, account_of, folded, seen_by
from store.db import Tx
from store.sight import Role, Viewer
from store.tables import accounts

PAGE: Final = 50


class State(StrEnum):
    """How an account stands."""

    ACTIVE = "active"
    """Has signed in and may."""
    WAITING = "waiting"
    """Has never signed in."""
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which accounts are looked for; what is empty or None is any."""

    text: str = ""
    """Part of a name, in any width and case."""
    role: Role | None = None
    state: State | None = None
    section: SectionId | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the accounts that were looked for, by name, and how many there are in all."""

    accounts: tuple[Account, ...]
    total: int


def state_of(account: Account) -> State:
    """How the account stands."""
    if not account.active:
        return State.DISABLED
    return State.WAITING if account.signed_in_at is None else State.ACTIVE


def listed(tx: Tx, viewer: Viewer, wanted: Wanted, page: int = 0) -> Listed:
    """The accounts that the viewer may see and that are wanted; `page` counts from 0."""
    which = sa.and_(seen_by(viewer), *_conditions(wanted))
    total = tx.connection.scalar(sa.select(sa.func.count()).select_from(accounts).where(which))
    rows = tx.connection.execute(
        sa.select(accounts).where(which).order_by(accounts.c.name).limit(PAGE).offset(page * PAGE)
    )
    return Listed(tuple(account_of(row) for row in rows), total or 0)


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if text := folded(wanted.text):
        names = (accounts.c.name, sa.func.lower(accounts.c.shown))
        found.append(sa.or_(*(name.contains(text, autoescape=True) for name in names)))
    if wanted.role is not None:
        found.append(accounts.c.role == wanted.role.value)
    if wanted.section is not None:
        found.append(accounts.c.section == wanted.section)
    match wanted.state:
        case State.ACTIVE:
            found += [accounts.c.active, accounts.c.signed_in_at.is_not(None)]
        case State.WAITING:
            found += [accounts.c.active, accounts.c.signed_in_at.is_(None)]
        case State.DISABLED:
            found.append(sa.not_(accounts.c.active))
        case None:
            pass
    return found
