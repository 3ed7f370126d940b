"""Calls for help: raised once, answered by one, ended by either, and forgotten by nobody for long."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from store import accounts, calls_for_help
from store.accounts import Draft
from store.audit import COMMAND
from store.calls_for_help import LONGEST, Refusal
from store.sight import Role
from store.tables import audit
from store.tables import calls_for_help as table
from tests.conftest import NOON

LATER = NOON + timedelta(minutes=1)


def add(tx, name, role=Role.OPERATOR, **rights):
    return accounts.add(tx, Draft(name, name, role, **rights), COMMAND, NOON).viewer


@pytest.fixture
def sato(tx):
    return add(tx, "sato")


@pytest.fixture
def lead(tx):
    return add(tx, "lead", leads=True)


def test_help_is_called_for_and_somebody_comes(tx, sato, lead):
    raised = calls_for_help.call(tx, sato, "お怒りです", NOON)
    (found,) = calls_for_help.waiting(tx, lead, LATER)
    assert (found.id, found.shown, found.note, found.raised_at) == (raised, "sato", "お怒りです", NOON)
    assert found.answered_by == ""
    assert calls_for_help.answer(tx, lead, raised, LATER).answered_by == "lead"
    mine = calls_for_help.mine(tx, sato, LATER)
    assert (mine.answered_by, mine.answered_at) == ("lead", LATER)
    assert calls_for_help.end(tx, sato, raised, LATER)
    assert calls_for_help.mine(tx, sato, LATER) is None
    assert calls_for_help.waiting(tx, lead, LATER) == ()
    told = sa.select(audit.c.act).where(audit.c.kind == "call_for_help").order_by(audit.c.id)
    assert list(tx.connection.scalars(told)) == [
        "call_for_help.raised",
        "call_for_help.answered",
        "call_for_help.ended",
    ]


def test_the_note_is_sealed(tx, sato):
    calls_for_help.call(tx, sato, "お怒りです", NOON)
    assert "お怒り".encode() not in tx.connection.scalar(sa.select(table.c.note))


def test_who_asks_already_asks_on(tx, sato, lead):
    raised = calls_for_help.call(tx, sato, "", NOON)
    assert calls_for_help.call(tx, sato, "まだ", LATER) == raised
    assert len(calls_for_help.waiting(tx, lead, LATER)) == 1
    calls_for_help.end(tx, sato, raised, LATER)
    assert calls_for_help.call(tx, sato, "", LATER) != raised


def test_the_second_who_would_come_is_told(tx, sato, lead):
    raised = calls_for_help.call(tx, sato, "", NOON)
    other = add(tx, "other", Role.ADMIN)
    calls_for_help.answer(tx, lead, raised, NOON)
    assert calls_for_help.answer(tx, other, raised, LATER) is Refusal.ANSWERED
    assert calls_for_help.mine(tx, sato, LATER).answered_by == "lead"


def test_only_who_leads_comes_and_not_to_themselves(tx, sato, lead):
    raised = calls_for_help.call(tx, sato, "", NOON)
    assert calls_for_help.answer(tx, sato, raised, NOON) is None
    assert calls_for_help.answer(tx, add(tx, "ito"), raised, NOON) is None
    own = calls_for_help.call(tx, lead, "", NOON)
    assert calls_for_help.answer(tx, lead, own, NOON) is None


def test_others_neither_see_nor_end_it(tx, sato, lead):
    raised, ito = calls_for_help.call(tx, sato, "", NOON), add(tx, "ito")
    assert calls_for_help.waiting(tx, ito, NOON) == ()
    assert not calls_for_help.end(tx, ito, raised, NOON)
    assert calls_for_help.end(tx, lead, raised, NOON), "who came may end it"
    assert not calls_for_help.end(tx, sato, raised, NOON), "it is over"


def test_the_longest_waiting_is_first_and_the_answered_last(tx, lead):
    first, second, third = (add(tx, name) for name in "abc")
    raised = [calls_for_help.call(tx, each, "", NOON + timedelta(seconds=at)) for at, each in
              enumerate((first, second, third))]  # fmt: skip
    calls_for_help.answer(tx, lead, raised[0], LATER)
    assert [each.id for each in calls_for_help.waiting(tx, lead, LATER)] == [raised[1], raised[2], raised[0]]


def test_what_was_forgotten_ends_by_itself(tx, sato, lead):
    raised = calls_for_help.call(tx, sato, "", NOON)
    late = NOON + LONGEST + timedelta(seconds=1)
    assert calls_for_help.waiting(tx, lead, late) == ()
    assert calls_for_help.mine(tx, sato, late) is None
    assert calls_for_help.call(tx, sato, "", late) != raised


def test_a_contractors_lead_sees_the_contractors_operators(tx, sato):
    calls_for_help.call(tx, sato, "", NOON)
    hired = add(tx, "hired", outside=True)
    raised = calls_for_help.call(tx, hired, "", NOON)
    lead = add(tx, "their lead", outside=True, leads=True)
    assert [each.id for each in calls_for_help.waiting(tx, lead, NOON)] == [raised]
    assert len(calls_for_help.waiting(tx, replace(lead, outside=False), NOON)) == 2
