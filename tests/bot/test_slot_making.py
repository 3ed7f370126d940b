"""Slots follow the knowledge: made ahead, closed once where a closure comes in, and left alone by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from bot import slot_making
from faq.counters import Closure, ClosureId, Unusual
from faq.models import Provenance, Status
from faq.programmes import Held, ProgrammeDay, ProgrammeId
from faq.slots import SlotDraft
from faq.terms import Terms
from store import bookings, closing, knowledge, notices, persons, residents, slots
from store.audit import SERVICE, ByResident
from store.bookings import Booking, Channel, State
from store.db import Database
from store.notices import NoticeKind
from store.slots import SlotState, TimeSlot
from tests.conftest import NOON
from tests.faq.place_files import TERMS
from tests.line import HANAKO
from tests.store.town import OPERATOR

LEGAL = replace(
    TERMS, programme=ProgrammeId("legal"), minutes=60, seats=1, ahead=7, opens=None, line_until=None, line_share=None,
    ages=None, limit=None,
)  # fmt: skip
SOURCE = Provenance("a test", "", None, None, None, Status.CONFIRMED)
WEDNESDAY, FRIDAY = date(2026, 11, 25), date(2026, 11, 27)
TYPHOON = Closure(
    ClosureId("typhoon"),
    None,
    None,
    None,
    Unusual.CLOSED,
    WEDNESDAY,
    WEDNESDAY,
    None,
    None,
    "台風のため",
    SOURCE,
)
CANCELLED = ProgrammeDay(ProgrammeId("legal"), FRIDAY, Held.CANCELLED, None, None, "", "", SOURCE)


def learn(database: Database, *records: object) -> None:
    with database.write() as tx:
        for record in records:
            knowledge.take_in(tx, [record], NOON)


def keep(database: Database, now: datetime = NOON) -> list[str]:
    """Keeps the slots; those of 法律相談 that are open."""
    slot_making.keep(database, now)
    return [shown(slot) for slot in there(database, now) if slot.state is SlotState.OPEN]


def there(database: Database, now: datetime = NOON) -> list[TimeSlot]:
    with database.read() as tx:
        return [
            each
            for each in slots.reaching(tx, now, now + timedelta(days=90), now)
            if each.programme == "legal"
        ]


def shown(slot: TimeSlot) -> str:
    return slot.starts_at.astimezone(UTC).strftime("%d %H")


MADE = ["25 04", "25 05", "25 06", "27 04", "27 05", "27 06", "30 04", "30 05", "30 06"]
"""Wednesday, Friday and Monday from 13 to 16 o'clock in Japan."""


@pytest.fixture
def legal(database: Database) -> Database:
    learn(database, LEGAL)
    assert keep(database) == MADE
    return database


def booked(database: Database, slot: TimeSlot, terms: Terms = LEGAL) -> Booking:
    with database.write() as tx:
        resident = residents.meet(tx, HANAKO, NOON).id
        by = ByResident(resident)
        held = bookings.hold(tx, slot.id, terms, Channel.LINE, resident, by, NOON)
        assert isinstance(held, Booking), held
        person = persons.digest(tx, "熊本はなこ", date(1950, 1, 1))
        made = bookings.confirm(tx, held.id, person, None, terms, by, NOON)
        assert isinstance(made, Booking), made
        return made


def test_as_shipped_nothing_can_be_booked(database):
    slot_making.keep(database, NOON)
    assert there(database) == []


def test_keeping_again_changes_nothing(legal):
    before = there(legal)
    assert keep(legal) == MADE
    assert there(legal) == before


def test_the_next_day_brings_the_next_slots(legal):
    assert keep(legal, NOON + timedelta(days=1)) == [*MADE, "02 04", "02 05", "02 06"]


def test_a_closure_that_comes_later_closes_the_slots_and_tells_who_booked(legal):
    first = there(legal)[0]
    booking = booked(legal, first)
    learn(legal, TYPHOON)
    assert keep(legal) == MADE[3:]
    with legal.read() as tx:
        assert bookings.find(tx, booking.id, SERVICE, NOON).state is State.CLOSED
        told = [each.kind for each in notices.of_booking(tx, booking.id) if each.kind is NoticeKind.CLOSED]
    assert told == [NoticeKind.CLOSED]
    assert keep(legal) == MADE[3:]
    with legal.read() as tx:
        again = [each for each in notices.of_booking(tx, booking.id) if each.kind is NoticeKind.CLOSED]
    assert len(again) == 1


def test_who_booked_by_telephone_is_to_be_telephoned(legal, caplog):
    with legal.write() as tx:
        held = bookings.hold(tx, there(legal)[0].id, LEGAL, Channel.PHONE, None, OPERATOR, NOON)
        person = persons.digest(tx, "熊本たろう", date(1950, 1, 1))
        bookings.confirm(tx, held.id, person, None, LEGAL, OPERATOR, NOON)
    learn(legal, TYPHOON)
    keep(legal)
    assert "legal on 2026-11-25 is closed: 1 to be telephoned" in caplog.text


def test_a_day_that_staff_cancel_closes_its_slots(legal):
    learn(legal, CANCELLED)
    assert keep(legal) == [*MADE[:3], *MADE[6:]]


def test_what_staff_open_again_stays_open_until_another_closure_comes(legal):
    learn(legal, TYPHOON)
    keep(legal)
    with legal.write() as tx:
        slots.unblock(tx, there(legal)[0].id, OPERATOR, NOON)
    assert keep(legal) == [MADE[0], *MADE[3:]]
    learn(legal, replace(TYPHOON, last=FRIDAY))
    assert keep(legal) == MADE[6:]


def test_what_staff_add_on_a_closed_day_stays(legal):
    learn(legal, TYPHOON)
    keep(legal)
    starts = datetime(2026, 11, 25, 8, tzinfo=UTC)
    with legal.write() as tx:
        draft = SlotDraft(ProgrammeId("legal"), starts, starts + timedelta(hours=1), "公民館", None, 1)
        slots.add(tx, draft, OPERATOR, NOON)
    assert keep(legal) == ["25 08", *MADE[3:]]


def test_a_closure_in_whose_days_no_slot_was_is_known_all_the_same(legal):
    thursday = replace(TYPHOON, first=date(2026, 11, 26), last=date(2026, 11, 26))
    learn(legal, thursday)
    keep(legal)
    starts = datetime(2026, 11, 26, 4, tzinfo=UTC)
    with legal.write() as tx:
        draft = SlotDraft(ProgrammeId("legal"), starts, starts + timedelta(hours=1), "公民館", None, 1)
        slots.add(tx, draft, OPERATOR, NOON)
    assert "26 04" in keep(legal)


def test_what_staff_changed_by_hand_is_left_as_it_is(legal):
    first, second, *_ = there(legal)
    with legal.write() as tx:
        slots.resize(tx, first.id, 3, OPERATOR, NOON)
        slots.block(tx, second.id, OPERATOR, NOON)
    learn(legal, replace(LEGAL, seats=2))
    slot_making.keep(legal, NOON)
    assert [(each.seats, each.state) for each in there(legal)[:3]] == [
        (3, SlotState.OPEN),
        (1, SlotState.BLOCKED),
        (1, SlotState.OPEN),
    ]


def test_a_change_of_the_length_promises_nobody_twice(legal):
    learn(legal, replace(LEGAL, minutes=30, ahead=9))
    slot_making.keep(legal, NOON)
    found = there(legal)
    assert len(found) == len(MADE) + 6, "the days that had slots keep them, the next day has the new ones"
    ordered = sorted(found, key=lambda slot: slot.starts_at)
    assert all(early.ends_at <= late.starts_at for early, late in pairwise(ordered))


def test_a_place_that_becomes_known_doubles_nothing(legal):
    with legal.read() as tx:
        programme = next(each for each in slot_making.read(tx).schedule.programmes if each.id == "legal")
    learn(legal, replace(programme, place="市役所 2階"))
    assert keep(legal) == MADE


def test_programmes_that_are_shut_keep_what_is_booked(legal):
    booking = booked(legal, there(legal)[0])
    learn(legal, replace(LEGAL, open=False))
    assert keep(legal) == MADE
    with legal.read() as tx:
        assert bookings.find(tx, booking.id, SERVICE, NOON).state is State.CONFIRMED


def test_an_hour_taken_away_closes_what_it_touches(legal):
    learn(legal, replace(TYPHOON, opens=time(14, 30), closes=time(17)))
    assert keep(legal) == [MADE[0], *MADE[3:]]


def test_many_are_made_bit_by_bit_the_soonest_first(database, monkeypatch):
    monkeypatch.setattr(slot_making, "MOST", 4)
    learn(database, LEGAL)
    assert not slot_making.keep(database, NOON)
    assert [shown(slot) for slot in there(database)] == MADE[:4]
    assert not slot_making.keep(database, NOON)
    assert slot_making.keep(database, NOON)
    assert [shown(slot) for slot in there(database)] == MADE
    assert slot_making.keep(database, NOON)


def test_a_closing_that_was_cut_short_goes_on(legal, monkeypatch):
    """As after a kill: what was closed is closed, the rest follows, and nobody is told twice."""
    monkeypatch.setattr(slot_making, "AT_ONCE", 2)
    booking = booked(legal, there(legal)[0])
    learn(legal, TYPHOON)
    close, calls = closing.close, []

    def dies(tx, slot, *rest):
        calls.append(slot)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return close(tx, slot, *rest)

    monkeypatch.setattr(closing, "close", dies)
    with pytest.raises(KeyboardInterrupt):
        slot_making.keep(legal, NOON)
    assert [slot.state for slot in there(legal)[:3]] == [SlotState.CLOSED, SlotState.CLOSED, SlotState.OPEN]
    assert keep(legal) == MADE[3:]
    with legal.read() as tx:
        told = [each for each in notices.of_booking(tx, booking.id) if each.kind is NoticeKind.CLOSED]
    assert len(told) == 1
