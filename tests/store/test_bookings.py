from dataclasses import replace
from datetime import date, timedelta

import pytest

from faq.terms import Limit, Period
from store import bookings, notices, slots
from store.audit import ByResident
from store.bookings import Booking, Channel, State
from store.db import Tx
from store.refusals import (
    AlreadyExtended,
    Ended,
    HoldGone,
    LimitReached,
    NotThere,
    SamePersonThen,
    ShareTaken,
    SlotTaken,
    TooEarly,
    TooLate,
)
from store.residents import ResidentId
from store.slots import SlotId
from tests.conftest import NOON
from tests.store.town import FRIDAY, LAW, OPERATOR, japan, person, slot

MINUTE = timedelta(minutes=1)


def hold(tx: Tx, at: SlotId, resident: ResidentId, now=NOON, terms=LAW):
    return bookings.hold(tx, at, terms, Channel.LINE, resident, ByResident(resident), now)


def held(tx: Tx, at: SlotId, resident: ResidentId, now=NOON, terms=LAW) -> Booking:
    made = hold(tx, at, resident, now, terms)
    assert isinstance(made, Booking), made
    return made


def confirm(tx: Tx, booking: Booking, resident: ResidentId, name: str, now=NOON, terms=LAW):
    return bookings.confirm(tx, booking.id, person(tx, name), None, terms, ByResident(resident), now)


def test_held_and_confirmed(tx: Tx, hanako: ResidentId) -> None:
    made = held(tx, slot(tx, 13), hanako)
    assert (made.state, made.held_until) == (State.HELD, NOON + 10 * MINUTE)
    booked = confirm(tx, made, hanako, "熊本はなこ")
    assert isinstance(booked, Booking)
    assert (booked.state, booked.held_until, booked.receipt) == (State.CONFIRMED, None, made.receipt)
    assert booked.slot is not None
    assert booked.slot.free == 0
    assert bookings.of_resident(tx, hanako, NOON) == (booked,)


def test_a_hold_keeps_others_out_until_it_is_over(tx: Tx, hanako: ResidentId, taro: ResidentId) -> None:
    at = slot(tx, 13)
    first = held(tx, at, hanako)
    assert hold(tx, at, taro, NOON + 9 * MINUTE) == SlotTaken()
    second = hold(tx, at, taro, NOON + 10 * MINUTE)
    assert isinstance(second, Booking)
    assert confirm(tx, first, hanako, "はなこ", NOON + 11 * MINUTE) == HoldGone()
    assert isinstance(confirm(tx, second, taro, "たろう", NOON + 11 * MINUTE), Booking)


def test_a_late_form_takes_the_place_again_where_nobody_wanted_it(tx: Tx, hanako: ResidentId) -> None:
    made = held(tx, slot(tx, 13), hanako)
    assert bookings.expire_holds(tx, NOON + 30 * MINUTE) == 1
    late = confirm(tx, made, hanako, "はなこ", NOON + 30 * MINUTE)
    assert isinstance(late, Booking)
    assert late.state is State.CONFIRMED


def test_a_hold_is_made_longer_once(tx: Tx, hanako: ResidentId) -> None:
    made = held(tx, slot(tx, 13), hanako)
    longer = bookings.extend(tx, made.id, ByResident(hanako), NOON + MINUTE)
    assert isinstance(longer, Booking)
    assert longer.held_until == NOON + 20 * MINUTE
    assert bookings.extend(tx, made.id, ByResident(hanako), NOON + 2 * MINUTE) == AlreadyExtended()


def test_a_new_hold_makes_room_for_itself_and_a_refused_one_loses_nothing(
    tx: Tx, hanako: ResidentId, taro: ResidentId
) -> None:
    one, two, three = (slot(tx, hour) for hour in (13, 14, 15))
    first, _ = held(tx, one, hanako), held(tx, two, taro)
    assert hold(tx, two, hanako) == SlotTaken()
    assert [each.id for each in bookings.of_resident(tx, hanako, NOON)] == [first.id]
    held(tx, three, hanako)
    assert isinstance(hold(tx, one, taro), Booking)


def test_cancelling_frees_the_place_at_once(tx: Tx, hanako: ResidentId, taro: ResidentId) -> None:
    at = slot(tx, 13)
    made = confirm(tx, held(tx, at, hanako), hanako, "はなこ")
    assert isinstance(made, Booking)
    assert bookings.cancel(tx, made.id, ByResident(taro), NOON) == NotThere()
    over = bookings.cancel(tx, made.id, ByResident(hanako), NOON)
    assert isinstance(over, Booking)
    assert bookings.cancel(tx, made.id, ByResident(hanako), NOON) == Ended(State.CANCELLED)
    assert isinstance(confirm(tx, held(tx, at, hanako), hanako, "はなこ"), Booking)


def test_a_booking_moves_or_stays(tx: Tx, hanako: ResidentId, taro: ResidentId) -> None:
    here, there, taken = (slot(tx, hour) for hour in (13, 14, 15))
    mine = confirm(tx, held(tx, here, hanako), hanako, "はなこ")
    assert isinstance(mine, Booking)
    held(tx, taken, taro)
    by = ByResident(hanako)
    assert bookings.move(tx, mine.id, taken, LAW, Channel.LINE, by, NOON) == SlotTaken()
    assert bookings.find(tx, mine.id, by, NOON) == mine
    moved = bookings.move(tx, mine.id, there, LAW, Channel.LINE, by, NOON)
    assert isinstance(moved, Booking)
    assert moved.slot is not None
    assert (moved.slot.id, moved.receipt, moved.state) == (there, mine.receipt, State.CONFIRMED)
    assert isinstance(hold(tx, here, taro), Booking)


def test_the_person_is_limited_and_not_who_books(tx: Tx, hanako: ResidentId, taro: ResidentId) -> None:
    one, two, later = slot(tx, 13), slot(tx, 14), slot(tx, 13, day=date(2026, 12, 1))
    assert isinstance(confirm(tx, held(tx, one, hanako), hanako, "くまもと　たろう"), Booking)
    again = held(tx, two, taro)
    assert confirm(tx, again, taro, "クマモトタロウ") == LimitReached(Limit(1, Period.MONTH))
    assert isinstance(confirm(tx, again, taro, "くまもとはなこ"), Booking)
    assert isinstance(confirm(tx, held(tx, later, taro), taro, "くまもとたろう"), Booking)


def test_nobody_is_in_two_places_at_a_time(tx: Tx, hanako: ResidentId) -> None:
    often = replace(LAW, limit=None)
    one, overlapping, after = slot(tx, 13, seats=2), slot(tx, 13, 20), slot(tx, 13, 50)
    assert isinstance(confirm(tx, held(tx, one, hanako, terms=often), hanako, "はなこ", terms=often), Booking)
    for at in (one, overlapping):
        made = held(tx, at, hanako, terms=often)
        assert confirm(tx, made, hanako, "はなこ", terms=often) == SamePersonThen()
    made = held(tx, after, hanako, terms=often)
    assert isinstance(confirm(tx, made, hanako, "はなこ", terms=often), Booking)


def test_so_many_of_a_day_through_line_and_the_rest_by_telephone(
    tx: Tx, hanako: ResidentId, taro: ResidentId
) -> None:
    terms = replace(LAW, line_share=1)
    one, two = slot(tx, 13), slot(tx, 14)
    held(tx, one, hanako, terms=terms)
    assert hold(tx, two, taro, terms=terms) == ShareTaken()
    assert slots.free(tx, [terms], NOON, japan(23), Channel.LINE, NOON) == ()
    by_phone = bookings.book(tx, two, terms, Channel.PHONE, person(tx, "たろう"), None, OPERATOR, NOON)
    assert isinstance(by_phone, Booking)
    assert by_phone.state is State.CONFIRMED


@pytest.mark.parametrize(
    ("channel", "now", "refused"),
    [
        (Channel.LINE, japan(8, 59, date(2026, 11, 20)), TooEarly(japan(9, 0, date(2026, 11, 20)))),
        (Channel.PHONE, japan(8, 59, date(2026, 11, 20)), TooEarly(japan(9, 0, date(2026, 11, 20)))),
        (Channel.LINE, japan(9, 0, date(2026, 11, 20)), None),
        (Channel.LINE, japan(17, 0, date(2026, 11, 26)), TooLate(japan(17, 0, date(2026, 11, 26)))),
        (Channel.PHONE, japan(17, 0, date(2026, 11, 26)), None),
        (Channel.PHONE, japan(12), TooLate(japan(12))),
        (Channel.COUNTER, japan(12, 59), None),
        (Channel.COUNTER, japan(13), TooLate(japan(13))),
    ],
)
def test_the_window_of_each_channel(tx: Tx, hanako: ResidentId, channel, now, refused) -> None:
    at = slot(tx, 13)
    made = bookings.hold(tx, at, LAW, channel, None, OPERATOR, now)
    assert made == refused if refused else isinstance(made, Booking)
    assert len(slots.free(tx, [LAW], now, japan(23), channel, now)) == 0


def test_the_notices_of_a_booking(tx: Tx, hanako: ResidentId) -> None:
    made = confirm(tx, held(tx, slot(tx, 13), hanako), hanako, "はなこ")
    assert isinstance(made, Booking)
    told = [(each.kind, each.due_at, each.state) for each in notices.of_booking(tx, made.id)]
    kind, state = notices.NoticeKind, notices.NoticeState
    assert told == [
        (kind.CONFIRMED, NOON, state.PLANNED),
        (kind.HOLD_WARNING, NOON + 7 * MINUTE, state.DROPPED),
        (kind.REMINDER_DAY_BEFORE, japan(18, 0, date(2026, 11, 26)), state.PLANNED),
        (kind.REMINDER_MORNING, japan(8, 0, FRIDAY), state.PLANNED),
    ]
