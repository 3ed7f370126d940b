"""Whatever happens in whatever order: never too many in a slot, nobody twice, each notice once, and nothing lost.

Hypothesis books, waits, closes and lets time pass as it likes, against a model of a few lines that knows who holds
what. `RUNS` says how many runs; 2,000 were made once by hand.
"""

import os
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import pairwise

import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from faq.programmes import ProgrammeId
from faq.terms import Before, Terms
from nlp.japan import JAPAN
from store import bookings, closing, draws, notices, residents, slots, waiting
from store.audit import SERVICE, ByResident
from store.booked import ACTIVE
from store.bookings import Booking, BookingId, Channel, Refusal, State
from store.db import Database
from store.doing import Doer
from store.keyring import Keyring, random_key_text
from store.migrations import create_in_memory
from store.notices import Notice
from store.refusals import (
    Ended,
    HoldGone,
    LimitReached,
    SamePersonThen,
    ShareTaken,
    SlotClosed,
    SlotTaken,
    TooLate,
)
from store.residents import ResidentId
from store.slots import SlotId
from store.tables import bookings as table
from tests.conftest import NOON
from tests.store.town import FRIDAY, LAW, LOTS, OPERATOR, person, slot

RUNS, STEPS = int(os.environ.get("RUNS", "25")), 40
SHARE = 2
ONCE = replace(LAW, opens=None, line_until=None, phone_until=None, line_share=SHARE)
OFTEN = replace(ONCE, programme=ProgrammeId("often"), limit=None, line_share=None)
DRAW = Before(3, time(15))
DRAWN = replace(LOTS, programme=ProgrammeId("lots"), line_until=None, phone_until=None, limit=None, draw=DRAW)
NAMES = ["はなこ", "たろう", "じろう", "さくら", "けんじ"]
SEATED = (State.HELD, State.OFFERED, State.CONFIRMED, State.KEPT, State.MISSED)

DATABASE = Database("sqlite://", Keyring.parse(random_key_text()))
create_in_memory(DATABASE)


@dataclass(slots=True)
class Place:
    """What the model knows of a slot."""

    terms: Terms
    starts_at: datetime
    ends_at: datetime
    seats: int
    open: bool = True
    drawn: bool = False


@dataclass(slots=True)
class Held:
    """What the model knows of a booking."""

    state: State
    slot: SlotId
    resident: ResidentId | None
    person: str | None = None
    until: datetime | None = None
    seat: bool = False

    def end(self, state: State) -> None:
        self.state, self.until, self.seat = state, None, False


def has(*states: State) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """For rules that need a booking in one of these states."""
    return precondition(lambda town: bool(town.those(*states)))


WHICH = st.integers(0, 99)
"""Which of the bookings, or of the slots, that come into question."""


class Town(RuleBasedStateMachine):
    @initialize()
    def open(self) -> None:
        self.now = NOON
        self.stack = ExitStack()
        self.tx = self.stack.enter_context(DATABASE.write())
        self.places: dict[SlotId, Place] = {}
        self.held: dict[BookingId, Held] = {}
        self.sent: list[Notice] = []
        at = [(ONCE, 13, 0, 1), (ONCE, 13, 30, 2), (OFTEN, 13, 15, 1), (DRAWN, 14, 0, 1)]
        for terms, hour, minute, seats in at:
            made = slot(self.tx, hour, minute, seats=seats, terms=terms)
            found = slots.find(self.tx, made, NOON)
            assert found is not None
            self.places[made] = Place(terms, found.starts_at, found.ends_at, seats)
        self.slots = list(self.places)
        self.residents = [residents.meet(self.tx, "U" + str(n) * 32, NOON).id for n in range(3)]

    def teardown(self) -> None:
        self.tx.connection.rollback()
        self.stack.close()

    # The model

    def over(self, held: Held) -> bool:
        return held.until is not None and held.until <= self.now

    def seated(self, at: SlotId, but: BookingId | None = None) -> list[Held]:
        """Those who hold a seat, and would not give it up to who asks."""
        return [
            held
            for booking, held in self.held.items()
            if held.slot == at and held.seat and booking != but and not self.over(held)
        ]

    def free(self, at: SlotId, but: BookingId | None = None) -> int:
        waits = sum(held.state is State.WAITING and held.slot == at for held in self.held.values())
        return max(0, self.places[at].seats - len(self.seated(at, but)) - waits)

    def own_hold(self, resident: ResidentId | None, terms: Terms) -> BookingId | None:
        mine = (
            booking
            for booking, held in self.held.items()
            if held.state is State.HELD
            and held.resident == resident
            and resident is not None
            and self.places[held.slot].terms is terms
            and not self.over(held)
        )
        return next(mine, None)

    def shares(self, but: BookingId | None = None) -> int:
        """How many hold a place of the limited programme through LINE."""
        return sum(
            held.resident is not None
            for at, place in self.places.items()
            if place.terms is ONCE
            for held in self.seated(at, but)
        )

    def is_elsewhere(self, name: str, at: SlotId, but: BookingId | None = None) -> bool:
        """Whether the person has a time that overlaps."""
        mine, there = self.places[at], [self.places[held.slot] for held in self.confirmed(name, but)]
        return any(each.starts_at < mine.ends_at and mine.starts_at < each.ends_at for each in there)

    def has_come(self, name: str, terms: Terms, but: BookingId | None = None) -> bool:
        return terms is ONCE and any(self.places[h.slot].terms is ONCE for h in self.confirmed(name, but))

    def confirmed(self, name: str, but: BookingId | None = None) -> list[Held]:
        return [
            held
            for booking, held in self.held.items()
            if held.state is State.CONFIRMED and held.person == name and booking != but
        ]

    def take_over(self, found: Booking, name: str | None = None) -> None:
        """The model learns what the store says that it did."""
        assert found.slot is not None
        held = self.held.setdefault(found.id, Held(found.state, found.slot.id, found.resident))
        held.state, held.slot, held.until = found.state, found.slot.id, found.held_until
        held.person = name or held.person
        lots = self.places[held.slot].terms is DRAWN and not self.places[held.slot].drawn
        held.seat = held.state in SEATED and not lots

    def those(self, *states: State) -> list[BookingId]:
        return [booking for booking, held in self.held.items() if held.state in states]

    def full(self) -> list[SlotId]:
        return [at for at in self.slots if self.places[at].open and not self.free(at)]

    def by(self, held: Held) -> Doer:
        return OPERATOR if held.resident is None else ByResident(held.resident)

    # What people do

    @rule(at=WHICH, who=WHICH)
    def hold(self, at: int, who: int) -> None:
        self.hold_that(at, who)

    def hold_that(self, at: int, who: int) -> BookingId | None:
        of, who = self.slots[at % len(self.slots)], who % 4
        place, resident = self.places[of], self.residents[who] if who < 3 else None
        mine = self.own_hold(resident, place.terms)
        by = OPERATOR if resident is None else ByResident(resident)
        channel = Channel.PHONE if resident is None else Channel.LINE
        found = bookings.hold(self.tx, of, place.terms, channel, resident, by, self.now)
        lots = place.terms is DRAWN and not place.drawn
        ends = min(place.starts_at, DRAW.of(FRIDAY)) if lots else place.starts_at
        if not place.open:
            assert found == SlotClosed()
        elif self.now >= ends:
            assert found == TooLate(ends)
        elif not lots and self.free(of, mine) == 0:
            assert found == SlotTaken()
        elif resident is not None and place.terms is ONCE and self.shares(mine) >= SHARE:
            assert found == ShareTaken()
        else:
            assert isinstance(found, Booking), found
            if mine is not None:
                self.held[mine].end(State.CANCELLED)
            self.take_over(found)
            return found.id
        return None

    @rule(at=WHICH, who=WHICH, name=st.sampled_from(NAMES))
    def book(self, at: int, who: int, name: str) -> None:
        booking = self.hold_that(at, who)
        if booking is not None:
            self.confirm_that(booking, name)

    @has(State.HELD, State.OFFERED, State.EXPIRED)
    @rule(which=WHICH, name=st.sampled_from(NAMES))
    def confirm(self, which: int, name: str) -> None:
        some = self.those(State.HELD, State.OFFERED, State.EXPIRED)
        self.confirm_that(some[which % len(some)], name)

    @has(*State)
    @rule(which=WHICH, name=st.sampled_from(NAMES))
    def confirm_anything(self, which: int, name: str) -> None:
        some = self.those(*State)
        self.confirm_that(some[which % len(some)], name)

    def confirm_that(self, booking: BookingId, name: str) -> None:
        held = self.held[booking]
        place, before = self.places[held.slot], held.state
        digest = person(self.tx, name)
        found = bookings.confirm(self.tx, booking, digest, None, place.terms, self.by(held), self.now)
        self.check_confirmed(found, booking, held, place, name)
        if isinstance(found, Booking) and before in (State.HELD, State.OFFERED, State.EXPIRED):
            assert found.state in (State.CONFIRMED, State.ENTERED)
            self.take_over(found, name)

    def check_confirmed(
        self, found: Booking | Refusal, booking: BookingId, held: Held, place: Place, name: str
    ) -> None:
        """Nothing is refused without a reason, and a hold that is not over is kept to."""
        match found:
            case HoldGone():
                assert self.over(held) or held.state is State.EXPIRED or place.terms is DRAWN
                assert self.free(held.slot, booking) == 0 or self.shares(booking) >= SHARE
            case LimitReached():
                assert self.has_come(name, place.terms, booking)
            case SamePersonThen():
                entered = [h.person for h in self.held.values() if h.state is State.ENTERED]
                asks = [h.person for h in self.held.values() if h.state in (State.WAITING, State.OFFERED)]
                assert self.is_elsewhere(name, held.slot, booking) or name in (*entered, *asks)
            case TooLate(until):
                assert self.now >= until
                assert until == place.starts_at or (
                    place.terms is DRAWN and (self.over(held) or held.state is State.EXPIRED)
                )
            case SlotClosed():
                assert not place.open
                assert self.over(held) or held.state is State.EXPIRED
            case Booking():
                known = held.state in (State.HELD, State.OFFERED, State.EXPIRED)
                assert known or held.person == name
                if found.state is State.CONFIRMED and known:
                    assert not self.has_come(name, place.terms, booking)
                    assert not self.is_elsewhere(name, held.slot, booking)
            case Ended(State.CANCELLED) if self.over(held):  # they chose another time meanwhile
                held.end(State.CANCELLED)
            case _:
                assert held.state not in (State.HELD, State.OFFERED, State.EXPIRED), found

    @has(State.HELD)
    @rule(which=WHICH)
    def extend(self, which: int) -> None:
        some = self.those(State.HELD)
        held = self.held[booking := some[which % len(some)]]
        found = bookings.extend(self.tx, booking, self.by(held), self.now)
        if isinstance(found, Booking):
            assert held.state is State.HELD
            self.take_over(found)

    @has(*ACTIVE)
    @rule(which=WHICH)
    def cancel(self, which: int) -> None:
        some = self.those(*ACTIVE)
        self.cancel_that(some[which % len(some)])

    def cancel_that(self, booking: BookingId) -> None:
        held = self.held[booking]
        found = bookings.cancel(self.tx, booking, self.by(held), self.now)
        if isinstance(found, Booking):
            held.end(State.CANCELLED)
        else:
            past = held.state is State.CONFIRMED and self.now >= self.places[held.slot].starts_at
            assert past or held.state not in (State.CONFIRMED, State.WAITING, State.ENTERED)

    @has(State.CONFIRMED, State.CLOSED)
    @rule(which=WHICH, to=WHICH)
    def move(self, which: int, to: int) -> None:
        some = self.those(State.CONFIRMED, State.CLOSED)
        held = self.held[booking := some[which % len(some)]]
        same = [at for at in self.slots if self.places[at].terms is self.places[held.slot].terms]
        target = same[to % len(same)]
        before, there = replace(held), self.places[target]
        channel = Channel.PHONE if held.resident is None else Channel.LINE
        found = bookings.move(self.tx, booking, target, there.terms, channel, self.by(held), self.now)
        if isinstance(found, Booking) and (before.slot != target or before.state is State.CLOSED):
            assert before.state in (State.CONFIRMED, State.CLOSED)
            assert self.free(target, booking) > 0
            assert before.person is not None
            assert not self.is_elsewhere(before.person, target, booking)
            self.take_over(found)
        elif isinstance(found, SlotTaken):
            assert self.free(target, booking) == 0

    @precondition(lambda town: bool(town.full()))
    @rule(at=WHICH, who=WHICH)
    def wait(self, at: int, who: int) -> None:
        of, resident = self.full()[at % len(self.full())], self.residents[who % 3]
        terms = self.places[of].terms
        found = waiting.join(self.tx, of, terms, Channel.LINE, resident, ByResident(resident), self.now)
        if isinstance(found, Booking):
            self.take_over(found)

    @has(State.OFFERED, State.EXPIRED)
    @rule(which=WHICH)
    def take(self, which: int) -> None:
        some = self.those(State.OFFERED, State.EXPIRED)
        held = self.held[booking := some[which % len(some)]]
        found = waiting.take(self.tx, booking, self.places[held.slot].terms, self.by(held), self.now)
        if isinstance(found, Booking):
            assert held.state is State.OFFERED
            mine = self.own_hold(held.resident, self.places[held.slot].terms)
            if mine is not None and found.state is State.HELD:
                self.held[mine].end(State.CANCELLED)
            self.take_over(found)

    # What the city and the clock do

    @has(State.WAITING)
    @rule(which=WHICH)
    def offer(self, which: int) -> None:
        some = self.those(State.WAITING)
        self.offer_that(self.held[some[which % len(some)]].slot)

    @has(State.WAITING)
    @rule(which=WHICH)
    def make_room_and_offer(self, which: int) -> None:
        some = self.those(State.WAITING)
        of = self.held[some[which % len(some)]].slot
        for booking in self.those(State.CONFIRMED, State.HELD):
            if self.held[booking].slot == of:
                self.cancel_that(booking)
                break
        self.offer_that(of)

    def offer_that(self, of: SlotId) -> None:
        found = waiting.offer_next(self.tx, of, self.places[of].terms, self.now)
        if found is None:
            return
        assert self.held[found.id].state is State.WAITING
        assert 8 <= self.now.astimezone(JAPAN).hour < 20
        assert len(self.seated(of)) < self.places[of].seats
        self.take_over(found)

    @has(State.CONFIRMED)
    @rule(what=st.sampled_from(["open"] * 4 + ["close", "block", 0, 1, 2, 3]), at=WHICH)
    def change_a_slot(self, what: str | int, at: int) -> None:
        of = self.slots[at % len(self.slots)]
        match what:
            case "close":
                self.close(of)
            case "block":
                slots.block(self.tx, of, OPERATOR, self.now)
            case "open":
                slots.unblock(self.tx, of, OPERATOR, self.now)
            case int():
                slots.resize(self.tx, of, what, OPERATOR, self.now)
                self.places[of].seats = what
        if not isinstance(what, int):
            self.places[of].open = what == "open"

    def close(self, of: SlotId) -> None:
        closed = closing.close(self.tx, of, OPERATOR, self.now)
        assert isinstance(closed, tuple)
        assert {each.id for each in closed} >= {
            booking
            for booking, held in self.held.items()
            if held.slot == of and held.state in (State.CONFIRMED, State.WAITING, State.ENTERED)
        }
        for each in closed:
            self.held[each.id].end(State.CLOSED)

    @has(State.ENTERED)
    @rule()
    def draw(self) -> None:
        of = self.slots[-1]
        entered = {
            each for each, held in self.held.items() if held.slot == of and held.state is State.ENTERED
        }
        record = draws.draw(self.tx, of, DRAWN, SERVICE, self.now)
        if not isinstance(record, draws.Draw) or self.places[of].drawn:
            return
        self.places[of].drawn = True
        found = {each.id: each for each in bookings.of_slot(self.tx, of, self.now)}
        assert {found[each].receipt for each in entered} == set(record.entrants)
        for each in entered:
            self.take_over(found[each])

    @rule()
    def end_what_is_over(self) -> None:
        bookings.expire_holds(self.tx, self.now)

    @rule(minutes=st.sampled_from([1, 4, 6, 11, 60, 200, 720, 1320]))
    def let_time_pass(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def set_the_clock_back(self) -> None:
        for moment in (self.now - timedelta(hours=1), self.now):
            self.tell(moment)

    @rule()
    def tell_now(self) -> None:
        self.tell(self.now)

    def tell(self, now: datetime) -> None:
        for each in notices.claim_due(self.tx, now):
            assert each.kind in notices.AT_ONCE or 8 <= now.astimezone(JAPAN).hour < 20
            if each.kind in notices.REMINDERS:
                assert self.held[each.about].state is State.CONFIRMED
                assert self.places[self.held[each.about].slot].starts_at > now
            self.sent.append(each)

    # What always holds

    @invariant()
    def nothing_is_over_or_lost(self) -> None:
        if not hasattr(self, "tx"):
            return
        rows = self.tx.connection.execute(sa.select(table)).all()
        confirmed = {each for each, held in self.held.items() if held.state is State.CONFIRMED}
        assert {row.id for row in rows if row.state == "confirmed"} == confirmed
        taken = Counter(row.slot_id for row in rows if row.seat is not None)
        seats = Counter((row.slot_id, row.seat) for row in rows if row.seat is not None)
        assert set(seats.values()) <= {1}
        there = slots.all_of(self.tx, self.slots, self.now)
        for at, place in self.places.items():
            assert there[at].free == (self.free(at) if place.open else 0)
            assert taken[at] <= max(place.seats, len(self.seated(at)) + self.lapsed(at))

    def lapsed(self, at: SlotId) -> int:
        return sum(held.slot == at and self.over(held) for held in self.held.values())

    @invariant()
    def nobody_is_twice(self) -> None:
        if not hasattr(self, "tx"):
            return
        for name in NAMES:
            there = [self.places[held.slot] for held in self.confirmed(name)]
            there.sort(key=lambda place: place.starts_at)
            assert all(one.ends_at <= other.starts_at for one, other in pairwise(there))
            assert sum(place.terms is ONCE for place in there) <= 1
        assert self.shares() <= SHARE

    @invariant()
    def each_notice_is_told_once(self) -> None:
        if not hasattr(self, "tx"):
            return
        assert len({each.id for each in self.sent}) == len(self.sent)
        again = Counter((each.about, each.kind, each.due_at) for each in self.sent)
        assert set(again.values()) <= {1}


Town.TestCase.settings = settings(
    max_examples=RUNS,
    stateful_step_count=STEPS,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
test_whatever_happens = Town.TestCase
