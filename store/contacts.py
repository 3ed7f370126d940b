"""Contacts: whom a section wants told of its cases, in which order, and how.

Several may have one rank: they are told together. Addresses are sealed under the key of the desk; logs and audits
know a contact by its number.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType, assert_never
from urllib.parse import urlsplit

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

    @property
    def masked(self) -> str:
        """The address, as far as one needs it to know it again."""
        match self.way:
            case Way.MAIL:
                box, _, domain = self.address.rpartition("@")
                return f"{box[:1]}…@{domain}"
            case Way.LINE_GROUP:
                return f"{self.address[:1]}…{self.address[-4:]}"
            case Way.WEBHOOK:
                parts = urlsplit(self.address)
                return f"{parts.scheme}://{parts.hostname}/…"
            case _:
                assert_never(self.way)


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


def change(tx: Tx, viewer: Viewer, contact: Contact, draft: ContactDraft, now: datetime) -> None:
    """Writes what it is from now on, but for its section and its way; an empty address leaves it as it was."""
    values = _columns(tx, replace(draft, address=draft.address or contact.address, way=contact.way))
    tx.connection.execute(contacts.update().where(contacts.c.id == contact.id).values(values))
    _note(tx, viewer, "changed", contact, now)


def move(tx: Tx, viewer: Viewer, contact: Contact, up: bool, now: datetime) -> None:
    """One step earlier or later: out of those told together, or, if alone, to the ones beside it."""
    theirs = tx.connection.execute(
        sa.select(contacts.c.id, contacts.c.rank)
        .where(contacts.c.section == contact.section)
        .order_by(contacts.c.id)
        .with_for_update()
    ).all()
    rank = next((row.rank for row in theirs if row.id == contact.id), None)
    if rank is None:
        return
    step = 1 if sum(row.rank == rank for row in theirs) > 1 else 2
    # Twice the rank leaves a place between two.
    places = {row.id: 2 * row.rank for row in theirs} | {
        contact.id: 2 * rank - step if up else 2 * rank + step
    }
    _arrange(tx, places)
    _note(tx, viewer, "moved", contact, now)


def _arrange(tx: Tx, places: Mapping[int, int]) -> None:
    """Ranks from 1 on without a gap, in the order of these places."""
    ranks = {place: rank for rank, place in enumerate(sorted(set(places.values())), 1)}
    for which, place in places.items():
        tx.connection.execute(contacts.update().where(contacts.c.id == which).values(rank=ranks[place]))


def note_try(tx: Tx, viewer: Viewer, contact: Contact, now: datetime) -> None:
    """Somebody tries whether it can be told."""
    _note(tx, viewer, "tried", contact, now)


def remove(tx: Tx, viewer: Viewer, contact: Contact, now: datetime) -> None:
    """Nobody is told there any more, nor of what waits."""
    tx.connection.execute(contacts.delete().where(contacts.c.id == contact.id))
    rows = tx.connection.execute(
        sa.select(contacts.c.id, contacts.c.rank).where(contacts.c.section == contact.section)
    )
    _arrange(tx, {row.id: row.rank for row in rows})
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


def everywhere(tx: Tx) -> tuple[Contact, ...]:
    """All; for the service itself."""
    return _all(tx)


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
