"""What the clock does to cases, on both databases."""

from datetime import datetime, timedelta

import pytest

from nlp.japan import JAPAN
from store import case_acts, case_answers, case_chores, case_lists, case_looks, case_saying, cases, notices
from store.case_answers import In
from store.cases import Ending, State
from store.notices import NoticeKind
from tests.conftest import NOON
from tests.store.cases import handed, person

WEEK = timedelta(days=7)
MOMENT = timedelta(microseconds=1)


def japan(day, hour=0, month=11, year=2026):
    return datetime(year, month, day, hour, tzinfo=JAPAN)


@pytest.mark.parametrize(
    ("now", "since"),
    [
        (japan(26, 9), japan(24, 9)),  # Thursday
        (japan(24, 9), japan(19, 9)),  # Tuesday after Labour Thanksgiving Day, which was Monday
        (japan(28, 9), japan(26)),  # Saturday: Thursday and Friday are over
        (japan(29, 23), japan(26)),  # Sunday
        (japan(30, 0), japan(26)),  # the first moment of Monday
        (japan(30, 9), japan(26, 9)),
        (japan(4, 9, month=1, year=2027), japan(25, 9, month=12)),  # the year's end: 28 December is Monday
        (japan(31, 9, month=12), japan(25, month=12)),
    ],
)
def test_days_off_take_no_time(now, since):
    assert case_chores.working_days_before(now, 2) == since


def test_what_is_left_lying_is_the_sections_again(tx, hanako, taro):
    clerk = person(tx, "clerk")
    left, worked_on = handed(tx, hanako), handed(tx, taro)
    for case in (left, worked_on):
        case_acts.take(tx, clerk, case.id, NOON)  # Tuesday
    case_acts.note(tx, clerk, worked_on.id, "照会中", NOON + timedelta(days=1))
    thursday = NOON + timedelta(days=2)
    assert not case_chores.is_due(tx, thursday - MOMENT)
    assert case_chores.step(tx, thursday - MOMENT) == 0
    assert case_chores.is_due(tx, thursday)
    assert case_chores.step(tx, thursday) == 1
    assert not case_chores.is_due(tx, thursday)
    found = {case.id: (case.state, case.taken_by_shown) for case in case_lists.open_of(tx, clerk)}
    assert found == {left.id: (State.NEW, ""), worked_on.id: (State.TAKEN, "clerk")}


def test_a_colleagues_note_is_no_act_of_who_took_it(tx, hanako):
    clerk, colleague = person(tx, "clerk"), person(tx, "colleague")
    case = handed(tx, hanako)
    case_acts.take(tx, clerk, case.id, NOON)
    case_acts.note(tx, colleague, case.id, "どうなりましたか", NOON + timedelta(days=1))
    assert case_chores.step(tx, NOON + timedelta(days=2)) == 1


def test_after_a_week_without_a_word_an_answered_case_ends(tx, hanako, taro):
    clerk = person(tx, "clerk")
    silent, speaking = handed(tx, hanako), handed(tx, taro)
    for case in (silent, speaking):
        case_answers.answer(tx, clerk, case.id, case.version, "はい", In.LINE, NOON)
    case_saying.say(tx, taro, speaking.id, "まだです", NOON + WEEK - MOMENT)
    notices.claim_due(tx, NOON)
    assert case_chores.close_unheard(tx, NOON + WEEK - MOMENT) == 0
    assert case_chores.close_unheard(tx, NOON + WEEK) == 1
    over = cases.latest(tx, hanako)
    assert (over.state, over.ending, over.closed_at) == (State.CLOSED, Ending.UNHEARD, NOON + WEEK)
    assert cases.latest(tx, taro).state is State.TAKEN
    (told,) = notices.claim_due(tx, NOON + WEEK)
    assert (told.resident, told.kind) == (hanako, NoticeKind.CASE_UNHEARD)


def test_more_than_one_portion_comes_in_several(tx, hanako, taro, monkeypatch):
    monkeypatch.setattr(case_chores, "AT_ONCE", 1)
    clerk = person(tx, "clerk")
    for who in (hanako, taro):
        case_acts.take(tx, clerk, handed(tx, who).id, NOON)
    later = NOON + WEEK
    assert [case_chores.step(tx, later) for _ in range(3)] == [1, 1, 0]


def test_looks_are_forgotten_within_the_hour(tx, hanako):
    clerk, colleague = person(tx, "clerk"), person(tx, "colleague")
    case = handed(tx, hanako)
    case_looks.look(tx, colleague, case.id, NOON)
    assert case_looks.others(tx, clerk, case.id, NOON) == ("colleague",)
    assert not case_chores.is_due(tx, NOON + case_looks.KEPT)
    later = NOON + case_looks.KEPT + MOMENT
    assert case_chores.is_due(tx, later)
    case_chores.step(tx, later)
    assert not case_chores.is_due(tx, later)
