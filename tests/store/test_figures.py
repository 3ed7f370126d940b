"""Figures: what is counted of some days, and what is not."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from faq.models import EntryId
from store import accounts, calls, knowledge, queries
from store.accounts import Draft
from store.audit import COMMAND
from store.calls import CallChannel, CallDraft, Outcome, Sort
from store.figures import figures
from store.queries import Query
from store.sight import Role
from store.tables import bookings
from tests.conftest import NOON

NOVEMBER = date(2026, 11, 1), date(2026, 11, 30)


@pytest.fixture
def operator(tx):
    return accounts.add(tx, Draft("operator", "", Role.OPERATOR), COMMAND, NOON).viewer


@pytest.fixture
def log(tx, operator):
    """Logs a call; its id."""

    def log(channel=CallChannel.PHONE, outcome=Outcome.ANSWERED, now=NOON, **others):
        sort = Sort.APPLICATION if outcome is Outcome.APPLICATION else Sort.INQUIRY
        once = str(tx.connection.scalar(sa.select(sa.func.count()).select_from(calls.calls)))
        draft = CallDraft(operator.account, once, channel, sort, outcome, "x", now)
        return calls.log(tx, replace(draft, **others), now)

    return log


def test_of_nothing(tx):
    found = figures(tx, *NOVEMBER)
    assert (found.calls, found.entries, found.number_of_calls, found.unanswered) == ((), (), 0, 0)
    assert found.first_answer_rate is None


def test_the_first_answer_rate(tx, log):
    """What was handed on or found no answer is none; what does not count is in neither number."""
    for outcome in (*Outcome, Outcome.ANSWERED, Outcome.ANSWERED):
        log(outcome=outcome)
    log(outcome=Outcome.ANSWERED, counts=False)
    log(outcome=Outcome.NONE, counts=False)
    found = figures(tx, *NOVEMBER)
    assert (found.number_of_calls, found.counted, found.first_answers) == (8, 6, 4)
    assert found.first_answer_rate == pytest.approx(4 / 6)


def test_calls_by_what_the_city_asks_for(tx, log):
    log()
    log()
    log(channel=CallChannel.FAX, outcome=Outcome.APPLICATION)
    log(outcome=Outcome.TRANSFERRED, section="chuo-kumin")
    log(channel=CallChannel.QUESTION_BOX, outcome=Outcome.NONE)
    found = figures(tx, *NOVEMBER)
    assert found.by(lambda each: each.channel) == {"phone": 3, "fax": 1, "question_box": 1}
    assert found.by(lambda each: each.sort) == {"inquiry": 4, "application": 1}
    assert found.by(lambda each: each.outcome) == dict.fromkeys(Outcome, 1) | {Outcome.ANSWERED: 2}
    assert found.by(lambda each: each.section) == {None: 4, "chuo-kumin": 1}


def test_what_was_taken_back_is_not_counted(tx, log, operator):
    for outcome in (Outcome.ANSWERED, Outcome.NONE):
        calls.undo(tx, operator, log(outcome=outcome, entry=EntryId("x")), NOON)
    found = figures(tx, *NOVEMBER)
    assert (found.number_of_calls, found.unanswered, found.entries) == (0, 0, ())


def test_a_month_is_japans(tx, log):
    begins = datetime(2026, 10, 31, 15, tzinfo=UTC)
    ends = datetime(2026, 11, 30, 15, tzinfo=UTC)
    second = timedelta(seconds=1)
    for moment in (begins - second, begins, ends - second, ends):
        log(now=moment)
    assert figures(tx, *NOVEMBER).number_of_calls == 2


def test_questions_in_line_by_what_came_of_them(tx, log, hanako):
    for outcome in ("answer", "answer", "signpost", "none"):
        asked = Query("x", "question", outcome)
        queries.record(tx, hanako, asked, NOON, channel="LINE", message_ids=["1"])
    queries.record(tx, hanako, asked, NOON - timedelta(days=40), channel="LINE", message_ids=["1"])
    log(outcome=Outcome.NONE)
    found = figures(tx, *NOVEMBER)
    assert found.line == {"answer": 2, "signpost": 1, "none": 1}, "the caller's is no question of LINE's"
    assert found.unanswered == 2


def test_the_most_frequent_entries_of_both(tx, log, hanako):
    known = knowledge.all_entries(tx)[0]
    log(entry=known.id)
    log(outcome=Outcome.NONE, entry=known.id)
    log(entry=EntryId("gone"))
    queries.record(
        tx, hanako, Query("x", "question", "answer", known.id), NOON, channel="LINE", message_ids=["1"]
    )
    told = [(each.entry, each.question, each.number) for each in figures(tx, *NOVEMBER).entries]
    assert told == [(known.id, known.question, 2), ("gone", "", 1)]


def test_no_more_entries_than_are_read(tx, log):
    for number in range(22):
        log(entry=EntryId(f"entry-{number:02}"))
    found = figures(tx, *NOVEMBER).entries
    assert [each.entry for each in found] == [f"entry-{number:02}" for number in range(20)]


def test_bookings_that_stand(tx):
    for number, state in enumerate(("applied", "done", "cancelled", "expired", "entered")):
        tx.connection.execute(
            bookings.insert().values(
                receipt=str(number), programme="law", day=NOON.date(), state=state, channel="phone", extended=False,
                made_at=NOON, changed_at=NOON,
            )
        )  # fmt: skip
    assert figures(tx, *NOVEMBER).bookings == Counter(phone=2)
