"""Figures: what is counted of some days, and what is not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from faq.models import EntryId
from faq.periods import Period
from faq.programmes import ProgrammeId
from store import accounts, calls, knowledge, queries
from store.accounts import Draft
from store.asked_most import entries_asked
from store.audit import COMMAND
from store.calls import CallChannel, CallDraft, Outcome, Sort
from store.figures import BookingCount, figures
from store.queries import Query, Verdict
from store.sight import Role
from store.tables import bookings
from store.windows import Channel
from tests.conftest import NOON

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


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
    found = figures(tx, NOVEMBER)
    assert (found.calls, found.bookings, found.number_of_calls, found.unanswered) == ((), (), 0, 0)
    assert entries_asked(tx, NOVEMBER) == ()
    assert found.first_answer_rate is None


def test_the_first_answer_rate(tx, log):
    """What was handed on or found no answer is none; what does not count is in neither number."""
    for outcome in (*Outcome, Outcome.ANSWERED, Outcome.ANSWERED):
        log(outcome=outcome)
    log(outcome=Outcome.ANSWERED, counts=False)
    log(outcome=Outcome.NONE, counts=False)
    found = figures(tx, NOVEMBER)
    assert (found.number_of_calls, found.counted, found.first_answers) == (8, 6, 4)
    assert found.first_answer_rate == pytest.approx(4 / 6)


def test_calls_by_what_the_city_asks_for(tx, log):
    log()
    log()
    log(channel=CallChannel.FAX, outcome=Outcome.APPLICATION)
    log(outcome=Outcome.TRANSFERRED, section="chuo-kumin")
    log(channel=CallChannel.QUESTION_BOX, outcome=Outcome.NONE)
    found = figures(tx, NOVEMBER)
    assert found.by(lambda each: each.channel) == {"phone": 3, "fax": 1, "question_box": 1}
    assert found.by(lambda each: each.sort) == {"inquiry": 4, "application": 1}
    assert found.by(lambda each: each.outcome) == dict.fromkeys(Outcome, 1) | {Outcome.ANSWERED: 2}
    assert found.by(lambda each: each.section) == {None: 4, "chuo-kumin": 1}


def test_what_was_taken_back_is_not_counted(tx, log, operator):
    for outcome in (Outcome.ANSWERED, Outcome.NONE):
        calls.undo(tx, operator, log(outcome=outcome, entry=EntryId("x")), NOON)
    found = figures(tx, NOVEMBER)
    assert (found.number_of_calls, found.unanswered, entries_asked(tx, NOVEMBER)) == (0, 0, ())


def test_a_month_is_japans(tx, log):
    begins = datetime(2026, 10, 31, 15, tzinfo=UTC)
    ends = datetime(2026, 11, 30, 15, tzinfo=UTC)
    second = timedelta(seconds=1)
    for moment in (begins - second, begins, ends - second, ends):
        log(now=moment)
    assert figures(tx, NOVEMBER).number_of_calls == 2


def test_questions_in_line_by_what_came_of_them(tx, log, hanako):
    for outcome in ("answer", "answer", "signpost", "none"):
        asked = Query("x", "question", outcome)
        queries.record(tx, hanako, asked, NOON, channel="LINE", message_ids=["1"])
    queries.record(tx, hanako, asked, NOON - timedelta(days=40), channel="LINE", message_ids=["1"])
    log(outcome=Outcome.NONE)
    found = figures(tx, NOVEMBER)
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
    told = [
        (each.entry, each.question, each.section, each.calls, each.line, each.reads)
        for each in entries_asked(tx, NOVEMBER)
    ]
    assert told == [(known.id, known.question, known.section, 1, 1, 2), ("gone", "", "", 1, 0, 1)]


def test_bookings_that_stand(tx):
    for number, state in enumerate(("applied", "done", "cancelled", "expired", "entered")):
        tx.connection.execute(
            bookings.insert().values(
                receipt=str(number), programme="law", day=NOON.date(), state=state, channel="phone", extended=False,
                made_at=NOON, changed_at=NOON,
            )
        )  # fmt: skip
    found = figures(tx, NOVEMBER)
    assert found.bookings == (BookingCount(ProgrammeId("law"), Channel.PHONE, 2),)
    assert (found.booked(Channel.PHONE), found.booked(Channel.LINE)) == (2, 0)
    assert found.received["LINE"] == (0, 0), "what was booked for a caller is an application in the log"


def test_an_answer_that_did_not_help_is_none(tx, hanako):
    for verdict in (Verdict.HELPED, Verdict.DID_NOT_HELP, Verdict.NONE_OF_THESE):
        for outcome in ("answer", "choose"):
            asked = Query("x", "question", outcome)
            queries.judge(
                tx, queries.record(tx, hanako, asked, NOON, channel="LINE", message_ids=["1"]), verdict
            )
    none = queries.record(tx, hanako, Query("x", "question", "none"), NOON, channel="LINE", message_ids=["1"])
    queries.judge(tx, none, Verdict.NONE_OF_THESE)
    found = figures(tx, NOVEMBER)
    assert (found.line_unhelped, found.line_unanswered, found.unanswered) == (4, 5, 5), "each question once"
