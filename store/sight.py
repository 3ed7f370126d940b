"""Who looks: the signed-in person as every statement sees them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

import sqlalchemy as sa

from faq.counters import SectionId

AccountId = NewType("AccountId", int)


class Role(StrEnum):
    """What an account is for."""

    OPERATOR = "operator"
    """Answers callers."""
    STAFF = "staff"
    """Of a section: keeps its knowledge true, takes its bookings and cases."""
    APPROVER = "approver"
    """Staff who may also approve what a colleague wrote."""
    ADMIN = "admin"
    """Keeps accounts and settings."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody signed in. Statements that read for them take it, and leave out what is not theirs to see."""

    account: AccountId
    shown: str
    """Their name, for colleagues."""
    role: Role
    section: SectionId | None
    """None: of no section, or of all (an administrator)."""
    personal: bool
    """Whether they may see personal data; then they have signed in with a second factor."""
    leads: bool = False
    """Whether they lead operators: see their calls, come when they ask for help."""
    outside: bool = False
    """Whether they work for a contractor, and so see less than the city's own people."""

    @property
    def supervises(self) -> bool:
        """Who sees what operators do: those who lead them, and administrators."""
        return self.leads or self.role is Role.ADMIN


def is_of_theirs(viewer: Viewer, section: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Whether the section of a row is the viewer's own; any is an administrator's.

    None is an operator's, nor of anybody's who works for a contractor.
    """
    if viewer.outside or viewer.role is Role.OPERATOR:
        return sa.false()
    if viewer.role is Role.ADMIN:
        return sa.true()
    return sa.false() if viewer.section is None else section == viewer.section
