from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from store import bookings, notices, residents, slots, waiting
from store.audit import ByResident
from store.booked import in_line
from store.bookings import Booking, Channel, Refusal, State
from store.db import Tx
from store.notices import NoticeKind
from store.refusals import (
    AlreadyWaiting,
    Ended,
    HoldGone,
    NotThere,
    PlacesFree,
    SlotClosed,
    SlotTaken,
    TooLate,
)
from store.residents import ResidentId
from store.slots import SlotId
from tests.conftest import NOON
from tests.store.town import (
    LAW,
    OPERATOR,
    booked,
    confirm,
    hold,
    japan,
    made,
    person,
    phoned,
    slot,
)

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
EVE = date(2026, 11, 26)


@pytest.fixture
def jiro(tx: Tx) -> ResidentId:
    return residents.meet(tx, "U" + "3" * 32, NOON).id


def join(tx: Tx, at: SlotId, resident: ResidentId, *, any_time: bool = False) -> Booking | Refusal:
    by = ByResident(resident)
    return waiting.join(tx, at, LAW, Channel.LINE, resident, by, NOON, any_time=any_time)


def told(tx: Tx, booking: Booking) -> list[NoticeKind]:
    return [each.kind for each in notices.of_booking(tx, booking.id)]


def test_a_freed_place_is_for_who_waits(
    tx: Tx, hanako: ResidentId, taro: ResidentId, jiro: ResidentId
) -> None:
    at = slot(tx, 13)
    first = booked(tx, at, hanako, "はなこ")
    waits = made(join(tx, at, taro))
    assert waiting.due(tx, NOON) == ()
    bookings.cancel(tx, first.id, ByResident(hanako), NOON)
    assert hold(tx, at, jiro) == SlotTaken()
    assert [each.id for each in waiting.due(tx, NOON)] == [at]
    offered = made(waiting.offer_next(tx, at, LAW, NOON))
    assert (offered.id, offered.state, offered.held_until) == (waits.id, State.OFFERED, NOON + 3 * HOUR)
    assert told(tx, offered) == [NoticeKind.OFFER]
    assert waiting.due(tx, NOON) == ()
    taken = made(waiting.take(tx, offered.id, LAW, ByResident(taro), NOON + HOUR))
    assert (taken.state, taken.held_until) == (State.HELD, NOON + 3 * HOUR)
    assert made(confirm(tx, taken, taro, "たろう", NOON + HOUR)).state is State.CONFIRMED


def test_an_offer_passes_on(tx: Tx, hanako: ResidentId, taro: ResidentId, jiro: ResidentId) -> None:
    at = slot(tx, 13)
    first = booked(tx, at, hanako, "はなこ")
    one, two = made(join(tx, at, taro)), made(join(tx, at, jiro))
    bookings.cancel(tx, first.id, ByResident(hanako), NOON)
    assert made(waiting.offer_next(tx, at, LAW, NOON)).id == one.id
    later = NOON + 3 * HOUR
    assert bookings.expire_holds(tx, later) == 1
    assert told(tx, one) == [NoticeKind.OFFER, NoticeKind.OFFER_GONE]
    assert made(waiting.offer_next(tx, at, LAW, later)).id == two.id
    assert waiting.take(tx, one.id, LAW, ByResident(taro), later) == HoldGone()
    assert waiting.take(tx, two.id, LAW, ByResident(taro), later) == NotThere()


def test_who_leaves_is_passed_over(tx: Tx, hanako: ResidentId, taro: ResidentId, jiro: ResidentId) -> None:
    at = slot(tx, 13)
    first = booked(tx, at, hanako, "はなこ")
    one, two = made(join(tx, at, taro)), made(join(tx, at, jiro))
    assert waiting.leave(tx, one.id, ByResident(jiro), NOON) == NotThere()
    assert made(waiting.leave(tx, one.id, ByResident(taro), NOON)).state is State.CANCELLED
    assert waiting.leave(tx, first.id, ByResident(hanako), NOON) == Ended(State.CONFIRMED)
    bookings.cancel(tx, first.id, ByResident(hanako), NOON)
    assert made(waiting.offer_next(tx, at, LAW, NOON)).id == two.id


def test_who_waits_for_any_time_of_the_day_gets_the_first(
    tx: Tx, hanako: ResidentId, taro: ResidentId
) -> None:
    one, two = slot(tx, 13), slot(tx, 14)
    assert join(tx, one, taro, any_time=True) == PlacesFree()
    booked(tx, one, hanako, "はなこ")
    assert join(tx, one, taro, any_time=True) == PlacesFree()
    other = made(phoned(tx, two, "だれか"))
    waits = made(join(tx, one, taro, any_time=True))
    assert waits.slot is None
    bookings.cancel(tx, other.id, OPERATOR, NOON)
    offered = made(waiting.offer_next(tx, two, LAW, NOON))
    assert offered.slot is not None
    assert (offered.id, offered.slot.id) == (waits.id, two)


def test_who_is_in_line_for_who_may_see_them(tx: Tx, hanako: ResidentId, taro: ResidentId) -> None:
    at, later = slot(tx, 13), slot(tx, 13, day=date(2026, 11, 30))
    for each, who in ((at, "はなこ"), (later, "たろう")):
        phoned(tx, each, who)
    second, first = made(join(tx, later, taro)), made(join(tx, at, hanako))
    assert in_line(tx, OPERATOR, NOON) == (first, second)
    assert in_line(tx, replace(OPERATOR, personal=False), NOON) == ()
    assert in_line(tx, OPERATOR, NOON + timedelta(days=4)) == (second,)


def test_nobody_waits_twice_or_for_nothing(tx: Tx, hanako: ResidentId, taro: ResidentId) -> None:
    at = slot(tx, 13)
    assert join(tx, at, taro) == PlacesFree()
    booked(tx, at, hanako, "はなこ")
    made(join(tx, at, taro))
    assert join(tx, at, taro) == AlreadyWaiting()
    by = ByResident(taro)
    assert (
        waiting.join(tx, at, replace(LAW, waiting_list=False), Channel.LINE, taro, by, NOON) == SlotClosed()
    )
    late = japan(17, 0, EVE)
    assert waiting.join(tx, at, LAW, Channel.LINE, hanako, ByResident(hanako), late) == TooLate(late)
    assert waiting.join(tx, SlotId(10**9), LAW, Channel.LINE, taro, by, NOON) == NotThere()


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (japan(7, 59, date(2026, 11, 25)), None),
        (japan(8, 0, date(2026, 11, 25)), japan(11, 0, date(2026, 11, 25))),
        (japan(17, 0, date(2026, 11, 25)), japan(20, 0, date(2026, 11, 25))),
        (japan(19, 0, date(2026, 11, 25)), japan(10, 0, EVE)),
        (japan(20, 0, date(2026, 11, 25)), None),
        (japan(15, 0, EVE), japan(17, 0, EVE)),
        (japan(17, 0, EVE), None),
    ],
)
def test_offers_stand_three_hours_of_the_day_and_no_longer_than_one_can_book(
    tx: Tx, hanako: ResidentId, taro: ResidentId, now: datetime, until: datetime | None
) -> None:
    at = slot(tx, 13)
    first = booked(tx, at, hanako, "はなこ")
    join(tx, at, taro)
    bookings.cancel(tx, first.id, ByResident(hanako), NOON)
    offered = waiting.offer_next(tx, at, LAW, now)
    assert (offered and offered.held_until) == until


def test_who_waits_by_telephone_is_booked_when_they_say_yes(tx: Tx, hanako: ResidentId) -> None:
    at = slot(tx, 13)
    first = booked(tx, at, hanako, "はなこ")
    waits = made(waiting.join(tx, at, LAW, Channel.PHONE, None, OPERATOR, NOON, person=person(tx, "たろう")))
    bookings.cancel(tx, first.id, ByResident(hanako), NOON)
    offered = made(waiting.offer_next(tx, at, LAW, NOON))
    assert told(tx, offered) == []
    assert made(waiting.take(tx, waits.id, LAW, OPERATOR, NOON)).state is State.CONFIRMED


def test_a_place_more_is_for_who_waits(
    tx: Tx, hanako: ResidentId, taro: ResidentId, jiro: ResidentId
) -> None:
    at = slot(tx, 13)
    booked(tx, at, hanako, "はなこ")
    waits = made(join(tx, at, taro))
    slots.resize(tx, at, 3, OPERATOR, NOON)
    assert booked(tx, at, jiro, "じろう").state is State.CONFIRMED
    assert phoned(tx, at, "だれか") == SlotTaken()
    assert made(waiting.offer_next(tx, at, LAW, NOON)).id == waits.id


def test_who_only_waited_is_not_restored_to_a_place(tx: Tx) -> None:
    at = slot(tx, 13)
    first = made(phoned(tx, at, "はなこ"))
    waits = made(waiting.join(tx, at, LAW, Channel.PHONE, None, OPERATOR, NOON, person=person(tx, "たろう")))
    for each in (waits, first):
        bookings.cancel(tx, each.id, OPERATOR, NOON)
    assert bookings.restore(tx, waits.id, LAW, OPERATOR, NOON) == Ended(State.CANCELLED)
    assert made(bookings.restore(tx, first.id, LAW, OPERATOR, NOON)).state is State.CONFIRMED
