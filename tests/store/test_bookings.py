"""Bookings of one person after another; many at once are in `test_booking_race.py`."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from faq.counters import SectionId
from faq.terms import Limit, Period
from store import audit, bookings, knowledge, notices, slots
from store import booked as booked_records
from store.audit import SERVICE, ByResident
from store.bookings import Booking, Channel, State
from store.db import Tx
from store.notices import REMINDERS, Notice, NoticeState
from store.refusals import (
    AlreadyExtended,
    Ended,
    HoldGone,
    LimitReached,
    NotThere,
    Refusal,
    SamePersonThen,
    ShareTaken,
    SlotClosed,
    SlotTaken,
    TooEarly,
    TooLate,
)
from store.residents import ResidentId
from store.sight import AccountId, Role, Viewer
from tests.conftest import NOON
from tests.store.town import (
    CHECK_UP,
    FRIDAY,
    LAW,
    OPERATOR,
    booked,
    confirm,
    held,
    hold,
    japan,
    made,
    person,
    phoned,
    slot,
)

MINUTE = timedelta(minutes=1)
OPENS, EVE = date(2026, 11, 20), date(2026, 11, 26)
SHUT = replace(LAW, open=False)


# A hold ---------------------------------------------------------------------------------------------


def test_held_and_confirmed(tx: Tx, hanako: ResidentId) -> None:
    first = held(tx, slot(tx, 13), hanako)
    assert (first.state, first.held_until) == (State.HELD, NOON + 10 * MINUTE)
    mine = made(confirm(tx, first, hanako, "熊本はなこ"))
    assert (mine.state, mine.held_until, mine.receipt) == (State.CONFIRMED, None, first.receipt)
    assert mine.slot is not None
    assert mine.slot.free == 0
    assert bookings.of_resident(tx, hanako, NOON) == (mine,)


def test_a_callers_hold_makes_room_when_it_is_over(tx: Tx, hanako: ResidentId) -> None:
    at = slot(tx, 13)
    bookings.hold(tx, at, LAW, Channel.PHONE, None, OPERATOR, NOON)
    assert hold(tx, at, hanako, NOON + 9 * MINUTE) == SlotTaken()
    made(hold(tx, at, hanako, NOON + 10 * MINUTE))


def test_a_hold_keeps_others_out_until_it_is_over(tx: Tx, hanako: ResidentId, taro: ResidentId) -> None:
    at = slot(tx, 13)
    first = held(tx, at, hanako)
    assert hold(tx, at, taro, NOON + 9 * MINUTE) == SlotTaken()
    second = held(tx, at, taro, NOON + 10 * MINUTE)
    assert confirm(tx, first, hanako, "はなこ", NOON + 11 * MINUTE) == HoldGone()
    assert made(confirm(tx, second, taro, "たろう", NOON + 11 * MINUTE)).state is State.CONFIRMED


def test_an_operators_hold_too_is_over_when_somebody_wants_the_place(tx: Tx, hanako: ResidentId) -> None:
    at = slot(tx, 13)
    made(bookings.hold(tx, at, LAW, Channel.PHONE, None, OPERATOR, NOON))
    assert held(tx, at, hanako, NOON + 10 * MINUTE).state is State.HELD


@pytest.mark.parametrize("the_clock_came", [True, False])
def test_a_late_form_takes_a_place_that_nobody_wanted(
    tx: Tx, hanako: ResidentId, the_clock_came: bool
) -> None:
    mine = held(tx, slot(tx, 13), hanako)
    late = NOON + 30 * MINUTE
    assert not the_clock_came or bookings.expire_holds(tx, late) == 1
    assert made(confirm(tx, mine, hanako, "はなこ", late)).state is State.CONFIRMED


def test_a_late_form_comes_to_nothing_once_the_slot_began(tx: Tx, hanako: ResidentId) -> None:
    terms = replace(LAW, line_until=None)
    mine = held(tx, slot(tx, 13), hanako, japan(12, 55), terms)
    assert confirm(tx, mine, hanako, "はなこ", japan(13), terms) == TooLate(japan(13))


def test_a_form_that_comes_when_one_cannot_book_any_more(
    tx: Tx, hanako: ResidentId, taro: ResidentId
) -> None:
    """What is held still is confirmed; what is over is not."""
    until = japan(17, 0, EVE)
    in_time, late = (
        held(tx, slot(tx, 13), hanako, until - MINUTE),
        held(tx, slot(tx, 14), taro, until - 11 * MINUTE),
    )
    assert confirm(tx, late, taro, "たろう", until) == TooLate(until)
    assert made(confirm(tx, in_time, hanako, "はなこ", until + MINUTE)).state is State.CONFIRMED


def test_a_form_that_is_sent_twice_is_confirmed_once(tx: Tx, hanako: ResidentId) -> None:
    mine = held(tx, slot(tx, 13), hanako)
    once = confirm(tx, mine, hanako, "はなこ")
    assert confirm(tx, mine, hanako, "はなこ", NOON + MINUTE) == once
    assert confirm(tx, mine, hanako, "べつのひと", NOON + MINUTE) == Ended(State.CONFIRMED)


def test_a_hold_is_made_longer_once(tx: Tx, hanako: ResidentId) -> None:
    mine = held(tx, slot(tx, 13), hanako)
    longer = made(bookings.extend(tx, mine.id, ByResident(hanako), NOON + MINUTE))
    assert longer.held_until == NOON + 20 * MINUTE
    assert bookings.extend(tx, mine.id, ByResident(hanako), NOON + 2 * MINUTE) == AlreadyExtended()


def test_a_hold_that_is_gone_is_not_made_longer(tx: Tx, hanako: ResidentId, taro: ResidentId) -> None:
    at = slot(tx, 13)
    mine = held(tx, at, hanako)
    held(tx, at, taro, NOON + 11 * MINUTE)
    assert bookings.extend(tx, mine.id, ByResident(hanako), NOON + 12 * MINUTE) == HoldGone()


def test_another_choice_gives_up_the_first_and_a_refused_one_does_not(
    tx: Tx, hanako: ResidentId, taro: ResidentId
) -> None:
    one, two, three = (slot(tx, hour) for hour in (13, 14, 15))
    first, _ = held(tx, one, hanako), held(tx, two, taro)
    assert hold(tx, two, hanako) == SlotTaken()
    assert [each.id for each in bookings.of_resident(tx, hanako, NOON)] == [first.id]
    held(tx, three, hanako)
    phoned(tx, one, "だれか")
    assert [each.slot and each.slot.free for each in bookings.of_slot(tx, one, NOON)] == [0, 0]


# Limits ---------------------------------------------------------------------------------------------


def test_the_person_is_limited_and_not_who_books(tx: Tx, hanako: ResidentId, taro: ResidentId) -> None:
    one, two, later = slot(tx, 13), slot(tx, 14), slot(tx, 13, day=date(2026, 12, 1))
    booked(tx, one, hanako, "くまもと　たろう")
    again = held(tx, two, taro)
    assert confirm(tx, again, taro, "クマモトタロウ") == LimitReached(Limit(1, Period.MONTH))
    assert made(confirm(tx, again, taro, "くまもとはなこ")).state is State.CONFIRMED
    assert booked(tx, later, taro, "くまもとたろう").state is State.CONFIRMED


def test_the_fiscal_year_ends_on_31_march(tx: Tx, hanako: ResidentId) -> None:
    yearly = replace(LAW, limit=Limit(2, Period.FISCAL_YEAR), opens=None)
    days = [date(2026, 12, 31), date(2027, 1, 1), date(2027, 3, 31), date(2027, 4, 1)]
    at = [slot(tx, 13, day=day) for day in days]
    found = [phoned(tx, each, "はなこ", terms=yearly) for each in at]
    assert found[2] == LimitReached(Limit(2, Period.FISCAL_YEAR))
    assert [made(found[i]).state for i in (0, 1, 3)] == [State.CONFIRMED] * 3


def test_what_is_cancelled_does_not_count(tx: Tx, hanako: ResidentId) -> None:
    mine = booked(tx, slot(tx, 13), hanako, "はなこ")
    bookings.cancel(tx, mine.id, ByResident(hanako), NOON)
    assert booked(tx, slot(tx, 14), hanako, "はなこ").state is State.CONFIRMED


def test_nobody_is_in_two_places_at_a_time(tx: Tx, hanako: ResidentId) -> None:
    often = replace(LAW, limit=None)
    one, overlapping, after = slot(tx, 13, seats=2), slot(tx, 13, 20), slot(tx, 13, 50)
    booked(tx, one, hanako, "はなこ", terms=often)
    for at in (one, overlapping):
        assert (
            confirm(tx, held(tx, at, hanako, terms=often), hanako, "はなこ", terms=often) == SamePersonThen()
        )
    assert booked(tx, after, hanako, "はなこ", terms=often).state is State.CONFIRMED


def test_so_many_of_a_day_through_line_and_the_rest_by_telephone(
    tx: Tx, hanako: ResidentId, taro: ResidentId
) -> None:
    terms = replace(LAW, line_share=1)
    one, two, next_day = slot(tx, 13), slot(tx, 14), slot(tx, 13, day=date(2026, 11, 28))
    held(tx, one, hanako, terms=terms)
    assert hold(tx, two, taro, terms=terms) == ShareTaken()
    free = slots.free(tx, [terms], NOON, japan(23, day=date(2026, 11, 28)), Channel.LINE, NOON)
    assert [each.id for each in free] == [next_day]
    assert made(phoned(tx, two, "たろう", terms=terms)).state is State.CONFIRMED


def test_no_place_of_a_day_through_line(tx: Tx, hanako: ResidentId) -> None:
    by_phone_alone, at = replace(LAW, line_share=0), slot(tx, 13)
    assert slots.free(tx, [by_phone_alone], NOON, japan(23), Channel.LINE, NOON) == ()
    assert hold(tx, at, hanako, terms=by_phone_alone) == ShareTaken()


@pytest.mark.parametrize(
    ("channel", "now", "refused"),
    [
        (Channel.LINE, japan(8, 59, OPENS), TooEarly(japan(9, 0, OPENS))),
        (Channel.PHONE, japan(8, 59, OPENS), TooEarly(japan(9, 0, OPENS))),
        (Channel.LINE, japan(9, 0, OPENS), None),
        (Channel.PHONE, japan(9, 0, OPENS), None),
        (Channel.LINE, japan(16, 59, EVE), None),
        (Channel.LINE, japan(17, 0, EVE), TooLate(japan(17, 0, EVE))),
        (Channel.PHONE, japan(17, 0, EVE), None),
        (Channel.PHONE, japan(12), TooLate(japan(12))),
        (Channel.COUNTER, japan(12, 59), None),
        (Channel.COUNTER, japan(13), TooLate(japan(13))),
    ],
)
def test_the_window_of_each_channel(tx: Tx, channel: Channel, now: datetime, refused: Refusal | None) -> None:
    at = slot(tx, 13)
    offered = slots.free(tx, [LAW], now, japan(23), channel, now)
    assert [each.id for each in offered] == ([] if refused else [at])
    found = bookings.hold(tx, at, LAW, channel, None, OPERATOR, now)
    assert found == refused if refused else made(found).state is State.HELD


def test_what_cannot_be_booked_here(tx: Tx, hanako: ResidentId) -> None:
    at = slot(tx, 13)
    assert hold(tx, at, hanako, terms=SHUT) == SlotClosed()
    assert hold(tx, at, hanako, terms=CHECK_UP) == NotThere()
    assert hold(tx, slots.SlotId(10**9), hanako) == NotThere()
    assert bookings.begin(tx, SHUT, Channel.LINE, hanako, ByResident(hanako), NOON) == SlotClosed()


# Afterwards -----------------------------------------------------------------------------------------


def test_cancelling_frees_the_place_at_once(tx: Tx, hanako: ResidentId, taro: ResidentId) -> None:
    at = slot(tx, 13)
    mine = booked(tx, at, hanako, "はなこ")
    assert made(bookings.cancel(tx, mine.id, ByResident(hanako), NOON)).state is State.CANCELLED
    assert bookings.cancel(tx, mine.id, ByResident(hanako), NOON) == Ended(State.CANCELLED)
    assert booked(tx, at, taro, "たろう").state is State.CONFIRMED


def test_what_has_begun_is_not_cancelled(tx: Tx, hanako: ResidentId) -> None:
    mine = booked(tx, slot(tx, 13), hanako, "はなこ")
    assert bookings.cancel(tx, mine.id, ByResident(hanako), japan(13)) == TooLate(japan(13))


def test_a_booking_moves_or_stays(tx: Tx, hanako: ResidentId, taro: ResidentId) -> None:
    here, there, taken = (slot(tx, hour) for hour in (13, 14, 15))
    mine = booked(tx, here, hanako, "はなこ")
    held(tx, taken, taro)
    by = ByResident(hanako)
    assert bookings.move(tx, mine.id, taken, LAW, Channel.LINE, by, NOON) == SlotTaken()
    assert bookings.move(tx, mine.id, here, LAW, Channel.LINE, by, NOON) == mine
    assert bookings.find(tx, mine.id, by, NOON) == mine
    moved = made(bookings.move(tx, mine.id, there, LAW, Channel.LINE, by, NOON))
    assert moved.slot is not None
    assert (moved.slot.id, moved.receipt, moved.state) == (there, mine.receipt, State.CONFIRMED)
    assert booked(tx, here, taro, "たろう").state is State.CONFIRMED


def test_moving_into_another_month_counts_there(tx: Tx, hanako: ResidentId) -> None:
    december = date(2026, 12, 1)
    mine = booked(tx, slot(tx, 13), hanako, "はなこ")
    to = slot(tx, 13, day=december)
    made(bookings.move(tx, mine.id, to, LAW, Channel.LINE, ByResident(hanako), NOON))
    assert booked(tx, slot(tx, 14), hanako, "はなこ").day == FRIDAY
    again = confirm(tx, held(tx, slot(tx, 14, day=december), hanako), hanako, "はなこ")
    assert again == LimitReached(Limit(1, Period.MONTH))


def test_who_came_and_who_did_not(tx: Tx) -> None:
    came, missed = (made(phoned(tx, slot(tx, hour), name)) for hour, name in ((13, "あ"), (14, "い")))
    assert bookings.missed(tx, missed.id, OPERATOR, japan(13)) == TooEarly(japan(14))
    assert made(bookings.kept(tx, came.id, OPERATOR, japan(8))).state is State.KEPT
    assert made(bookings.missed(tx, missed.id, OPERATOR, japan(15))).state is State.MISSED
    assert made(bookings.kept(tx, missed.id, OPERATOR, japan(15))).state is State.KEPT
    assert bookings.done(tx, came.id, OPERATOR, japan(15)) == Ended(State.KEPT)


def test_what_was_noted_by_a_slip_is_taken_back(tx: Tx) -> None:
    came = made(phoned(tx, slot(tx, 13), "あ"))
    assert bookings.unmarked(tx, came.id, OPERATOR, japan(14)) == Ended(State.CONFIRMED)
    for note in (bookings.kept, bookings.missed):
        note(tx, came.id, OPERATOR, japan(14))
        assert made(bookings.unmarked(tx, came.id, OPERATOR, japan(14))).state is State.CONFIRMED
    stranger = replace(OPERATOR, personal=False)
    assert bookings.unmarked(tx, came.id, stranger, japan(14)) == NotThere()


def test_all_of_a_person_for_who_may_see_them(tx: Tx) -> None:
    free = replace(LAW, limit=None)
    first, second = (made(phoned(tx, slot(tx, hour), "あ", terms=free)) for hour in (13, 14))
    phoned(tx, slot(tx, 15), "い", terms=free)
    hashes = [person(tx, "あ"), person(tx, "う")]
    assert {each.id for each in booked_records.known_as(tx, OPERATOR, hashes, NOON)} == {first.id, second.id}
    for stranger in (replace(OPERATOR, personal=False), replace(OPERATOR, role=Role.STAFF)):
        assert booked_records.known_as(tx, stranger, hashes, NOON) == ()
    assert booked_records.known_as(tx, OPERATOR, [], NOON) == ()


def test_an_application_without_times(tx: Tx, hanako: ResidentId) -> None:
    by = ByResident(hanako)
    begun = made(bookings.begin(tx, CHECK_UP, Channel.LINE, hanako, by, NOON))
    asked = made(confirm(tx, begun, hanako, "はなこ", NOON + 60 * MINUTE, CHECK_UP))
    assert (asked.state, asked.slot) == (State.APPLIED, None)
    again = bookings.apply(tx, CHECK_UP, Channel.PHONE, person(tx, "はなこ"), None, OPERATOR, NOON)
    assert again == LimitReached(Limit(1, Period.FISCAL_YEAR))
    assert made(bookings.done(tx, asked.id, OPERATOR, NOON)).state is State.DONE


# Who sees what --------------------------------------------------------------------------------------


def test_another_residents_booking_is_not_there(tx: Tx, hanako: ResidentId, taro: ResidentId) -> None:
    mine = booked(tx, slot(tx, 13), hanako, "はなこ")
    by, there = ByResident(taro), slot(tx, 14)
    assert bookings.find(tx, mine.id, by, NOON) is None
    assert bookings.by_receipt(tx, mine.receipt, by, NOON) is None
    assert bookings.of_resident(tx, taro, NOON) == ()
    found = [
        bookings.cancel(tx, mine.id, by, NOON),
        bookings.extend(tx, mine.id, by, NOON),
        bookings.move(tx, mine.id, there, LAW, Channel.LINE, by, NOON),
        bookings.confirm(tx, mine.id, person(tx, "はなこ"), None, LAW, by, NOON),
    ]
    assert found == [bookings.cancel(tx, bookings.BookingId(10**9), by, NOON)] * 4 == [NotThere()] * 4
    assert bookings.by_receipt(tx, mine.receipt, ByResident(hanako), NOON) == mine


def viewer(role: Role, section: str | None, personal: bool = True) -> Viewer:
    return Viewer(AccountId(2), "職員", role, section and SectionId(section), personal)


@pytest.mark.parametrize(
    ("looks", "sees"),
    [
        (viewer(Role.OPERATOR, None), "both"),
        (viewer(Role.OPERATOR, "taxes"), "both"),
        (viewer(Role.OPERATOR, None, personal=False), "none"),
        (viewer(Role.STAFF, "citizens"), "of the section"),
        (viewer(Role.APPROVER, "citizens"), "of the section"),
        (viewer(Role.STAFF, "citizens", personal=False), "none"),
        (viewer(Role.STAFF, "taxes"), "none"),
        (viewer(Role.STAFF, None), "of no section"),
        (viewer(Role.ADMIN, None), "both"),
        (viewer(Role.ADMIN, None, personal=False), "none"),
    ],
)
def test_who_at_the_city_sees_a_booking(tx: Tx, looks: Viewer, sees: str) -> None:
    of_section = replace(LAW, section=SectionId("citizens"))
    of_none = replace(CHECK_UP, section=None)
    knowledge.take_in(tx, [of_section, of_none], NOON)
    one = made(phoned(tx, slot(tx, 13), "あ"))
    at = slot(tx, 13, terms=of_none)
    other = made(bookings.book(tx, at, of_none, Channel.COUNTER, person(tx, "い"), None, SERVICE, NOON))
    expected = {"both": [one, other], "of the section": [one], "of no section": [other], "none": []}[sees]
    assert list(bookings.of_day(tx, looks, FRIDAY, NOON)) == expected
    assert booked_records.next_day(tx, looks, FRIDAY - timedelta(days=1)) == (FRIDAY if expected else None)
    for each in (one, other):
        assert bookings.by_receipt(tx, each.receipt, looks, NOON) == (each if each in expected else None)
        cancelled = bookings.cancel(tx, each.id, looks, NOON)
        assert (cancelled != NotThere()) is (each in expected)


def test_staff_of_another_section_cannot_book(tx: Tx) -> None:
    knowledge.take_in(tx, [replace(LAW, section=SectionId("citizens"))], NOON)
    at, stranger = slot(tx, 13), viewer(Role.STAFF, "taxes")
    assert bookings.hold(tx, at, LAW, Channel.COUNTER, None, stranger, NOON) == NotThere()


def test_each_change_is_in_the_audit(tx: Tx, hanako: ResidentId) -> None:
    here, there = slot(tx, 13), slot(tx, 14)
    mine = held(tx, here, hanako)
    bookings.extend(tx, mine.id, ByResident(hanako), NOON)
    confirm(tx, mine, hanako, "はなこ")
    bookings.move(tx, mine.id, there, LAW, Channel.PHONE, OPERATOR, NOON)
    bookings.cancel(tx, mine.id, ByResident(hanako), NOON)
    table = audit.audit
    rows = tx.connection.execute(table.select().where(table.c.kind == "booking").order_by(table.c.id))
    assert [(row.act.removeprefix("booking."), row.actor) for row in rows] == [
        ("held", "resident"),
        ("extended", "resident"),
        ("confirmed", "resident"),
        ("moved", "account"),
        ("cancelled", "resident"),
    ]


# Taken back -----------------------------------------------------------------------------------------


def test_cancelling_is_taken_back_with_its_reminders(tx: Tx, hanako: ResidentId) -> None:
    mine = booked(tx, slot(tx, 13), hanako, "はなこ")
    before = reminders(tx, mine)
    made(bookings.cancel(tx, mine.id, ByResident(hanako), NOON))
    again = made(bookings.restore(tx, mine.id, LAW, ByResident(hanako), NOON + MINUTE))
    assert (again.state, again.receipt, again.person) == (State.CONFIRMED, mine.receipt, mine.person)
    assert reminders(tx, mine) == before
    assert {each.state for each in before} == {NoticeState.PLANNED}


def reminders(tx: Tx, mine: Booking) -> list[Notice]:
    return [each for each in notices.of_booking(tx, mine.id) if each.kind in REMINDERS]


def test_cancelling_is_not_taken_back_by_others_twice_or_where_the_place_is_gone(
    tx: Tx, hanako: ResidentId, taro: ResidentId
) -> None:
    at = slot(tx, 13)
    mine = booked(tx, at, hanako, "はなこ")
    by = ByResident(hanako)
    assert bookings.restore(tx, mine.id, LAW, by, NOON) == Ended(State.CONFIRMED)
    made(bookings.cancel(tx, mine.id, by, NOON))
    assert bookings.restore(tx, mine.id, LAW, ByResident(taro), NOON) == NotThere()
    assert bookings.restore(tx, mine.id, LAW, by, japan(13)) == TooLate(japan(13))
    phoned(tx, at, "だれか")
    assert bookings.restore(tx, mine.id, LAW, by, NOON) == SlotTaken()
    slots.block(tx, at, SERVICE, NOON)
    assert bookings.restore(tx, mine.id, LAW, by, NOON) == SlotClosed()


def test_the_times_of_programmes_whether_or_not_they_can_be_booked(tx: Tx, hanako: ResidentId) -> None:
    taken, closed, free = slot(tx, 13), slot(tx, 14), slot(tx, 15)
    booked(tx, taken, hanako, "はなこ")
    slots.block(tx, closed, SERVICE, NOON)
    found = slots.of_programmes(tx, [LAW.programme], NOON, japan(16), NOON)
    assert [(each.id, each.free) for each in found] == [(taken, 0), (closed, 0), (free, 1)]
    assert slots.of_programmes(tx, [CHECK_UP.programme], NOON, japan(16), NOON) == ()
