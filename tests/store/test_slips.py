"""Slips: made once, looked after by one of the section, and what became of them told to the operator."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from store import accounts, particulars, receipts, slip_acts, slips
from store.accounts import Draft
from store.audit import COMMAND, SERVICE
from store.particulars import Field
from store.sight import Role
from store.slip_acts import Refused, Why
from store.slips import SlipDraft, State
from store.tables import audit
from store.tables import particulars as particulars_table
from store.tables import slips as table
from tests.conftest import NOON

LATER = NOON + timedelta(hours=18)
WHOM = {Field.NAME: "山田 花子", Field.TELEPHONE: "090-1234-5678"}
KUMIN, HOKEN = "chuo-kumin", "chuo-hoken"


def add(tx, name, role=Role.OPERATOR, section=None, **rights):
    return accounts.add(tx, Draft(name, name, role, section, **rights), COMMAND, NOON).viewer


@pytest.fixture
def sato(tx):
    return add(tx, "sato")


@pytest.fixture
def clerk(tx):
    return add(tx, "clerk", Role.STAFF, KUMIN)


@pytest.fixture
def colleague(tx):
    return add(tx, "colleague", Role.APPROVER, KUMIN)


def make(tx, viewer, once="1", section=KUMIN, whom=WHOM, subject="国保の還付"):
    draft = SlipDraft(viewer.account, once, section, subject, "還付の通知が届かない")
    return slips.make(tx, draft, whom, date(2026, 12, 24), NOON)


def acts(tx, slip):
    rows = sa.select(audit.c.act).where(audit.c.kind == "slip", audit.c.subject == str(slip))
    return list(tx.connection.scalars(rows.order_by(audit.c.id)))


def test_a_slip_as_it_was_made(tx, sato, clerk):
    made = make(tx, sato)
    (found,) = slips.open_of(tx, clerk)
    assert (found.id, found.section, found.subject, found.words) == (
        made,
        KUMIN,
        "国保の還付",
        "還付の通知が届かない",
    )
    assert (found.state, found.made_by_shown, found.made_at) == (State.NEW, "sato", NOON)
    assert receipts.parse(found.receipt) == found.receipt
    assert particulars.read(tx, found.particulars, SERVICE, NOON) == WHOM
    assert slips.by_receipt(tx, sato, found.receipt) == found
    sealed = tx.connection.execute(sa.select(table.c.subject, table.c.words)).one()
    assert not any("還付".encode() in each for each in sealed)


def test_nobody_needs_to_be_called(tx, sato):
    made = make(tx, sato, whom={Field.NAME: ""})
    assert slips.find(tx, sato, made).particulars is None
    assert tx.connection.scalar(sa.select(sa.func.count()).select_from(particulars_table)) == 0


def test_sent_twice_it_is_one_slip(tx, sato):
    assert make(tx, sato) == make(tx, sato)
    assert make(tx, sato, once="2") != make(tx, sato)


def test_a_receipt_that_is_taken_by_chance_is_drawn_again(tx, sato, monkeypatch):
    drawn = iter([receipts.Receipt("AAAAAAA"), receipts.Receipt("AAAAAAA"), receipts.Receipt("CCCCCCC")])
    monkeypatch.setattr(receipts, "new", lambda: next(drawn))
    assert [slips.find(tx, sato, make(tx, sato, once)).receipt for once in "12"] == ["AAAAAAA", "CCCCCCC"]


def test_the_operator_sees_what_became_of_it(tx, sato, clerk):
    made = make(tx, sato)
    slip_acts.take(tx, clerk, made, LATER)
    assert (slips.find(tx, sato, made).state, slips.find(tx, sato, made).taken_by_shown) == (
        State.TAKEN,
        "clerk",
    )
    came = slip_acts.done(tx, clerk, made, "電話で説明しました", LATER)
    assert slips.find(tx, sato, made) == came
    assert (came.state, came.done_at, came.result) == (State.DONE, LATER, "電話で説明しました")
    assert slips.open_of(tx, clerk) == ()
    assert slips.done_since(tx, clerk, NOON) == (came,)
    assert acts(tx, made) == ["made", "slip.taken", "slip.done"]


def test_the_second_who_takes_it_is_told_who_did(tx, sato, clerk, colleague):
    made = make(tx, sato)
    assert slip_acts.hand_back(tx, clerk, made, LATER) == Refused(Why.NEW, "")
    slip_acts.take(tx, clerk, made, LATER)
    for came in (
        slip_acts.take(tx, colleague, made, LATER),
        slip_acts.done(tx, colleague, made, "", LATER),
        slip_acts.hand_back(tx, colleague, made, LATER),
        slip_acts.pass_on(tx, colleague, made, HOKEN, LATER),
    ):
        assert came == Refused(Why.TAKEN, "clerk")
    assert slip_acts.hand_back(tx, clerk, made, LATER).state is State.NEW
    assert slip_acts.done(tx, colleague, made, "", LATER).taken_by_shown == "colleague"
    assert slip_acts.take(tx, clerk, made, LATER) == Refused(Why.DONE, "colleague")


def test_there_is_more_to_do(tx, sato, clerk, colleague):
    made = make(tx, sato)
    slip_acts.done(tx, clerk, made, "済み", LATER)
    came = slip_acts.reopen(tx, colleague, made, LATER)
    assert (came.state, came.taken_by_shown, came.done_at, came.result) == (
        State.TAKEN,
        "colleague",
        None,
        "",
    )


def test_what_is_another_sections_is_passed_on(tx, sato, clerk):
    made, other = make(tx, sato), add(tx, "other", Role.STAFF, HOKEN)
    assert slips.open_of(tx, other) == ()
    assert slip_acts.pass_on(tx, clerk, made, HOKEN, LATER).id == made
    assert slips.open_of(tx, clerk) == ()
    assert [each.id for each in slips.open_of(tx, other)] == [made]


@pytest.mark.parametrize(
    ("role", "section", "rights", "sees", "keeps"),
    [
        (Role.OPERATOR, None, {}, True, False),
        (Role.OPERATOR, KUMIN, {}, True, False),
        (Role.OPERATOR, None, {"outside": True}, False, False),
        (Role.OPERATOR, None, {"outside": True, "leads": True}, False, False),
        (Role.STAFF, KUMIN, {}, True, True),
        (Role.APPROVER, KUMIN, {}, True, True),
        (Role.STAFF, HOKEN, {}, False, False),
        (Role.STAFF, None, {}, False, False),
        (Role.STAFF, HOKEN, {"leads": True}, True, False),
        (Role.ADMIN, None, {}, True, True),
    ],
)
def test_who_sees_it_and_who_looks_after_it(tx, sato, role, section, rights, sees, keeps):
    made = make(tx, sato)
    viewer = add(tx, "viewer", role, section, **rights)
    assert bool(slips.open_of(tx, viewer)) is sees
    assert slips.is_kept_by(tx, viewer, made) is keeps
    assert (slip_acts.take(tx, viewer, made, LATER) is not None) is keeps


def test_a_contractors_operator_sees_their_own(tx):
    hired = add(tx, "hired", outside=True)
    made = make(tx, hired)
    assert [each.id for each in slips.open_of(tx, hired)] == [made]
