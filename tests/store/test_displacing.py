"""Bookings at offices that a disaster closes: each moved once, told once, however often it is tried."""

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from faq.disaster import ClosedOffice, DisasterId
from faq.models import OfficeId
from faq.programmes import ProgrammeId
from faq.terms import Terms
from store import (
    bookings,
    disaster_measures,
    disaster_switch,
    displaced,
    displacing,
    notices,
    residents,
    slots,
    waiting,
)
from store.audit import SERVICE, ByResident
from store.bookings import Booking, BookingId, Channel, State
from store.db import Database
from store.notices import Notice, NoticeKind, NoticeState
from store.refusals import SlotClosed
from store.residents import ResidentId
from store.sight import Viewer
from store.slots import SlotId, SlotState
from store.tables import displacements
from tests.conftest import NOON
from tests.line import HANAKO, TARO
from tests.store import town
from tests.store.disasters import close, with_closed
from tests.store.town import FRIDAY, LAW, OPERATOR, booked, held, japan, made, phoned

EAST, WEST = OfficeId("east"), OfficeId("west")
SPAN = ClosedOffice(EAST, NOON, japan(0, 0, date(2026, 11, 28)))
MONDAY, LATER = date(2026, 11, 30), date(2026, 12, 1)
FREELY = replace(LAW, opens=None, limit=None)
TERMS: Mapping[ProgrammeId, Terms] = {FREELY.programme: FREELY}
MINUTE = timedelta(minutes=1)


@dataclass
class City:
    """A city with slots at two offices, and a disaster."""

    database: Database
    hanako: ResidentId
    taro: ResidentId
    now: datetime = NOON
    which: DisasterId | None = None
    admin: Viewer | None = None

    def slot(
        self, hour: int, minute: int = 0, day: date = FRIDAY, office: OfficeId = EAST, seats: int = 1
    ) -> SlotId:
        drafted = replace(town.draft(hour, minute, day, seats, FREELY), office=office, place=office)
        with self.database.write() as tx:
            found = slots.add(tx, drafted, SERVICE, NOON)
        assert found is not None
        return found

    def books(self, slot: SlotId, resident: ResidentId | None = None) -> Booking:
        with self.database.write() as tx:
            whose = resident or self.hanako
            return booked(tx, slot, whose, f"{whose}さん", self.now, FREELY)

    def closes(self, *closed: ClosedOffice) -> None:
        with self.database.write() as tx:
            if self.which is None or self.admin is None:
                self.which, self.admin = with_closed(tx, *closed, now=self.now)
            else:
                close(tx, self.which, self.admin, *closed, now=self.now)

    def keeps(self) -> int:
        with self.database.read() as tx:
            present = disaster_measures.now_on(tx, self.now)
        return displacing.keep(self.database, present, TERMS, self.now)

    def booking(self, which: Booking) -> Booking:
        with self.database.read() as tx:
            found = bookings.find(tx, which.id, SERVICE, self.now)
        assert found is not None
        return found

    def planned(self, which: Booking) -> list[NoticeKind]:
        with self.database.read() as tx:
            found = notices.of_booking(tx, which.id)
        return [each.kind for each in found if each.state is NoticeState.PLANNED]

    def told(self, now: datetime) -> tuple[Notice, ...]:
        with self.database.write() as tx:
            return notices.claim_due(tx, now)

    def state(self, slot: SlotId) -> SlotState:
        with self.database.read() as tx:
            found = slots.find(tx, slot, self.now)
        assert found is not None
        return found.state

    def counts(self) -> tuple[int, int, int]:
        assert self.which is not None
        with self.database.read() as tx:
            found = displaced.counts(tx, self.which)
        return found.moved, found.broken_off, found.to_call


@pytest.fixture
def city(database: Database) -> City:
    with database.write() as tx:
        people = [residents.meet(tx, each, NOON).id for each in (HANAKO, TARO)]
    return City(database, people[0], people[1])


def test_a_booking_goes_to_the_next_free_time_and_its_person_is_told_once(city: City) -> None:
    at, later = city.slot(13), city.slot(10, day=MONDAY)
    mine = city.books(at)
    city.closes(SPAN)
    assert [city.keeps(), city.keeps()] == [1, 0]
    moved = city.booking(mine)
    assert moved.slot is not None
    assert (moved.state, moved.slot.id, moved.receipt) == (State.CONFIRMED, later, mine.receipt)
    reminders = [NoticeKind.REMINDER_DAY_BEFORE, NoticeKind.REMINDER_MORNING]
    assert city.planned(mine) == [NoticeKind.MOVED, *reminders]
    assert [each.kind for each in city.told(NOON)] == [NoticeKind.MOVED]
    assert city.told(NOON) == ()
    assert city.counts() == (1, 0, 0)
    with city.database.read() as tx:
        before = displaced.known_before(tx, mine.id, NOON)
    assert before is not None
    assert before.id == at


def test_nobody_books_at_a_closed_office_until_it_opens_again(city: City) -> None:
    at, blocked = city.slot(13), city.slot(14)
    with city.database.write() as tx:
        slots.block(tx, blocked, OPERATOR, NOON)
    city.closes(SPAN)
    city.keeps()
    with city.database.write() as tx:
        assert (
            bookings.hold(tx, at, FREELY, Channel.LINE, city.taro, ByResident(city.taro), NOON)
            == SlotClosed()
        )
        assert slots.free(tx, [FREELY], NOON, japan(23), Channel.LINE, NOON) == ()
    assert [city.state(each) for each in (at, blocked)] == [SlotState.BLOCKED] * 2
    with city.database.write() as tx:
        assert city.which is not None
        assert city.admin is not None
        disaster_switch.end(tx, city.admin, city.which, NOON)
    city.keeps()
    assert [city.state(each) for each in (at, blocked)] == [SlotState.OPEN, SlotState.BLOCKED]


def test_the_mode_that_expires_opens_the_slots_by_itself(city: City) -> None:
    last = japan(9, 0, date(2026, 12, 4))
    at = city.slot(13, day=date(2026, 12, 4))
    city.closes(ClosedOffice(EAST, NOON, last + timedelta(days=1)))
    city.keeps()
    assert city.state(at) is SlotState.BLOCKED
    city.now = last
    city.keeps()
    assert city.state(at) is SlotState.OPEN


def test_what_staff_open_all_the_same_stays_open(city: City) -> None:
    at = city.slot(13)
    city.closes(SPAN)
    city.keeps()
    with city.database.write() as tx:
        slots.unblock(tx, at, OPERATOR, NOON)
    mine = city.books(at)
    city.keeps()
    assert (city.state(at), city.booking(mine).slot.id) == (SlotState.OPEN, at)  # type: ignore[union-attr]


def test_where_no_time_is_free_it_is_broken_off_and_told_as_any(city: City) -> None:
    at = city.slot(13)
    mine = city.books(at)
    city.slot(10, day=MONDAY, seats=0)
    city.closes(SPAN)
    city.keeps()
    assert (city.booking(mine).state, city.planned(mine)) == (State.CLOSED, [NoticeKind.CLOSED])
    assert city.counts() == (0, 1, 0)
    free = city.slot(11, day=MONDAY)
    with city.database.write() as tx:
        by = ByResident(city.hanako)
        back = made(bookings.move(tx, mine.id, free, FREELY, Channel.LINE, by, NOON))
    assert (back.state, back.particulars) == (State.CONFIRMED, mine.particulars)


def test_who_has_no_place_yet_is_told_that_there_is_none(city: City) -> None:
    at, form = city.slot(13), city.slot(14)
    city.books(at)
    with city.database.write() as tx:
        by = ByResident(city.taro)
        of_slot = made(waiting.join(tx, at, FREELY, Channel.LINE, city.taro, by, NOON))
        holds = held(tx, form, city.taro, NOON, FREELY)
    city.slot(10, day=MONDAY)
    city.closes(SPAN)
    city.keeps()
    assert [city.booking(each).state for each in (of_slot, holds)] == [State.CLOSED] * 2
    assert (city.planned(of_slot), city.planned(holds)) == ([NoticeKind.CLOSED], [])


@pytest.mark.parametrize("elsewhere", [True, False])
def test_who_waits_for_any_time_of_a_day_waits_on_while_one_is_left(city: City, elsewhere: bool) -> None:
    city.books(city.slot(13))
    if elsewhere:
        city.books(city.slot(15, office=WEST), city.taro)
    with city.database.write() as tx:
        jiro = residents.meet(tx, "U" + "3" * 32, NOON).id
        at = slots.of_programmes(tx, [FREELY.programme], NOON, japan(23), NOON)[0].id
        by = ByResident(jiro)
        waits = made(waiting.join(tx, at, FREELY, Channel.LINE, jiro, by, NOON, any_time=True))
    city.slot(10, day=MONDAY)
    city.closes(SPAN)
    city.keeps()
    assert city.booking(waits).state is (State.WAITING if elsewhere else State.CLOSED)


def test_a_caller_is_moved_too_and_called_by_staff(city: City) -> None:
    at, later = city.slot(13), city.slot(10, day=MONDAY)
    with city.database.write() as tx:
        caller = made(phoned(tx, at, "だれか"))
    city.closes(SPAN)
    city.keeps()
    moved = city.booking(caller)
    assert moved.slot is not None
    assert (moved.slot.id, city.planned(caller), city.counts()) == (later, [], (1, 0, 1))
    assert city.which is not None
    with city.database.write() as tx:
        (call,) = displaced.to_call(tx, OPERATOR, city.which, NOON, 10)
        assert (call.booking.receipt, call.known and call.known.id) == (caller.receipt, at)
        assert displaced.to_call(tx, replace(OPERATOR, personal=False), city.which, NOON, 10) == ()
        assert city.admin is not None
        caller_by = replace(city.admin, personal=True)
        assert displaced.called(tx, caller_by, city.which, caller.id, NOON)
        assert not displaced.called(tx, caller_by, city.which, caller.id, NOON)
    assert city.counts() == (1, 0, 0)


def test_who_has_blocked_the_account_is_called_as_well(city: City) -> None:
    mine = city.books(city.slot(13))
    city.slot(10, day=MONDAY)
    with city.database.write() as tx:
        residents.follow(tx, city.hanako, follows=False)
    city.closes(SPAN)
    city.keeps()
    assert city.booking(mine).state is State.CONFIRMED
    assert city.counts() == (1, 0, 1)


@pytest.mark.parametrize("hears", [True, False])
def test_a_closure_that_is_prolonged_moves_again(city: City, hears: bool) -> None:
    """Who was not told of the first move is told of both at once: from the time that they know."""
    at, first, second = city.slot(13), city.slot(10, day=MONDAY), city.slot(10, day=LATER)
    mine = city.books(at)
    city.closes(SPAN)
    city.keeps()
    if hears:
        assert len(city.told(NOON)) == 1
    city.now = NOON + MINUTE
    city.closes(replace(SPAN, ends_at=japan(0, 0, LATER)))
    city.keeps()
    moved = city.booking(mine)
    assert moved.slot is not None
    assert moved.slot.id == second
    assert [each.kind for each in city.told(city.now)] == [NoticeKind.MOVED]
    with city.database.read() as tx:
        before = displaced.known_before(tx, mine.id, city.now)
    assert before is not None
    assert before.id == (first if hears else at)
    assert city.counts() == (1, 0, 0)


def test_at_night_only_who_is_to_come_within_twelve_hours_is_woken(city: City) -> None:
    soon, at_noon = city.books(city.slot(9)), city.books(city.slot(13), city.taro)
    city.slot(10, day=MONDAY, seats=2)
    city.slot(11, day=MONDAY)
    city.now = japan(23, 30, date(2026, 11, 26))
    city.closes(SPAN)
    city.keeps()
    assert [each.about for each in city.told(city.now)] == [soon.id]
    assert [each.about for each in city.told(japan(8))] == [at_noon.id]


def test_what_has_begun_is_left_alone(city: City) -> None:
    mine = city.books(city.slot(13))
    city.slot(10, day=MONDAY)
    city.now = japan(13, 5)
    city.closes(replace(SPAN, begins_at=city.now))
    assert city.keeps() == 0
    assert city.booking(mine).state is State.CONFIRMED


def test_the_plan_says_what_is_then_done(city: City) -> None:
    first, second = city.books(city.slot(13)), city.books(city.slot(14), city.taro)
    to = city.slot(10, day=MONDAY)
    with city.database.read() as tx:
        plan = displacing.plan(tx, [SPAN], TERMS, NOON)
    assert [(each.booking.id, each.to.id) for each in plan.moves] == [(first.id, to)]
    assert [each.id for each in plan.without] == [second.id]
    city.closes(SPAN)
    city.keeps()
    assert [city.booking(each).state for each in (first, second)] == [State.CONFIRMED, State.CLOSED]


# Races ------------------------------------------------------------------------------------------------------


def at_once(*acts: "threading.Thread") -> None:
    for each in acts:
        each.start()
    for each in acts:
        each.join()


def test_two_chores_at_once_move_each_once(city: City) -> None:
    with city.database.write() as tx:
        people = [residents.meet(tx, f"U{number:032x}", NOON).id for number in range(20)]
    at = city.slot(13, seats=20)
    city.slot(10, day=MONDAY, seats=12)
    city.slot(11, day=MONDAY, seats=12)
    mine = [city.books(at, each) for each in people]
    city.closes(SPAN)
    failures: list[Exception] = []

    def keep() -> None:
        try:
            city.keeps()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            failures.append(error)

    at_once(*(threading.Thread(target=keep) for _ in range(4)))
    assert failures == []
    with city.database.read() as tx:
        rows = tx.connection.execute(sa.select(displacements.c.booking_id)).scalars()
        assert Counter(rows) == Counter({each.id: 1 for each in mine})
        kinds = Counter(each.kind for one in mine for each in notices.of_booking(tx, one.id))
    assert kinds[NoticeKind.MOVED] == 20


@pytest.mark.parametrize("does", ["cancels", "moves"])
def test_a_resident_who_acts_at_the_same_moment_has_it_one_way_or_the_other(city: City, does: str) -> None:
    """Never moved away from where they have just moved, never alive again after cancelling."""
    at, west, later = city.slot(13), city.slot(15, office=WEST), city.slot(10, day=MONDAY)
    mine = city.books(at)
    city.closes(SPAN)

    def act() -> None:
        by = ByResident(city.hanako)
        with city.database.write() as tx:
            if does == "cancels":
                bookings.cancel(tx, mine.id, by, NOON)
            else:
                bookings.move(tx, mine.id, west, FREELY, Channel.LINE, by, NOON)

    at_once(threading.Thread(target=city.keeps), threading.Thread(target=act))
    city.keeps()
    after = city.booking(mine)
    if does == "cancels":
        assert (after.state, city.planned(mine)) == (State.CANCELLED, [])
    else:
        assert after.slot is not None
        assert (after.state, after.slot.id) == (State.CONFIRMED, west)
        assert NoticeKind.MOVED not in city.planned(mine)
    assert later


@pytest.mark.parametrize("over", ["the mode", "the closure"])
def test_what_ends_while_bookings_move_moves_nobody_more(city: City, over: str) -> None:
    at, _ = city.slot(13), city.slot(10, day=MONDAY)
    mine = city.books(at)
    city.closes(SPAN)
    with city.database.write() as tx:
        displacing._shut(tx, at, NOON)
        assert city.which is not None
        assert city.admin is not None
        if over == "the mode":
            disaster_switch.end(tx, city.admin, city.which, NOON)
        else:
            (said,) = disaster_measures.standing(tx, city.which)
            disaster_measures.end(tx, city.admin, city.which, said.measure.id, NOON)
        assert displacing.displace(tx, mine.id, city.which, [SPAN], TERMS, NOON) is None
    after = city.booking(mine)
    assert after.slot is not None
    assert (after.slot.id, city.counts()) == (at, (0, 0, 0))
    city.keeps()
    assert city.state(at) is SlotState.OPEN


def test_a_look_that_is_out_of_date_moves_nobody(city: City) -> None:
    """What a chore read before another was faster: it must look again once nobody else changes the booking."""
    at, _, west = city.slot(13), city.slot(10, day=MONDAY), city.slot(15, office=WEST)
    mine = city.books(at)
    city.closes(SPAN)
    city.keeps()
    assert city.which is not None
    with city.database.write() as tx:
        by = ByResident(city.hanako)
        made(bookings.move(tx, mine.id, west, FREELY, Channel.LINE, by, NOON))
        assert displacing.displace(tx, BookingId(mine.id), city.which, [SPAN], TERMS, NOON) is None
    assert city.counts() == (1, 0, 0)
