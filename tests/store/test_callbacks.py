"""Callbacks: promised once, done by one, late where they are late, and seen by whom they concern."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from nlp.japan import today
from store import accounts, callbacks, calling_back, particulars
from store.accounts import Draft
from store.audit import COMMAND, SERVICE
from store.callbacks import REOPENED_WITHIN, CallbackDraft, Reason, State
from store.calling_back import Refused, Why
from store.db import Database
from store.particulars import Field
from store.sight import Role
from store.tables import audit
from store.tables import callbacks as table
from store.tables import particulars as particulars_table
from tests.conftest import NOON

SOON, LATER = NOON + timedelta(minutes=30), NOON + timedelta(hours=3)
WHOM = {Field.NAME: "山田 花子", Field.TELEPHONE: "090-1234-5678"}


def add(tx, name, role=Role.OPERATOR, **rights):
    return accounts.add(tx, Draft(name, name, role, **rights), COMMAND, NOON).viewer


@pytest.fixture
def sato(tx):
    return add(tx, "sato", personal=True)


@pytest.fixture
def ito(tx):
    return add(tx, "ito", personal=True)


def make(tx, viewer, promised_at=SOON, once="1", section=None, about="還付の件"):
    draft = CallbackDraft(viewer.account, once, promised_at, section, about)
    return callbacks.make(tx, draft, WHOM, today(promised_at) + timedelta(days=14), NOON)


def acts(tx, callback):
    rows = sa.select(audit.c.act).where(audit.c.kind == "callback", audit.c.subject == str(callback))
    return list(tx.connection.scalars(rows.order_by(audit.c.id)))


def delete_on(tx):
    return tx.connection.scalars(sa.select(particulars_table.c.delete_on)).one()


def test_a_promise_as_it_was_made(tx, sato):
    made = make(tx, sato, section="chuo-kumin")
    (found,) = callbacks.waiting(tx, sato)
    assert (found.id, found.promised_at, found.section, found.about) == (made, SOON, "chuo-kumin", "還付の件")
    assert (found.state, found.made_by_shown, found.taken_by, found.tries) == (State.WAITING, "sato", None, 0)
    assert found.particulars is not None
    assert particulars.read(tx, found.particulars, SERVICE, NOON) == WHOM
    assert acts(tx, made) == ["made"]
    assert "還付".encode() not in tx.connection.scalar(sa.select(table.c.about))


def test_sent_twice_it_is_one_promise_and_one_person(tx, sato, ito):
    assert make(tx, sato) == make(tx, sato)
    assert make(tx, ito) != make(tx, sato), "what one operator sends is not another's"
    assert tx.connection.scalar(sa.select(sa.func.count()).select_from(particulars_table)) == 2


def test_the_soonest_is_first_and_what_is_past_is_late(tx, sato):
    for once, at in (("1", LATER), ("2", NOON - timedelta(minutes=1)), ("3", SOON)):
        make(tx, sato, at, once)
    found = callbacks.waiting(tx, sato)
    assert [each.promised_at for each in found] == [NOON - timedelta(minutes=1), SOON, LATER]
    assert [each.is_late(NOON) for each in found] == [True, False, False]


def test_the_second_who_takes_it_is_told_who_did(tx, sato, ito):
    made = make(tx, sato)
    assert calling_back.take(tx, ito, made, NOON).taken_by == ito.account
    assert calling_back.take(tx, ito, made, NOON).taken_by == ito.account, "pressed twice"
    for act in (calling_back.take, calling_back.done, calling_back.hand_back):
        assert act(tx, sato, made, NOON) == Refused(Why.TAKEN, "ito")
    assert calling_back.done(tx, ito, made, NOON).state is State.DONE
    assert calling_back.take(tx, sato, made, NOON) == Refused(Why.SETTLED, "ito")


def test_of_two_at_the_same_moment_one_takes_it(database: Database):
    with database.write() as tx:
        people = [add(tx, name, personal=True) for name in ("sato", "ito")]
        made = make(tx, people[0])
    came = []
    for viewer in people:
        with database.write() as tx:
            came.append(calling_back.take(tx, viewer, made, NOON))
    assert [isinstance(each, Refused) for each in came] == [False, True]


def test_what_was_not_taken_can_be_done_at_once(tx, sato):
    made = make(tx, sato)
    came = calling_back.done(tx, sato, made, NOON)
    assert (came.state, came.taken_by, came.settled_at) == (State.DONE, sato.account, NOON)
    assert callbacks.waiting(tx, sato) == ()
    assert callbacks.settled_since(tx, sato, NOON) == (came,)
    assert callbacks.settled_since(tx, sato, SOON) == ()


def test_handed_back_it_is_anybodys(tx, sato, ito):
    made = make(tx, sato)
    assert calling_back.hand_back(tx, sato, made, NOON) == Refused(Why.FREE, "")
    calling_back.take(tx, sato, made, NOON)
    assert calling_back.hand_back(tx, sato, made, NOON).taken_by is None
    assert calling_back.take(tx, ito, made, NOON).taken_by == ito.account
    leading = replace(sato, leads=True)
    assert calling_back.hand_back(tx, leading, made, NOON).taken_by is None, "of somebody who went home"


def test_who_was_not_reached_is_tried_again(tx, sato):
    made, tomorrow = make(tx, sato), SOON + timedelta(days=1)
    before = delete_on(tx)
    calling_back.take(tx, sato, made, NOON)
    came = calling_back.tried(tx, sato, made, tomorrow, NOON)
    assert (came.tries, came.tried_at, came.promised_at, came.taken_by) == (1, NOON, tomorrow, None)
    assert delete_on(tx) == before + timedelta(days=1), "whom to call is kept for as long"
    assert calling_back.tried(tx, sato, made, tomorrow, NOON).tries == 2


def test_another_time_is_promised(tx, sato, ito):
    made = make(tx, sato)
    assert calling_back.promise(tx, ito, made, LATER, NOON).promised_at == LATER
    calling_back.take(tx, sato, made, NOON)
    assert calling_back.promise(tx, ito, made, SOON, NOON) == Refused(Why.TAKEN, "sato")


def test_given_up_it_has_a_reason(tx, sato):
    made = make(tx, sato)
    came = calling_back.give_up(tx, sato, made, Reason.WRONG_NUMBER, NOON)
    assert (came.state, came.reason) == (State.GIVEN_UP, Reason.WRONG_NUMBER)


@pytest.mark.parametrize(
    ("after", "reopened"), [(REOPENED_WITHIN, True), (REOPENED_WITHIN + timedelta(seconds=1), False)]
)
def test_a_slip_of_the_hand_is_taken_back(tx, sato, ito, after, reopened):
    made = make(tx, sato)
    came = calling_back.give_up(tx, sato, made, Reason.NOT_REACHED, NOON)
    assert came.can_be_reopened(sato, NOON + after) is reopened
    assert not came.can_be_reopened(ito, NOON)
    assert calling_back.reopen(tx, ito, made, NOON) == Refused(Why.TOO_LATE, "sato")
    again = calling_back.reopen(tx, sato, made, NOON + after)
    if not reopened:
        assert again == Refused(Why.TOO_LATE, "sato")
        return
    assert (again.state, again.reason, again.taken_by) == (State.WAITING, None, sato.account)
    assert calling_back.reopen(tx, sato, made, NOON) == again, "pressed twice"
    assert acts(tx, made) == ["made", "callback.given_up", "callback.reopened"]


@pytest.mark.parametrize(
    ("role", "rights", "sees"),
    [
        (Role.OPERATOR, {}, "all"),
        (Role.OPERATOR, {"outside": True}, "none"),
        (Role.OPERATOR, {"outside": True, "personal": True}, "all"),
        (Role.OPERATOR, {"outside": True, "leads": True}, "all"),
        (Role.ADMIN, {}, "all"),
        (Role.STAFF, {"section": "chuo-kumin"}, "section"),
        (Role.APPROVER, {"section": "chuo-kumin"}, "section"),
        (Role.STAFF, {"section": "higashi-kumin"}, "none"),
        (Role.STAFF, {}, "of no section"),
        (Role.STAFF, {"leads": True}, "all"),
    ],
)
def test_who_sees_which(tx, sato, role, rights, sees):
    for about in ("section", "of no section"):
        make(tx, sato, once=about, section="chuo-kumin" if about == "section" else None, about=about)
    viewer = add(tx, "viewer", role, **rights)
    seen = [each.about for each in callbacks.waiting(tx, viewer)]
    assert seen == {"all": ["section", "of no section"], "none": []}.get(sees, [sees])
    if not seen:
        hidden = callbacks.waiting(tx, sato)[0].id
        assert callbacks.find(tx, viewer, hidden) is None
        assert calling_back.take(tx, viewer, hidden, NOON) is None


def test_ones_own_stay_in_sight(tx):
    hired = add(tx, "hired", outside=True)
    made = make(tx, hired)
    assert [each.id for each in callbacks.waiting(tx, hired)] == [made]
