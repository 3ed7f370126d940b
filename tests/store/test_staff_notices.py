"""What staff are told: once for each occasion, and no more once it has lost its point."""

import pytest
import sqlalchemy as sa

from store import staff_notices
from store.staff_notices import OfAlarm, StaffNoticeKind
from store.tables import staff_notices as table
from tests.conftest import NOON
from tests.store.people import KUMIN

CASE, OTHER = 41, 42


def states(tx):
    of = table.c
    query = sa.select(of.case_id, of.alarm_id, of.kind, of.occasion, of.state).order_by(of.id)
    return [tuple(row) for row in tx.connection.execute(query)]


def test_each_occasion_of_a_case_is_told_once(tx):
    def tell(case, kind, occasion):
        return staff_notices.tell(tx, case, kind, NOON, occasion)

    assert tell(CASE, StaffNoticeKind.SAID, "1")
    assert not tell(CASE, StaffNoticeKind.SAID, "1")
    assert tell(CASE, StaffNoticeKind.SAID, "2")
    assert tell(CASE, StaffNoticeKind.NEW, "1")
    assert tell(OTHER, StaffNoticeKind.SAID, "1")
    assert len(states(tx)) == 4


def test_a_danger_is_told_once_without_a_case(tx):
    alarm = OfAlarm(7, KUMIN)
    told = [staff_notices.tell(tx, alarm, StaffNoticeKind.ALARM, NOON, "1") for _ in range(2)]
    assert told == [True, False]
    assert states(tx) == [(None, 7, "alarm", "1", "waiting")]


@pytest.mark.parametrize("kind", [kind.value for kind in StaffNoticeKind])
def test_what_asks_that_a_case_be_taken_is_told_no_more_once_it_is(tx, kind):
    staff_notices.tell(tx, CASE, StaffNoticeKind(kind), NOON, "1")
    staff_notices.tell(tx, OTHER, StaffNoticeKind(kind), NOON, "1")
    staff_notices.drop(tx, CASE, NOON)
    pointless = {"new", "sent_on", "back", "reopened", "reminder", "climbed"}
    assert [row[-1] for row in states(tx)] == ["dropped" if kind in pointless else "waiting", "waiting"]
