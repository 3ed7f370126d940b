"""Who does something to a booking or a slot: the same value says what they may touch and stands in the audit."""

from typing import assert_never

import sqlalchemy as sa

from faq.terms import Terms
from store.audit import Actor, ByAccount, ByResident, Unattended
from store.sight import Role, Viewer
from store.tables import booking_terms

AtTheCity = Viewer | Unattended
Doer = ByResident | Viewer | Unattended


def actor(doer: Doer) -> Actor:
    """As the audit names them."""
    return ByAccount(doer.account) if isinstance(doer, Viewer) else doer


def serves(viewer: Viewer, programme: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Whether a programme is the viewer's business.

    Operators take bookings for all, an administrator looks after all; staff keep the lists of their own section. Where
    no section is known, those of no section do: what nobody was given is not shown to everybody.
    """
    match viewer.role:
        case Role.OPERATOR | Role.ADMIN:
            return sa.true()
        case Role.STAFF | Role.APPROVER:
            same = booking_terms.c.section.is_not_distinct_from(viewer.section)
            return programme.in_(sa.select(booking_terms.c.programme).where(same))
        case _:
            assert_never(viewer.role)


def is_theirs(viewer: Viewer, terms: Terms) -> bool:
    """The same of one programme's terms."""
    return viewer.role in (Role.OPERATOR, Role.ADMIN) or terms.section == viewer.section
