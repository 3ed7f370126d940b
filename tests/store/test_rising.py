"""What is asked more than usual: against the same hour and weekday, and never for a few alone."""

import math
from datetime import date, timedelta
from itertools import pairwise

import pytest

from faq.models import EntryId
from store import calls, queries, rising
from store.calls import CallChannel, CallDraft, Outcome, Sort
from store.queries import Query
from tests.conftest import NOON
from tests.store.people import viewers

WEEK = timedelta(days=7)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def operator(tx):
    return viewers(tx)["operator"]


@pytest.fixture
def log(tx, operator):
    """Logs calls at a moment."""

    def log(entry, at, times=1, outcome=Outcome.ANSWERED):
        for number in range(times):
            once = f"{entry} {at} {number}"
            told = CallChannel.PHONE, Sort.INQUIRY, outcome, "高橋さんの件"
            draft = CallDraft(operator.account, once, *told, at, entry=entry and EntryId(entry))
            made = calls.log(tx, draft, at)
        return made

    return log


def hour(tx, now=NOON):
    return rising.rising(tx, now, 10)[0]


def shown(now):
    return {each.entry: each.count.number for each in now.entries}


def test_what_is_asked_more_than_usual(tx, log):
    for week in range(1, 9):
        log("moving-in", NOON - week * WEEK - MINUTE, 4)
    log("moving-in", NOON - MINUTE, 5)  # as usual
    log("flood", NOON - MINUTE, 5)
    found = hour(tx)
    assert shown(found) == {"flood": 5}
    assert found.entries[0].count.usual < 0.1


def test_the_usual_is_that_of_the_hour_and_the_weekday(tx, log):
    """Five on a Tuesday noon are usual where Tuesdays at noon had five, though no other hour had any."""
    for week in range(1, 9):
        log("moving-in", NOON - week * WEEK - MINUTE, 5)
    log("moving-in", NOON - MINUTE, 5)
    assert shown(hour(tx)) == {}
    later = NOON + timedelta(hours=3)
    log("moving-in", later - MINUTE, 5)
    assert shown(hour(tx, later)) == {"moving-in": 5}


def test_few_are_not_told_however_unusual(tx, log):
    log("moving-in", NOON - 8 * WEEK - MINUTE)
    log("flood", NOON - MINUTE, rising.HOUR.floor - 1)
    assert shown(hour(tx)) == {}
    log("flood", NOON - 2 * MINUTE, 1)
    assert shown(hour(tx)) == {"flood": rising.HOUR.floor}


def test_without_a_past_only_many_are_unusual(tx, log):
    """A service of yesterday knows nothing of what is usual."""
    log("moving-in", NOON - MINUTE, 4)
    assert shown(hour(tx)) == {}
    log("flood", NOON - MINUTE, 12)
    assert shown(hour(tx)) == {"flood": 12}


def test_hour_and_day_are_apart(tx, log):
    log("moving-in", NOON - 8 * WEEK - 26 * 60 * MINUTE)
    log("flood", NOON - timedelta(hours=20), 6)
    of_hour, of_day = rising.rising(tx, NOON, 10)
    assert (shown(of_hour), shown(of_day)) == ({}, {"flood": 6})


def test_calls_and_line_count_together_and_a_call_once(tx, log, hanako):
    log("moving-in", NOON - 8 * WEEK - MINUTE)
    log("flood", NOON - MINUTE, 2)
    log(None, NOON - MINUTE, 3, Outcome.NONE)  # each is a row of queries too
    asked = {"channel": "LINE", "message_ids": ()}
    queries.record(tx, hanako, Query("大雨", "question", "answer", EntryId("flood")), NOON - MINUTE, **asked)
    queries.record(tx, hanako, Query("大雨", "question", "none"), NOON - MINUTE, **asked)
    found = hour(tx)
    assert shown(found) == {"flood": 3}
    assert found.unanswered is not None
    assert found.unanswered.number == 4
    assert "高橋" not in repr(found)


def test_few_unanswered_are_not_told(tx, log):
    log(None, NOON - MINUTE, rising.HOUR.floor - 1, Outcome.NONE)
    assert hour(tx).unanswered is None


def test_what_was_taken_back_does_not_count(tx, log, operator):
    log("moving-in", NOON - 8 * WEEK - MINUTE)
    log("flood", NOON - MINUTE, 2)
    last = log("flood", NOON - timedelta(seconds=1))
    assert shown(hour(tx)) == {"flood": 3}
    calls.undo(tx, operator, last, NOON)
    assert shown(hour(tx)) == {}


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 11, 24), date(2026, 11, 17)),
        (date(2026, 11, 23), date(2026, 11, 22)),  # a holiday is like a Sunday
        (date(2026, 11, 30), date(2026, 11, 16)),  # a Monday is not like the holiday that the last one was
    ],
)
def test_days_of_the_same_kind(day, first):
    found = rising.like_days(day)
    assert found[0] == first
    assert day - found[-1] <= rising.WEEKS * WEEK


@pytest.mark.parametrize(("past", "stretches"), [(0, 0), (3, 8), (40, 8)])
def test_chances_are_chances(past, stretches):
    found = [rising.chance(number, past, stretches) for number in range(200)]
    assert found[0] == 1
    assert all(before >= after for before, after in pairwise(found))
    assert found[-1] < 1e-6
    mean = sum(found[1:])  # the sum of the tails of a distribution is its mean
    assert math.isclose(mean, (0.5 + past) / (1 + stretches), rel_tol=1e-3)
