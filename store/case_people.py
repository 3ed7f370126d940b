"""Who may look after a case: the people of its section, and administrators."""

import sqlalchemy as sa

from faq.counters import SectionId
from store.db import Tx
from store.sight import AccountId, Role
from store.tables import accounts


def of_section(section: SectionId) -> sa.ColumnElement[bool]:
    """The accounts that keep the section's cases; a contractor's only where they may see personal data."""
    theirs = sa.or_(
        accounts.c.role == Role.ADMIN.value,
        sa.and_(accounts.c.section == section, accounts.c.role != Role.OPERATOR.value),
    )
    trusted = sa.or_(sa.not_(accounts.c.outside), accounts.c.personal)
    return sa.and_(accounts.c.active, theirs, trusted)


def who_may_take(tx: Tx, section: SectionId) -> dict[AccountId, str]:
    """How they are called, by account; those of the section itself before administrators."""
    is_own = accounts.c.section.is_not_distinct_from(section)
    query = sa.select(accounts.c.id, accounts.c.shown).where(of_section(section))
    rows = tx.connection.execute(query.order_by(is_own.desc(), accounts.c.shown, accounts.c.id))
    return {AccountId(row.id): row.shown for row in rows}
