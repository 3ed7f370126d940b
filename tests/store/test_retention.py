from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from faq.retention import Purpose, Trace, read_retention
from faq.slots import SlotDraft
from nlp.japan import today
from store import (
    accounts,
    audit,
    bookings,
    buttons,
    callbacks,
    calling_back,
    calls,
    calls_for_help,
    case_opening,
    case_saying,
    collaboration_drafts,
    collaboration_opening,
    conversations,
    inbox,
    keys_file,
    knowledge,
    links,
    opinions,
    outbox,
    particulars,
    queries,
    relay,
    residents,
    retention,
    slip_acts,
    slips,
    slots,
    told,
)
from store.audit import SERVICE, ByResident, Kind
from store.buttons import Button
from store.case_opening import CaseDraft
from store.collaboration_opening import CollaborationDraft
from store.collaboration_words import Words
from store.conversations import Conversation
from store.inbox import Arrival
from store.particulars import Field
from store.queries import Query
from store.sight import Role
from store.tables import metadata
from tests.conftest import DATA, NOON
from tests.handlers.opinions_town import PARKS
from tests.line import HANAKO, TARO
from tests.store.cases import handed
from tests.store.town import FRIDAY, LAW, japan, person, slot

RULES = read_retention(DATA / "retention.toml")
LONG_AGO = NOON - timedelta(days=4000)


def keep(tx, delete_on, resident=None):
    told = {Field.NAME: "熊本花子"}
    return particulars.keep(tx, Purpose.CONSULTATION, told, resident, delete_on, SERVICE, LONG_AGO)


def count(tx, table):
    return tx.connection.scalar(sa.select(sa.func.count()).select_from(metadata.tables[table]))


@pytest.mark.parametrize(
    ("now", "gone"),
    [
        (datetime(2026, 12, 9, 14, 59, tzinfo=UTC), False),  # 23:59 on the 9th in Japan
        (datetime(2026, 12, 9, 15, 0, tzinfo=UTC), True),  # midnight
        (datetime(2026, 12, 20, 3, 0, tzinfo=UTC), True),
    ],
)
def test_particulars_go_on_their_day_in_japan(tx, now, gone):
    kept, later = keep(tx, date(2026, 12, 10)), keep(tx, date(2027, 12, 10))
    assert retention.due(tx, RULES, now).particulars == gone
    assert bool(particulars.read(tx, kept, SERVICE, now)) is not gone
    assert particulars.read(tx, later, SERVICE, now)
    acts = tx.connection.execute(sa.text("SELECT act, subject FROM audit ORDER BY id")).all()
    assert (("particulars.erased", str(kept)) in acts) is gone


def traces(tx, moment):
    """One of each kind of trace that ended at that moment."""
    hanako, taro = (residents.meet(tx, address, moment).id for address in (HANAKO, TARO))
    residents.follow(tx, taro, follows=False)
    conversations.keep(tx, hanako, Conversation("t"), moment)
    asked = Query("x", "question", "none")
    query = queries.record(tx, hanako, asked, moment, channel="LINE", message_ids=["1"])
    told.ask(tx, hanako, query, moment)
    for state in ("done", "failed", "sent", "dead"):
        arrival = Arrival(state, HANAKO, "message/text", moment, True, True, b"{}")
        assert inbox.keep(tx, [arrival], moment)
    tx.connection.execute(sa.text("UPDATE inbox SET state = event_id"))
    tx.connection.execute(sa.text("UPDATE inbox SET state = 'ignored' WHERE state IN ('sent', 'dead')"))
    tx.connection.execute(metadata.tables["inbox"].update().values(done_at=moment))
    for number, state in enumerate(("sent", "dropped", "dead", "waiting")):
        outbox.put(tx, hanako, b"[]", moment)
        mine = metadata.tables["outbox"].c.retry_key.not_in(map(str, range(4)))
        done = None if state == "waiting" else moment
        tx.connection.execute(
            metadata.tables["outbox"]
            .update()
            .where(mine)
            .values(state=state, done_at=done, retry_key=str(number))
        )
    for state in ("sent", "dead"):
        relay.keep(tx, state.encode(), "s", moment)
    fingerprint = metadata.tables["relay"].c.id
    first = sa.select(sa.func.min(fingerprint)).scalar_subquery()
    table = metadata.tables["relay"]
    tx.connection.execute(table.update().values(state="dead", done_at=moment))
    tx.connection.execute(table.update().where(fingerprint == first).values(state="sent"))
    buttons.mint(tx, hanako, Button("helped", 1), moment - buttons.LIFE)
    links.mint(tx, links.Purpose.BOOKING_FORM, hanako, 1, timedelta(0), moment)
    tx.connection.execute(metadata.tables["tries"].insert().values(of=bytes(32), tried_at=moment))
    audit.record(tx, SERVICE, "x", Kind.BOOKING, "1", moment)
    operator = accounts.add(tx, accounts.Draft("operator", "", Role.OPERATOR), SERVICE, moment)
    about = calls.CallChannel.PHONE, calls.Sort.INQUIRY, calls.Outcome.ANSWERED, "x"
    calls.log(tx, calls.CallDraft(operator.id, "1", *about, moment), moment)
    _settled_at_the_desk(tx, operator.viewer, moment)
    _past_booking(tx, hanako, moment)
    _cases(tx, hanako, moment)
    _opinion(tx, hanako, moment)
    _collaborations(tx, hanako, moment)
    _mailed(tx, operator.id, (hanako, taro), moment)
    about = {"danger": "sea", "severity": "now", "section": "x", "raised_at": moment}
    tx.connection.execute(metadata.tables["alarms"].insert().values(resident_id=hanako, **about))


def _opinion(tx, resident, moment):
    """One whose results are public since then."""
    plan = replace(PARKS, opens=date(2000, 1, 1), last=date(2100, 1, 1))
    knowledge.take_in(tx, [plan], moment)
    made = opinions.OpinionDraft("1", plan.id, "words", opinions.Way.LINE)
    opinions.send(tx, made, audit.ByResident(resident), moment, moment)
    writer, other = (
        accounts.add(tx, accounts.Draft(name, "", Role.APPROVER), SERVICE, moment).id for name in ("w", "o")
    )
    public = {"state": "published", "submitted_by": writer, "published_by": other, "published_at": moment}
    results = metadata.tables["opinion_results"]
    tx.connection.execute(results.update().values(**public, opinions=1, people=1))


def _mailed(tx, writer, people, moment):
    """One mailing that ended, and one that is being sent."""
    for unit, ended_at in (("ended", moment), ("sending", None)):
        row = {"version": 1, "state": "sent", "link": "", "topics": [], "wards": [], "urgent": False}
        row |= {"not_after": moment, "written_by": writer, "written_at": moment, "reason": "", "unit": unit}
        row |= {"left": 0, "helped": 0, "turned_off": 0, "ended_at": ended_at}
        made = metadata.tables["mailings"].insert().values(row).returning(metadata.tables["mailings"].c.id)
        mailing = tx.connection.scalar(made)
        to = [{"mailing_id": mailing, "resident_id": each, "batch": 0, "answered": False} for each in people]
        tx.connection.execute(metadata.tables["mailing_recipients"].insert(), to)


def _cases(tx, resident, moment):
    """One that is closed, and one that stands."""
    by = audit.ByResident(resident)
    for once in ("closed", "stands"):
        made = case_opening.open_case(tx, CaseDraft(once, "x", "subject", ("words",)), None, by, moment)
        if once == "closed":
            case_saying.withdraw(tx, resident, made.id, moment)


def _collaborations(tx, resident, moment):
    """One that is taken back, one that stands, and one that is not sent."""
    for once in ("back", "stands"):
        draft = CollaborationDraft(once, "x", Words("title", "what"), may_be_named=False)
        made = collaboration_opening.submit(tx, resident, draft, moment)
        if once == "back":
            collaboration_opening.withdraw(tx, resident, made.id, moment)
    collaboration_drafts.begin(tx, resident, "words", moment)


def _settled_at_the_desk(tx, operator, moment):
    """One of each that is settled, and one that is not; their words are no older than that."""
    later = date(2100, 1, 1)
    for once in ("settled", "waits"):
        promise = callbacks.CallbackDraft(operator.account, once, moment, None, "about")
        callback = callbacks.make(tx, promise, {}, later, moment)
        slip = slips.make(
            tx, slips.SlipDraft(operator.account, once, "x", "subject", "words"), {}, later, moment
        )
        if once == "settled":
            calling_back.done(tx, operator, callback, moment)
            slip_acts.done(tx, replace(operator, role=Role.ADMIN), slip, "result", moment)
            calls_for_help.end(tx, operator, calls_for_help.call(tx, operator, "note", moment), moment)


def _past_booking(tx, resident, moment):
    day = today(moment)
    for number, state in enumerate(("kept", "waiting")):
        seated = {"slot_id": 1, "seat": 1} if state == "kept" else {}
        if seated:
            slot = slots.add(
                tx, SlotDraft("law", moment, moment + timedelta(hours=1), "", None, 1), SERVICE, moment
            )
            seated["slot_id"] = slot
        tx.connection.execute(
            metadata.tables["bookings"].insert().values(
                receipt=str(number), programme="law", day=day, state=state, channel="line", extended=False,
                resident_id=resident, person=bytes(32), made_at=moment, changed_at=moment, **seated,
            )
        )  # fmt: skip
    last = sa.select(sa.func.max(metadata.tables["bookings"].c.id)).scalar_subquery()
    told = {"resident_id": resident, "booking_id": last}
    sent = {"kind": "offer", "state": "sent", "settled_at": moment}
    dropped = {"kind": "reminder_morning", "state": "dropped", "settled_at": None}
    for each in (sent, dropped):
        row = {"occasion": "", "due_at": moment, **told, **each}
        tx.connection.execute(metadata.tables["notices"].insert().values(row))
    told_staff = {
        "kind": "alarm",
        "occasion": "",
        "alarm_id": 1,
        "section": "chuo-kumin",
        "rank": 1,
        "state": "spread",
    }
    row = told_staff | {"made_at": moment, "settled_at": moment}
    tx.connection.execute(metadata.tables["staff_notices"].insert().values(row))


EXPECTED = {
    Trace.CONVERSATIONS: 2,
    Trace.QUESTIONS: 1,
    Trace.CALLS: 1,
    Trace.DESK: 3,
    Trace.CASES: 1,
    Trace.OPINIONS: 1,
    Trace.COLLABORATIONS: 1,
    Trace.EVENTS: 3,
    Trace.REPLIES: 2,
    Trace.FAILURES: 3,
    Trace.RELAYED: 1,
    Trace.BUTTONS: 1,
    Trace.LINKS: 1,
    Trace.TRIES: 1,
    Trace.NOTICES: 3,
    Trace.STAFF_NOTICES: 2,
    Trace.TO_TELL: 1,
    Trace.MAILED: 2,
    Trace.PERSONS: 1,
    Trace.ALARMS: 1,
    Trace.AUDIT: 23,
    Trace.UNFOLLOWED: 1,
    Trace.SESSIONS: 0,
}


def test_each_trace_goes_when_its_days_are_over_and_not_before(database):
    with database.write() as tx:
        traces(tx, NOON)
    for trace in Trace:
        last_day = NOON + timedelta(days=RULES.traces[trace].days)
        with database.write() as tx:
            assert retention.due(tx, RULES, last_day).traces[trace] == 0, trace
            tx.connection.rollback()
        with database.write() as tx:
            swept = retention.due(tx, RULES, last_day + timedelta(days=1))
            assert swept.traces[trace] == EXPECTED[trace], trace
            tx.connection.rollback()


def test_what_still_waits_is_never_deleted(database):
    with database.write() as tx:
        traces(tx, LONG_AGO)
    retention.step(database, RULES, NOON)
    with database.read() as tx:
        states = tx.connection.execute(sa.text("SELECT state FROM outbox")).scalars().all()
        assert states == ["waiting"]
        assert count(tx, "residents") == 1, "who still follows stays"
        assert queries.texts_of(tx, residents.lookup(tx, HANAKO)) == ()
        assert count(tx, "queries") == 1, "the figure stays"
        assert (count(tx, "cases"), count(tx, "case_keys")) == (2, 1), "and so does that of a case"
        assert (count(tx, "collaborations"), count(tx, "collaboration_keys")) == (2, 1), "or of a proposal"


def test_all_of_many_go_in_small_transactions(sqlite, monkeypatch):
    monkeypatch.setattr(retention.due, "__defaults__", (3,))
    with sqlite.write() as tx:
        for _ in range(10):
            keep(tx, date(2026, 11, 1))
        tx.connection.execute(
            metadata.tables["tries"].insert(), [{"of": bytes(32), "tried_at": LONG_AGO}] * 11
        )
    swept = retention.step(sqlite, RULES, NOON)
    assert (swept.particulars, swept.traces[Trace.TRIES]) == (10, 11)
    assert retention.step(sqlite, RULES, NOON) == retention.NOTHING


def test_what_was_deleted_stands_in_no_file(sqlite):
    with sqlite.write() as tx:
        kept = keep(tx, date(2026, 11, 1))
        wrapped = tx.connection.scalar(sa.text("SELECT wrapped FROM particulars_keys"))
    files = [sqlite.file, sqlite.file.with_name(sqlite.file.name + "-wal")]
    assert any(wrapped in file.read_bytes() for file in files)
    retention.step(sqlite, RULES, NOON)
    assert not any(wrapped in file.read_bytes() for file in files)
    with sqlite.write() as tx:
        assert particulars.read(tx, kept, SERVICE, NOON) == {}


def test_the_copy_of_the_keys_is_written_anew(sqlite, tmp_path):
    copy = tmp_path / "keys.backup"
    retention.step(sqlite, RULES, NOON, copy)
    assert not copy.exists(), "only a backup makes the first"
    with sqlite.write() as tx:
        keep(tx, date(2026, 11, 1))
    keys_file.write(sqlite, copy)
    assert "particulars" in {key.kind for key in keys_file.read(copy)}
    retention.step(sqlite, RULES, NOON, copy)
    assert "particulars" not in {key.kind for key in keys_file.read(copy)}


def test_it_is_audited_once_for_each_kind(database):
    with database.write() as tx:
        traces(tx, LONG_AGO)
    retention.step(database, RULES, NOON)
    with database.read() as tx:
        rows = tx.connection.execute(
            sa.text("SELECT subject, detail FROM audit WHERE act = 'retention.deleted' AND actor = 'service'")
        ).all()
    assert ("tries", '{"count": "1"}') in [tuple(row) for row in rows]
    gone = {trace for trace, number in EXPECTED.items() if number} - {
        Trace.UNFOLLOWED,
        Trace.CASES,
        Trace.OPINIONS,
        Trace.COLLABORATIONS,
    }
    assert sorted(row.subject for row in rows) == sorted(gone)


def test_a_booking_stays_for_the_figures(database):
    with database.write() as tx:
        traces(tx, LONG_AGO)
    retention.step(database, RULES, NOON)
    with database.read() as tx:
        left = sa.text("SELECT state, resident_id IS NULL, person IS NULL FROM bookings ORDER BY id")
        assert [tuple(row) for row in tx.connection.execute(left)] == [
            ("kept", True, True),
            ("waiting", False, False),
        ]


def blocked(tx, address, moment):
    """Somebody who blocked the account then."""
    resident = residents.meet(tx, address, moment).id
    residents.follow(tx, resident, follows=False)
    return resident


def erased(tx, now):
    return retention.due(tx, RULES, now).traces[Trace.UNFOLLOWED]


DAY = timedelta(days=1)


def test_who_blocked_the_account_is_erased_after_the_grace_unless_they_come_back(tx):
    days = RULES.traces[Trace.UNFOLLOWED].days
    hanako = blocked(tx, HANAKO, NOON)
    assert erased(tx, NOON + days * DAY) == 0
    residents.follow(tx, hanako, follows=True)
    assert erased(tx, NOON + (days + 1) * DAY) == 0
    residents.follow(tx, hanako, follows=False)
    assert erased(tx, NOON + (days + 1) * DAY) == 1
    assert residents.lookup(tx, HANAKO) is None


def test_many_are_erased_a_few_at_a_time_so_that_nobody_waits_for_it(database):
    few = retention.ONE_BY_ONE
    with database.write() as tx:
        for number in range(few + 3):
            blocked(tx, f"U{number:032x}", LONG_AGO)
    for at_once in (few, 3, 0):
        with database.write() as tx:
            assert erased(tx, NOON) == at_once


def test_never_while_a_booking_is_to_come_and_nothing_is_cancelled(tx):
    hanako = blocked(tx, HANAKO, LONG_AGO)
    made = bookings.hold(tx, slot(tx, 13), LAW, bookings.Channel.LINE, hanako, ByResident(hanako), NOON)
    booked = bookings.confirm(tx, made.id, person(tx, "はなこ"), None, LAW, ByResident(hanako), NOON)
    assert erased(tx, NOON) == 0
    assert bookings.find(tx, booked.id, ByResident(hanako), NOON).state is bookings.State.CONFIRMED
    assert erased(tx, japan(0, day=FRIDAY + timedelta(days=1))) == 1


def test_never_while_a_case_stands(tx):
    hanako = blocked(tx, HANAKO, LONG_AGO)
    case = handed(tx, hanako)
    assert erased(tx, NOON) == 0
    case_saying.solved(tx, hanako, case.id, NOON)
    assert erased(tx, NOON) == 1
