"""Who may look after a case: the people of its section, and administrators."""

import sqlalchemy as sa

from faq.counters import SectionId
from store import cases
from store.db import Tx
from store.sight import AccountId
from store.tables import accounts


def who_may_take(tx: Tx, section: SectionId) -> dict[AccountId, str]:
    """How they are called, by account; those of the section itself before administrators."""
    is_own = accounts.c.section.is_not_distinct_from(section)
    query = sa.select(accounts.c.id, accounts.c.shown).where(cases.keepers(section))
    rows = tx.connection.execute(query.order_by(is_own.desc(), accounts.c.shown, accounts.c.id))
    return {AccountId(row.id): row.shown for row in rows}
