"""Something to book on the pages: the shipped legal advice on terms of the tests, and times on Friday 27 November."""

import json
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

import sqlalchemy as sa
from werkzeug.test import TestResponse

from faq.programmes import ProgrammeId
from faq.terms import Terms
from nlp.japan import JAPAN
from store import booked, bookings, knowledge, links, residents, slots
from store.audit import SERVICE, ByResident
from store.bookings import Booking, BookingId, Channel
from store.db import Database
from store.links import Purpose
from store.residents import ResidentId
from store.sight import Role
from store.slots import SlotId
from store.tables import audit, particulars
from tests.conftest import NOON
from tests.line import HANAKO
from tests.store.town import FRIDAY, LAW, draft
from tests.web.conftest import Service, Visitor

LEGAL = replace(LAW, programme=ProgrammeId("legal"), opens=None, accommodations=("手話通訳", "車いす"))
TOLD = {
    "name": "熊本 花子",
    "kana": "くまもと はなこ",
    "telephone": "090-0000-0001",
    "birth_date": "昭和25年1月2日",
}
"""What a person types."""


def plain(page: str) -> str:
    """What a page says, without its markup."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def words_of(page: TestResponse, path: str) -> str:
    """The page without what differs each time: its form tokens, and the address at which it was opened."""
    without = re.sub(r'(name="csrf_token" value=|"X-CSRFToken": )"[^"]*"', "", page.text)
    return without.replace(path, "")


@dataclass(frozen=True)
class Town:
    """The pages, and what can be booked on them."""

    service: Service
    terms: Terms

    @property
    def database(self) -> Database:
        return self.service.site.database

    def offer(self, terms: Terms) -> "Town":
        """The town on other terms."""
        with self.database.write() as tx:
            knowledge.take_in(tx, [terms], NOON)
        return replace(self, terms=terms)

    def slot(self, hour: int, minute: int = 0, day: date = FRIDAY, seats: int = 1) -> SlotId:
        with self.database.write() as tx:
            made = slots.add(tx, draft(hour, minute, day, seats, self.terms), SERVICE, NOON)
        assert made is not None
        return made

    def time_of(self, slot: SlotId) -> str:
        """When it begins, as people say it."""
        with self.database.read() as tx:
            found = slots.find(tx, slot, self.service.clock())
        assert found is not None
        begins = found.starts_at.astimezone(JAPAN)
        return f"{begins.hour}時{begins.minute}分" if begins.minute else f"{begins.hour}時"

    def resident(self, line_id: str = HANAKO) -> ResidentId:
        with self.database.write() as tx:
            return residents.meet(tx, line_id, NOON).id

    def hold(self, slot: SlotId, resident: ResidentId | None = None) -> Booking:
        """A place that a resident holds."""
        mine = resident or self.resident()
        with self.database.write() as tx:
            held = bookings.hold(
                tx, slot, self.terms, Channel.LINE, mine, ByResident(mine), self.service.clock()
            )
        assert isinstance(held, Booking), held
        return held

    def link(self, held: Booking, life: timedelta = timedelta(hours=12)) -> str:
        """The path of the form for it."""
        with self.database.write() as tx:
            token = links.mint(tx, Purpose.BOOKING_FORM, held.resident, held.id, life, self.service.clock())
        return f"/f/{token}"

    def now(self, booking: Booking) -> Booking:
        """The booking as it stands."""
        with self.database.read() as tx:
            return booked.one(tx, booking.id, self.service.clock())

    def by_number(self, number: int) -> Booking:
        with self.database.read() as tx:
            return booked.one(tx, BookingId(number), self.service.clock())

    def of_slot(self, slot: SlotId) -> Booking:
        """The last booking of a slot."""
        with self.database.read() as tx:
            return booked.of_slot(tx, slot, self.service.clock())[-1]

    def booked(self, hour: int, minute: int = 0, **told: str) -> Booking:
        """A booking that a resident made by the form."""
        held = self.hold(self.slot(hour, minute))
        sent = self.service.visitor().send(self.link(held), **(TOLD | told))
        assert sent.status_code == 303, sent.text
        return self.now(held)

    def signed_in(
        self, name: str, role: Role, *, personal: bool = True, section: str | None = None
    ) -> Visitor:
        """Somebody at the city, at a browser."""
        return self.service.signed_in(self.service.account(name, role, section=section, personal=personal))

    def acts(self) -> list[str]:
        """All that stands in the audit, in its order."""
        with self.database.read() as tx:
            return list(tx.connection.scalars(sa.select(audit.c.act).order_by(audit.c.id)))

    def audited(self, act: str) -> int:
        """How often it stands in the audit."""
        return len(self.audit_details(act))

    def audit_details(self, act: str) -> list[dict[str, str]]:
        query = sa.select(audit.c.detail).where(audit.c.act == act).order_by(audit.c.id)
        with self.database.read() as tx:
            return [json.loads(detail) for detail in tx.connection.scalars(query)]

    def kept_until(self, booking: Booking) -> date | None:
        """The day on which what was told goes."""
        query = sa.select(particulars.c.delete_on).where(particulars.c.id == self.now(booking).particulars)
        with self.database.read() as tx:
            return tx.connection.scalar(query)
