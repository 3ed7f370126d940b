"""Who looks at a case just now."""

from datetime import timedelta

from store import case_looks
from store.sight import Role
from tests.conftest import NOON
from tests.store.cases import HOKEN, handed, person


def test_colleagues_see_each_other_for_half_a_minute(tx, hanako):
    clerk, colleague = person(tx, "clerk"), person(tx, "colleague")
    case = handed(tx, hanako)
    for second in (0, 10):
        case_looks.look(tx, clerk, case.id, NOON + timedelta(seconds=second))
    for second, seen in ((10, ("clerk",)), (39, ("clerk",)), (40, ())):
        assert case_looks.others(tx, colleague, case.id, NOON + timedelta(seconds=second)) == seen
    assert case_looks.others(tx, clerk, case.id, NOON) == (), "not oneself"


def test_who_may_not_read_it_is_not_seen_and_sees_nobody(tx, hanako):
    clerk, operator = person(tx, "clerk"), person(tx, "operator", Role.OPERATOR)
    elsewhere = person(tx, "elsewhere", section=HOKEN)
    case = handed(tx, hanako)
    case_looks.look(tx, clerk, case.id, NOON)
    for other in (operator, elsewhere):
        case_looks.look(tx, other, case.id, NOON)
        assert case_looks.others(tx, other, case.id, NOON) == ()
    assert case_looks.others(tx, clerk, case.id, NOON) == ()
