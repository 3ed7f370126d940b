"""What staff are told: once for each occasion, and no more once it has lost its point."""

import pytest
import sqlalchemy as sa

from store import staff_notices
from store.staff_notices import OfAlarm, StaffNoticeKind
from store.tables import cases
from store.tables import staff_notices as table
from tests.conftest import NOON
from tests.store.cases import HOKEN, KUMIN, handed


@pytest.fixture
def case(tx, hanako):
    return handed(tx, hanako, "1").id


@pytest.fixture
def other(tx, hanako):
    return handed(tx, hanako, "2").id


def states(tx):
    of = table.c
    query = sa.select(of.case_id, of.alarm_id, of.kind, of.occasion, of.state)
    untold = query.where(of.occasion != "opened").order_by(of.id)
    return [tuple(row) for row in tx.connection.execute(untold)]


def test_each_occasion_of_a_case_is_told_once(tx, case, other):
    def tell(which, kind, occasion):
        return staff_notices.tell(tx, which, kind, NOON, occasion)

    assert tell(case, StaffNoticeKind.SAID, "1")
    assert not tell(case, StaffNoticeKind.SAID, "1")
    assert tell(case, StaffNoticeKind.SAID, "2")
    assert tell(case, StaffNoticeKind.BACK, "1")
    assert tell(other, StaffNoticeKind.SAID, "1")
    assert len(states(tx)) == 4


def test_a_danger_is_told_once_without_a_case(tx):
    alarm = OfAlarm(7, KUMIN)
    told = [staff_notices.tell(tx, alarm, StaffNoticeKind.ALARM, NOON, "1") for _ in range(2)]
    assert told == [True, False]
    assert states(tx) == [(None, 7, "alarm", "1", "waiting")]


@pytest.mark.parametrize("kind", [kind.value for kind in StaffNoticeKind])
def test_what_asks_that_a_case_be_taken_is_told_no_more_once_it_is(tx, case, other, kind):
    staff_notices.tell(tx, case, StaffNoticeKind(kind), NOON, "1")
    staff_notices.tell(tx, other, StaffNoticeKind(kind), NOON, "1")
    staff_notices.drop(tx, case, NOON)
    pointless = {"new", "sent_on", "back", "reopened", "reminder", "climbed"}
    assert [row[-1] for row in states(tx)] == ["dropped" if kind in pointless else "waiting", "waiting"]


def test_a_case_is_told_to_who_has_it_now(tx, case):
    tx.connection.execute(cases.update().values(section=HOKEN))
    (notice,) = staff_notices.waiting(tx, NOON, 9)
    assert (notice.kind, notice.about.section) == (StaffNoticeKind.NEW, HOKEN)


def test_what_was_told_goes_with_its_case(tx, case):
    tx.connection.execute(cases.delete().where(cases.c.id == case))
    assert staff_notices.waiting(tx, NOON, 9) == ()
