"""Who may look after a case: the people of its section, and administrators."""

import sqlalchemy as sa

from faq.counters import SectionId
from store.db import Tx
from store.sight import AccountId, Role
from store.tables import accounts


def can_keep(tx: Tx, account: AccountId, section: SectionId) -> bool:
    """Whether an account, which may be in use no longer, keeps the cases of a section."""
    known = sa.select(accounts.c.id).where(accounts.c.id == account, keepers(section))
    return tx.connection.scalar(known) is not None


def keepers(section: SectionId) -> sa.ColumnElement[bool]:
    """The accounts that keep a section's cases."""
    of = accounts.c
    theirs = sa.or_(
        of.role == Role.ADMIN.value, sa.and_(of.section == section, of.role != Role.OPERATOR.value)
    )
    return sa.and_(of.active, theirs, sa.not_(of.outside))


def who_may_take(tx: Tx, section: SectionId) -> dict[AccountId, str]:
    """How they are called, by account; those of the section itself before administrators."""
    is_own = accounts.c.section.is_not_distinct_from(section)
    query = sa.select(accounts.c.id, accounts.c.shown).where(keepers(section))
    rows = tx.connection.execute(query.order_by(is_own.desc(), accounts.c.shown, accounts.c.id))
    return {AccountId(row.id): row.shown for row in rows}
