"""Operators at work: who is there, what came of their calls, and who sees whom."""

from datetime import timedelta

import pytest

from store import accounts, calls, sessions, team
from store.accounts import Draft
from store.audit import COMMAND
from store.calls import CallChannel, CallDraft, Outcome, Sort
from store.sight import Role
from store.team import THERE
from tests.conftest import NOON

TODAY = NOON.date()


def add(tx, name, role=Role.OPERATOR, **rights):
    return accounts.add(tx, Draft(name, name, role, **rights), COMMAND, NOON)


@pytest.fixture
def lead(tx):
    return add(tx, "lead", leads=True).viewer


def log(tx, account, outcome, now=NOON, *, counts=True):
    sort = Sort.APPLICATION if outcome is Outcome.APPLICATION else Sort.INQUIRY
    draft = CallDraft(
        account.id, f"{outcome}{now}{counts}", CallChannel.PHONE, sort, outcome, "", now, counts=counts
    )
    return calls.log(tx, draft, now)


def test_what_came_of_the_calls_of_the_day(tx, lead):
    sato, ito = add(tx, "a sato"), add(tx, "b ito")
    for outcome in (Outcome.ANSWERED, Outcome.APPLICATION, Outcome.TRANSFERRED):
        log(tx, sato, outcome)
    log(tx, sato, Outcome.ANSWERED, counts=False)
    log(tx, ito, Outcome.NONE, NOON + timedelta(hours=1))
    log(tx, ito, Outcome.ANSWERED, NOON - timedelta(days=1))
    calls.undo(tx, ito.viewer, log(tx, ito, Outcome.TRANSFERRED), NOON)
    found = team.of_day(tx, lead, TODAY, NOON)
    assert [(each.shown, each.total, each.counted, each.first_answers) for each in found.members] == [
        ("a sato", 4, 3, 2),
        ("b ito", 1, 1, 0),
    ]
    assert found.outcomes == {
        Outcome.ANSWERED: 2, Outcome.TRANSFERRED: 1, Outcome.NONE: 1, Outcome.APPLICATION: 1
    }  # fmt: skip
    assert (found.total, found.counted, found.first_answers) == (5, 4, 2)
    assert found.members[1].last_call_at == NOON + timedelta(hours=1)


def test_who_is_there(tx, lead):
    for name in ("a", "b"):
        sessions.begin(tx, add(tx, name), "", NOON)
    away = add(tx, "c")
    log(tx, away, Outcome.ANSWERED)
    add(tx, "d")
    later = NOON + THERE
    found = team.of_day(tx, lead, TODAY, later).members
    assert [(each.shown, each.is_there(later)) for each in found] == [("a", True), ("b", True), ("c", False)]
    after = later + timedelta(seconds=1)
    assert not any(each.is_there(after) for each in team.of_day(tx, lead, TODAY, after).members)


def test_who_answers_callers_besides_is_listed_once_they_have(tx, lead):
    chief = add(tx, "chief", Role.ADMIN)
    sessions.begin(tx, chief, "", NOON, proven=True)
    assert team.of_day(tx, lead, TODAY, NOON).members == ()
    log(tx, chief, Outcome.ANSWERED)
    assert [each.shown for each in team.of_day(tx, lead, TODAY, NOON).members] == ["chief"]


@pytest.mark.parametrize(
    ("rights", "sees"),
    [
        ({"leads": True}, ["hired", "sato"]),
        ({"leads": True, "outside": True}, ["hired"]),
        ({}, []),
        ({"outside": True}, []),
    ],
)
def test_who_sees_whom(tx, rights, sees):
    for each in (add(tx, "sato"), add(tx, "hired", outside=True)):
        log(tx, each, Outcome.ANSWERED)
        sessions.begin(tx, each, "", NOON)
    viewer = add(tx, "viewer", **rights).viewer
    assert [each.shown for each in team.of_day(tx, viewer, TODAY, NOON).members] == sees
