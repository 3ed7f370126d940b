"""Drafts on which the city asks for opinions."""

from collections.abc import Mapping
from typing import Final

from faq.plans import Plan, PlanId
from store import keeping
from store.db import Tx
from store.keeping import Kept, rows
from store.tables import plans


def all_plans(tx: Tx) -> tuple[Plan, ...]:
    """Those that close last stand first."""
    found = (keeping.read(Plan, row) for row in rows(tx, plans))
    return tuple(sorted(found, key=lambda plan: (plan.closes_at, plan.id), reverse=True))


def find(tx: Tx, plan: PlanId) -> Plan | None:
    """The plan as it stands in this transaction, whatever a process has taken up of it."""
    return next((keeping.read(Plan, row) for row in keeping.rows_of(tx, plans, [(plan,)])), None)


KEPT: Final[Mapping[type, Kept]] = {
    Plan: Kept("plans", plans, lambda each: (each.id,), keeping.write, lambda row: keeping.read(Plan, row))
}
"""Every kind of record."""
