"""Taking back that a case was closed, and how many wait."""

from datetime import timedelta

import pytest

from store import case_acts, case_counts, case_people, case_saying, case_undoing, residents
from store.case_refusals import NotThere
from store.cases import Case, Ending, State
from store.sight import Role
from tests.conftest import NOON
from tests.line import HANAKO
from tests.store.cases import HOKEN, KUMIN, PROMISED, handed, person

DAY = timedelta(days=1)


@pytest.fixture
def tx(database):
    with database.write() as tx:
        yield tx


def closed(tx, clerk, ending=Ending.SOLVED):
    case = handed(tx, residents.meet(tx, HANAKO, NOON).id)
    came = case_acts.close(tx, clerk, case.id, case.version, ending, "", NOON)
    assert isinstance(came, Case)
    return came


def test_it_waits_again_with_who_took_it_back(tx):
    clerk, other = person(tx, "clerk"), person(tx, "other")
    case = closed(tx, clerk)
    again = case_undoing.reopen(tx, other, case.id, PROMISED, NOON + DAY)
    assert (again.state, again.ending, again.taken_by, again.promised_at) == (
        State.TAKEN,
        None,
        other.account,
        PROMISED,
    )
    assert case_undoing.reopen(tx, clerk, case.id, None, NOON + DAY) == again, "what stands stays as it is"


def test_neither_too_late_nor_anothers_nor_what_was_taken_back(tx):
    clerk, stranger = person(tx, "clerk"), person(tx, "stranger", section=HOKEN)
    case = closed(tx, clerk)
    assert case_undoing.reopen(tx, stranger, case.id, None, NOON) == NotThere()
    assert case_undoing.reopen(tx, clerk, case.id, None, NOON + 15 * DAY) == NotThere()
    mine = handed(tx, residents.meet(tx, HANAKO, NOON).id, once="2")
    assert mine.resident is not None
    withdrawn = case_saying.withdraw(tx, mine.resident, mine.id, NOON)
    assert isinstance(withdrawn, Case)
    assert case_undoing.reopen(tx, clerk, mine.id, None, NOON) == NotThere()


def test_how_many_wait_for_whom(tx):
    clerk, other, operator = person(tx, "clerk"), person(tx, "other"), person(tx, "op", Role.OPERATOR)
    case = handed(tx, residents.meet(tx, HANAKO, NOON).id)
    handed(tx, residents.meet(tx, HANAKO, NOON).id, once="2", section=HOKEN)
    assert [case_counts.nobodys(tx, each) for each in (clerk, other, operator)] == [1, 1, 0]
    case_acts.take(tx, clerk, case.id, NOON)
    assert [case_counts.waiting(tx, each) for each in (clerk, other)] == [0, 0]
    assert case.resident is not None
    case_saying.say(tx, case.resident, case.id, "もう一つ", NOON)
    assert [case_counts.waiting(tx, each) for each in (clerk, other)] == [1, 0]


def test_who_may_look_after_it(tx):
    clerk, chief = person(tx, "clerk"), person(tx, "chief", Role.ADMIN, None)
    person(tx, "elsewhere", section=HOKEN)
    person(tx, "op", Role.OPERATOR)
    assert list(case_people.who_may_take(tx, KUMIN)) == [clerk.account, chief.account]
