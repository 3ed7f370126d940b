"""What a resident does about their case, and what comes of it for staff."""

from datetime import timedelta

import pytest

from store import (
    accounts,
    case_acts,
    case_answers,
    case_erasing,
    case_saying,
    case_talk,
    cases,
    notices,
)
from store.audit import COMMAND
from store.case_answers import In
from store.case_refusals import Gone, TooLate
from store.case_saying import REOPENED_WITHIN
from store.case_talk import EntryKind
from store.cases import CaseId, Ending, State
from tests.conftest import NOON
from tests.store.cases import PROMISED, SAID, handed, person

LATER = NOON + timedelta(hours=1)
AGAIN = PROMISED + timedelta(days=1)
NEVER = CaseId(9_999_999)


@pytest.fixture
def clerk(tx):
    return person(tx, "clerk")


@pytest.fixture
def case(tx, hanako):
    return handed(tx, hanako)


@pytest.fixture
def answered(tx, clerk, case):
    return case_answers.answer(tx, clerk, case.id, case.version, "はい", In.LINE, NOON)


def test_that_it_was_closed_overnight_is_not_told_once_it_was_taken_up_again(tx, hanako, clerk, case):
    night = NOON + timedelta(hours=9)
    case_acts.close(tx, clerk, case.id, case.version, Ending.SOLVED, "", night)
    case_saying.reopen(tx, hanako, case.id, AGAIN, "まだ届かない", night + timedelta(minutes=5))
    assert notices.claim_due(tx, NOON + timedelta(days=1)) == ()


def test_what_is_added_is_unread_until_somebody_looks(tx, hanako, clerk, case):
    for number in (1, 2):
        said = case_saying.say(tx, hanako, case.id, "まだです", LATER)
        assert (said.unread, said.state) == (number, State.NEW)
    assert [entry.words for entry in case_talk.told_to(tx, hanako, case.id)] == [SAID, "まだです", "まだです"]
    case_acts.looked(tx, clerk, case.id)
    assert cases.latest(tx, hanako).unread == 0
    assert cases.latest(tx, hanako).version == said.version, "to look changes nothing for others"


def test_what_was_answered_comes_back_to_who_answered(tx, hanako, answered):
    back = case_saying.say(tx, hanako, answered.id, "まだです", LATER, AGAIN)
    assert (back.state, back.taken_by_shown) == (State.TAKEN, "clerk")
    assert (back.promised_at, back.waits_since) == (AGAIN, LATER)
    more = case_saying.say(
        tx, hanako, answered.id, "早く", LATER + timedelta(hours=1), AGAIN + timedelta(days=1)
    )
    assert (more.promised_at, more.waits_since) == (AGAIN, LATER), "a promise is not put off by who waits"


def test_it_comes_to_the_section_where_who_answered_is_gone(tx, hanako, clerk, answered):
    accounts.set_active(tx, clerk.account, COMMAND, LATER, active=False)
    back = case_saying.say(tx, hanako, answered.id, "まだです", LATER, AGAIN)
    assert (back.state, back.taken_by) == (State.NEW, None)


@pytest.mark.parametrize(("act", "ending"), [("solved", Ending.SOLVED), ("withdraw", Ending.WITHDRAWN)])
def test_it_ends_once(tx, hanako, case, act, ending):
    end = getattr(case_saying, act)
    over = end(tx, hanako, case.id, LATER)
    assert (over.state, over.ending, over.closed_at) == (State.CLOSED, ending, LATER)
    assert end(tx, hanako, case.id, LATER) == Gone()
    assert case_saying.say(tx, hanako, case.id, "x", LATER) == Gone()
    assert len(case_talk.told_to(tx, hanako, case.id)) == 2


def test_anothers_case_is_not_there(tx, hanako, taro, case):
    for which in (case.id, NEVER):
        assert case_saying.say(tx, taro, which, "x", LATER) == Gone()
        assert case_saying.solved(tx, taro, which, LATER) == Gone()
        assert case_saying.withdraw(tx, taro, which, LATER) == Gone()
        assert case_saying.reopen(tx, taro, which, AGAIN, "x", LATER) == Gone()
        assert case_saying.reach_by(tx, taro, which, case.reach, None, LATER) == Gone()
        assert case_talk.told_to(tx, taro, which) == ()
    assert cases.latest(tx, hanako) == case


def test_within_two_weeks_the_same_case_is_taken_up_again(tx, hanako, clerk, answered):
    case_saying.solved(tx, hanako, answered.id, NOON)
    last = NOON + REOPENED_WITHIN
    too_late = case_saying.reopen(tx, hanako, answered.id, AGAIN, "x", last + timedelta(seconds=1))
    assert too_late == TooLate(last)
    again = case_saying.reopen(tx, hanako, answered.id, AGAIN, "届かない", last)
    assert (again.id, again.receipt) == (answered.id, answered.receipt)
    assert (again.state, again.taken_by, again.reopened) == (State.TAKEN, clerk.account, 1)
    assert (again.ending, again.closed_at, again.promised_at, again.unread) == (None, None, AGAIN, 1)
    said = case_talk.talk_of(tx, clerk, again.id, last)
    assert [entry.kind for entry in said[-2:]] == [EntryKind.REOPENED, EntryKind.SAID]
    assert case_saying.solved(tx, hanako, again.id, last).ending is Ending.SOLVED


def test_one_that_nobody_took_waits_for_somebody_again(tx, hanako, case):
    case_saying.withdraw(tx, hanako, case.id, LATER)
    again = case_saying.reopen(tx, hanako, case.id, AGAIN, "", LATER)
    assert (again.state, again.taken_by) == (State.NEW, None)
    twice = case_saying.reopen(tx, hanako, case.id, AGAIN, "", LATER)
    assert twice == again, "what stands already is not opened again"
    assert case_saying.reopen(tx, hanako, case.id, AGAIN, "まだ", LATER).unread == again.unread + 1


def test_what_is_erased_stays_erased(tx, hanako, case):
    assert case_erasing.erase(tx, case.id, COMMAND, LATER)
    assert not case_erasing.erase(tx, case.id, COMMAND, LATER)
    assert case_saying.reopen(tx, hanako, case.id, AGAIN, "x", LATER) == Gone()
    assert cases.of_resident(tx, hanako) == ()
