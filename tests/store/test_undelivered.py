import pytest
import sqlalchemy as sa

from store import delivery, notices, outbox, residents, undelivered, undelivered_acts
from store.delivery import Why
from store.notices import NoticeKind
from store.sight import Role
from store.tables import case_entries
from tests.conftest import NOON
from tests.line import HANAKO
from tests.store.cases import handed, person


@pytest.fixture
def chief(database):
    with database.write() as tx:
        return person(tx, "chief", Role.ADMIN, None)


def given_up(tx, kind, notice=None):
    """LINE refuses to tell the resident something of a kind."""
    resident = residents.meet(tx, HANAKO, NOON).id
    outbox.put(tx, resident, b"[]", NOON, about=kind.value, notice=notice)
    delivery.give_up(tx, outbox.claim(tx, "w", NOON, resident), Why.REFUSED, NOON)


def test_what_is_done_to_a_group_leaves_what_stands_beside_it_with_a_number(database, chief):
    """The case of the one is erased, so nobody can tell of which it was; the other's is still there."""
    kind = NoticeKind.CASE_ANSWER
    with database.write() as tx:
        case = handed(tx, residents.meet(tx, HANAKO, NOON).id)
        entry = tx.connection.scalar(sa.select(sa.func.max(case_entries.c.id)))
        notices.put_case(tx, case, entry, kind, NOON)
        (notice,) = notices.claim_due(tx, NOON, 10)
        given_up(tx, kind, notice.id)
        given_up(tx, kind)
        assert [each.receipt for each in undelivered.listed(tx, chief, NOON)] == [case.receipt, None]
        assert undelivered_acts.told(tx, chief, kind.value, NOON) == 1
        assert [each.receipt for each in undelivered.listed(tx, chief, NOON)] == [case.receipt]
