from dataclasses import replace
from datetime import date

from store import bookings, slots
from store.audit import SERVICE, ByResident
from store.bookings import State
from store.db import Tx
from store.refusals import NotThere, SlotClosed, SlotTaken
from store.residents import ResidentId
from store.slots import SlotId, SlotState
from tests.conftest import NOON
from tests.store.town import FRIDAY, OPERATOR, booked, draft, held, hold, japan, made, phoned, slot


def free(tx: Tx, at: SlotId) -> int:
    found = slots.find(tx, at, NOON)
    assert found is not None
    return found.free


def test_slots_are_made_once_and_stay_as_staff_left_them(tx: Tx) -> None:
    day = [draft(13), draft(14, seats=2)]
    assert slots.make(tx, day, NOON) == 2
    first, second = slots.of_day(tx, OPERATOR, FRIDAY, NOON)
    assert (first.starts_at, first.free, second.free) == (japan(13), 1, 2)
    slots.resize(tx, first.id, 5, OPERATOR, NOON)
    slots.block(tx, second.id, OPERATOR, NOON)
    assert slots.make(tx, [*day, draft(15)], NOON) == 1
    assert slots.make(tx, [*day, draft(15)], NOON) == slots.make(tx, [], NOON) == 0
    found = slots.of_day(tx, OPERATOR, FRIDAY, NOON)
    assert [(each.seats, each.free, each.state) for each in found] == [
        (5, 5, SlotState.OPEN),
        (2, 0, SlotState.BLOCKED),
        (1, 1, SlotState.OPEN),
    ]


def test_the_day_is_that_of_japan(tx: Tx) -> None:
    last, first = slot(tx, 23, 45, date(2026, 12, 31)), slot(tx, 0, 0, date(2027, 1, 1))
    assert [each.id for each in slots.of_day(tx, OPERATOR, date(2026, 12, 31), NOON)] == [last]
    assert [each.id for each in slots.of_day(tx, OPERATOR, date(2027, 1, 1), NOON)] == [first]


def test_a_blocked_slot_keeps_its_bookings_and_takes_no_more(
    tx: Tx, hanako: ResidentId, taro: ResidentId
) -> None:
    at = slot(tx, 13, seats=2)
    mine = booked(tx, at, hanako, "はなこ")
    slots.block(tx, at, OPERATOR, NOON)
    assert hold(tx, at, taro) == SlotClosed()
    assert made(bookings.find(tx, mine.id, ByResident(hanako), NOON)).state is State.CONFIRMED
    slots.unblock(tx, at, OPERATOR, NOON)
    assert free(tx, at) == 1
    held(tx, at, taro)


def test_fewer_places_leave_who_has_one_theirs(tx: Tx, hanako: ResidentId, taro: ResidentId) -> None:
    at = slot(tx, 13, seats=3)
    booked(tx, at, hanako, "はなこ")
    booked(tx, at, taro, "たろう")
    slots.resize(tx, at, 1, OPERATOR, NOON)
    assert free(tx, at) == 0
    for resident in (hanako, taro):
        assert phoned(tx, at, "だれか") == SlotTaken()
        bookings.cancel(tx, bookings.of_resident(tx, resident, NOON)[0].id, ByResident(resident), NOON)
    assert free(tx, at) == 1
    booked(tx, at, hanako, "はなこ")
    assert phoned(tx, at, "だれか") == SlotTaken()
    slots.resize(tx, at, 2, OPERATOR, NOON)
    assert made(phoned(tx, at, "だれか")).state is State.CONFIRMED
    assert phoned(tx, at, "またべつのひと") == SlotTaken()


def test_no_places_at_all(tx: Tx) -> None:
    at = slot(tx, 13, seats=2)
    slots.resize(tx, at, 0, OPERATOR, NOON)
    assert phoned(tx, at, "だれか") == SlotTaken()


def test_a_slot_of_another_section_is_not_there(tx: Tx) -> None:
    at = slot(tx, 13)
    stranger = replace(OPERATOR, role=OPERATOR.role.STAFF)
    assert slots.of_day(tx, stranger, FRIDAY, NOON) == ()
    assert slots.seen(tx, at, stranger, NOON) is None
    assert slots.seen(tx, at, OPERATOR, NOON) == slots.find(tx, at, NOON)
    found = [change(tx, at, stranger, NOON) for change in (slots.block, slots.unblock, slots.shut)]
    assert found == [NotThere()] * 3
    assert slots.block(tx, SlotId(10**9), OPERATOR, NOON) == NotThere()


def test_one_slot_at_a_time_and_place(tx: Tx) -> None:
    assert slots.add(tx, draft(13), SERVICE, NOON) is not None
    assert slots.add(tx, draft(13), SERVICE, NOON) is None
    assert slots.add(tx, replace(draft(13), place="東区役所"), SERVICE, NOON) is not None


def test_slots_that_a_closure_reaches(tx: Tx) -> None:
    before, during, across, after = (slot(tx, *at) for at in ((12, 30), (13, 30), (13, 45), (14, 30)))
    reached = [each.id for each in slots.reaching(tx, japan(13), japan(14), NOON)]
    assert (before in reached, after in reached) == (False, False)
    assert {during, across} <= {*reached}
