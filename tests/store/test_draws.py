import hashlib
import os
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from faq.terms import Limit, Period, Terms
from store import bookings, draws, notices, receipts, slots, waiting
from store.audit import SERVICE
from store.bookings import Booking, State
from store.db import Tx
from store.draws import Draw
from store.notices import NoticeKind
from store.refusals import LimitReached, NotThere, SamePersonThen, SlotClosed, SlotTaken, TooEarly, TooLate
from store.residents import ResidentId
from store.slots import SlotId
from tests.conftest import NOON
from tests.store.town import LAW, LOTS, booked, confirm, held, hold, japan, made, phoned, slot

DRAWN_AT = japan(10, 0, date(2026, 11, 25))
NAMES = ["あ", "い", "う", "え", "お"]


def entered(tx: Tx, at: SlotId, names: list[str], terms: Terms = LOTS) -> list[Booking]:
    return [made(phoned(tx, at, name, terms=terms)) for name in names]


def drawn(tx: Tx, at: SlotId, terms: Terms = LOTS) -> Draw:
    found = draws.draw(tx, at, terms, SERVICE, DRAWN_AT)
    assert isinstance(found, Draw), found
    return found


def states(tx: Tx, at: SlotId) -> list[State]:
    """In the order of the draw."""
    of_slot = (each for each in bookings.of_slot(tx, at, NOON) if each.drawn)
    return [each.state for each in sorted(of_slot, key=lambda each: each.drawn or 0)]


def test_the_first_have_the_seats_and_the_others_wait_in_order(tx: Tx) -> None:
    at = slot(tx, 13, seats=2, terms=LOTS)
    entries = entered(tx, at, NAMES)
    assert {each.state for each in entries} == {State.ENTERED}
    record = drawn(tx, at)
    assert states(tx, at) == [State.CONFIRMED] * 2 + [State.WAITING] * 3
    assert (record.seats, set(record.entrants)) == (2, {each.receipt for each in entries})
    first = min(bookings.of_slot(tx, at, NOON), key=lambda each: each.drawn or 0)
    bookings.cancel(tx, first.id, SERVICE, DRAWN_AT)
    offered = made(waiting.offer_next(tx, at, LOTS, DRAWN_AT))
    assert offered.drawn == 3
    assert made(waiting.take(tx, offered.id, LOTS, SERVICE, DRAWN_AT)).state is State.CONFIRMED


def test_anybody_can_draw_again_from_the_record(tx: Tx) -> None:
    at = slot(tx, 13, seats=2, terms=LOTS)
    entered(tx, at, NAMES)
    drawn(tx, at)
    record = draws.of_slot(tx, at)
    assert record is not None
    by_hash = {hashlib.sha256(f"{record.seed}:{each}".encode()).hexdigest(): each for each in record.entrants}
    again = [by_hash[each] for each in sorted(by_hash)]
    places = {each.drawn: each.receipt for each in bookings.of_slot(tx, at, NOON)}
    assert [places[place] for place in range(1, 6)] == again == [*draws.order(record.seed, record.entrants)]
    assert len({draws.order(f"seed {number}", record.entrants) for number in range(10)}) > 1


def test_they_are_drawn_again_as_the_manual_says() -> None:
    seed, entrants = "5f0c" * 8, [receipts.new() for _ in range(20)]
    manual = (Path(__file__).parent.parent.parent / "docs/booking.md").read_text(encoding="utf-8")
    commands = (
        manual.partition("    SEED=5f0c...\n")[2].partition("\n\n")[0].replace("receipts.txt", "/dev/stdin")
    )
    found = subprocess.run(
        ["/bin/sh", "-c", commands],
        input="".join(f"{each}\n" for each in entrants), env={"SEED": seed, "PATH": os.environ["PATH"]},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    again = [line.split()[2] for line in found.stdout.splitlines()]
    assert again == [*draws.order(seed, entrants)]


def test_lots_are_drawn_once(tx: Tx) -> None:
    at = slot(tx, 13, terms=LOTS)
    entered(tx, at, NAMES)
    assert drawn(tx, at) == drawn(tx, at)


def test_every_entrant_has_the_same_chance() -> None:
    first = [draws.order(f"{seed:032x}", map(draws.Receipt, NAMES))[0] for seed in range(2000)]
    assert all(340 < first.count(draws.Receipt(name)) < 460 for name in NAMES)


def test_entries_close_when_lots_are_drawn(tx: Tx, hanako: ResidentId) -> None:
    at = slot(tx, 13, terms=LOTS)
    assert draws.draw(tx, at, LOTS, SERVICE, NOON) == TooEarly(DRAWN_AT)
    assert draws.due(tx, LOTS, NOON) == ()
    assert [each.id for each in draws.due(tx, LOTS, DRAWN_AT)] == [at]
    assert hold(tx, at, hanako, DRAWN_AT, LOTS) == TooLate(DRAWN_AT)
    drawn(tx, at)
    assert draws.due(tx, LOTS, DRAWN_AT) == ()


def test_what_nobody_drew_goes_to_who_comes_first(tx: Tx, hanako: ResidentId, taro: ResidentId) -> None:
    at = slot(tx, 13, seats=2, terms=LOTS)
    entered(tx, at, NAMES[:1])
    drawn(tx, at)
    assert booked(tx, at, hanako, "はなこ", DRAWN_AT, LOTS).state is State.CONFIRMED
    assert hold(tx, at, taro, DRAWN_AT, LOTS) == SlotTaken()


def test_nobody_enters_twice_for_the_same_lots(tx: Tx, hanako: ResidentId) -> None:
    at = slot(tx, 13, terms=LOTS)
    entered(tx, at, ["はなこ"])
    assert confirm(tx, held(tx, at, hanako, terms=LOTS), hanako, "はなこ", terms=LOTS) == SamePersonThen()


def test_who_may_come_once_wins_once(tx: Tx) -> None:
    one, two = slot(tx, 13, terms=LOTS), slot(tx, 14, terms=LOTS)
    for at in (one, two):
        entered(tx, at, ["はなこ"])
    for at in (one, two):
        drawn(tx, at)
    assert states(tx, one) + states(tx, two) == [State.CONFIRMED, State.NOT_DRAWN]
    assert phoned(tx, slot(tx, 15, terms=LOTS), "はなこ", terms=LOTS) == LimitReached(Limit(1, Period.MONTH))


def test_a_place_goes_on_where_the_drawn_person_is_elsewhere_then(tx: Tx) -> None:
    often = replace(LOTS, limit=None)
    one, same_time = slot(tx, 13, terms=often), slot(tx, 13, 10, terms=often)
    for at in (one, same_time):
        entered(tx, at, ["はなこ"], often)
    for at in (one, same_time):
        drawn(tx, at, often)
    assert states(tx, one) + states(tx, same_time) == [State.CONFIRMED, State.NOT_DRAWN]


def test_without_a_waiting_list_the_others_are_told(tx: Tx, hanako: ResidentId, taro: ResidentId) -> None:
    alone = replace(LOTS, waiting_list=False)
    at = slot(tx, 13, terms=alone)
    mine = [booked(tx, at, hanako, "はなこ", terms=alone), booked(tx, at, taro, "たろう", terms=alone)]
    drawn(tx, at, alone)
    assert states(tx, at) == [State.CONFIRMED, State.NOT_DRAWN]
    kinds = {notice.kind for each in mine for notice in notices.of_booking(tx, each.id)}
    assert kinds >= {NoticeKind.DRAWN, NoticeKind.NOT_DRAWN, NoticeKind.REMINDER_MORNING}


@pytest.mark.parametrize(
    ("terms", "found"), [(LAW, SlotClosed()), (replace(LOTS, programme="x"), NotThere())]
)
def test_where_there_are_no_lots(tx: Tx, terms: Terms, found: object) -> None:
    assert draws.draw(tx, slot(tx, 13), terms, SERVICE, DRAWN_AT) == found
    assert draws.of_slot(tx, slots.SlotId(10**9)) is None
