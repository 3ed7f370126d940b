"""What stands in a section: what somebody waits for, the soonest promised first."""

from datetime import timedelta

import sqlalchemy as sa

from store import case_acts, staff_digests
from store.sight import Role
from store.tables import cases
from tests.conftest import NOON
from tests.store.cases import HOKEN, KUMIN, PROMISED, handed, person


def test_what_waits_is_told_by_its_promise_without_a_word(tx, hanako):
    first, taken, soon = (handed(tx, hanako, once) for once in "123")
    handed(tx, hanako, "4", HOKEN)
    case_acts.take(tx, person(tx, "admin", Role.ADMIN), taken.id, NOON)
    earlier = PROMISED - timedelta(hours=1)
    tx.connection.execute(sa.update(cases).where(cases.c.id == soon.id).values(promised_at=earlier, unread=2))
    found = staff_digests.standing(tx, KUMIN)
    assert [(each.case, each.is_new, each.unread) for each in found] == [
        (soon.id, True, True),
        (first.id, True, False),
        (taken.id, False, False),
    ]
    assert [each.is_late(PROMISED) for each in found] == [True, False, False]
