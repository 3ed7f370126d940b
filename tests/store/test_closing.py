from store import bookings, closing, notices, slots, waiting
from store.audit import ByResident
from store.bookings import Channel, State
from store.db import Tx
from store.notices import NoticeKind, NoticeState
from store.refusals import Ended, NotThere, SlotClosed
from store.residents import ResidentId
from store.slots import SlotId, SlotState
from tests.conftest import NOON
from tests.store.town import LAW, OPERATOR, booked, confirm, held, hold, japan, made, phoned, slot


def test_everybody_is_told_and_moves_by_one_tap(tx: Tx, hanako: ResidentId, taro: ResidentId) -> None:
    at, other = slot(tx, 13, seats=2), slot(tx, 14)
    mine, caller = booked(tx, at, hanako, "はなこ"), made(phoned(tx, at, "だれか"))
    by = ByResident(taro)
    waits = made(waiting.join(tx, at, LAW, Channel.LINE, taro, by, NOON))
    closed = closing.close(tx, at, OPERATOR, NOON)
    assert not isinstance(closed, NotThere)
    assert {each.id: each.state for each in closed} == {
        each.id: State.CLOSED for each in (mine, caller, waits)
    }
    planned = {each.kind for each in notices.of_booking(tx, mine.id) if each.state is NoticeState.PLANNED}
    assert planned == {NoticeKind.CLOSED}
    assert hold(tx, at, taro) == SlotClosed()
    assert [each.id for each in bookings.of_resident(tx, hanako, NOON)] == [mine.id]
    moved = made(bookings.move(tx, mine.id, other, LAW, Channel.LINE, ByResident(hanako), NOON))
    assert (moved.state, moved.receipt) == (State.CONFIRMED, mine.receipt)
    assert bookings.move(tx, waits.id, other, LAW, Channel.LINE, by, NOON) == Ended(State.CLOSED)


def test_who_is_at_the_form_is_told_by_the_form(tx: Tx, hanako: ResidentId) -> None:
    at = slot(tx, 13)
    mine = held(tx, at, hanako)
    closing.close(tx, at, OPERATOR, NOON)
    assert confirm(tx, mine, hanako, "はなこ") == Ended(State.CLOSED)
    told = [each for each in notices.of_booking(tx, mine.id) if each.state is NoticeState.PLANNED]
    assert told == []


def test_a_closed_slot_opens_again_empty(tx: Tx, hanako: ResidentId) -> None:
    at = slot(tx, 13, seats=2)
    mine = booked(tx, at, hanako, "はなこ")
    closing.close(tx, at, OPERATOR, NOON)
    assert closing.close(tx, at, OPERATOR, NOON) == ()
    found = slots.unblock(tx, at, OPERATOR, NOON)
    assert not isinstance(found, NotThere)
    assert (found.state, found.free) == (SlotState.OPEN, 2)
    back = made(bookings.move(tx, mine.id, at, LAW, Channel.LINE, ByResident(hanako), NOON))
    assert back.state is State.CONFIRMED
    reminders = [each for each in notices.of_booking(tx, mine.id) if each.kind in notices.REMINDERS]
    assert [each.state for each in reminders] == [NoticeState.PLANNED] * 2
    assert closing.close(tx, at, OPERATOR, japan(8)) != ()
    told = [each.kind for each in notices.of_booking(tx, mine.id)]
    assert told.count(NoticeKind.CLOSED) == 2


def test_a_slot_that_is_not_there(tx: Tx) -> None:
    assert closing.close(tx, SlotId(10**9), OPERATOR, NOON) == NotThere()
