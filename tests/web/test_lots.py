"""The lots of a time."""

import hashlib
import re
from dataclasses import replace
from datetime import time

import pytest

from faq.terms import Allocation, Before
from store.bookings import Booking, State
from store.sight import Role
from tests.line import HANAKO, TARO
from tests.web.conftest import Service
from tests.web.town import LEGAL, TOLD, Town, plain


@pytest.fixture
def town(pages: Service) -> Town:
    """Lots on Wednesday at 10."""
    terms = replace(LEGAL, allocation=Allocation.LOTTERY, draw=Before(2, time(10)), line_until=None)
    return Town(pages, terms).offer(terms)


@pytest.fixture
def entries(town: Town) -> list[Booking]:
    """Two for one place."""
    slot, found = town.slot(13), []
    for line_id, kana in ((HANAKO, "くまもとはなこ"), (TARO, "くまもとたろう")):
        held = town.hold(slot, town.resident(line_id))
        town.service.visitor().send(town.link(held), **(TOLD | {"kana": kana}))
        found.append(town.now(held))
    return found


def test_before_the_draw(town: Town, entries: list[Booking]):
    page = town.signed_in("s", Role.STAFF).get(f"/staff/slots/{entries[0].slot.id}/lots").text
    page = plain(page)
    assert "2件（席 1）" in page
    assert "2026年11月25日（水） 10時" in page
    assert "いま抽選する" not in page


def test_a_draw_that_anybody_can_do_again(town: Town, entries: list[Booking]):
    town.service.clock.passes(hours=22)
    staff, path = town.signed_in("s", Role.STAFF), f"/staff/slots/{entries[0].slot.id}/lots"
    assert "いま抽選する" in staff.get(path).text
    staff.send(path)
    page = staff.get(path).text

    [seed] = re.findall(r"\b[0-9a-f]{32}\b", page)
    receipts = sorted(
        (str(entry.receipt) for entry in entries),
        key=lambda receipt: hashlib.sha256(f"{seed}:{receipt}".encode()).hexdigest(),
    )
    assert re.findall(r'class="figures" href="[^"]*">([^<]*)<', page) == [
        f"{r[:3]}-{r[3:]}" for r in receipts
    ]
    states = {town.now(entry).receipt: town.now(entry).state for entry in entries}
    assert states[receipts[0]] is State.CONFIRMED
    assert states[receipts[1]] is State.WAITING

    staff.send(f"/staff/slots/{entries[0].slot.id}", path)  # once more: nothing changes
    assert staff.get(path).text.count(seed) == 1


def test_nobody_draws_too_early(town: Town, entries: list[Booking]):
    staff, slot = town.signed_in("s", Role.STAFF), entries[0].slot.id
    staff.send(f"/staff/slots/{slot}", f"/staff/slots/{slot}/lots")
    assert {town.now(entry).state for entry in entries} == {State.ENTERED}
    assert (
        "まだ受け付けられません。2026年11月25日（水） 10時からです。"
        in staff.get(f"/staff/slots/{slot}/lots").text
    )
