"""Accounts of the people at the city: who they are, and what they may do."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from faq.counters import SectionId
from nlp.width import nfkc
from store import audit
from store.audit import Actor, ByAccount, Kind
from store.db import Tx
from store.sight import AccountId, Role, Viewer
from store.tables import accounts, sessions

LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class Draft:
    """What an account is made of, or changed to."""

    name: str
    """What they sign in with."""
    shown: str
    """What colleagues read."""
    role: Role
    section: SectionId | None = None
    personal: bool = False
    leads: bool = False
    outside: bool = False
    """Of a contractor; for operators alone (see `may_be_outside`)."""

    @property
    def rights(self) -> tuple[Role, SectionId | None, bool, bool, bool]:
        """What the account may do: where it changes, sessions end."""
        return self.role, self.section, self.personal, self.leads, self.outside


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in."""

    id: AccountId
    name: str
    shown: str
    role: Role
    section: SectionId | None
    personal: bool
    """Whether they may see personal data."""
    leads: bool
    """Whether they lead operators."""
    outside: bool
    """Whether they work for a contractor."""
    active: bool
    has_password: bool
    has_authenticator: bool
    has_identity: bool
    """Whether they may come in through the city's identity provider."""
    created_at: datetime
    signed_in_at: datetime | None

    @property
    def needs_authenticator(self) -> bool:
        """Whether a password alone does not let them in."""
        return must_have_authenticator(self.role, personal=self.personal)

    @property
    def viewer(self) -> Viewer:
        return Viewer(self.id, self.shown, self.role, self.section, self.personal, self.leads, self.outside)

    @property
    def rights(self) -> tuple[Role, SectionId | None, bool, bool, bool]:
        """What the account may do."""
        return self.role, self.section, self.personal, self.leads, self.outside


@dataclass(frozen=True, slots=True)
class NameTaken:
    """An account of that name is there already."""

    name: str


def must_have_authenticator(role: Role, *, personal: bool) -> bool:
    """Who can do most harm proves themselves by two things."""
    return role is Role.ADMIN or personal


def may_be_outside(role: Role) -> bool:
    """A contractor answers callers; what is the city's own to decide is for its own people."""
    return role is Role.OPERATOR


def folded(name: str) -> str:
    """The name as it is kept and looked up: full and half width, capital and small letters are the same."""
    return nfkc(name).strip().casefold()


def is_name(name: str) -> bool:
    """Whether somebody can be called so: up to 64 letters that can be seen, without spaces."""
    plain = folded(name)
    return 0 < len(plain) <= LONGEST_NAME and plain.isprintable() and not any(map(str.isspace, plain))


def seen_by(viewer: Viewer) -> sa.ColumnElement[bool]:
    """The accounts that are theirs to see: all for an administrator, else their own."""
    return sa.true() if viewer.role is Role.ADMIN else accounts.c.id == viewer.account


def of_contractor() -> sa.Select[tuple[int]]:
    """The ids of those who work for a contractor, for a statement of any table."""
    them = accounts.alias("of_contractor")
    return sa.select(them.c.id).where(them.c.outside)


def add(tx: Tx, draft: Draft, by: Actor, now: datetime) -> Account | NameTaken:
    """A new account, without a password until its first sign-in link is used."""
    name = folded(draft.name)
    values = {
        "name": name,
        "shown": draft.shown.strip() or name,
        "role": draft.role.value,
        "section": draft.section,
        "personal": draft.personal,
        "leads": draft.leads,
        "outside": draft.outside,
        "active": True,
        "created_at": now,
    }
    try:
        with tx.connection.begin_nested():
            tx.connection.execute(accounts.insert().values(values))
    except IntegrityError:
        return NameTaken(name)
    made = named(tx, name)
    assert made is not None
    audit.record(tx, by, "add", Kind.ACCOUNT, str(made.id), now, **_rights(draft))
    return made


def change(
    tx: Tx, viewer: Viewer, account: AccountId, draft: Draft, now: datetime
) -> Account | NameTaken | None:
    """Changes an account, by who may see it; None where there is none.

    Where its rights change its sessions end, so that nothing goes on with the old ones.
    """
    before = find(tx, viewer, account)
    if before is None:
        return None
    name = folded(draft.name)
    changed = accounts.update().where(accounts.c.id == account, seen_by(viewer))
    try:
        with tx.connection.begin_nested():
            tx.connection.execute(
                changed.values(
                    name=name,
                    shown=draft.shown.strip() or name,
                    role=draft.role.value,
                    section=draft.section,
                    personal=draft.personal,
                    leads=draft.leads,
                    outside=draft.outside,
                )
            )
    except IntegrityError:
        return NameTaken(name)
    if draft.rights != before.rights:
        tx.connection.execute(sessions.delete().where(sessions.c.account_id == account))
    audit.record(tx, ByAccount(viewer.account), "change", Kind.ACCOUNT, str(account), now, **_rights(draft))
    return find(tx, viewer, account)


def set_active(tx: Tx, account: AccountId, by: Actor, now: datetime, *, active: bool) -> bool:
    """Lets an account in again, or keeps it out from this moment on; False where nothing changes."""
    otherwise = sa.and_(accounts.c.id == account, accounts.c.active.is_(not active))
    if tx.connection.execute(accounts.update().where(otherwise).values(active=active)).rowcount == 0:
        return False
    if not active:
        tx.connection.execute(sessions.delete().where(sessions.c.account_id == account))
    audit.record(tx, by, "enable" if active else "disable", Kind.ACCOUNT, str(account), now)
    return True


def find(tx: Tx, viewer: Viewer, account: AccountId) -> Account | None:
    """An account that the viewer may see."""
    return _one(tx, sa.and_(accounts.c.id == account, seen_by(viewer)))


def all_of(tx: Tx, viewer: Viewer) -> tuple[Account, ...]:
    """The accounts that the viewer may see, by name."""
    rows = tx.connection.execute(sa.select(accounts).where(seen_by(viewer)).order_by(accounts.c.name))
    return tuple(account_of(row) for row in rows)


def every(tx: Tx) -> tuple[Account, ...]:
    """All accounts, for who stands at the machine itself."""
    rows = tx.connection.execute(sa.select(accounts).order_by(accounts.c.name))
    return tuple(account_of(row) for row in rows)


def named(tx: Tx, name: str) -> Account | None:
    """The account with this name, as signing in finds it."""
    return _one(tx, accounts.c.name == folded(name))


def own(tx: Tx, account: AccountId) -> Account | None:
    """The account of somebody who has proven that it is theirs, by a session or a link."""
    return _one(tx, accounts.c.id == account)


def _one(tx: Tx, which: sa.ColumnElement[bool]) -> Account | None:
    row = tx.connection.execute(sa.select(accounts).where(which)).first()
    return None if row is None else account_of(row)


def account_of(row: sa.Row[tuple[object, ...]]) -> Account:
    """The account in a row that has all columns of the table."""
    return Account(
        id=AccountId(row.id),
        name=row.name,
        shown=row.shown,
        role=Role(row.role),
        section=None if row.section is None else SectionId(row.section),
        personal=row.personal,
        leads=row.leads,
        outside=row.outside,
        active=row.active,
        has_password=row.password is not None,
        has_authenticator=row.totp is not None,
        has_identity=row.subject is not None,
        created_at=row.created_at,
        signed_in_at=row.signed_in_at,
    )


def _rights(draft: Draft) -> dict[str, str]:
    """What an account may do, as the audit tells it: of who it is, its number is enough."""
    granted = {"personal": draft.personal, "leads": draft.leads, "outside": draft.outside}
    return {
        "role": draft.role.value,
        "section": draft.section or "",
        **{right: "yes" if has else "no" for right, has in granted.items()},
    }
