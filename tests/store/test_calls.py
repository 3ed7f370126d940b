"""The operators' log: what is logged once, taken back in time, and seen by whom."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from faq.counters import SectionId
from faq.models import EntryId
from store import accounts, calls, queries, residents
from store.accounts import Account, Draft
from store.audit import COMMAND
from store.calls import CallChannel, CallDraft, Outcome, Sort, Undo
from store.sight import Role
from store.tables import audit
from store.tables import calls as table
from store.tables import queries as queries_table
from tests.conftest import NOON

TODAY = NOON.date()


@pytest.fixture
def people(tx):
    """An account of each role, and a second operator."""
    drafts = [Draft(role.value, role.value, role) for role in Role] + [
        Draft("second", "second", Role.OPERATOR)
    ]
    made = [accounts.add(tx, draft, COMMAND, NOON) for draft in drafts]
    assert all(isinstance(each, Account) for each in made)
    return {each.name: each.viewer for each in made}


def draft(viewer, once="1", outcome=Outcome.ANSWERED, text="ごみの日は", **others):
    sort = Sort.APPLICATION if outcome is Outcome.APPLICATION else Sort.INQUIRY
    return CallDraft(viewer.account, once, CallChannel.PHONE, sort, outcome, text, NOON, **others)


def acts(tx):
    """What the audit tells of calls."""
    rows = sa.select(audit.c.act, audit.c.detail).where(audit.c.kind == "call").order_by(audit.c.id)
    return [tuple(row) for row in tx.connection.execute(rows)]


def count(tx, of):
    return tx.connection.scalar(sa.select(sa.func.count()).select_from(of))


def test_a_call_as_it_was_logged(tx, people):
    operator, later = people["operator"], NOON + timedelta(minutes=3)
    about = {"entry": EntryId("moving-in"), "section": SectionId("chuo-kumin"), "counts": False}
    call = calls.log(tx, draft(operator, outcome=Outcome.TRANSFERRED, **about), later)
    (found,) = calls.of_day(tx, operator, TODAY)
    assert (found.id, found.operator, found.shown) == (call, operator.account, "operator")
    assert (found.channel, found.sort, found.outcome) == ("phone", "inquiry", "transferred")
    assert (found.text, found.entry, found.section, found.counts) == ("ごみの日は", *about.values())
    assert (found.began_at, found.logged_at, found.undone_at) == (NOON, later, None)
    assert acts(tx) == [("logged", '{"outcome": "transferred"}')]


def test_the_words_are_sealed(tx, people):
    calls.log(tx, draft(people["operator"], outcome=Outcome.NONE, text="ごみ\ud83d"), NOON)
    for of in (table, queries_table):
        sealed = tx.connection.scalar(sa.select(of.c.text))
        assert "ごみ".encode() not in sealed
    assert calls.of_day(tx, people["operator"], TODAY)[0].text == "ごみ\ud83d"


def test_a_call_without_words(tx, people):
    calls.log(tx, draft(people["operator"], text=""), NOON)
    assert tx.connection.scalar(sa.select(table.c.text)) is None
    assert calls.of_day(tx, people["operator"], TODAY)[0].text == ""


def test_what_was_taken_as_an_application_is_one(people):
    taken = draft(people["operator"], outcome=Outcome.APPLICATION)
    with pytest.raises(ValueError, match="is an application"):
        replace(taken, sort=Sort.INQUIRY)


@pytest.mark.parametrize("outcome", Outcome)
def test_only_what_has_no_answer_joins_the_unanswered_questions(tx, people, hanako, outcome):
    calls.log(tx, draft(people["operator"], outcome=outcome), NOON)
    rows = tx.connection.execute(sa.select(queries_table)).all()
    assert len(rows) == (outcome is Outcome.NONE)
    for row in rows:
        told = (row.resident_id, row.channel, row.handler, row.outcome, row.message_ids)
        assert told == (None, "phone", "call", "none", "")
        assert queries.words(tx, [row.id]) == {row.id: "ごみの日は"}


def test_an_erased_residents_questions_are_no_callers(tx, people, hanako):
    asked = queries.Query("ごみ", "question", "none")
    queries.record(tx, hanako, asked, NOON, channel="LINE", message_ids=["1"])
    tx.connection.execute(queries_table.update().values(text=None))
    residents.erase(tx, hanako)
    calls.log(tx, draft(people["operator"], outcome=Outcome.NONE, text="道路"), NOON)
    both = tx.connection.scalars(sa.select(queries_table.c.id)).all()
    assert len(both) == 2
    assert list(queries.words(tx, both).values()) == ["道路"]


def test_sent_twice_it_is_logged_once(tx, people):
    sent = draft(people["operator"], outcome=Outcome.NONE)
    first = calls.log(tx, sent, NOON)
    assert calls.log(tx, replace(sent, outcome=Outcome.ANSWERED), NOON) == first
    assert (count(tx, table), count(tx, queries_table), len(acts(tx))) == (1, 1, 1)
    assert calls.log(tx, draft(people["second"]), NOON) != first, "another's may be called the same"


@pytest.mark.parametrize(
    ("seconds", "came"),
    [(0, Undo.UNDONE), (10, Undo.UNDONE), (12, Undo.UNDONE), (12.1, Undo.TOO_LATE), (3600, Undo.TOO_LATE)],
)
def test_a_call_can_be_taken_back_for_ten_seconds_and_grace(tx, people, seconds, came):
    operator = people["operator"]
    call = calls.log(tx, draft(operator, outcome=Outcome.NONE), NOON)
    assert calls.undo(tx, operator, call, NOON + timedelta(seconds=seconds)) is came
    undone = came is Undo.UNDONE
    assert (calls.of_day(tx, operator, TODAY) == ()) is undone
    assert count(tx, queries_table) == (0 if undone else 1)
    assert (tx.connection.scalar(sa.select(table.c.text)) is None) is undone
    assert [act for act, _ in acts(tx)] == ["logged", "undone"][: 1 + undone]


def test_taking_back_again_changes_nothing(tx, people):
    operator = people["operator"]
    call = calls.log(tx, draft(operator), NOON)
    for later in (1, 60):
        assert calls.undo(tx, operator, call, NOON + timedelta(seconds=later)) is Undo.UNDONE
    assert len(acts(tx)) == 2


def test_nobody_takes_back_anothers_call(tx, people):
    call = calls.log(tx, draft(people["operator"]), NOON)
    for name in ("second", "admin", "approver"):
        assert calls.undo(tx, people[name], call, NOON) is None
    assert calls.undo(tx, people["operator"], call + 1, NOON) is None
    assert len(calls.of_day(tx, people["operator"], TODAY)) == 1


@pytest.mark.parametrize(
    ("name", "sees"),
    [("operator", ["1"]), ("second", ["2"]), ("staff", []), ("approver", ["2", "1"]), ("admin", ["2", "1"])],
)
def test_who_leads_sees_all_others_their_own(tx, people, name, sees):
    calls.log(tx, draft(people["operator"], text="1"), NOON)
    calls.log(tx, draft(people["second"], text="2"), NOON)
    assert [call.text for call in calls.of_day(tx, people[name], TODAY)] == sees


def test_who_leads_for_a_contractor_sees_the_contractors(tx, people):
    hired, leads = (
        accounts.add(tx, Draft(name, name, Role.OPERATOR, outside=True, leads=leads), COMMAND, NOON).viewer
        for name, leads in (("hired", False), ("lead", True))
    )
    of_the_city = replace(people["second"], leads=True)
    for viewer in (people["operator"], hired, leads):
        calls.log(tx, draft(viewer, text=viewer.shown), NOON)
    seen = [[call.text for call in calls.of_day(tx, each, TODAY)] for each in (hired, leads, of_the_city)]
    assert seen == [["hired"], ["lead", "hired"], ["lead", "hired", "operator"]]


def test_a_day_is_japans(tx, people):
    midnight = datetime(2026, 11, 24, 15, tzinfo=UTC)
    operator = people["operator"]
    for number, moment in enumerate((midnight - timedelta(seconds=1), midnight)):
        calls.log(tx, draft(operator, str(number), text=str(number)), moment)
    days = [midnight.date(), midnight.date() + timedelta(days=1)]
    assert [[call.text for call in calls.of_day(tx, operator, day)] for day in days] == [["0"], ["1"]]
    assert calls.of_day(tx, operator, days[1] + timedelta(days=1)) == ()


def test_who_can_still_take_it_back(tx, people):
    calls.log(tx, draft(people["operator"]), NOON)
    (call,) = calls.of_day(tx, people["admin"], TODAY)
    assert call.can_be_undone(people["operator"], NOON + timedelta(seconds=10))
    assert not call.can_be_undone(people["operator"], NOON + timedelta(seconds=11))
    assert not call.can_be_undone(people["admin"], NOON)


def test_the_newest_call_that_can_be_taken_back(tx, people):
    operator = people["operator"]
    assert calls.fresh(tx, operator, NOON) is None
    calls.log(tx, draft(operator, "1", text="1"), NOON)
    newest = calls.log(tx, draft(operator, "2", text="2"), NOON + timedelta(seconds=3))
    calls.log(tx, draft(people["second"], "3", text="3"), NOON + timedelta(seconds=4))
    found = calls.fresh(tx, operator, NOON + timedelta(seconds=5))
    assert found is not None
    assert (found.id, found.text, found.seconds_left(NOON + timedelta(seconds=5))) == (newest, "2", 8)
    calls.undo(tx, operator, newest, NOON + timedelta(seconds=6))
    before = calls.fresh(tx, operator, NOON + timedelta(seconds=6))
    assert before is not None
    assert (before.text, before.seconds_left(NOON + timedelta(seconds=6))) == ("1", 4)
    assert calls.fresh(tx, operator, NOON + timedelta(seconds=11)) is None
