"""A made-up month, counted by hand: what happened stands first, then what the report must say.

The city is small: seven calls and eight questions in LINE in November 2026, three in the months around it.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from faq.models import EntryId
from faq.periods import Period
from store import accounts, calls, knowledge, queries
from store.accounts import Draft
from store.audit import COMMAND
from store.calls import CallChannel, CallDraft, Outcome, Sort
from store.figures import LINE
from store.queries import Query, Verdict
from store.reports import kept_since, report
from store.sight import Role
from store.tables import bookings
from tests.conftest import NOON

NOVEMBER = Period.month_of(date(2026, 11, 1))
YEAR = Period.year_of(date(2026, 11, 1))
ONE, OTHER = EntryId("moving-out"), EntryId("moving-in")
SEEN_AT = datetime(2026, 12, 5, tzinfo=UTC)

INQUIRY, APPLICATION = Sort.INQUIRY, Sort.APPLICATION
PHONE, FAX, MAIL, COUNTER = CallChannel.PHONE, CallChannel.FAX, CallChannel.MAIL, CallChannel.COUNTER
CALLS = (
    # day, hour (in Japan), channel, sort, outcome, entry, counts
    ("2026-10-31", 23, PHONE, INQUIRY, Outcome.ANSWERED, ONE, True),  # October's
    ("2026-11-01", 0, PHONE, INQUIRY, Outcome.ANSWERED, ONE, True),
    ("2026-11-02", 9, PHONE, INQUIRY, Outcome.ANSWERED, ONE, True),
    ("2026-11-03", 9, PHONE, INQUIRY, Outcome.TRANSFERRED, OTHER, True),
    ("2026-11-03", 9, PHONE, APPLICATION, Outcome.APPLICATION, None, True),
    ("2026-11-10", 9, FAX, INQUIRY, Outcome.NONE, ONE, True),
    ("2026-11-10", 9, COUNTER, INQUIRY, Outcome.ANSWERED, OTHER, False),  # does not count for the rate
    ("2026-11-30", 23, MAIL, APPLICATION, Outcome.APPLICATION, None, True),
    ("2026-12-01", 0, PHONE, INQUIRY, Outcome.NONE, None, True),  # December's
)
QUESTIONS = (
    # day, hour, outcome, entry, verdict
    ("2026-11-01", 9, "answer", ONE, Verdict.HELPED),
    ("2026-11-02", 9, "answer", ONE, None),
    ("2026-11-02", 9, "answer", ONE, Verdict.DID_NOT_HELP),
    ("2026-11-09", 9, "signpost", OTHER, None),
    ("2026-11-10", 9, "choose", None, Verdict.NONE_OF_THESE),
    ("2026-11-10", 9, "choose", None, None),
    ("2026-11-16", 9, "none", None, None),
    ("2026-11-30", 9, "none", None, Verdict.NONE_OF_THESE),
    ("2026-12-01", 0, "none", None, None),  # December's
)


@dataclass(frozen=True)
class Counted:
    """What a week has by hand: its days, calls and those without an answer, questions and those of them."""

    first: str
    last: str
    numbers: tuple[int, int, int, int]


BY_HAND = {
    "phone": (3, 1),
    "fax": (1, 0),
    "mail": (0, 1),
    "question_box": (0, 0),
    "counter": (1, 0),
    "web": (0, 0),
    LINE: (8, 2),
}
WEEKS = (
    Counted("2026-11-01", "2026-11-01", (1, 0, 1, 0)),
    Counted("2026-11-02", "2026-11-08", (3, 0, 2, 1)),
    Counted("2026-11-09", "2026-11-15", (2, 1, 3, 1)),
    Counted("2026-11-16", "2026-11-22", (0, 0, 1, 1)),
    Counted("2026-11-23", "2026-11-29", (0, 0, 0, 0)),
    Counted("2026-11-30", "2026-11-30", (1, 0, 1, 1)),
)


def at(day: str, hour: int) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:00:00+09:00")


@pytest.fixture
def month(tx, hanako):
    """The database after it."""
    operator = accounts.add(tx, Draft("operator", "", Role.OPERATOR), COMMAND, NOON).viewer
    for number, (day, hour, channel, sort, outcome, entry, counts) in enumerate(CALLS):
        draft = CallDraft(
            operator.account, str(number), channel, sort, outcome, "x", at(day, hour), entry, counts=counts
        )
        calls.log(tx, draft, at(day, hour))
    undone = CallDraft(operator.account, "undone", PHONE, INQUIRY, Outcome.NONE, "x", at("2026-11-05", 9))
    taken_back = calls.log(tx, undone, at("2026-11-05", 9))
    calls.undo(tx, operator, taken_back, at("2026-11-05", 9))
    for day, hour, outcome, entry, verdict in QUESTIONS:
        asked = Query("x", "question", outcome, entry)
        query = queries.record(tx, hanako, asked, at(day, hour), channel=LINE, message_ids=["1"])
        if verdict is not None:
            queries.judge(tx, query, verdict)
    for number, (programme, channel, state) in enumerate(
        [
            ("legal", "line", "confirmed"), ("legal", "line", "kept"), ("tax", "phone", "applied"),
            ("legal", "line", "cancelled"), ("legal", "line", "held"),
        ]
    ):  # fmt: skip
        tx.connection.execute(
            bookings.insert().values(
                receipt=str(number), programme=programme, day=date(2026, 12, 1), channel=channel, extended=False,
                state="applied" if state in ("confirmed", "kept") else state, made_at=at("2026-11-04", 9),
                changed_at=NOON, held_until=NOON if state == "held" else None,
            )
        )  # fmt: skip
    return report(tx, NOVEMBER, SEEN_AT)


def test_what_came_in_by_channel(month):
    """A caller's question without an answer, and a booking for a caller, are calls alone."""
    assert dict(month.figures.received) == BY_HAND


def test_the_first_answer_rate(month):
    assert (month.figures.counted, month.figures.first_answers) == (6, 4)


def test_what_found_no_answer(month):
    """One fax; two in LINE without an answer, one answer that did not help, one choice of which none was meant."""
    assert month.figures.unanswered == 5
    assert (month.figures.line_unanswered, month.figures.line_unhelped) == (4, 2)


def test_week_by_week(month):
    assert [
        Counted(
            each.period.first.isoformat(),
            each.period.last.isoformat(),
            (each.calls, each.calls_unanswered, each.line, each.line_unanswered),
        )
        for each in month.weeks
    ] == list(WEEKS)


def test_the_weeks_add_up(month):
    assert sum(each.asked for each in month.weeks) == sum(sum(each) for each in BY_HAND.values()) - 2, (
        "bookings"
    )
    assert sum(each.unanswered for each in month.weeks) == month.figures.unanswered


def test_what_was_asked_most(tx, month):
    found = {each.entry: (each.calls, each.line) for each in month.entries}
    assert found == {ONE: (2, 3), OTHER: (2, 1)}
    assert [each.entry for each in month.entries] == [ONE, OTHER]
    section = next(each.section for each in knowledge.all_entries(tx) if each.id == ONE)
    assert month.entries[0].section == section


def test_bookings_by_programme(month):
    found = [(each.programme, each.channel, each.number) for each in month.figures.bookings]
    assert found == [("legal", "line", 2), ("tax", "phone", 1)]


def test_beside_it_stands_what_is_kept(tx, month):
    assert kept_since(tx) == date(2026, 10, 31)
    assert [(each.period.named(), each.number_of_calls) for each in month.beside] == [("2026-10", 1)]


def test_a_year_has_its_months(tx, month):
    year = report(tx, YEAR, SEEN_AT)
    found = {each.period.named(): (each.calls, each.line) for each in year.months if each.asked}
    assert found == {"2026-10": (1, 0), "2026-11": (7, 8), "2026-12": (1, 1)}
    assert (year.beside, len(year.weeks)) == ((), 36), "those that have begun"


def test_a_period_that_runs_says_until_when(tx):
    assert report(tx, NOVEMBER, datetime(2026, 11, 30, 14, 59, tzinfo=UTC)).until == date(2026, 11, 30)
    assert report(tx, NOVEMBER, datetime(2026, 11, 30, 15, tzinfo=UTC)).until is None


def test_an_empty_store_has_a_report(tx):
    found = report(tx, NOVEMBER, NOON)
    assert (found.beside, found.entries, kept_since(tx)) == ((), (), None)
    assert len(found.weeks) == 5
