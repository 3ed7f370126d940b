"""Which time comes after one that does not take place."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest

from faq.disaster import ClosedOffice
from faq.models import OfficeId
from faq.programmes import ProgrammeId
from nlp.japan import today
from store import next_times
from store.booked import Booking, BookingId
from store.receipts import Receipt
from store.refusals import State
from store.slots import SlotId, SlotState, TimeSlot
from store.windows import Channel
from tests.store.town import NOON, japan

HALF = timedelta(minutes=30)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EAST, WEST = OfficeId("east"), OfficeId("west")
BOOKED = japan(10)
CLOSED = ClosedOffice(EAST, NOON, NOON + 7 * DAY)


def at(number: int, moment: datetime, office: OfficeId | None = EAST, free: int = 1) -> TimeSlot:
    return TimeSlot(
        SlotId(number), ProgrammeId("law"), today(moment), moment, moment + HALF, "相談室", office, 1, free, 0, False,
        SlotState.OPEN,
    )  # fmt: skip


def booking(number: int, slot: TimeSlot, state: State = State.CONFIRMED) -> Booking:
    return Booking(
        BookingId(number), Receipt(""), slot.programme, slot.day, slot, state, Channel.LINE, None, False, None, None,
        None, None, NOON, NOON,
    )  # fmt: skip


MINE = at(1, BOOKED)


@pytest.mark.parametrize(
    ("why", "free", "expected"),
    [
        ("the next after the closure", [at(2, BOOKED + 9 * DAY), at(3, BOOKED + 8 * DAY)], [3, 2]),
        ("none while it is closed", [at(2, BOOKED + DAY)], []),
        ("none before the one booked, elsewhere or not", [at(2, BOOKED - HOUR, WEST)], []),
        ("the same time elsewhere will do", [at(2, BOOKED, WEST)], [2]),
        ("the same office before another less than a week sooner",
         [at(2, BOOKED + 2 * DAY, WEST), at(3, BOOKED + 8 * DAY)], [3, 2]),
        ("another that is more than a week sooner",
         [at(2, BOOKED, WEST), at(3, BOOKED + 8 * DAY)], [2, 3]),
        ("within four weeks", [at(2, BOOKED + 28 * DAY), at(3, BOOKED + 28 * DAY + HALF)], [2]),
        ("not the one that was booked", [MINE], []),
    ],
)  # fmt: skip
def test_the_order(why: str, free: list[TimeSlot], expected: list[int]) -> None:
    found = next_times.in_order(MINE, free, [CLOSED], NOON)
    assert [slot.id for slot in found] == expected, why


def test_people_have_a_day_to_hear_of_it() -> None:
    soon = at(1, NOON + HOUR)
    free = [at(2, NOON + 23 * HOUR, WEST), at(3, NOON + DAY, WEST)]
    assert [slot.id for slot in next_times.in_order(soon, free, [CLOSED], NOON)] == [3]


@pytest.mark.parametrize(
    ("begins", "ends", "expected"),
    [
        (BOOKED - HOUR, BOOKED, False),
        (BOOKED - HOUR, BOOKED + timedelta(minutes=1), True),
        (BOOKED + HALF, BOOKED + HOUR, False),
        (BOOKED + timedelta(minutes=29), BOOKED + HOUR, True),
    ],
)
def test_an_office_closed_in_a_part_of_the_time(begins: datetime, ends: datetime, expected: bool) -> None:
    assert next_times.is_closed(MINE, [ClosedOffice(EAST, begins, ends)]) is expected
    assert not next_times.is_closed(at(2, BOOKED, WEST), [ClosedOffice(EAST, begins, ends)])


def shown(plan: next_times.Plan) -> tuple[Iterable[tuple[int, int]], list[int], list[int]]:
    moves = [(move.booking.id, move.to.id) for move in plan.moves]
    return moves, [each.id for each in plan.without], [each.id for each in plan.asked]


def test_a_plan_gives_each_place_once() -> None:
    those = [booking(1, MINE), booking(2, at(2, BOOKED + HALF)), booking(3, at(3, BOOKED + HOUR))]
    waits = booking(4, MINE, State.WAITING)
    free = {ProgrammeId("law"): [at(8, BOOKED + 8 * DAY, free=2), at(9, BOOKED + 9 * DAY, free=0)]}
    found = next_times.plan([*those, waits], free, [CLOSED], NOON)
    assert shown(found) == ([(1, 8), (2, 8)], [3], [4])
    assert shown(next_times.plan(those, {}, [CLOSED], NOON)) == ([], [1, 2, 3], [])
