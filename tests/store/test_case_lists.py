"""The lists of cases."""

from datetime import timedelta

from store import case_acts, case_lists, case_opening, case_saying
from store.audit import ByResident
from store.case_opening import CaseDraft
from tests.conftest import NOON
from tests.store.cases import KUMIN, SAID, SUBJECT, person

LATER = NOON + timedelta(hours=1)


def test_lists_are_in_the_order_in_which_they_are_worked_on(tx, hanako):
    clerk = person(tx, "clerk")

    def opened(once, promised_at, urgent=False):
        made = CaseDraft(once, KUMIN, SUBJECT, (SAID,), urgent=urgent)
        return case_opening.open_case(tx, made, promised_at, ByResident(hanako), NOON).id

    nobody_knows = opened("1", None)
    late = opened("2", LATER + timedelta(hours=1))
    soon = opened("3", LATER)
    urgent = opened("4", LATER + timedelta(days=3), urgent=True)
    assert [each.id for each in case_lists.open_of(tx, clerk)] == [urgent, soon, late, nobody_knows]
    assert [each.id for each in case_lists.late(tx, clerk, LATER + timedelta(minutes=1))] == [soon]
    assert case_lists.late(tx, clerk, LATER) == ()
    case_acts.take(tx, clerk, late, LATER)
    assert [each.id for each in case_lists.mine(tx, clerk)] == [late]
    for case, at in ((soon, LATER), (late, LATER + timedelta(minutes=1))):
        case_saying.solved(tx, hanako, case, at)
    assert [each.id for each in case_lists.closed_since(tx, clerk, LATER)] == [late, soon]
    assert case_lists.closed_since(tx, clerk, LATER + timedelta(hours=1)) == ()
    assert case_lists.mine(tx, clerk) == ()
