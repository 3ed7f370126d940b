"""What becomes of bookings at closed offices, on the page of disaster mode: the plan before, and whom to call after."""

from dataclasses import replace
from datetime import date, timedelta

from faq.disaster import ClosedOffice
from faq.models import OfficeId
from store import (
    bookings,
    disaster_measures,
    disaster_switch,
    displacing,
    knowledge,
    residents,
    slots,
)
from store.audit import SERVICE
from store.bookings import Channel
from store.disaster import Disaster, Draft
from store.disaster_measures import MeasureDraft
from store.sight import Role
from tests.store import town
from tests.test_disaster import LEGAL
from tests.web.conftest import Service
from tests.web.town import plain

PAGE = "/staff/disaster"
EAST, MONDAY = OfficeId("K002"), date(2026, 11, 30)


def test_the_plan_then_the_counts_then_who_is_called(pages: Service) -> None:
    now = pages.clock()
    closed = ClosedOffice(EAST, now, town.japan(0, 0, date(2026, 11, 28)))
    proposer, other = pages.account("sato", Role.STAFF), pages.account("suzuki", Role.ADMIN, personal=True)
    with pages.site.database.write() as tx:
        knowledge.take_in(tx, [LEGAL], now)
        at = slots.add(tx, replace(town.draft(13, seats=3, terms=LEGAL), office=EAST), SERVICE, now)
        assert at is not None
        assert slots.add(
            tx, replace(town.draft(10, day=MONDAY, seats=2, terms=LEGAL), office=EAST), SERVICE, now
        )
        hanako = residents.meet(tx, "U" + "1" * 32, now).id
        town.booked(tx, at, hanako, "はなこ", now, LEGAL)
        for name in ("電話の人", "電話の二人目"):
            person = town.person(tx, name)
            town.made(bookings.book(tx, at, LEGAL, Channel.PHONE, person, None, town.OPERATOR, now))
        proposed = disaster_switch.propose(tx, proposer.viewer, Draft("地震", None), now)
        assert isinstance(proposed, Disaster)
        said = MeasureDraft(closed, "現地", "", now, now + timedelta(hours=20))
        disaster_measures.say(tx, proposer.viewer, proposed.id, [said], now)
    staff = pages.signed_in(other)
    before = plain(staff.get(PAGE).text)
    assert "次の空き時間へ移す 2件" in before
    assert "空きがなく、中止になる 1件" in before
    with pages.site.database.write() as tx:
        on = disaster_switch.confirm(tx, other.viewer, proposed.id, proposed.version, None, now)
        assert isinstance(on, Disaster)
        present = disaster_measures.now_on(tx, now)
    displacing.keep(pages.site.database, present, {LEGAL.programme: LEGAL}, now)
    after = staff.get(PAGE)
    assert "別の日時へ移した 2件" in plain(after.text)
    assert "電話でお知らせする 2件" in plain(after.text)
    assert after.text.count("/called") == 2
    with pages.site.database.read() as tx:
        caller = next(each for each in bookings.of_slot(tx, at, now) if each.resident is None)
    sent = staff.send(f"{PAGE}/{proposed.id}/bookings/{caller.id}/called")
    assert sent.status_code == 303
    assert "電話でお知らせする 1件" in plain(staff.get(PAGE).text)
    assert staff.send(f"{PAGE}/{proposed.id + 1}/bookings/{caller.id}/called").status_code == 404
