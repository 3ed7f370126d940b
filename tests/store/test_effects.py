"""What a change of an entry did, counted by hand around one change."""

from datetime import timedelta

import pytest

from faq.models import EntryId
from faq.periods import Period
from store import accounts, calls, queries
from store.accounts import Draft
from store.audit import COMMAND
from store.calls import CallChannel, CallDraft, Outcome, Sort
from store.effects import FEW, Tally, effects
from store.figures import LINE
from store.queries import Query, Verdict
from store.sight import Role
from store.tables import editions, revisions
from tests.conftest import NOON

CHANGED, ONE = NOON, EntryId("moving-in")
DAY = timedelta(days=1)
PERIOD = Period.month_of(CHANGED.date())
LATER = CHANGED + 40 * DAY


@pytest.fixture
def change(tx):
    def change(entry=ONE, at=CHANGED, kind="faq"):
        edition = tx.connection.execute(editions.insert().values(at=at, why="x", version=1))
        row = {"edition_id": edition.inserted_primary_key[0], "kind": kind, "key": entry, "sort": "changed"}
        tx.connection.execute(revisions.insert().values(**row, before={"id": entry}, after={"id": entry}))

    return change


@pytest.fixture
def ask(tx, hanako):
    def ask(at, outcome="answer", verdict=None, entry=ONE):
        asked = Query("x", "question", outcome, entry)
        query = queries.record(tx, hanako, asked, at, channel=LINE, message_ids=["1"])
        if verdict:
            queries.judge(tx, query, verdict)

    return ask


@pytest.fixture
def call(tx):
    operator = accounts.add(tx, Draft("operator", "", Role.OPERATOR), COMMAND, NOON).viewer
    once = iter(range(100))

    def call(at, outcome=Outcome.ANSWERED, entry=ONE):
        told = CallChannel.PHONE, Sort.INQUIRY, outcome, "x", at
        calls.log(tx, CallDraft(operator.account, str(next(once)), *told, entry), at)

    return call


def test_before_and_after(tx, change, ask, call):
    change()
    ask(CHANGED - DAY)
    ask(CHANGED - DAY, verdict=Verdict.DID_NOT_HELP)
    ask(CHANGED - DAY, outcome="signpost")
    call(CHANGED - DAY)
    call(CHANGED - DAY, outcome=Outcome.NONE)
    ask(CHANGED)
    ask(CHANGED + DAY, verdict=Verdict.HELPED)
    call(CHANGED + DAY)
    (found,) = effects(tx, PERIOD, LATER)
    assert (found.entry, found.at, found.days) == (ONE, CHANGED, 30)
    assert (found.before, found.after) == (Tally(5, 2), Tally(3, 0))
    assert "転入" in found.question or "引っ越し" in found.question


def test_only_thirty_days_and_only_what_it_answered(tx, change, ask):
    change()
    ask(CHANGED - 30 * DAY)
    ask(CHANGED - 30 * DAY - timedelta(seconds=1))
    ask(CHANGED + 30 * DAY)
    ask(CHANGED - DAY, entry=EntryId("moving-out"))
    ask(CHANGED - DAY, outcome="choose")
    (found,) = effects(tx, PERIOD, LATER)
    assert (found.before, found.after) == (Tally(1, 0), Tally(0, 0))


def test_a_call_without_an_answer_is_counted_once(tx, change, call):
    """It is a call, and an unanswered question too."""
    change()
    call(CHANGED - DAY, outcome=Outcome.NONE)
    (found,) = effects(tx, PERIOD, LATER)
    assert found.before == Tally(1, 1)


def test_few_are_marked_and_so_are_fewer_days(tx, change, ask):
    change()
    for _ in range(FEW):
        ask(CHANGED - DAY)
        ask(CHANGED + DAY)
    assert effects(tx, PERIOD, LATER)[0].is_telling
    early = effects(tx, PERIOD, CHANGED + 29 * DAY)[0]
    assert (early.days, early.is_telling) == (29, False)
    change(EntryId("moving-out"))
    for _ in range(FEW):
        ask(CHANGED - DAY, entry=EntryId("moving-out"))
    few = effects(tx, PERIOD, LATER)[1]
    assert (few.before.answered, few.after.answered, few.is_telling) == (FEW, 0, False)


def test_the_most_asked_first_and_other_kinds_not(tx, change, ask):
    change(EntryId("moving-out"))
    change()
    change(kind="offices")
    change(at=PERIOD.begins - DAY)
    ask(CHANGED - DAY)
    assert [each.entry for each in effects(tx, PERIOD, LATER)] == [ONE, "moving-out"]


def test_many_changes_at_once(tx, change, ask):
    for number in range(1100):
        change(EntryId(f"entry-{number:04}"))
    ask(CHANGED - DAY, entry=EntryId("entry-1099"))
    found = effects(tx, PERIOD, LATER)
    assert (len(found), found[0].entry, found[0].question) == (1100, "entry-1099", "")
