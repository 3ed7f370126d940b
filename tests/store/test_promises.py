"""Callbacks in numbers: kept in time, late, given up, still to come."""

from dataclasses import asdict
from datetime import timedelta

import pytest

from faq.periods import Period
from store import accounts
from store.accounts import Draft
from store.audit import COMMAND
from store.promises import Promises, promises
from store.sight import Role
from store.tables import callbacks
from tests.conftest import NOON

NOVEMBER = Period.month_of(NOON.date())
HOUR = timedelta(hours=1)


@pytest.fixture
def promise(tx):
    """A promise, and what became of it."""
    operator = accounts.add(tx, Draft("operator", "", Role.OPERATOR), COMMAND, NOON).id
    made = iter(range(100))

    def promise(promised_at, settled_at=None, reason=None):
        state = "waiting" if settled_at is None else "given_up" if reason else "done"
        tx.connection.execute(
            callbacks.insert().values(
                made_by=operator, once=str(next(made)), made_at=promised_at - HOUR, promised_at=promised_at,
                state=state, taken_by=operator, tries=0, reason=reason, settled_at=settled_at,
            )
        )  # fmt: skip

    return promise


def test_each_stands_once_where_it_belongs(tx, promise):
    early = NOON - 5 * HOUR
    promise(early, early - HOUR)
    promise(early, early)  # to the second
    promise(early, early + timedelta(seconds=1))
    promise(early, early, reason="not_reached")
    promise(early, early, reason="slip")
    promise(early)
    promise(NOON + HOUR)
    promise(NOVEMBER.begins - HOUR, NOON)
    promise(NOVEMBER.ends, NOON)
    found = promises(tx, NOVEMBER, NOON)
    assert found == Promises(in_time=2, late=1, given_up=1, overdue=1, ahead=1)
    assert (found.due, found.called) == (5, 4)


def test_none(tx):
    assert set(asdict(promises(tx, NOVEMBER, NOON)).values()) == {0}
