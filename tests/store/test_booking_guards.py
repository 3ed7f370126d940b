"""Each constraint by itself: a look that is out of date takes nothing twice, and without the constraint it does."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

from faq.terms import Limit, Period
from store import bookings, holding, notices, slots, taking, waiting
from store.audit import ByResident
from store.bookings import Booking, Channel, Refusal, State
from store.db import Tx
from store.notices import NoticeKind
from store.refusals import AlreadyWaiting, LimitReached, SamePersonThen, ShareTaken, SlotTaken
from store.residents import ResidentId
from store.tables import bookings as table
from tests.conftest import NOON
from tests.store.town import LAW, LOTS, OPERATOR, booked, confirm, held, hold, made, phoned, slot

SHARED = replace(LAW, line_share=1)
OFTEN = replace(LAW, limit=None)


def two_in_a_seat(tx: Tx, hanako: ResidentId, taro: ResidentId) -> Booking | Refusal:
    at = slot(tx, 13)
    made(phoned(tx, at, "はなこ"))
    return phoned(tx, at, "たろう")


def two_in_a_share(tx: Tx, hanako: ResidentId, taro: ResidentId) -> Booking | Refusal:
    one, two = slot(tx, 13), slot(tx, 14)
    held(tx, one, hanako, terms=SHARED)
    return hold(tx, two, taro, terms=SHARED)


def two_turns_of_one(tx: Tx, hanako: ResidentId, taro: ResidentId) -> Booking | Refusal:
    one, two = slot(tx, 13), slot(tx, 14)
    booked(tx, one, hanako, "はなこ")
    return phoned(tx, two, "はなこ")


def one_at_two_places(tx: Tx, hanako: ResidentId, taro: ResidentId) -> Booking | Refusal:
    at = slot(tx, 13, seats=2)
    booked(tx, at, hanako, "はなこ", terms=OFTEN)
    return phoned(tx, at, "はなこ", terms=OFTEN)


def two_entries(tx: Tx, hanako: ResidentId, taro: ResidentId) -> Booking | Refusal:
    at = slot(tx, 13, terms=LOTS)
    booked(tx, at, hanako, "はなこ", terms=LOTS)
    return confirm(tx, held(tx, at, taro, terms=LOTS), taro, "はなこ", terms=LOTS)


def two_places_in_line(tx: Tx, hanako: ResidentId, taro: ResidentId) -> Booking | Refusal:
    at = slot(tx, 13)
    made(phoned(tx, at, "だれか"))
    for _ in range(2):
        found = waiting.join(tx, at, LAW, Channel.LINE, hanako, ByResident(hanako), NOON)
    return found


@dataclass(frozen=True, slots=True)
class Guard:
    """A constraint, what it keeps apart, and the look that is out of date."""

    constraint: str
    tried: Callable[[Tx, ResidentId, ResidentId], Booking | Refusal]
    refused: Refusal
    look: str = ""
    seen: object = None


GUARDS = [
    Guard("uq_bookings_slot_id_seat", two_in_a_seat, SlotTaken(), "_free_seats", [1]),
    Guard("uq_bookings_programme_day_share", two_in_a_share, ShareTaken(), "_free_share", 1),
    Guard(
        "uq_bookings_person_programme_period_ordinal",
        two_turns_of_one,
        LimitReached(Limit(1, Period.MONTH)),
        "turn",
        taking.Turn("2026-11", 1),
    ),
    Guard("uq_bookings_person_attends_at", one_at_two_places, SamePersonThen(), "is_elsewhere", False),
    Guard("uq_bookings_asks", two_entries, SamePersonThen()),
    Guard("uq_bookings_waits", two_places_in_line, AlreadyWaiting()),
]
EACH = pytest.mark.parametrize("guard", GUARDS, ids=[guard.constraint for guard in GUARDS])


def look_too_early(guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    """The look that decides sees what was there before; a later one sees what is there."""
    if not guard.look:
        return
    look: Callable[..., Any] = getattr(taking, guard.look)
    early = iter([True, True])  # one for each of the two who book at the same moment

    def stale(*given: Any, **named: Any) -> Any:
        return guard.seen if next(early, False) else look(*given, **named)

    monkeypatch.setattr(taking, guard.look, stale)


@EACH
def test_an_old_look_takes_nothing_twice(
    tx: Tx, hanako: ResidentId, taro: ResidentId, guard: Guard, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_too_early(guard, monkeypatch)
    assert guard.tried(tx, hanako, taro) == guard.refused


@EACH
def test_without_the_constraint_it_does(
    tx: Tx, hanako: ResidentId, taro: ResidentId, guard: Guard, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(tx, guard.constraint)
    look_too_early(guard, monkeypatch)
    made(guard.tried(tx, hanako, taro))


def drop(tx: Tx, constraint: str, of: str = "bookings") -> None:
    operations = Operations(MigrationContext.configure(tx.connection))
    with operations.batch_alter_table(of) as batch:
        if constraint in {index.name for index in table.indexes}:
            batch.drop_index(constraint)
        else:
            batch.drop_constraint(constraint, type_="unique")


def test_one_hold_of_a_programme(tx: Tx, hanako: ResidentId, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two taps at the same moment: the second does not see the first's hold, then gives it up."""
    one, two = slot(tx, 13), slot(tx, 14)
    give_up, early = holding._give_up_holds, iter([True, True])
    monkeypatch.setattr(
        holding, "_give_up_holds", lambda *given: None if next(early, False) else give_up(*given)
    )
    first, second = held(tx, one, hanako), held(tx, two, hanako)
    assert [each.id for each in bookings.of_resident(tx, hanako, NOON)] == [second.id]
    assert made(phoned(tx, one, "だれか")).id != first.id


def test_a_notice_is_planned_once(tx: Tx, hanako: ResidentId) -> None:
    mine = booked(tx, slot(tx, 13), hanako, "はなこ")
    assert not notices.put(tx, mine, NoticeKind.CONFIRMED, "", NOON)
    drop(tx, "uq_notices_booking_id_kind_occasion", "notices")
    assert notices.put(tx, mine, NoticeKind.CONFIRMED, "", NOON)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "cancelled"},
        {"state": "expired", "seat": None, "attends_at": None},
        {"seat": None},
        {"held_until": NOON},
        {"state": "held"},
    ],
)
def test_who_is_over_holds_nothing_and_who_is_confirmed_has_a_seat(tx: Tx, wrong: dict[str, object]) -> None:
    mine = made(phoned(tx, slot(tx, 13), "はなこ"))
    with pytest.raises(sa.exc.IntegrityError, match=r"(?i)check"):
        tx.connection.execute(table.update().where(table.c.id == mine.id).values(**wrong))


@pytest.mark.parametrize("change", [slots.block, slots.shut])
def test_no_seat_of_a_slot_that_takes_nobody(tx: Tx, change: Callable[..., object]) -> None:
    mine = made(phoned(tx, slot(tx, 13), "はなこ"))
    to = slot(tx, 14)
    change(tx, to, OPERATOR, NOON)
    with pytest.raises(sa.exc.IntegrityError, match=r"(?i)foreign key"):
        tx.connection.execute(table.update().where(table.c.id == mine.id).values(slot_id=to, seat=1))


def test_a_slot_is_not_shut_over_those_who_have_a_place(tx: Tx) -> None:
    """Whoever would take the seats away without closing the bookings first leaves them where they are."""
    mine = made(phoned(tx, at := slot(tx, 13), "はなこ"))
    slots.shut(tx, at, OPERATOR, NOON)
    assert made(bookings.find(tx, mine.id, OPERATOR, NOON)).state is State.CONFIRMED
