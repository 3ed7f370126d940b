"""Contacts: whom a section wants told of its cases, in which order, and how.

Several may have one rank: they are told together. Addresses are sealed under the key of the desk; logs and audits
know a contact by its number.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

import sqlalchemy as sa

from faq.counters import SectionId
from store import audit
from store.audit import ByAccount, Kind
from store.db import Tx
from store.desk_words import reader, sealed
from store.sight import Role, Viewer
from store.tables import contacts

ContactId = NewType("ContactId", int)

_ADDRESS: Final = "contact"
_SIGNS: Final = "contact_signs"


class Way(StrEnum):
    """How somebody is told."""

    MAIL = "mail"
    LINE_GROUP = "line_group"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """A contact as it is written down."""

    section: SectionId
    way: Way
    label: str
    """Whose it is, for colleagues; up to 40 letters."""
    address: str
    """An e-mail address, the id of a LINE group, or an https address."""
    digest: bool
    """One mail at the beginning of the day in place of one for each case."""
    office_hours: bool
    """Told only while the section is open; what comes meanwhile waits."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom a section wants told."""

    id: ContactId
    section: SectionId
    rank: int
    """From 1: the first are told at once, the next where nobody has taken a case."""
    way: Way
    label: str
    address: str
    secret: str
    """Signs what goes to a webhook; empty for other ways."""
    digest: bool
    office_hours: bool


def seen_by(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Administrators keep all; a section sees its own."""
    if viewer.role is Role.ADMIN:
        return sa.true()
    return sa.and_(contacts.c.section.is_not_distinct_from(viewer.section), contacts.c.section.is_not(None))


def add(tx: Tx, viewer: Viewer, draft: ContactDraft, now: datetime) -> Contact:
    """One more, behind the others of its section. Who may add one the page decides (`ADMINS`)."""
    last = sa.select(sa.func.max(contacts.c.rank)).where(contacts.c.section == draft.section)
    made = tx.connection.execute(
        contacts.insert().values(
            **_columns(tx, draft),
            section=draft.section,
            rank=(tx.connection.scalar(last) or 0) + 1,
            secret=sealed(tx, secrets.token_urlsafe(32), _SIGNS) if draft.way is Way.WEBHOOK else None,
            made_at=now,
        )
    )
    assert made.inserted_primary_key is not None
    contact = find(tx, viewer, ContactId(made.inserted_primary_key[0]))
    assert contact is not None
    _note(tx, viewer, "made", contact, now)
    return contact


def remove(tx: Tx, viewer: Viewer, contact: Contact, now: datetime) -> None:
    """Nobody is told there any more, nor of what waits."""
    tx.connection.execute(contacts.delete().where(contacts.c.id == contact.id))
    _note(tx, viewer, "removed", contact, now)


def find(tx: Tx, viewer: Viewer, contact: ContactId) -> Contact | None:
    """A contact that the viewer may see."""
    found = _all(tx, seen_by(viewer), contacts.c.id == contact)
    return found[0] if found else None


def read(tx: Tx, contact: ContactId) -> Contact:
    """One that is there; for the service itself."""
    return _all(tx, contacts.c.id == contact)[0]


def of_section(tx: Tx, section: SectionId) -> tuple[Contact, ...]:
    """A section's, in order; for the service itself, which tells them."""
    return _all(tx, contacts.c.section == section)


def of_digests(tx: Tx) -> tuple[Contact, ...]:
    """All who prefer a digest; for the service itself."""
    return _all(tx, contacts.c.digest)


def listed(tx: Tx, viewer: Viewer) -> tuple[Contact, ...]:
    """All that the viewer may see, by section and in order."""
    return _all(tx, seen_by(viewer))


def _all(tx: Tx, *which: sa.ColumnElement[bool]) -> tuple[Contact, ...]:
    of = contacts.c
    query = sa.select(contacts).where(*which).order_by(of.section, of.rank, of.id)
    address, secret = reader(tx, _ADDRESS), reader(tx, _SIGNS)
    return tuple(
        Contact(
            id=ContactId(row.id),
            section=SectionId(row.section),
            rank=row.rank,
            way=Way(row.way),
            label=row.label,
            address=address(row.address),
            secret=secret(row.secret),
            digest=row.digest,
            office_hours=row.office_hours,
        )
        for row in tx.connection.execute(query)
    )


def _columns(tx: Tx, draft: ContactDraft) -> dict[str, object]:
    return {
        "way": draft.way.value,
        "label": draft.label,
        "address": sealed(tx, draft.address, _ADDRESS),
        "digest": draft.digest,
        "office_hours": draft.office_hours,
    }


def _note(tx: Tx, viewer: Viewer, act: str, contact: Contact, now: datetime) -> None:
    by = ByAccount(viewer.account)
    audit.record(tx, by, act, Kind.CONTACT, str(contact.id), now, section=contact.section)
